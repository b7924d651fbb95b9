"""The command `servanda` run in this process, and one run through the sample newsroom that many tests look at."""

import io
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass, field
from pathlib import Path
from unittest.mock import patch

import pytest

from newsroom.serve import Sample, sample
from pipelines.command_line import main
from pipelines.state import SOURCES_VARIABLE, STATE_VARIABLE, State


@dataclass(frozen=True)
class Result:
    code: int
    out: str
    err: str

    @property
    def message(self) -> str:
        """What an unsuccessful command said; it must be no traceback."""
        assert "Traceback" not in self.err + self.out
        return " ".join(self.err.split())


Servanda = Callable[..., Result]


def run_servanda(*arguments: object, stdin: bytes | io.BytesIO = b"") -> Result:
    out, err = io.StringIO(), io.StringIO()
    code = 0
    environment = {k: v for k, v in os.environ.items() if k not in {STATE_VARIABLE, SOURCES_VARIABLE}}
    with (
        redirect_stdout(out),
        redirect_stderr(err),
        patch.dict(os.environ, environment, clear=True),
        patch.object(sys, "argv", ["servanda", *map(str, arguments)]),
        patch.object(sys, "stdin", io.TextIOWrapper(stdin if isinstance(stdin, io.BytesIO) else io.BytesIO(stdin))),
    ):
        try:
            main()
        except SystemExit as end:
            code = int(end.code or 0)
    return Result(code, out.getvalue(), err.getvalue())


@pytest.fixture(scope="session")
def servanda() -> Servanda:
    return run_servanda


@dataclass(frozen=True)
class Ran:
    """The sample, run twice as of 31 March 2026."""

    newsroom: Sample
    state: State
    first: Result
    second: Result
    counts: list[dict[str, int]] = field(default_factory=list)


def counts_of(state: State) -> dict[str, int]:
    with state.warehouse.open() as session:
        tables = [name for (name,) in session.rows("SELECT table_name FROM duckdb_tables() ORDER BY 1")]
        return {name: int(session.rows(f"SELECT count(*) FROM {name}")[0][0]) for name in tables}


@pytest.fixture(scope="session")
def ran(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ran]:
    folder: Path = tmp_path_factory.mktemp("sample")
    state = State(folder / "state")
    with sample(folder / "newsroom", 0) as newsroom:
        results, counts = [], []
        for _ in range(2):
            results.append(run_servanda("run", "--sources", newsroom.sources, "--state", state.folder, "--as-of", "2026-03-31"))
            counts.append(counts_of(state))
        yield Ran(newsroom, state, *results, counts=counts)
