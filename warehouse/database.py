"""The one class that opens the pipeline's own DuckDB file.

One process writes at a time; readers use the published file. Every write is validated by the table's schema first.
"""

import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

import duckdb
import polars as pl

from warehouse.creation import create, tidy
from warehouse.errors import WarehouseError, WarehouseLockedError
from warehouse.migrate import migrate
from warehouse.tables.registry import TABLES

Value = str | int | float | bool | date | datetime | None | Sequence[str] | Sequence[date]
"""What a parameter of a statement may be."""

SETTINGS: dict[str, str | int | float | list[str]] = {
    "TimeZone": "UTC",
    "threads": 2,
    "memory_limit": "1400MB",
    "autoinstall_known_extensions": "false",
}
"""UTC, so that instants compare and print alike everywhere; two threads and 1.4 GB (2 GB with all that stands beside it), so
that a run leaves the machine usable. What needs more spills to disk."""


class Session:
    """An open database. All values go in as parameters; table names are those of the registry."""

    def __init__(self, connection: duckdb.DuckDBPyConnection) -> None:
        self.connection = connection
        self._in_transaction = False

    def frame(self, query: str, *values: Value) -> pl.DataFrame:
        """The result of a query as a frame."""
        result: pl.DataFrame = self.connection.sql(query, params=list(values) or None).pl()
        return result

    def rows(self, query: str, *values: Value) -> list[tuple[Value, ...]]:
        """The result of a query as tuples."""
        return self.connection.execute(query, list(values)).fetchall()

    def append(self, table: str, frame: pl.DataFrame) -> int:
        """Add the rows whose primary key is not there yet, and say how many they were.

        Raises pandera's ``SchemaErrors`` where the frame breaks the table's schema; then nothing is written.
        """
        if frame.is_empty():
            return 0
        checked = self._checked(table, frame)
        with self._registered(checked) as name:
            result = self.connection.execute(
                f"INSERT INTO {table} BY NAME SELECT * FROM {name} ON CONFLICT DO NOTHING"
            ).fetchall()
        return int(result[0][0])

    def replace(self, table: str, frame: pl.DataFrame) -> bool:
        """Make a recomputed table hold exactly these rows, and say whether that changed it.

        Only for tables that are a function of others (the ledger, copies, sources); nothing that was read or
        fetched is ever replaced.
        """
        checked = self._checked(table, frame)
        with self._registered(checked) as name:
            columns = ", ".join(f'"{column}"' for column in checked.columns)
            differing = self.connection.execute(
                f"SELECT (SELECT count(*) FROM (SELECT {columns} FROM {table} EXCEPT ALL SELECT {columns} FROM {name})) "
                f"+ (SELECT count(*) FROM (SELECT {columns} FROM {name} EXCEPT ALL SELECT {columns} FROM {table}))"
            ).fetchall()[0][0]
            if not differing:
                return False
            with self.transaction():
                self.connection.execute(f"DELETE FROM {table}")
                self.connection.execute(f"INSERT INTO {table} BY NAME SELECT * FROM {name}")
        return True

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """All of the block or nothing. A block inside a block belongs to the outer one."""
        if self._in_transaction:
            yield
            return
        self.connection.execute("BEGIN")
        self._in_transaction = True
        try:
            yield
        except BaseException:
            # After a full disk the database takes no statement any more, and closing it rolls back.
            with suppress(duckdb.Error):
                self.connection.execute("ROLLBACK")
            raise
        else:
            self.connection.execute("COMMIT")
        finally:
            self._in_transaction = False

    def _checked(self, table: str, frame: pl.DataFrame) -> pl.DataFrame:
        if table not in TABLES:
            raise WarehouseError(f'table "{table}" is not one of Servanda\'s: {", ".join(TABLES)}')
        schema = TABLES[table].to_schema()
        typed = frame.select(list(schema.columns)).cast({name: column.dtype.type for name, column in schema.columns.items()})
        return TABLES[table].validate(typed, lazy=True)

    @contextmanager
    def _registered(self, frame: pl.DataFrame) -> Iterator[str]:
        name = "incoming"
        self.connection.register(name, frame)
        try:
            yield name
        finally:
            self.connection.unregister(name)


@dataclass(frozen=True, slots=True)
class Warehouse:
    """The pipeline's own database, at ``path``."""

    path: Path

    @contextmanager
    def open(self) -> Iterator[Session]:
        """Open for reading and writing, brought to the present version; closed at the end of the block, also after an error.

        Raises ``WarehouseError`` where the folder cannot be written, the file is another process's or not a database of ours.
        """
        self._make_folder()
        if not self.path.exists():
            self._create()
        connection = self._connect()
        try:
            migrate(connection, self.path)
            yield Session(connection)
        finally:
            connection.close()

    def _make_folder(self) -> None:
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise WarehouseError(
                f"{self.path.parent}: the state folder cannot be made ({error.strerror}); name one that can be written, "
                "with --state or SERVANDA_STATE"
            ) from error

    def tidy(self) -> None:
        """Remove what killed runs left beside the file. Only for whoever holds it open, before anything else is done with it."""
        tidy(self.path)

    def _create(self) -> None:
        try:
            create(self.path, SETTINGS)
        except (OSError, duckdb.Error) as error:
            told = error.strerror if isinstance(error, OSError) else str(error).splitlines()[0]
            raise WarehouseError(
                f"{self.path}: cannot be made ({told}); free space or memory, or name a state folder that can be written, with "
                "--state or SERVANDA_STATE"
            ) from error

    def _connect(self) -> duckdb.DuckDBPyConnection:
        try:
            return duckdb.connect(str(self.path), config=SETTINGS)
        except (duckdb.Error, MemoryError) as error:
            message = str(error)
            if "Conflicting lock" in message:
                raise WarehouseLockedError(f"{self.path}: {_holder(message)}") from error
            raise WarehouseError(f"{self.path}: {_fault(message)}") from error


_FAULTS = (
    (
        ("WAL does not match", "WAL was created for"),
        (
            "the .wal beside it is not its own, but of another file or another state of this one; put the database back that it "
            "belongs to, or move {wal} away (what it holds is then fetched and read again)"
        ),
    ),
    (("not a valid DuckDB database",), "is not a DuckDB database; move it away, or name another state folder with --state"),
    (
        ("Could not read enough bytes", "Corrupt database", "checksum", "Serialization Error", "deserialize"),
        "is damaged or cut short ({said}); restore it from a copy, or move it and {wal} away to begin anew",
    ),
    (
        ("Permission denied", "Read-only file system", "Cannot open file", "No space", "read-only"),
        (
            "cannot be opened for writing ({said}); free space, or name a state folder that can be written, with --state or "
            "SERVANDA_STATE"
        ),
    ),
)
"""What DuckDB says of a file that it cannot open, by its words, and what there is to do."""


def _fault(message: str) -> str:
    said = (message.splitlines() or ["out of memory"])[0]
    for words, told in _FAULTS:
        if any(word in message for word in words):
            return told.format(said=said, wal="its .wal, if there is one,") + ". Nothing was changed"
    return f"cannot be opened ({said}). Nothing in it was changed"


def _holder(message: str) -> str:
    process = re.search(r"PID (\d+)", message)
    who = f"process {process[1]}" if process else "another process"
    return (
        f"is held by {who} (another run, or a SQL session on this file); wait until it ends and run again. "
        "To read while a run is on, open published/servanda.duckdb beside it"
    )
