"""Migrations go forward only, from every released version, whole or not at all; and files that are damaged or not their own."""

import os
import shutil
import signal
import subprocess
import sys
from contextlib import closing

import duckdb
import pytest

from tests.casebook import ROOT
from warehouse import migrate as migrating
from warehouse.database import Warehouse
from warehouse.errors import WarehouseError
from warehouse.migrate import MIGRATIONS, present_version

OURS = {**os.environ, "PYTHONPATH": str(ROOT)}
PRESENT = present_version()
STORED = {
    "sources": "'a', 'https://a.example/feed', 'A', 'en', 'russia', true, '', false, TIMESTAMPTZ '2026-01-01 00:00Z'",
    "listings": "'l-1', 'i-1', 'a', 'https://a.example/1', NULL, 'T', NULL, NULL, TIMESTAMPTZ '2026-01-01 00:00Z', 'b-1'",
    "attempts": "'t-1', 'i-1', 'f-1', TIMESTAMPTZ '2026-01-01 00:00Z', 'pending', 'down', TIMESTAMPTZ '2026-01-02 00:00Z', NULL",
    "copies": "'a-1', 'a-1', 1.0",
    "status_history": "'o-1', DATE '2026-01-01', 'promised', NULL, [], NULL, NULL, NULL, {statement}",
}


def released(path, version):
    """A database as the Servanda of that version left it, by the very files of its migrations, with rows in it."""
    with closing(duckdb.connect(str(path))) as connection:
        connection.execute("CREATE TABLE schema_version (version INTEGER PRIMARY KEY, applied_at TIMESTAMPTZ NOT NULL)")
        for number, step in enumerate(MIGRATIONS[:version], start=1):
            connection.execute(step.read_text())
            connection.execute("INSERT INTO schema_version VALUES (?, now())", [number])
            if number == 1:
                for table, values in STORED.items():
                    connection.execute(f"INSERT INTO {table} VALUES ({values.format(statement='NULL')})")
    return path


@pytest.mark.parametrize("version", range(1, PRESENT + 1))
def test_every_released_version_becomes_the_present_one_with_all_that_it_holds(tmp_path, version):
    path = released(tmp_path / "servanda.duckdb", version)
    with Warehouse(path).open() as session:
        assert session.rows("SELECT version FROM schema_version ORDER BY 1") == [(n + 1,) for n in range(PRESENT)]
        assert session.rows("SELECT source_id FROM sources") == [("a",)]
        assert session.rows("SELECT cause FROM status_history") == [("time",)]
        # The views of a database that is of the present version already are those that it was made with.
        if version < PRESENT:
            assert session.rows("SELECT item_id, state, reason FROM items") == [("i-1", "pending", "down")]
    assert [p.name for p in tmp_path.iterdir()] == ["servanda.duckdb"]


DYING = """
import os, signal, sys, duckdb
from pathlib import Path
from warehouse.migrate import migrate

class Dying:
    def __init__(self, connection): self.connection = connection
    def execute(self, query, *values):
        if query.startswith("INSERT INTO schema_version"):
            os.kill(os.getpid(), signal.SIGKILL)
        return self.connection.execute(query, *values)

migrate(Dying(duckdb.connect(sys.argv[1])), Path(sys.argv[1]))
"""


@pytest.mark.parametrize("version", range(1, PRESENT))
def test_a_kill_in_the_middle_of_a_migration_leaves_the_version_before(tmp_path, version):
    path = released(tmp_path / "servanda.duckdb", version)
    killed = subprocess.run([sys.executable, "-c", DYING, path], cwd=ROOT, check=False, env=OURS)
    assert killed.returncode == -signal.SIGKILL
    with closing(duckdb.connect(str(path))) as connection:
        assert connection.execute("SELECT max(version) FROM schema_version").fetchall() == [(version,)]
    with Warehouse(path).open() as session:
        assert session.rows("SELECT max(version) FROM schema_version") == [(PRESENT,)]


def test_a_step_that_fails_is_undone_and_named(tmp_path, monkeypatch):
    path = released(tmp_path / "servanda.duckdb", PRESENT)
    bad = tmp_path / f"{PRESENT + 1:04}_bad.sql"
    bad.write_text("CREATE TABLE half (x INTEGER); SELECT * FROM nowhere")
    monkeypatch.setattr(migrating, "MIGRATIONS", [*MIGRATIONS, bad])
    with (
        pytest.raises(WarehouseError, match=r"servanda\.duckdb: cannot be brought to version \d+ \(.*nowhere"),
        Warehouse(path).open(),
    ):
        pass
    with closing(duckdb.connect(str(path))) as connection:
        assert connection.execute("SELECT max(version) FROM schema_version").fetchall() == [(PRESENT,)]
        assert connection.execute("SELECT * FROM duckdb_tables() WHERE table_name = 'half'").fetchall() == []


CRASHING = """
import duckdb, os, sys
connection = duckdb.connect(sys.argv[1])
connection.execute("INSERT INTO copies VALUES (?, 'x', 1.0)", [sys.argv[2]])
os._exit(9)
"""


def crashed(path, row):
    """Leave a log beside a database, as a killed run does."""
    subprocess.run([sys.executable, "-c", CRASHING, path, row], check=False)
    assert path.with_name(f"{path.name}.wal").exists()


@pytest.fixture
def two(tmp_path):
    """Two states, each with a log beside its database."""
    made = []
    for name in ("one", "other"):
        path = tmp_path / name / "servanda.duckdb"
        with Warehouse(path).open():
            pass
        shutil.copy(path, path.with_suffix(".copy"))
        crashed(path, name)
        made.append(path)
    return made


def log_of(path):
    return path.with_name(f"{path.name}.wal")


def test_a_log_of_its_own_is_played(two):
    with Warehouse(two[0]).open() as session:
        assert session.rows("SELECT article_id FROM copies") == [("one",)]
    assert not log_of(two[0]).exists()


def refused(path, told):
    before = {p.name: p.read_bytes() for p in path.parent.iterdir()}
    with pytest.raises(WarehouseError, match=told) as caught, Warehouse(path).open():
        pass
    assert str(caught.value).startswith(str(path))
    assert {p.name: p.read_bytes() for p in path.parent.iterdir()} == before


def test_a_log_of_another_file_is_named_and_not_played(two):
    shutil.copy(log_of(two[1]), log_of(two[0]))
    refused(two[0], "the .wal beside it is not its own, .*move its .wal, if there is one, away.*Nothing was changed")


@pytest.mark.parametrize("newer", [True, False])
def test_a_log_of_another_state_of_the_file_is_named_and_not_played(two, newer):
    path = two[0]
    old_log = log_of(path).read_bytes()
    with Warehouse(path).open():
        pass
    crashed(path, "later")
    if newer:
        shutil.copy(path.with_suffix(".copy"), path)
    else:
        log_of(path).write_bytes(old_log)
    refused(path, "the .wal beside it is not its own")


def test_a_log_without_its_database_is_named_and_not_dropped(two):
    two[0].unlink()
    refused(two[0], "lies here without its database servanda.duckdb; put the database back")


@pytest.mark.parametrize("size", [100, 5000, 12_288])
def test_a_database_that_was_cut_short_is_named_and_left_as_it_is(two, size):
    path = two[1]
    with Warehouse(path).open():
        pass
    os.truncate(path, size)
    refused(path, "is damaged or cut short.*restore it from a copy")


def test_a_database_with_garbage_in_it_is_named_and_left_as_it_is(two):
    path = two[1]
    with Warehouse(path).open():
        pass
    body = bytearray(path.read_bytes())
    body[4096:12_288] = b"garbage!" * 1024
    path.write_bytes(body)
    refused(path, "is damaged or cut short|is not a DuckDB database")


def test_a_new_database_appears_whole_and_what_was_left_of_one_is_removed(tmp_path, monkeypatch):
    """A kill while a database is made leaves no file in its place."""
    program = DYING.replace("migrate(Dying(duckdb.connect(sys.argv[1])), Path(sys.argv[1]))", "") + (
        "import warehouse.creation as creation\n"
        "creation.migrate = lambda connection, path: migrate(Dying(connection), path)\n"
        "creation.create(Path(sys.argv[1]), {})\n"
    )
    path = tmp_path / "servanda.duckdb"
    killed = subprocess.run([sys.executable, "-c", program, path], check=False, env=OURS)
    assert killed.returncode == -signal.SIGKILL
    assert not path.exists()
    (left,) = tmp_path.iterdir()
    assert left.name.startswith(".new-")
    with Warehouse(path).open() as session:
        Warehouse(path).tidy()
        assert session.rows("SELECT max(version) FROM schema_version") == [(PRESENT,)]
    assert [p.name for p in tmp_path.iterdir()] == ["servanda.duckdb"]


@pytest.mark.skipif(os.geteuid() == 0 and not hasattr(os, "setuid"), reason="needs somebody who may not write")
def test_a_folder_that_may_not_be_written_is_named(tmp_path):
    path = tmp_path / "servanda.duckdb"
    with Warehouse(path).open():
        pass
    # Root may write everywhere: the child becomes somebody else.
    program = (
        "import os, sys\nfrom pathlib import Path\nfrom warehouse.database import Warehouse\n"
        "if os.geteuid() == 0: os.setuid(65534)\n"
        "try:\n    with Warehouse(Path(sys.argv[1])).open(): pass\n"
        "except Exception as error: print(type(error).__name__, error)\n"
    )
    for folder in (tmp_path, tmp_path.parent, tmp_path.parent.parent):
        folder.chmod(0o755)
    path.chmod(0o444)
    for name in ("servanda.duckdb", "none.duckdb"):
        asked = subprocess.run(
            [sys.executable, "-c", program, tmp_path / name],
            capture_output=True,
            text=True,
            check=False,
            preexec_fn=lambda: os.geteuid() == 0 or tmp_path.chmod(0o555),
            env=OURS,
        )
        assert asked.stdout.startswith("WarehouseError"), asked
        assert "name a state folder that can be written, with --state or SERVANDA_STATE" in asked.stdout
    tmp_path.chmod(0o755)
