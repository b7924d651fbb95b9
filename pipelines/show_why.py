"""`servanda why`: an obligation's terms, what came by both accounts, its flags, and every sentence that bears on it."""

from collections.abc import Iterable
from datetime import date
from difflib import get_close_matches

from rich.console import Console
from rich.text import Text

from pipelines.published_books import about, events_frame, obligations
from pipelines.state import State
from pipelines.terminal import SAMPLE, CommandError, output, table_of, text
from servanda.publication.events import Delivery, deliveries
from servanda.publication.evidence import Evidence, evidence_view
from servanda.publication.obligations import ObligationView
from servanda.publication.rows import Event, rows, told
from warehouse.database import Session

BEARINGS = """
SELECT b.obligation_id, b.statement_id, b.bearing, b.told_on FROM bearings b JOIN statements s USING (statement_id)
ORDER BY s.published_at, s.statement_id, b.bearing
"""
SUMS = ("days", "what", "giver says", "so far", "receiver says", "so far", "mediator", "outlets", "account of", "differ")


def show_why(state: State, name: str, day: date | None) -> None:
    """Print all about a commitment, or an obligation of it. Raises ``CommandError`` for an unknown or ambiguous id."""
    with state.published.open() as session:
        snapshot = about(session)
        views = chosen(obligations(session, day), name)
        events = rows(events_frame(session, day), Event)
        evidence = _evidence(session, day or snapshot.as_of)
    console = output()
    for view in views:
        _tell(console, view, deliveries([e for e in events if e.obligation_id == view.id], {}), evidence.get(view.id, []))
    console.print(SAMPLE if snapshot.sample else "", style="bold")


def chosen(views: Iterable[ObligationView], name: str) -> list[ObligationView]:
    """The obligations that an id, or the beginning of one, names: one, or all of one commitment."""
    listed = list(views)
    exact = [v for v in listed if v.id == name] or [v for v in listed if v.row.commitment_id == name]
    found = exact or [v for v in listed if v.id.startswith(name) or v.row.commitment_id.startswith(name)]
    commitments = sorted({view.row.commitment_id for view in found})
    if not name or not found:
        near = get_close_matches(name, [v.row.commitment_id for v in listed], n=3, cutoff=0.5)
        hint = f"; did you mean {', '.join(dict.fromkeys(near))}?" if near else ""
        raise CommandError(f'there is no commitment or obligation "{name}"{hint} `servanda status` lists them all')
    if len(commitments) > 1:
        listing = ", ".join(commitments[:12]) + (", ..." if len(commitments) > 12 else "")
        raise CommandError(
            f'"{name}" is the beginning of {len(commitments)} commitments: {listing}; write more of the one you mean'
        )
    return found


def _evidence(session: Session, day: date) -> dict[str, list[Evidence]]:
    """The sentences that bear on each obligation and were told by the day, in the order of publication."""
    frames = [session.frame(f"SELECT * FROM {table}") for table in ("statements", "articles", "sources", "retractions")]
    statements = told(*frames)
    ways: dict[str, dict[str, list[str]]] = {}
    for obligation, statement, bearing, told_on in session.frame(BEARINGS).iter_rows():
        if told_on <= day:
            ways.setdefault(obligation, {}).setdefault(statement, []).append(bearing)
    return {
        obligation: [evidence_view(statements[s], how) for s, how in found.items() if s in statements]
        for obligation, found in ways.items()
    }


def _tell(console: Console, view: ObligationView, came: list[Delivery], evidence: list[Evidence]) -> None:
    console.print(text(view.title, "bold"))
    console.print(text(f"{view.id}   {view.sign} {view.status}: {view.meaning}"))
    console.print()
    for label, value in _terms(view):
        console.print(Text.assemble(f"  {label:15}", text(value)))
    for flag in view.flags:
        console.print(Text.assemble("  ", (f"{flag.word}: ", "yellow"), flag.meaning))
    console.print()
    if came:
        console.print(table_of(SUMS, [_delivery(one) for one in came], "What came (a total is checked, never added)"))
    else:
        console.print("  No delivery is told.")
    console.print()
    for one in evidence:
        _sentence(console, one)


def _terms(view: ObligationView) -> list[tuple[str, str]]:
    number = {"promised": view.promised, "share": view.share, "undertaking": view.undertaking, "delivery": view.delivery}
    rest = {
        "accounts": view.corroboration,
        "agreed": " in ".join(part for part in (view.agreed, view.place) if part),
        "first told": view.made,
        "starts": view.starts,
        "due": view.due,
        "giver says": _number(view.row.delivered_by_giver),
        "receiver says": _number(view.row.delivered_by_receiver),
        "mediator says": _number(view.row.delivered_by_mediator),
    }
    return [(label, value) for label, value in {**number, **rest}.items() if value]


def _number(value: int | None) -> str:
    return "" if value is None else f"{value:,}"


def _delivery(one: Delivery) -> list[object]:
    event = one.event
    what = f"{event.what} (total)" if event.total else event.what
    numbers = (event.giver, one.giver_sum, event.receiver, one.receiver_sum, event.mediator, event.outlets)
    return [event.days, what, *numbers, event.corroboration, event.difference]


def _sentence(console: Console, one: Evidence) -> None:
    number = f", {one.number}" if one.number else ""
    reprint = " (a reprint)" if one.reprint else ""
    heading = f"{one.published}, {one.outlet} ({one.alignment}){reprint}; word of {one.speaker}: {one.stage}{number}"
    console.print(Text.assemble("  ", text(heading)), soft_wrap=True)
    console.print(Text.assemble("    ", text(f"“{one.quote}”", "italic")), soft_wrap=True)
    if one.struck:
        console.print(Text.assemble("    ", text(f"{one.struck}; it counts no more", "red")), soft_wrap=True)
    console.print(Text.assemble("    ", text(one.url or "no link", "dim")), soft_wrap=True)
