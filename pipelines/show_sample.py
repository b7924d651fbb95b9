"""`servanda sample`: serves the sample newsroom on this machine, and runs the pipeline on it as on the internet."""

from datetime import date

from newsroom.serve import PortTakenError
from newsroom.serve import sample as served
from pipelines.running import check_state
from pipelines.show_run import show_run
from pipelines.state import State
from pipelines.terminal import SAMPLE, CommandError, output


def show_sample(state: State, as_of: date, port: int) -> list[str]:
    """Run on the sample. Raises ``CommandError`` where its port is taken."""
    check_state(state)
    try:
        with served(state.folder / "newsroom", port) as newsroom:
            output().print(f"The sample newsroom is served at {newsroom.base_url}/. {SAMPLE}")
            return show_run(state, newsroom.sources, as_of)
    except PortTakenError as error:
        raise CommandError(str(error.strerror)) from error
