"""All misbehaviours in one run beside two healthy sources, through the real command; and a second run, which changes nothing."""

import csv
import os
import re
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from xml.etree import ElementTree

import pytest

from pipelines.state import State
from tests.hostile.memory import Peak
from tests.hostile.server import ARTICLES, FEEDS, HEALTHY, PAGES, ROBOTS, HostileServer, healthy_text, serving
from warehouse.published import public_tables

SECONDS = 120.0
"""Of one run, on two cores that are busy with other work too; alone it takes a quarter of that."""
MEBIBYTES = 1024.0
NETWORK = """
[network]
contact = "tests@servanda.example"
allow = [{allow}]
pause = 0
connections = 16
connect_seconds = 1
read_seconds = 1.5
total_seconds = 2.5
feed_bytes = 12_000_000
page_bytes = 2_000_000
feed_entries = 150
extraction_seconds = 4
"""
SOURCE = '[[source]]\nid = "{name}"\nurl = "{url}"\noutlet = "{name}"\nlanguage = "en"\nalignment = "ukraine"\n'
# Everything that turns, breaks or drives what is around it; a tab or a line's end has no place in a title or a reason either.
POISON = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ufffd\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
FORMULA = re.compile(r"^(?:[=@\t\r+]|-(?!\d))")
NAMES = {**FEEDS, **ROBOTS}


@dataclass(frozen=True)
class Ran:
    """What came of one run."""

    code: int
    seconds: float
    mebibytes: float
    err: str
    tables: dict[str, list[str]]
    snapshot: str


@dataclass(frozen=True)
class Battery:
    """Two runs over everything."""

    hostile: HostileServer
    state: State
    connects: set[str]
    canary_touched: bool
    runs: list[Ran] = field(default_factory=list)

    def told(self, source: str) -> list[str]:
        """The lines in which the first run names a source."""
        return [line for line in self.runs[0].err.splitlines() if re.match(rf"(failed|note): source {re.escape(source)}: ", line)]

    def told_of_page(self, name: str) -> list[str]:
        """The lines in which the first run names a page."""
        return [line for line in self.told("pages") if f"/page/{name}: " in line]

    def rows(self, query: str) -> list[tuple[object, ...]]:
        """Rows of the state."""
        with self.state.warehouse.open() as session:
            return session.rows(query)


def _run(folder: Path) -> Ran:
    state = State(folder / "state")
    with (folder / "err").open("w+b") as err:
        began = time.monotonic()
        process = subprocess.Popen(
            [sys.executable, "-m", "tests.hostile.watched_run", str(folder)],
            stdout=subprocess.DEVNULL,
            stderr=err,
            env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[2]), "COLUMNS": "2000"},
        )
        peak = Peak(process.pid)
        peak.start()
        try:
            code = process.wait(SECONDS * 3)
        finally:
            process.kill()
        seconds = time.monotonic() - began
        peak.join(5)
        err.seek(0)
        told = err.read().decode()
    with state.warehouse.open() as session:
        names = [str(name) for (name,) in session.rows("SELECT table_name FROM duckdb_tables() ORDER BY 1")]
        tables = {name: sorted(map(repr, session.rows(f"SELECT * FROM {name}"))) for name in names}
    return Ran(code, seconds, peak.mebibytes, told, tables, state.published.folder.resolve().name)


@pytest.fixture(scope="module")
def battery(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Battery]:
    folder = tmp_path_factory.mktemp("hostile")
    with serving() as (hostile, canary):
        ports = [hostile.port, *hostile.ports.values()]
        text = NETWORK.format(allow=", ".join(f'"127.0.0.1:{port}"' for port in ports))
        for name in (*HEALTHY, "pages", *FEEDS):
            text += SOURCE.format(name=name, url=f"{hostile.base}/feed/{name}")
        for name, port in hostile.ports.items():
            text += SOURCE.format(name=name, url=f"http://127.0.0.1:{port}/feed")
        (folder / "sources.toml").write_text(text)
        runs = [_run(folder), _run(folder)]
        try:
            canary.accept()
            touched = True
        except BlockingIOError:
            touched = False
        connects = set((folder / "connects").read_text().splitlines())
        yield Battery(hostile, State(folder / "state"), connects, touched, runs)


def test_there_are_many_misbehaviours_and_each_is_described():
    everything = [*FEEDS.values(), *PAGES.values(), *ROBOTS.values()]
    assert len(everything) >= 150
    assert all(one.what for one in everything)


def test_both_healthy_sources_come_through_whole(battery):
    for name in HEALTHY:
        rows = battery.rows(f"SELECT a.url, a.text FROM articles a WHERE a.source_id = '{name}'")
        assert Counter(str(text) for _, text in rows) == Counter(f"{name} {n}: {healthy_text(name, n)}" for n in range(ARTICLES))
        assert battery.told(name) == []


def test_a_run_ends_in_time_and_in_its_memory(battery, record_property):
    for number, ran in enumerate(battery.runs, start=1):
        record_property(f"run {number}", f"{ran.seconds:.1f} s, {ran.mebibytes:.0f} MiB")
        assert ran.code == 1, ran.err[-2000:]
        assert "Traceback" not in ran.err
        assert "unexpected fault" not in ran.err
        assert ran.seconds < SECONDS
        assert ran.mebibytes < MEBIBYTES


@pytest.mark.parametrize("name", NAMES)
def test_each_faulty_source_is_named_with_its_fault(battery, name):
    lines = battery.told(name)
    if NAMES[name].told:
        assert any(word in line for line in lines for word in NAMES[name].told), lines
    else:
        assert lines == []


@pytest.mark.parametrize("name", PAGES)
def test_each_faulty_page_is_named_with_its_fault(battery, name):
    one, lines = PAGES[name], battery.told_of_page(name)
    ((state, reason),) = battery.rows(f"SELECT state, reason FROM items WHERE url = '{battery.hostile.base}/page/{name}'")
    if one.stored:
        assert state == "stored", reason
    if one.told and state != "stored":
        assert any(word in str(reason) for word in one.told), reason
    if one.told:
        assert any(word in line for line in lines for word in one.told), lines


@pytest.mark.parametrize("name", [name for name, one in NAMES.items() if one.stored is not None])
def test_what_a_feed_lists_is_taken_in(battery, name):
    ((count,),) = battery.rows(f"SELECT count(*) FROM items WHERE source_id = '{name}'")
    assert count == NAMES[name].stored


def test_no_address_is_touched_but_those_that_the_configuration_names(battery):
    assert not battery.canary_touched
    ports = {battery.hostile.port, *battery.hostile.ports.values()}
    assert battery.connects == {f'["127.0.0.1", {port}]' for port in ports}


def test_every_item_is_in_one_state(battery):
    states = battery.rows("SELECT item_id, state, reason, next_try_at, article_id FROM items")
    listed = battery.rows("SELECT DISTINCT item_id FROM listings")
    assert Counter(item for item, *_ in states) == Counter(item for (item,) in listed)
    for _, state, reason, next_try, article in states:
        assert (state == "stored") == (article is not None) == (reason == "")
        assert (state == "pending") == (next_try is not None)
        assert state in {"stored", "pending", "refused"}


def test_nothing_published_bears_what_controls_a_display(battery):
    with battery.state.warehouse.open() as session:
        tables = public_tables(session)
    for name, frame in tables.items():
        for row in frame.iter_rows():
            for value in row:
                if isinstance(value, str):
                    assert POISON.search(value) is None, (name, value)


def test_what_is_published_is_data_wherever_it_is_shown(battery):
    folder = battery.state.published.folder
    cells = [(path.name, cell) for path in folder.glob("*.csv") for row in csv.reader(path.open(newline="")) for cell in row]
    assert any(cell.startswith("'=HYPERLINK") for _, cell in cells)
    assert [(name, cell) for name, cell in cells if FORMULA.match(cell) or POISON.search(cell)] == []
    ElementTree.fromstring((folder / "site" / "feed.xml").read_bytes())
    for page in (folder / "site").rglob("*.html"):
        shown = page.read_text()
        assert POISON.search(shown) is None
        assert "<script>alert" not in shown
        assert "onerror=alert(1)>" not in shown
        assert not re.search(r"""href=["']?\s*(?:javascript|data|file):""", shown)


def test_a_second_run_changes_nothing(battery):
    first, second = battery.runs
    assert {name for name in first.tables if first.tables[name] != second.tables[name]} == {"fetches"}
    assert second.snapshot == first.snapshot
