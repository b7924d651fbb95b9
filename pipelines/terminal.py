"""The terminal: what came from outside is shown as text and nothing else, never as markup or as control characters."""

import csv
import json
import os
import sys
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from enum import StrEnum
from math import isfinite

from rich.console import Console
from rich.table import Table
from rich.text import Text

from servanda.publication.outside import cell, shown

WIDTH = 160
"""Of tables that are written into a file or a pipe."""

SAMPLE = "Sample: invented wording. Do not cite."


class Format(StrEnum):
    """How a result is printed."""

    TABLE = "table"
    JSON = "json"
    CSV = "csv"


class CommandError(Exception):
    """Nothing was done; the message names the thing and the way out."""


def output() -> Console:
    """Where results go."""
    return _console(stderr=False)


def messages() -> Console:
    """Where warnings, and what is beside the results, go."""
    return _console(stderr=True)


def text(value: object, style: str = "") -> Text:
    """A value as plain text on one line; nothing for None, lists by comma."""
    if value is None:
        return Text("", style)
    if isinstance(value, list | tuple):
        return Text(", ".join(shown(str(one)) for one in value), style)
    return Text(shown(f"{value:,}" if isinstance(value, int) and not isinstance(value, bool) else str(value)), style)


def table_of(columns: Sequence[str], rows: Iterable[Sequence[object]], title: str = "") -> Table:
    """A table of plain text; numbers to the right."""
    listed = [list(row) for row in rows]
    table = Table(title=Text(title) if title else None, title_justify="left", header_style="bold", expand=False)
    for number, column in enumerate(columns):
        values = [row[number] for row in listed if row[number] is not None]
        right = bool(values) and all(isinstance(value, int | float) and not isinstance(value, bool) for value in values)
        table.add_column(Text(shown(column)), justify="right" if right else "left", overflow="fold")
    for row in listed:
        table.add_row(*(value if isinstance(value, Text) else text(value) for value in row))
    return table


def print_rows(columns: Sequence[str], rows: Sequence[Sequence[object]], form: Format) -> None:
    """Rows in a format that programs read, on standard output."""
    if form is Format.JSON:
        listed = [dict(zip(columns, (_json_value(value) for value in row), strict=True)) for row in rows]
        sys.stdout.write(json.dumps(listed, ensure_ascii=False, indent=1, default=plain) + "\n")
        return
    writer = csv.writer(sys.stdout, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows([_csv_cell(value) for value in row] for row in rows)


def print_record(record: Mapping[str, object]) -> None:
    """One record as a line of JSON on standard output."""
    sys.stdout.write(json.dumps(record, ensure_ascii=False, default=plain) + "\n")


def plain(value: object) -> str | list[str]:
    """A value that JSON has no word for, as text."""
    if isinstance(value, date | datetime):
        return value.isoformat()
    if isinstance(value, set | frozenset | tuple):
        return [str(one) for one in value]
    return str(value)


def _json_value(value: object) -> object:
    """JSON has no word for numbers that are none, or have no end."""
    return str(value) if isinstance(value, float) and not isfinite(value) else value


def _csv_cell(value: object) -> object:
    if value is None or isinstance(value, bool | int | float):
        return value
    if isinstance(value, list | tuple):
        return cell(";".join(str(one) for one in value))
    return cell(str(plain(value)))


def _console(*, stderr: bool) -> Console:
    stream = sys.stderr if stderr else sys.stdout
    width = None if stream.isatty() or "COLUMNS" in os.environ else WIDTH
    return Console(stderr=stderr, highlight=False, markup=False, emoji=False, width=width)
