"""Rows of several tables that belong together, written a batch at a time, each batch in one transaction."""

from collections.abc import Sequence

from assets.rows import Row, frame_of
from warehouse.database import Session


class Batches:
    """Collects rows; ``new`` counts by table those that were written and were not there yet."""

    def __init__(self, session: Session, tables: Sequence[str], size: int) -> None:
        self._session = session
        self._size = size
        self._rows: dict[str, list[Row]] = {table: [] for table in tables}
        self.new = dict.fromkeys(tables, 0)

    def add(self, table: str, *rows: Row) -> None:
        """Keep rows for the next batch."""
        self._rows[table] += rows

    def write_if_full(self) -> None:
        """Write the batch once a table has enough rows; only called where what belongs together is complete."""
        if any(len(rows) >= self._size for rows in self._rows.values()):
            self.write()

    def write(self) -> None:
        """Write what was collected, in one transaction."""
        with self._session.transaction():
            for table, rows in self._rows.items():
                self.new[table] += self._session.append(table, frame_of(table, rows))
        for rows in self._rows.values():
            rows.clear()
