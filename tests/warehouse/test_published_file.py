"""The published file for its readers: opened and attached by any name, and kept by whoever holds an old one."""

import subprocess
import sys
from contextlib import closing
from datetime import date

import duckdb
import pytest

from servanda.publication.switch import stage, switch
from tests.casebook import Told, said, store
from warehouse.database import Warehouse
from warehouse.published import FILE, MACRO_MEANINGS, Snapshot, write_database

CALLS = {
    "status_as_of": ("DATE '2026-01-01'", "DATE '2026-01-01', TIMESTAMPTZ '2030-01-01 00:00Z'"),
    "events_as_of": ("DATE '2026-01-01'", "DATE '2026-01-01', TIMESTAMPTZ '2030-01-01 00:00Z'"),
    "discrepancies_as_of": ("DATE '2026-01-01'", "DATE '2026-01-01', TIMESTAMPTZ '2030-01-01 00:00Z'"),
    "evidence": ("'body_repatriation'",),
}


@pytest.fixture(scope="module")
def warehouse(tmp_path_factory):
    made = Warehouse(tmp_path_factory.mktemp("own") / FILE)
    with made.open() as session:
        store(session, [Told("kyiv", "2025-06-02", (said("body_repatriation", "promised", count_min=6000),))])
    return made


def write(warehouse, folder, identity="0" * 16):
    about = Snapshot(snapshot_id=identity, as_of=date(2026, 1, 1), sample=True)
    with warehouse.open() as session:
        write_database(session, folder / FILE, snapshot=about)
    return folder / FILE


@pytest.fixture(scope="module")
def published(warehouse, tmp_path_factory):
    return write(warehouse, tmp_path_factory.mktemp("published"))


def answers(connection, prefix):
    assert set(CALLS) == set(MACRO_MEANINGS)
    calls = [f"{name}({arguments})" for name, forms in CALLS.items() for arguments in forms]
    return {call: connection.execute(f"SELECT * FROM {prefix}{call}").fetchall() for call in calls}


def test_the_macros_answer_alike_however_the_file_is_opened(published):
    with closing(duckdb.connect(str(published), read_only=True)) as connection:
        opened = answers(connection, "")
        assert opened["status_as_of(DATE '2026-01-01')"]
    with closing(duckdb.connect()) as connection:
        connection.execute(f"ATTACH '{published}' (READ_ONLY)")
        assert answers(connection, "servanda.") == opened
    with closing(duckdb.connect()) as connection:
        connection.execute(f"ATTACH '{published}' AS x (READ_ONLY)")
        connection.execute("USE x")
        assert answers(connection, "here.") == opened
        assert connection.execute("SELECT snapshot_id FROM x.snapshot").fetchall() == [("0" * 16,)]


def test_nothing_is_left_beside_the_file(published):
    assert [path.name for path in published.parent.iterdir()] == [FILE]


READER = """
import duckdb, sys
connection = duckdb.connect(sys.argv[1], read_only=True)
print("open", flush=True)
for line in sys.stdin:
    print(connection.execute(line).fetchall(), flush=True)
"""


def test_a_reader_keeps_the_snapshot_that_it_opened(warehouse, tmp_path):
    """Also when that one is pruned; and who opens the link anew gets the new one."""
    link = tmp_path / "published"
    for number in range(3):
        staged = stage(link)
        write(warehouse, staged, f"{number:016x}")
        switch(link, staged, f"{number:016x}", keep=2)
        if number == 0:
            program = [sys.executable, "-c", READER, str(link.resolve() / FILE)]
            reader = subprocess.Popen(program, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
            assert reader.stdout.readline() == "open\n"
    assert sorted(path.name for path in (tmp_path / "snapshots").iterdir()) == [f"{number:016x}" for number in (1, 2)]
    for query, answer in (("SELECT snapshot_id FROM snapshot", [("0" * 16,)]), ("SELECT count(*) FROM statements", [(1,)])):
        reader.stdin.write(f"{query}\n")
        reader.stdin.flush()
        assert reader.stdout.readline() == f"{answer}\n"
    reader.stdin.close()
    assert reader.wait(10) == 0
    with closing(duckdb.connect(str(link.resolve() / FILE), read_only=True)) as connection:
        assert connection.execute("SELECT snapshot_id FROM snapshot").fetchall() == [(f"{2:016x}",)]
