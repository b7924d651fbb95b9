"""What keeping the books costs: `make bench`. Ratios against one pass over the same statements, with the growth shown.

The reference is what no ledger can do without: every statement grouped once by what it says.
"""

import subprocess
import sys
from datetime import date
from pathlib import Path
from time import perf_counter

import pytest
from pytest_benchmark.fixture import BenchmarkFixture

from benchmarks.generated import generated
from warehouse.database import Session, Warehouse
from warehouse.ledger_run import BOOKS
from warehouse.models import KEPT, bound, compose, in_order
from warehouse.published import FOREVER

LAST_DAY = date(2029, 1, 1)
_LARGE = 10_000_000
_GROUPED = (
    "SELECT count(*) FROM (SELECT kind, stage, from_party, to_party, count_min, date_from, date_to, speaker, count(*) "
    "FROM statements GROUP BY ALL)"
)


@pytest.fixture(scope="module")
def warehouses(tmp_path_factory: pytest.TempPathFactory) -> dict[int, Warehouse]:
    """Warehouses by the number of their statements."""
    return {size: generated(tmp_path_factory.mktemp(f"of-{size}"), size) for size in (100_000, 1_000_000)}


def keep_books(session: Session) -> None:
    """Every model of the books as a temporary table, as a run keeps them."""
    for name in in_order(BOOKS):
        session.rows(f"CREATE OR REPLACE TEMP TABLE {name} AS {bound(name, LAST_DAY)}")


@pytest.mark.parametrize("size", [100_000, 1_000_000])
def test_books(benchmark: BenchmarkFixture, warehouses: dict[int, Warehouse], size: int) -> None:
    """All books of so many statements; seconds, and times one grouping of the same statements."""
    with warehouses[size].open() as session:
        benchmark(keep_books, session)
        _tell(benchmark, _best(session, _GROUPED))


@pytest.mark.parametrize("size", [100_000, 1_000_000])
def test_status_as_of(benchmark: BenchmarkFixture, warehouses: dict[int, Warehouse], size: int) -> None:
    """The macro `status_as_of(day)` as the published file has it, at the last day: over all statements."""
    with warehouses[size].open() as session:
        for name in KEPT:
            session.rows(f"CREATE OR REPLACE TABLE {name} AS {bound(name, LAST_DAY)}")
        query = compose("status", "servanda", kept=True).replace("known_at", FOREVER)
        session.rows(f"CREATE OR REPLACE TEMP MACRO status_on(day) AS TABLE {query}")
        benchmark(session.rows, "SELECT count(*) FROM status_on(DATE '2029-01-01')")
        _tell(benchmark, _best(session, _GROUPED))


def test_books_of_ten_millions(benchmark: BenchmarkFixture, tmp_path: Path) -> None:
    """The books of ten million statements in a process of its own; seconds, and the most memory that it held."""
    code = (
        "import resource, sys, time; from pathlib import Path; from benchmarks.generated import generated\n"
        "from benchmarks.test_ledger import keep_books\n"
        f"warehouse = generated(Path(sys.argv[1]), {_LARGE})\n"
        "with warehouse.open() as session:\n"
        "    started = time.perf_counter(); keep_books(session); print(round(time.perf_counter() - started, 1))\n"
        "print(round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20, 2))"
    )

    def run() -> list[str]:
        # The code is ours, and runs apart so that its memory can be told from the others'.
        done = subprocess.run(  # noqa: S603
            [sys.executable, "-c", code, str(tmp_path)], check=True, capture_output=True, text=True
        )
        return done.stdout.split()

    told = benchmark.pedantic(run, rounds=1)  # type: ignore[no-untyped-call]
    benchmark.extra_info["seconds"], benchmark.extra_info["GB of memory at most"] = map(float, told[-2:])


def _tell(benchmark: BenchmarkFixture, reference: float) -> None:
    spent = float(benchmark.stats.stats.min) if benchmark.stats is not None else float("nan")
    benchmark.extra_info["seconds"] = round(spent, 2)
    benchmark.extra_info["times one grouping"] = round(spent / reference, 1)


def _best(session: Session, query: str, rounds: int = 3) -> float:
    best = float("inf")
    for _ in range(rounds):
        started = perf_counter()
        session.rows(query)
        best = min(best, perf_counter() - started)
    return best
