"""`servanda why`: an obligation's terms by each side, what came, its flags with their reasons, and every sentence."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from difflib import get_close_matches

from rich.console import Console
from rich.text import Text

from pipelines.published_books import When, about, discrepancies_frame, events_frame, obligations
from pipelines.state import State
from pipelines.terminal import SAMPLE, CommandError, output, table_of, text
from servanda.publication.events import Delivery, deliveries
from servanda.publication.evidence import Evidence, evidence_view
from servanda.publication.obligations import ObligationView
from servanda.publication.reasons import Difference, reason_of
from servanda.publication.rows import Event, rows, told
from warehouse.database import Session

BEARINGS = """
SELECT b.obligation_id, b.statement_id, b.bearing, b.told_on FROM bearings b JOIN statements s USING (statement_id)
ORDER BY s.published_at, s.statement_id, b.bearing
"""
SUMS = (
    "days",
    "what",
    "giver says",
    "so far",
    "receiver says",
    "so far",
    "mediator",
    "outlets",
    "account of",
    "differ",
    "sentences",
)
TERMS = ("whose word", "what", "number", "first told", "sentences")


def show_why(state: State, name: str, when: When) -> None:
    """Print all about a commitment, or an obligation of it. Raises ``CommandError`` for an unknown or ambiguous id."""
    with state.published.open() as session:
        snapshot = about(session)
        views = chosen(obligations(session, when), name)
        events = rows(events_frame(session, when), Event)
        differences = rows(discrepancies_frame(session, when), Difference)
        evidence = _evidence(session, when.day or snapshot.as_of)
    console = output()
    for view in views:
        own = [event for event in events if event.obligation_id == view.id]
        _tell(console, view, own, [d for d in differences if d.obligation_id == view.id], evidence.get(view.id, []))
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


def _evidence(session: Session, day: date) -> dict[str, list[tuple[Evidence, list[str]]]]:
    """The sentences that bear on each obligation and were told by the day, with how they bear, in the order of publication."""
    frames = [session.frame(f"SELECT * FROM {table}") for table in ("statements", "articles", "sources", "retractions")]
    statements = told(*frames)
    ways: dict[str, dict[str, list[str]]] = {}
    for obligation, statement, bearing, told_on in session.frame(BEARINGS).iter_rows():
        if told_on <= day:
            ways.setdefault(obligation, {}).setdefault(statement, []).append(bearing)
    return {
        obligation: [(evidence_view(statements[s], how), how) for s, how in found.items() if s in statements]
        for obligation, found in ways.items()
    }


def _tell(
    console: Console,
    view: ObligationView,
    events: Sequence[Event],
    differences: Sequence[Difference],
    evidence: Sequence[tuple[Evidence, list[str]]],
) -> None:
    numbers = {one.statement_id: place for place, (one, _) in enumerate(evidence, 1)}
    console.print(text(view.title, "bold"))
    console.print(text(f"{view.id}   {view.sign} {view.status}: {view.meaning}"))
    console.print()
    for label, value in _terms(view):
        console.print(Text.assemble(f"  {label:15}", text(value)))
    for flag, name in zip(view.flags, sorted(view.row.flags), strict=True):
        reason = reason_of(name, view.row, events, differences)
        console.print(
            Text.assemble("  ", (f"{flag.word}: ", "yellow"), " ".join(part for part in (flag.meaning, reason) if part))
        )
    console.print()
    sides = _by_side(evidence, numbers)
    if sides:
        console.print(table_of(TERMS, sides, "Its terms, by each side"))
    came = deliveries(events, {})
    if came:
        made_of = {event.event_id: event.statement_ids for event in events}
        lines = [_delivery(one, _places(made_of[one.event.event_id], numbers)) for one in came]
        console.print(table_of(SUMS, lines, "What came (a total is checked, never added)"))
    else:
        console.print("  No delivery is told.")
    console.print()
    for one, _ in evidence:
        _sentence(console, one, numbers[one.statement_id])


def _by_side(evidence: Sequence[tuple[Evidence, list[str]]], numbers: Mapping[str, int]) -> list[list[object]]:
    """The terms that were told, each once for whoever told them, in the order of telling."""
    found: dict[tuple[str, str, str], list[Evidence]] = {}
    for one, bearings in evidence:
        if "term" in bearings:
            found.setdefault((one.speaker, one.stage, one.number), []).append(one)
    return [
        [speaker, stage, number or "no number", told_by[0].published, _places([e.statement_id for e in told_by], numbers)]
        for (speaker, stage, number), told_by in found.items()
    ]


def _places(statements: Iterable[str], numbers: Mapping[str, int]) -> str:
    """Which of the numbered sentences below they are."""
    return ", ".join(f"[{place}]" for place in sorted(numbers[s] for s in statements if s in numbers))


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


def _delivery(one: Delivery, sentences: str) -> list[object]:
    event = one.event
    what = f"{event.what} (total)" if event.total else event.what
    numbers = (event.giver, one.giver_sum, event.receiver, one.receiver_sum, event.mediator, event.outlets)
    return [event.days, what, *numbers, event.corroboration, event.difference, sentences]


def _sentence(console: Console, one: Evidence, place: int) -> None:
    number = f", {one.number}" if one.number else ""
    reprint = " (a reprint)" if one.reprint else ""
    heading = f"[{place}] {one.published}, {one.outlet} ({one.alignment}){reprint}; word of {one.speaker}: {one.stage}{number}"
    console.print(Text.assemble("  ", text(heading)), soft_wrap=True)
    console.print(Text.assemble("    ", text(f"“{one.quote}”", "italic")), soft_wrap=True)
    if one.damage:
        console.print(Text.assemble("    ", text(one.damage, "yellow")), soft_wrap=True)
    if one.struck:
        console.print(Text.assemble("    ", text(f"{one.struck}; it counts no more", "red")), soft_wrap=True)
    console.print(Text.assemble("    ", text(f"{one.url or 'no link'}   {one.statement_id}", "dim")), soft_wrap=True)
