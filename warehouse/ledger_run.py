"""Recomputes the ledger whole: the books as of a day, and the history of every obligation's status up to it."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime

import polars as pl

from warehouse.database import Session
from warehouse.models import bound, in_order
from warehouse.standings import WATCHED, Standings, standings_on
from warehouse.tables.registry import TABLES

BOOKS = ("events", "commitments", "obligations", "bearings", "status", "discrepancies")


@dataclass(frozen=True, slots=True)
class Ledger:
    """The ledger's tables as of one day, with the columns of their schemas (``warehouse/tables/ledger.py``)."""

    events: pl.DataFrame
    commitments: pl.DataFrame
    obligations: pl.DataFrame
    bearings: pl.DataFrame
    status: pl.DataFrame
    discrepancies: pl.DataFrame
    status_history: pl.DataFrame
    standings: Standings
    """What the history was made of; not one of the books."""

    def tables(self) -> Iterator[tuple[str, pl.DataFrame]]:
        """Each table's name with its rows."""
        for name in (*BOOKS, "status_history"):
            yield name, getattr(self, name)


def recompute(session: Session, as_of: date, known_at: datetime | None = None) -> Ledger:
    """The ledger as of a day (Europe/Kyiv), a pure function of what is stored; nothing stored is written.

    ``known_at``: by what was stored up to that moment only; None: by all.
    """
    stood = _stood(session, as_of, known_at)
    with _models_of(session, as_of, known_at):
        frames = {name: session.frame(f"SELECT {_columns(name)} FROM {name}") for name in BOOKS}
        causes = session.frame("SELECT obligation_id, statement_id, told_on, published_at FROM bearings")
        # What was struck changed the books on the day on which it was told, and that day stays in the history.
        causes = pl.concat([causes, stood.select(causes.columns)])
        days = sorted({*_days_of_change(session, as_of), *stood["told_on"].to_list()})
        standings = standings_on(session, days, known_at)
    frames["bearings"] = pl.concat([frames["bearings"], stood.select(frames["bearings"].columns)])
    return Ledger(**frames, status_history=changes(standings.rows, causes, struck(session, known_at)), standings=standings)


def _stood(session: Session, as_of: date, known_at: datetime | None) -> pl.DataFrame:
    """Where the statements that are struck stood: their bearings in the books that would be kept without any retraction."""
    subjects = [
        str(subject)
        for (subject,) in session.rows(
            "SELECT subject_id FROM (SELECT * FROM retractions WHERE made_at <= coalesce(?, TIMESTAMPTZ 'infinity') "
            "AND CAST(made_at AT TIME ZONE 'Europe/Kyiv' AS DATE) <= ? "
            "QUALIFY row_number() OVER (PARTITION BY subject_id ORDER BY made_at DESC, retraction_id DESC) = 1) "
            "WHERE act = 'retract'",
            known_at,
            as_of,
        )
    ]
    if not subjects:
        return session.frame(
            f"SELECT {_columns('bearings')}, CAST(NULL AS TIMESTAMPTZ) AS published_at FROM bearings WHERE false"
        )
    session.rows("CREATE OR REPLACE TEMP TABLE retractions AS SELECT * FROM retractions WHERE false")
    try:
        with _models_of(session, as_of, known_at, ("bearings",)):
            return session.frame(
                "SELECT DISTINCT b.obligation_id, b.statement_id, 'retracted' AS bearing, b.told_on, b.published_at "
                "FROM bearings b "
                "JOIN statements s USING (statement_id) WHERE list_contains(?, s.statement_id) OR list_contains(?, s.article_id)",
                subjects,
                subjects,
            )
    finally:
        session.rows("DROP TABLE temp.retractions")


def struck(session: Session, known_at: datetime | None = None) -> pl.DataFrame:
    """What was struck or let stand again, by day (Europe/Kyiv): ``made_on``, ``act``, ``subject_id``; the newest of a day."""
    return session.frame(
        "SELECT CAST(made_at AT TIME ZONE 'Europe/Kyiv' AS DATE) AS made_on, arg_max(act, made_at) AS act, "
        "arg_max(subject_id, made_at) AS subject_id FROM retractions "
        "WHERE made_at <= coalesce(?, TIMESTAMPTZ 'infinity') GROUP BY 1",
        known_at,
    )


def changes(statuses: pl.DataFrame, bearings: pl.DataFrame, struck_on: pl.DataFrame) -> pl.DataFrame:
    """The rows of ``statuses`` (many days) in which an obligation differs from its row before, with the cause.

    ``cause``: ``told`` by the statement named; ``retract`` or ``restore``, of the statement or article named; ``time`` where
    only a day passed (a deadline, the end of a truce, 60 days without news).
    """
    ordered = statuses.sort("obligation_id", "day")
    differs = pl.any_horizontal(
        pl.col(name).ne_missing(pl.col(name).shift(1).over("obligation_id")) for name in WATCHED if name != "flags"
    )
    flags_differ = pl.col("flags").list.join(";").ne_missing(pl.col("flags").list.join(";").shift(1).over("obligation_id"))
    changed = ordered.with_columns(previous=pl.col("status").shift(1).over("obligation_id")).filter(differs | flags_differ)
    causes = (
        bearings.sort("published_at", "statement_id")
        .group_by("obligation_id", "told_on", maintain_order=True)
        .agg(pl.col("statement_id").last())
    )
    return (
        changed.join(causes, left_on=["obligation_id", "day"], right_on=["obligation_id", "told_on"], how="left")
        .join(struck_on, left_on="day", right_on="made_on", how="left")
        .select(
            "obligation_id",
            "day",
            "status",
            "previous",
            "flags",
            "delivered_by_giver",
            "delivered_by_receiver",
            "delivered_by_mediator",
            pl.coalesce("statement_id", "subject_id").alias("statement_id"),
            pl.when(pl.col("statement_id").is_not_null())
            .then(pl.lit("told"))
            .otherwise(pl.coalesce("act", pl.lit("time")))
            .alias("cause"),
        )
    )


def _days_of_change(session: Session, as_of: date) -> list[date]:
    """The days on which a status can change: something was told or struck, a deadline passed, or news stayed away for 60 days."""
    rows = session.rows(
        "SELECT told_on FROM heard "
        "UNION SELECT CAST(made_at AT TIME ZONE 'Europe/Kyiv' AS DATE) FROM retractions "
        "UNION SELECT date_to + 1 FROM terms WHERE date_to < ? "
        "UNION SELECT due_on + 1 FROM status WHERE due_on < ? "
        "UNION SELECT least(due_on, made_on + CAST(promised_min AS INTEGER) - 1) + 1 FROM status WHERE kind = 'ceasefire' "
        "UNION SELECT told_on + 61 FROM bearings "
        "QUALIFY coalesce(lead(told_on) OVER (PARTITION BY obligation_id ORDER BY told_on) - told_on > 60, true) "
        "UNION SELECT last_event_on + 61 FROM status "
        "ORDER BY 1",
        as_of,
        as_of,
    )
    return [day for (day,) in rows if isinstance(day, date) and day <= as_of]


@contextmanager
def _models_of(session: Session, as_of: date, known_at: datetime | None, wanted: tuple[str, ...] = BOOKS) -> Iterator[None]:
    """Every model of the books as a temporary table, for the length of the block.

    The temporary ``status`` hides the stored one meanwhile. Each model is planned by itself: faster than one great query.
    """
    order = in_order(wanted)
    try:
        for name in order:
            session.rows(f"CREATE OR REPLACE TEMP TABLE {name} AS {bound(name, as_of, known_at)}")
        yield
    finally:
        for name in reversed(order):
            session.rows(f"DROP TABLE IF EXISTS temp.{name}")


def _columns(table: str) -> str:
    return ", ".join(TABLES[table].to_schema().columns)
