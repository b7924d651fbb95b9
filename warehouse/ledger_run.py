"""Recomputes the ledger whole: the books as of a day, and the history of every obligation's status up to it."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date

import polars as pl

from warehouse.database import Session
from warehouse.models import bound, compose, in_order
from warehouse.tables.registry import TABLES

BOOKS = ("events", "commitments", "obligations", "bearings", "status")


@dataclass(frozen=True, slots=True)
class Ledger:
    """The ledger's tables as of one day, with the columns of their schemas (``warehouse/tables/ledger.py``)."""

    events: pl.DataFrame
    commitments: pl.DataFrame
    obligations: pl.DataFrame
    bearings: pl.DataFrame
    status: pl.DataFrame
    status_history: pl.DataFrame

    def tables(self) -> Iterator[tuple[str, pl.DataFrame]]:
        """Each table's name with its rows."""
        for name in (*BOOKS, "status_history"):
            yield name, getattr(self, name)


def recompute(session: Session, as_of: date) -> Ledger:
    """The ledger as of a day (Europe/Kyiv), a pure function of what is stored; nothing stored is written."""
    with _models_of(session, as_of):
        frames = {name: session.frame(f"SELECT {_columns(name)} FROM {name}") for name in BOOKS}
        causes = session.frame("SELECT obligation_id, statement_id, told_on, published_at FROM bearings")
        days = _days_of_change(session, as_of)
    return Ledger(**frames, status_history=changes(status_on(session, days), causes))


def status_on(session: Session, days: list[date]) -> pl.DataFrame:
    """The status of every obligation as of each of many days, by the same macro that the published file carries."""
    catalog = str(session.rows("SELECT current_database()")[0][0])
    session.rows(f"CREATE OR REPLACE TEMP MACRO ledger_status(day) AS TABLE {compose('status', catalog)}")
    # One query for all days: a lateral join over the macro, which DuckDB decorrelates (one plan, not one a day).
    return session.frame(
        "SELECT s.* FROM (SELECT unnest(?::DATE[]) AS day) d, LATERAL (SELECT * FROM ledger_status(d.day)) s", days
    )


def changes(statuses: pl.DataFrame, bearings: pl.DataFrame) -> pl.DataFrame:
    """The rows of ``statuses`` (many days) in which an obligation differs from its row before, with the cause."""
    watched = ["status", "flags", "delivered_by_giver", "delivered_by_receiver", "delivered_by_mediator"]
    ordered = statuses.sort("obligation_id", "as_of")
    differs = pl.any_horizontal(
        pl.col(name).ne_missing(pl.col(name).shift(1).over("obligation_id")) for name in watched if name != "flags"
    )
    flags_differ = pl.col("flags").list.join(";").ne_missing(pl.col("flags").list.join(";").shift(1).over("obligation_id"))
    changed = ordered.with_columns(previous=pl.col("status").shift(1).over("obligation_id")).filter(differs | flags_differ)
    causes = (
        bearings.sort("published_at", "statement_id")
        .group_by("obligation_id", "told_on", maintain_order=True)
        .agg(pl.col("statement_id").last())
    )
    return changed.join(causes, left_on=["obligation_id", "as_of"], right_on=["obligation_id", "told_on"], how="left").select(
        "obligation_id",
        pl.col("as_of").alias("day"),
        "status",
        "previous",
        "flags",
        "delivered_by_giver",
        "delivered_by_receiver",
        "delivered_by_mediator",
        "statement_id",
    )


def _days_of_change(session: Session, as_of: date) -> list[date]:
    """The days on which something was told, and those after a deadline: on no other day can a status change its word."""
    rows = session.rows(
        "SELECT told_on FROM heard UNION SELECT due_on + 1 FROM status WHERE due_on < ? "
        "UNION SELECT least(due_on, made_on + CAST(promised_min AS INTEGER) - 1) + 1 FROM status WHERE kind = 'ceasefire' "
        "ORDER BY 1",
        as_of,
    )
    return [day for (day,) in rows if isinstance(day, date) and day <= as_of]


@contextmanager
def _models_of(session: Session, as_of: date) -> Iterator[None]:
    """Every model of the books as a temporary table, for the length of the block.

    The temporary ``status`` hides the stored one meanwhile. Each model is planned by itself: faster than one great query.
    """
    order = in_order(BOOKS)
    try:
        for name in order:
            session.rows(f"CREATE OR REPLACE TEMP TABLE {name} AS {bound(name, as_of)}")
        yield
    finally:
        for name in reversed(order):
            session.rows(f"DROP TABLE IF EXISTS temp.{name}")


def _columns(table: str) -> str:
    return ", ".join(TABLES[table].to_schema().columns)
