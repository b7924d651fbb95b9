"""What a run costs at scale: 200 feeds of a site that answers after 50 ms: 1,000 articles in `make bench`, 10,000 in `make soak`.

The run is the command itself, in a process of its own, whose peak memory is read while it goes; its workers are not counted, each
has its own limit.
"""

import os
import subprocess
import sys
import threading
import time
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import duckdb
import pytest
from pytest_benchmark.fixture import BenchmarkFixture

from benchmarks.press_server import Press, serving

FEEDS = 200
DELAY = 0.05
IDLE_SECONDS = 30.0
PEAK_MIB = 2048
"""DuckDB may take 1.4 GB of it (`warehouse.database.SETTINGS`)."""

SERVANDA = Path(sys.executable).with_name("servanda")


@dataclass(frozen=True, slots=True)
class Cost:
    """What one run took."""

    seconds: float
    cpu: float
    """Seconds of processors, its workers' too: what it takes on a machine that has nothing else to do, at most."""
    peak_mib: int


@pytest.mark.parametrize("articles", [1000, pytest.param(10_000, marks=pytest.mark.soak)])
def test_a_run(benchmark: BenchmarkFixture, tmp_path: Path, articles: int) -> None:
    """All articles stored once; then a run with nothing new."""
    with serving(Press(articles, FEEDS, delay=DELAY, ports=20)) as press:
        sources = press.sources(tmp_path / "sources.toml")
        first = benchmark.pedantic(run, args=(tmp_path / "state", sources), rounds=1)  # type: ignore[no-untyped-call]
        asked = press.asked.total()
        idle = run(tmp_path / "state", sources)
        again = press.asked.total() - asked
    told = {"first": first, "nothing new": idle}
    figures = {f"{name}, {what}": value for name, cost in told.items() for what, value in _figures(cost).items()}
    benchmark.extra_info.update(figures)
    print(f"\n{articles:,} articles: {figures}")
    with closing(duckdb.connect(str(tmp_path / "state" / "servanda.duckdb"), read_only=True)) as connection:
        stored = connection.execute("SELECT count(*), count(DISTINCT url), max(version) FROM articles").fetchall()
        states = connection.execute("SELECT state, count(*) FROM items GROUP BY state").fetchall()
    assert (stored, states) == ([(articles, articles, 1)], [("stored", articles)])
    # The feeds alone: no page, and no robots.txt, which is kept for a day.
    assert again == FEEDS
    assert max(first.peak_mib, idle.peak_mib) < PEAK_MIB
    # Of processor time, since others may use the machine: nearly all of it is one thread's.
    assert idle.cpu < IDLE_SECONDS


def run(state: Path, sources: Path) -> Cost:
    """One `servanda run` on a state, which must end well."""
    began, before = time.perf_counter(), os.times()
    process = subprocess.Popen(  # noqa: S603
        [SERVANDA, "run", "--sources", sources, "--state", state, "--as-of", "2026-06-30"],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
    )
    peaks = [0]
    watch = threading.Thread(target=_watch, args=(process, peaks), daemon=True)
    watch.start()
    _, said = process.communicate()
    watch.join()
    assert process.returncode == 0, said
    after = os.times()
    cpu = after.children_user + after.children_system - before.children_user - before.children_system
    return Cost(time.perf_counter() - began, cpu, peaks[-1] // 1024)


def _watch(process: subprocess.Popen[str], peaks: list[int]) -> None:
    """Keep the highest resident size that a process has told, in KiB."""
    while process.poll() is None:
        peaks += [int(line.split()[1]) for line in _status(process.pid) if line.startswith("VmHWM:")]
        time.sleep(0.2)


def _status(pid: int) -> list[str]:
    try:
        return Path(f"/proc/{pid}/status").read_text(encoding="utf-8").splitlines()
    except OSError:
        return []


def _figures(cost: Cost) -> dict[str, float]:
    return {"seconds": round(cost.seconds, 1), "CPU": round(cost.cpu, 1), "peak MiB": cost.peak_mib}
