"""What `servanda retract` and `servanda restore` tell: what was struck or let stand, and what it changed."""

from pipelines.published_books import When, read_obligations
from pipelines.retracting import record
from pipelines.running import keep_books
from pipelines.state import State
from pipelines.terminal import CommandError, messages, output, text
from pipelines.today import today
from servanda.publication.obligations import ObligationView
from warehouse.tables.reading import RetractionAct


def show_retraction(state: State, name: str, act: RetractionAct, reason: str, made_by: str) -> list[str]:
    """Record it, keep the books anew as of today, publish them, and tell what differs; the steps that failed."""
    console = output()
    before = _standing(state)
    made = record(state, name, act, reason, made_by)
    word = "Struck" if act is RetractionAct.RETRACT else "Restored"
    console.print(text(f"{word}: {made.subject} {made.subject_id}", "bold"), soft_wrap=True)
    console.print(text(f"  “{made.says}”", "italic"), soft_wrap=True)
    console.print(text(f"  by {made_by.strip()}: {reason.strip()}; it counts from {today().isoformat()}"), soft_wrap=True)
    report = keep_books(state, today(), console)
    if not report.succeeded:
        told = "\n".join(dict.fromkeys(report.story.broken)) or "the books could not be kept anew"
        raise CommandError(f"{told}\nthe record stands; `servanda run` keeps the books anew")
    after = _standing(state)
    changed = [name for name in sorted({*before, *after}) if before.get(name) != after.get(name)]
    for one in changed:
        messages().print(
            text(f"changed: {one}: {before.get(one, 'not in the books')} -> {after.get(one, 'no longer in the books')}"),
            soft_wrap=True,
        )
    if not changed:
        messages().print("no obligation's status or sums changed")
    return list(dict.fromkeys(report.story.failed))


def _standing(state: State) -> dict[str, str]:
    return {view.id: _told(view) for view in read_obligations(state, When(today()))[1]}


def _told(view: ObligationView) -> str:
    row = view.row
    sums = (("giver", row.delivered_by_giver), ("receiver", row.delivered_by_receiver), ("mediator", row.delivered_by_mediator))
    numbers = ", ".join(f"{name} {value:,}" for name, value in sums if value is not None)
    return f"{row.status} ({numbers})" if numbers else row.status
