"""The class that opens the warehouse: what is stored stays, what is wrong is refused whole, each with the way out."""

import subprocess
import sys
from datetime import UTC, datetime

import duckdb
import polars as pl
import pytest
from pandera.errors import SchemaErrors

from tests.casebook import Told, said, store
from warehouse.database import Warehouse
from warehouse.errors import WarehouseError, WarehouseLockedError, WarehouseVersionError
from warehouse.migrate import present_version
from warehouse.tables.registry import TABLES

SOURCE = {
    "source_id": "a",
    "url": "https://a.example/feed",
    "outlet": "A",
    "language": "en",
    "alignment": "russia",
    "enabled": True,
    "note": "",
    "sample": False,
    "first_seen_at": datetime(2026, 1, 1, tzinfo=UTC),
}


def sources(*rows):
    return pl.DataFrame([SOURCE | row for row in rows])


def test_every_table_has_the_columns_of_its_schema(tmp_path):
    with Warehouse(tmp_path / "servanda.duckdb").open() as session:
        for name, schema in TABLES.items():
            columns = session.rows("SELECT column_name FROM duckdb_columns() WHERE table_name = ? ORDER BY column_index", name)
            assert [column for (column,) in columns] == list(schema.to_schema().columns), name
            assert TABLES[name].validate(session.frame(f"SELECT * FROM {name}")).is_empty()


def test_a_row_is_added_once(tmp_path):
    with Warehouse(tmp_path / "servanda.duckdb").open() as session:
        assert [session.append("sources", sources({})), session.append("sources", sources({}, {"source_id": "b"}))] == [1, 1]


def test_rows_that_break_the_schema_are_refused_whole(tmp_path):
    with Warehouse(tmp_path / "servanda.duckdb").open() as session:
        with pytest.raises(SchemaErrors, match="language"):
            session.append("sources", sources({}, {"source_id": "b", "language": "xx"}))
        assert session.rows("SELECT count(*) FROM sources") == [(0,)]


def test_a_recomputed_table_is_written_only_when_it_differs(tmp_path):
    with Warehouse(tmp_path / "servanda.duckdb").open() as session:
        changes = [session.replace("sources", sources(*rows)) for rows in ([{}], [{}], [{"source_id": "b"}])]
        assert changes == [True, False, True]
        assert session.rows("SELECT source_id FROM sources") == [("b",)]


def test_a_transaction_is_all_or_nothing_and_may_hold_another(tmp_path):
    with Warehouse(tmp_path / "servanda.duckdb").open() as session:
        with pytest.raises(RuntimeError), session.transaction(), session.transaction():
            session.append("sources", sources({}))
            raise RuntimeError
        assert session.rows("SELECT count(*) FROM sources") == [(0,)]
        with session.transaction(), session.transaction():
            session.append("sources", sources({}))
        assert session.rows("SELECT count(*) FROM sources") == [(1,)]


def test_a_statement_with_an_unknown_value_is_refused(tmp_path):
    with (
        Warehouse(tmp_path / "servanda.duckdb").open() as session,
        pytest.raises(SchemaErrors, match="categories are of the codebook"),
    ):
        store(session, [Told("kyiv", "2025-06-02", (said("prisoner_exchange", "promised", categories=["tall"]),))])


def test_a_file_held_by_another_process_is_named_with_the_way_out(tmp_path):
    path = tmp_path / "servanda.duckdb"
    program = f"import duckdb, sys; c = duckdb.connect({str(path)!r}); print('held', flush=True); sys.stdin.read()"
    with subprocess.Popen([sys.executable, "-c", program], stdin=subprocess.PIPE, stdout=subprocess.PIPE) as holder:
        assert holder.stdout.readline() == b"held\n"
        with (
            pytest.raises(WarehouseLockedError, match=rf"servanda\.duckdb: is held by process {holder.pid}.*wait until it ends"),
            Warehouse(path).open(),
        ):
            pass
        holder.stdin.close()


def test_a_database_of_a_later_version_is_left_as_it_is(tmp_path):
    path = tmp_path / "servanda.duckdb"
    with Warehouse(path).open() as session:
        session.rows("INSERT INTO schema_version VALUES (?, now())", present_version() + 1)
    with pytest.raises(WarehouseVersionError, match=r"written by a later Servanda.*Update Servanda"), Warehouse(path).open():
        pass
    with duckdb.connect(str(path)) as connection:
        assert connection.execute("SELECT max(version) FROM schema_version").fetchall() == [(present_version() + 1,)]


def test_somebody_elses_database_is_left_as_it_is(tmp_path):
    path = tmp_path / "servanda.duckdb"
    with duckdb.connect(str(path)) as connection:
        connection.execute("CREATE TABLE mine AS SELECT 1 AS one")
    with pytest.raises(WarehouseVersionError, match=r"not one of Servanda's"), Warehouse(path).open():
        pass
    with duckdb.connect(str(path)) as connection:
        assert connection.execute("SELECT table_name FROM duckdb_tables()").fetchall() == [("mine",)]


def test_a_file_that_is_no_database_is_left_as_it_is(tmp_path):
    path = tmp_path / "servanda.duckdb"
    path.write_text("not a database " * 500)
    with pytest.raises(WarehouseError, match=r"is not a DuckDB database; move it away"), Warehouse(path).open():
        pass
    assert path.read_text().startswith("not a database")


def test_a_folder_that_cannot_be_made_is_named(tmp_path):
    (tmp_path / "file").write_text("in the way")
    with (
        pytest.raises(WarehouseError, match=r"file: .*--state or SERVANDA_STATE"),
        Warehouse(tmp_path / "file" / "servanda.duckdb").open(),
    ):
        pass
