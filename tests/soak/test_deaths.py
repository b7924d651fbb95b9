"""The other ways in which a run ends before its time: told in one message, nothing broken, and the next run completes unaided."""

import signal
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import dagster as dg
import pytest

from benchmarks.press_server import Press, serving
from pipelines.instance import open_instance
from pipelines.state import State
from tests.soak.child import SERVANDA, Child, start
from tests.soak.invariants import check, strays
from tests.soak.sameness import differences
from tests.soak.small_disk import grow, small_disk

LATER = [
    pytest.param(number, stage, marks=pytest.mark.soak)
    for number, stage in (
        (signal.SIGTERM, "sources"),
        (signal.SIGINT, "articles"),
        (signal.SIGTERM, "ledger"),
        (signal.SIGINT, "snapshot"),
    )
]
SIZES = [pytest.param(size, marks=pytest.mark.soak) for size in ("100k", "700k", "1500k", "2m", "5m")]


@dataclass(frozen=True)
class Desk:
    """A small press, and what an undisturbed run makes of it."""

    press: Press
    sources: Path
    undisturbed: State

    def start(self, state: State, **limits: int) -> Child:
        """Start a run; ``limits``: of the process, by the names in the module `resource`."""
        return start("--sources", self.sources, "--as-of", "2026-06-30", state=state.folder, limits=limits)

    def complete(self, state: State) -> None:
        """The next run: it completes, leaves nothing behind, and comes to what an undisturbed one does."""
        check(state)
        child = self.start(state)
        assert child.end() == 0, "\n".join(child.told)
        check(state)
        assert strays(state) == []
        assert differences(self.undisturbed, state) == []


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    folder = tmp_path_factory.mktemp("deaths")
    with serving(Press(30, feeds=4, delay=0.02, ports=2, matter=5, twice=True)) as press:
        made = Desk(press, press.sources(folder / "sources.toml", first_retry_minutes=0), State(folder / "undisturbed"))
        assert made.start(made.undisturbed).end() == 0
        yield made


def message(child: Child) -> str:
    said = " ".join(child.told)
    assert "Traceback" not in said, "\n".join(child.told)
    return said


@pytest.mark.parametrize(("number", "stage"), [(signal.SIGTERM, "pages"), *LATER])
def test_a_signal_ends_a_run_with_a_message(desk, tmp_path, number, stage):
    state = State(tmp_path / "state")
    child = desk.start(state)
    assert child.wait_for(stage)
    child.process.send_signal(number)
    assert child.end() == 2, child.told
    assert "interrupted" in message(child)
    desk.complete(state)


def test_a_killed_run_does_not_count_as_under_way(desk, tmp_path):
    """And a second run beside a first one leaves with a message, while readers go on."""
    state = State(tmp_path / "state")
    desk.complete(state)
    child = desk.start(state)
    assert child.wait_for("feeds")
    # Held in its place, so that it is not over before the others have looked.
    child.process.send_signal(signal.SIGSTOP)
    second = desk.start(state)
    assert second.end() == 2
    assert f"servanda.duckdb: is held by process {child.process.pid} (another run" in message(second)
    for command in (("status",), ("sql", "SELECT count(*) FROM items"), ("why", "body_repatriation")):
        asked = subprocess.run([SERVANDA, *command, "--state", state.folder], capture_output=True, text=True, check=False)
        assert asked.returncode == 0 or "several" in asked.stderr or "no commitment" in asked.stderr, asked.stderr
    child.kill(workers=True)
    with open_instance(state.dagster_home) as instance:
        assert dg.DagsterRunStatus.STARTED in {run.status for run in instance.get_runs()}
    desk.complete(state)
    with open_instance(state.dagster_home) as instance:
        assert dg.DagsterRunStatus.STARTED not in {run.status for run in instance.get_runs()}


@pytest.mark.parametrize("size", ["3m", *SIZES])
def test_a_full_disk(desk, tmp_path, size):
    with small_disk(tmp_path / "disk") as disk:
        state = State(disk / "state")
        grow(disk, size)
        child = desk.start(state)
        assert child.end() in {1, 2}
        said = message(child)
        assert "free space" in said
        assert "unexpected fault" not in said
        grow(disk, "100m")
        desk.complete(state)


@pytest.mark.soak
@pytest.mark.parametrize("kilobytes", [600, 1500, 3000])
def test_no_file_may_grow_beyond_a_limit(desk, tmp_path, kilobytes):
    """As by a quota: the database, its log and the published file stop growing, smaller files do not."""
    state = State(tmp_path / "state")
    child = desk.start(state, RLIMIT_FSIZE=kilobytes * 1024)
    assert child.end() in {1, 2}
    assert "unexpected fault" not in message(child)
    desk.complete(state)


@pytest.mark.soak
@pytest.mark.parametrize("megabytes", [900, 1800, 2100, 3000])
def test_too_little_memory(desk, tmp_path, megabytes):
    """Of addresses, so that it may end anywhere, libraries' own aborts among it; less than 900 MB does not load the libraries."""
    state = State(tmp_path / "state")
    child = desk.start(state, RLIMIT_AS=megabytes << 20)
    child.end()
    desk.complete(state)
