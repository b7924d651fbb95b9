"""Rows to typed frames, as ``Session.append`` and ``Session.replace`` take them."""

import hashlib
import json
from collections.abc import Iterable, Mapping

import polars as pl

from warehouse.tables.registry import TABLES

Row = Mapping[str, object]
"""A row of a stored table, by its columns' names."""

KEYS = {"articles": ["article_id", "version"]}


def frame_of(table: str, rows: Iterable[Row]) -> pl.DataFrame:
    """The rows as a frame of the table's types; of rows with the same key the first."""
    types = {name: column.dtype.type for name, column in TABLES[table].to_schema().columns.items()}
    frame = pl.DataFrame([{name: row[name] for name in types} for row in rows], schema=types)
    return frame.unique(KEYS.get(table, [next(iter(types))]), keep="first", maintain_order=True)


def identity(prefix: str, *parts: object) -> str:
    """An id made of content: the prefix and 20 hex digits."""
    written = json.dumps(parts, ensure_ascii=True, separators=(",", ":"), default=str)
    return f"{prefix}-{hashlib.sha256(written.encode()).hexdigest()[:20]}"
