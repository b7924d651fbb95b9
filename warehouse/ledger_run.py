"""Recomputes the ledger whole: the books as of a day, and the history of every obligation's status up to it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

import polars as pl

from warehouse.database import Session
from warehouse.models import compose

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
    """The ledger as of a day (Europe/Kyiv), a pure function of what is stored; nothing is written."""
    prepare(session)
    frames = {name: session.frame(f"SELECT * FROM ledger_{name}(?)", as_of) for name in BOOKS}
    return Ledger(**frames, status_history=history(session, as_of))


def prepare(session: Session) -> None:
    """Define the ledger's models as temporary table macros ``ledger_<model>(day)`` of this session."""
    catalog = str(session.rows("SELECT current_database()")[0][0])
    for name in (*BOOKS, "heard"):
        session.rows(f"CREATE OR REPLACE TEMP MACRO ledger_{name}(day) AS TABLE {compose(name, catalog)}")


def history(session: Session, as_of: date) -> pl.DataFrame:
    """Every change of an obligation's status, flags or delivered numbers, on the day that it came to be known.

    The days looked at are those on which something was told, and those after a deadline; the cause is the newest statement
    of the day that bears on the obligation, null where only the calendar moved.
    """
    days = _days_of_change(session, as_of)
    # One query for all days: a lateral join over the same macro, which DuckDB decorrelates (one plan, not one a day).
    statuses = session.frame(
        "SELECT s.* FROM (SELECT unnest(?::DATE[]) AS day) d, LATERAL (SELECT * FROM ledger_status(d.day)) s", days
    )
    return changes(statuses, session.frame("SELECT * FROM ledger_bearings(?)", as_of))


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
    told = {row[0] for row in session.rows("SELECT DISTINCT told_on FROM ledger_heard(?)", as_of)}
    deadlines = {row[0] for row in session.rows("SELECT DISTINCT due_on FROM ledger_status(?) WHERE due_on < ?", as_of, as_of)}
    days = {day for day in told if isinstance(day, date)} | {
        day + timedelta(days=1) for day in deadlines if isinstance(day, date)
    }
    return sorted(day for day in days if day <= as_of)
