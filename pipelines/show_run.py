"""`servanda run`: the job's steps, what failed, the table of commitments, what was published, and what to ask next."""

from datetime import date
from pathlib import Path

from rich.console import Console
from rich.text import Text

from pipelines.published_books import About, When, read_obligations
from pipelines.running import run_everything
from pipelines.show_status import commitments_table
from pipelines.state import State
from pipelines.terminal import SAMPLE, CommandError, messages, output, text
from servanda.publication.obligations import ObligationView
from warehouse.published import FILE

PUBLISHED = {
    "page": "site/index.html",
    "feed": "site/feed.xml",
    "database": FILE,
    "files": "*.parquet, *.csv, *.json",
}


def show_run(state: State, sources: Path, as_of: date) -> list[str]:
    """Run everything; the sources and articles that failed. Raises ``CommandError`` where the run broke."""
    console = output()
    console.print(text(f"Servanda, as of {as_of.isoformat()}, in {state.folder}", "bold"))
    report = run_everything(state, sources, as_of, console)
    for note in report.story.noted:
        messages().print(text(f"note: {note}", "yellow"), soft_wrap=True)
    _tell_of_a_mixture(state)
    if not report.succeeded:
        _broken(state, report.story.failed, report.story.broken)
    snapshot, views = read_obligations(state, When())
    _show(console, state, snapshot, views)
    return list(dict.fromkeys(report.story.failed))


def _tell_of_a_mixture(state: State) -> None:
    """Live feeds beside the sample's invented wording: allowed, but nobody may overlook it."""
    with state.warehouse.open() as session:
        kinds = session.frame("SELECT DISTINCT s.sample FROM sources s JOIN articles a USING (source_id)").height
    if kinds > 1:
        told = f"note: {state.folder} holds the sample's invented wording beside live feeds, so all that is published is marked"
        messages().print(
            text(f"{told} as sample; run live feeds in a state of their own, with --state", "yellow"), soft_wrap=True
        )


def _broken(state: State, failed: list[str], broken: list[str]) -> None:
    for line in dict.fromkeys(failed):
        messages().print(text(f"failed: {line}", "red"), soft_wrap=True)
    told = "\n".join(dict.fromkeys(broken)) or "the run failed, and does not say why"
    raise CommandError(
        f"{told}\nnothing was published anew; what was stored stays, and the next run goes on from there "
        f"(`servanda dev --state {state.folder}` shows the run in full)"
    )


def _show(console: Console, state: State, snapshot: About, views: list[ObligationView]) -> None:
    console.print()
    if views:
        console.print(commitments_table(views, snapshot.as_of))
    else:
        console.print("No commitment is in the books yet.")
    if snapshot.sample:
        console.print(SAMPLE, style="bold")
    console.print(text(f"Published, snapshot {snapshot.snapshot_id}:", "bold"))
    for name, path in PUBLISHED.items():
        console.print(Text.assemble(f"  {name:10}", text(state.published.folder / path)), soft_wrap=True)
    chosen = max(views, key=_told, default=None)
    after = f"servanda why {chosen.row.commitment_id}" if chosen else "servanda sources check"
    suffix = "" if state.folder == Path("state") else f" --state {state.folder}"
    console.print(text(f"Next: {after}{suffix}", "bold"), soft_wrap=True)


def _told(view: ObligationView) -> tuple[bool, int]:
    """What is worth asking about first: what was fulfilled, and of that the most."""
    return view.row.status == "fulfilled", view.row.delivered_by_receiver or 0
