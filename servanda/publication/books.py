"""The books as they are published: the public tables as of one day, and the digest that names their snapshot.

Knows the tables' names and keys (``warehouse/tables`` holds their schemas), and nothing of where they come from.
"""

import hashlib
import json
from dataclasses import dataclass
from datetime import UTC, date, datetime

import polars as pl

FORM = 2
"""The form in which the books are shown; raise it when page, feed or files change, so that the same books are published anew."""

KEYS: dict[str, tuple[str, ...]] = {
    "sources": ("source_id",),
    "items": ("item_id",),
    "gaps": ("gap_id",),
    "articles": ("article_id", "version"),
    "statements": ("statement_id",),
    "events": ("event_id",),
    "commitments": ("commitment_id",),
    "obligations": ("obligation_id",),
    "bearings": ("obligation_id", "told_on", "statement_id", "bearing"),
    "status": ("obligation_id",),
    "status_history": ("obligation_id", "day"),
    "discrepancies": ("discrepancy_id",),
    "retractions": ("retraction_id",),
    "fetches": ("fetch_id",),
}
"""The public tables, each with the columns that tell its rows apart."""

CLOCK = frozenset({"first_seen_at", "next_try_at", "tries", "read_at", "started_at", "last_listed_at", "last_tried_at"})
"""Columns that tell the clock of a run, not what was found."""

CLOCK_TABLES = frozenset({"fetches", "gaps"})
"""Tables that tell of runs as a whole."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Books:
    """The public tables as of ``as_of`` (a day in Kyiv). ``articles`` holds no text. ``sample``: the wording is invented."""

    sources: pl.DataFrame
    items: pl.DataFrame
    gaps: pl.DataFrame
    articles: pl.DataFrame
    statements: pl.DataFrame
    events: pl.DataFrame
    commitments: pl.DataFrame
    obligations: pl.DataFrame
    bearings: pl.DataFrame
    status: pl.DataFrame
    status_history: pl.DataFrame
    discrepancies: pl.DataFrame
    retractions: pl.DataFrame
    fetches: pl.DataFrame
    as_of: date
    sample: bool

    def tables(self) -> dict[str, pl.DataFrame]:
        """Each public table by its name."""
        return {
            "sources": self.sources,
            "items": self.items,
            "gaps": self.gaps,
            "articles": self.articles,
            "statements": self.statements,
            "events": self.events,
            "commitments": self.commitments,
            "obligations": self.obligations,
            "bearings": self.bearings,
            "status": self.status,
            "status_history": self.status_history,
            "discrepancies": self.discrepancies,
            "retractions": self.retractions,
            "fetches": self.fetches,
        }


def in_order(books: Books) -> Books:
    """The same books with each table's rows in the order of its key, whatever order they came in."""
    frames = {name: frame.sort(KEYS[name]) for name, frame in books.tables().items()}
    return Books(**frames, as_of=books.as_of, sample=books.sample)


def snapshot_id(books: Books) -> str:
    """16 hex digits: a digest of the contents and the as-of day.

    The order of rows and of columns, and what tells the clock of a run, make no difference.
    """
    digest = hashlib.sha256(f"servanda {FORM} {books.as_of.isoformat()} {books.sample}\n".encode())
    for name, frame in sorted(books.tables().items()):
        if name in CLOCK_TABLES:
            continue
        told = frame.select(sorted(column for column in frame.columns if column not in CLOCK))
        digest.update(json.dumps([name, told.columns]).encode())
        for row in sorted(_canonical(values) for values in told.iter_rows()):
            digest.update(b"\n" + row.encode())
    return digest.hexdigest()[:16]


def _canonical(values: tuple[object, ...]) -> str:
    return json.dumps(values, ensure_ascii=True, separators=(",", ":"), default=plain)


def plain(value: object) -> str:
    """A date or an instant as ISO text; instants in UTC. Raises ``TypeError`` for anything else."""
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat().replace("+00:00", "Z")
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(f"a table holds {value!r}, which is no text, number, date, instant or list of them")
