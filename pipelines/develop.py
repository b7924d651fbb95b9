"""`servanda dev`: Dagster's own web interface on a state."""

import os
import sys
from contextlib import suppress
from pathlib import Path

from pipelines.instance import end_dead_runs, open_instance, prepare
from pipelines.state import SOURCES_VARIABLE, STATE_VARIABLE, State
from pipelines.terminal import CommandError, output
from warehouse.errors import WarehouseLockedError

ROOT = Path(__file__).parent.parent


def develop(state: State, sources: Path, port: int) -> None:
    """Become `dg dev`, with Dagster's records in the state. Raises ``CommandError`` outside a checkout."""
    if not (ROOT / "pyproject.toml").exists():
        raise CommandError(f"{ROOT}: is no checkout of Servanda; `servanda dev` needs one, with its pyproject.toml")
    _end_dead_runs(state)
    program = Path(sys.executable).parent / "dg"
    environment = {
        **os.environ,
        "DAGSTER_HOME": str(prepare(state.dagster_home)),
        "VIRTUAL_ENV": sys.prefix,
        STATE_VARIABLE: str(state.folder.absolute()),
        SOURCES_VARIABLE: str(sources.absolute()),
    }
    output().print(f"The Dagster UI comes up at http://127.0.0.1:{port} in about half a minute; Ctrl-C ends it.", soft_wrap=True)
    os.chdir(ROOT)
    os.execve(program, [str(program), "dev", "--host", "127.0.0.1", "--port", str(port)], environment)  # noqa: S606


def _end_dead_runs(state: State) -> None:
    """Where no run holds the database, those that are recorded as under way are dead, and would hold up the queue."""
    with suppress(WarehouseLockedError), state.warehouse.open(), open_instance(state.dagster_home) as instance:
        end_dead_runs(instance)
