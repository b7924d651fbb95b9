"""`servanda status`: the commitments with both accounts, as a table or for programs."""

from collections.abc import Iterable
from datetime import date

from rich.table import Table
from rich.text import Text

from pipelines.published_books import STATUS_COLUMNS, When, about, obligations, status_frame
from pipelines.state import State
from pipelines.terminal import SAMPLE, Format, messages, output, print_rows, table_of, text
from servanda.publication.obligations import ObligationView

STYLES = {"fulfilled": "green", "reported": "yellow", "promised": "cyan", "proposed": "", "refused": "red"}
WIDE = 120
"""Characters of a line from which on the ids are kept whole."""

COLUMNS = ("commitment", "giver says", "receiver says", "share", "status", "flags")


def show_status(state: State, when: When, form: Format) -> None:
    """Print the status of every obligation."""
    with state.published.open() as session:
        told = about(session)
        if form is not Format.TABLE:
            print_rows(STATUS_COLUMNS, status_frame(session, when).rows(), form)
            if told.sample:
                messages().print(SAMPLE)
            return
        views = obligations(session, when)
    console = output()
    console.print(commitments_table(views, when.day or told.as_of))
    if told.sample:
        console.print(SAMPLE, style="bold")


def commitments_table(views: Iterable[ObligationView], day: date) -> Table:
    """The table of commitments, a row an obligation."""
    shown = list(views)
    table = table_of(COLUMNS, [_row(view) for view in shown], f"Commitments as of {day.isoformat()}")
    if output().width >= WIDE:
        # An id that is folded cannot be copied into `servanda why`.
        table.columns[0].min_width = max((len(view.id) for view in shown), default=0)
    return table


def _row(view: ObligationView) -> list[object]:
    what = Text.assemble(text(view.title), "\n", text(view.id, "dim"))
    status = Text(f"{view.sign} {view.status}", STYLES.get(view.row.status, ""))
    flags = ", ".join(view.row.flags)
    return [what, view.row.delivered_by_giver, view.row.delivered_by_receiver, view.share, status, flags]
