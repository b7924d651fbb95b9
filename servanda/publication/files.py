"""The files: every public table as CSV, JSON and Parquet, and a Frictionless description of them (datapackage.org, version 2)."""

import hashlib
import io
import json

import polars as pl

from servanda.publication import words
from servanda.publication.books import KEYS, Books, plain
from servanda.publication.dictionary import COLUMNS, TABLES
from servanda.publication.outside import cell

SEPARATOR = ";"
"""Parts the elements of a list in a CSV cell."""

Json = str | int | float | bool | None | list["Json"] | dict[str, "Json"]

LICENCE: dict[str, Json] = {
    "name": "CC-BY-4.0",
    "path": "https://creativecommons.org/licenses/by/4.0/",
    "title": "Creative Commons Attribution 4.0 International",
}


def csv(frame: pl.DataFrame) -> bytes:
    r"""A table as CSV: UTF-8, "\n", instants in UTC, lists parted by semicolons, null empty and an empty text quoted.

    Text is made fit for a spreadsheet (``outside.cell``); JSON and Parquet hold it to the letter.
    """
    columns = []
    for name, kind in frame.schema.items():
        column = pl.col(name)
        if isinstance(kind, pl.List):
            column = column.cast(pl.List(pl.String)).list.join(SEPARATOR)  # a list of nulls alone has no type of its own
        if isinstance(kind, pl.List) or kind == pl.String:
            column = column.map_elements(cell, return_dtype=pl.String, skip_nulls=True)
        if isinstance(kind, pl.Datetime):
            column = column.dt.convert_time_zone("UTC").dt.strftime("%Y-%m-%dT%H:%M:%S%.6fZ")
        columns.append(column)
    return frame.select(columns).write_csv(line_terminator="\n").encode()


def rows_as_json(frame: pl.DataFrame) -> bytes:
    """A table as a JSON list of objects, a line a row; text stands to the letter."""
    lines = [json.dumps(row, ensure_ascii=False, default=plain) for row in frame.iter_rows(named=True)]
    return ("[\n" + ",\n".join(lines) + "\n]\n" if lines else "[]\n").encode()


def parquet(frame: pl.DataFrame) -> bytes:
    """A table as Parquet."""
    buffer = io.BytesIO()
    frame.write_parquet(buffer, compression="zstd")
    return buffer.getvalue()


def files(books: Books, snapshot_id: str) -> dict[str, bytes]:
    """Every file by its name. ``books`` are in order (``books.in_order``)."""
    written: dict[str, bytes] = {}
    for name, frame in books.tables().items():
        written[f"{name}.csv"] = csv(frame)
        written[f"{name}.json"] = rows_as_json(frame)
        written[f"{name}.parquet"] = parquet(frame)
    package = _package(books, snapshot_id, written)
    written["datapackage.json"] = (json.dumps(package, ensure_ascii=False, indent=2) + "\n").encode()
    return written


def _package(books: Books, snapshot_id: str, written: dict[str, bytes]) -> dict[str, Json]:
    resources: list[Json] = []
    for name, frame in books.tables().items():
        resources.append(_table(name, frame, written[f"{name}.csv"]))
        for ending, media in (("json", "application/json"), ("parquet", "application/vnd.apache.parquet")):
            resources.append({"name": f"{name}-{ending}", "path": f"{name}.{ending}", "format": ending, "mediatype": media})
    mark = f"{words.SAMPLE['en']} {words.SAMPLE['uk']} " if books.sample else ""
    return {
        "$schema": "https://datapackage.org/profiles/2.0/datapackage.json",
        "name": "servanda",
        "id": snapshot_id,
        "title": "Servanda: humanitarian commitments between Russia and Ukraine" + (" (sample)" if books.sample else ""),
        "description": f"{mark}Who promised what, what came, and who says so, as of {words.day(books.as_of)}. "
        "No account is null, never 0. In CSV, text that a spreadsheet would take for a formula bears a leading apostrophe, and "
        "characters that control a terminal or turn the writing are left out; JSON and Parquet hold it to the letter. "
        "The quoted sentences belong to the outlets.",
        "as_of": books.as_of.isoformat(),
        "snapshot_id": snapshot_id,
        "sample": books.sample,
        "licenses": [LICENCE],
        "resources": resources,
    }


def _table(name: str, frame: pl.DataFrame, body: bytes) -> dict[str, Json]:
    return {
        "name": name,
        "path": f"{name}.csv",
        "type": "table",
        "description": TABLES[name],
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "bytes": len(body),
        "hash": "sha256:" + hashlib.sha256(body).hexdigest(),
        "dialect": {"delimiter": ",", "lineTerminator": "\n", "quoteChar": '"', "doubleQuote": True},
        "schema": {
            "fields": [_field(column, kind) for column, kind in frame.schema.items()],
            "missingValues": [""],
            "primaryKey": list(KEYS[name]),
        },
    }


def _field(name: str, kind: pl.DataType) -> dict[str, Json]:
    field: dict[str, Json] = {"name": name, "type": _type(kind)}
    if name in COLUMNS:
        field["description"] = COLUMNS[name]
    if isinstance(kind, pl.List):
        field |= {"delimiter": SEPARATOR, "itemType": "string"}
    return field


def _type(kind: pl.DataType) -> str:
    if isinstance(kind, pl.List):
        return "list"
    if isinstance(kind, pl.Datetime):
        return "datetime"
    if kind == pl.Date:
        return "date"
    if kind == pl.Boolean:
        return "boolean"
    if kind.is_integer():
        return "integer"
    return "number" if kind.is_numeric() else "string"
