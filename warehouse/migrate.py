"""Brings a database to the present version, forward only; each step is one file and one transaction."""

from contextlib import suppress
from pathlib import Path

import duckdb

from warehouse.errors import WarehouseError, WarehouseVersionError

FOLDER = Path(__file__).parent
MIGRATIONS = sorted((FOLDER / "migrations").glob("[0-9]*.sql"))
VIEWS = sorted((FOLDER / "views").glob("*.sql"))


def present_version() -> int:
    """The version that this Servanda writes: the number of the last migration."""
    return int(MIGRATIONS[-1].name.split("_", 1)[0])


def migrate(connection: duckdb.DuckDBPyConnection, path: Path) -> None:
    """Apply what is missing and renew the views. Raises ``WarehouseVersionError`` for a database of an unknown version."""
    version = stored_version(connection, path)
    if version > present_version():
        raise WarehouseVersionError(
            f"{path}: is of version {version}, written by a later Servanda; this one knows versions up to {present_version()}. "
            "Update Servanda, or name another state folder with --state. Nothing was changed"
        )
    if version == present_version():
        return
    for step in MIGRATIONS:
        number = int(step.name.split("_", 1)[0])
        try:
            if number > version:
                _apply(connection, step, number)
        except duckdb.Error as error:
            said = str(error).splitlines()[0]
            raise WarehouseError(
                f"{path}: cannot be brought to version {number} ({said}); free space and run again, or report it. "
                "Of that step nothing was done"
            ) from error
    connection.execute("CHECKPOINT")


def stored_version(connection: duckdb.DuckDBPyConnection, path: Path) -> int:
    """The version of an open database; 0 for an empty one."""
    tables = {str(row[0]) for row in connection.execute("SELECT table_name FROM duckdb_tables()").fetchall()}
    if not tables:
        return 0
    if "schema_version" not in tables:
        raise WarehouseVersionError(
            f"{path}: is a DuckDB database, but not one of Servanda's (no table schema_version); "
            "name another state folder with --state. Nothing was changed"
        )
    rows = connection.execute("SELECT max(version) FROM schema_version").fetchall()
    if rows[0][0] is None:
        raise WarehouseError(f"{path}: its table schema_version is empty; restore the file from a copy, or name another --state")
    return int(rows[0][0])


def _apply(connection: duckdb.DuckDBPyConnection, step: Path, number: int) -> None:
    connection.execute("BEGIN")
    try:
        if number == 1:
            connection.execute("CREATE TABLE schema_version (version INTEGER PRIMARY KEY, applied_at TIMESTAMPTZ NOT NULL)")
        connection.execute(step.read_text(encoding="utf-8"))
        # The views are of the present version: only its last step has all that they look at.
        for view in VIEWS if number == present_version() else []:
            connection.execute(f"CREATE OR REPLACE VIEW {view.stem} AS {view.read_text(encoding='utf-8')}")
        connection.execute("INSERT INTO schema_version VALUES (?, now())", [number])
        connection.execute("COMMIT")
    except BaseException:
        # After a full disk the database takes no statement any more: closing it rolls back.
        with suppress(duckdb.Error):
            connection.execute("ROLLBACK")
        raise
