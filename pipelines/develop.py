"""`servanda dev`: Dagster's own web interface on a state."""

import os
import sys
from pathlib import Path

from pipelines.instance import prepare
from pipelines.state import SOURCES_VARIABLE, STATE_VARIABLE, State
from pipelines.terminal import CommandError, output

ROOT = Path(__file__).parent.parent


def develop(state: State, sources: Path, port: int) -> None:
    """Become `dg dev`, with Dagster's records in the state. Raises ``CommandError`` outside a checkout."""
    if not (ROOT / "pyproject.toml").exists():
        raise CommandError(f"{ROOT}: is no checkout of Servanda; `servanda dev` needs one, with its pyproject.toml")
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
