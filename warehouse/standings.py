"""How every obligation stood on many days, computed only for the days on which what counts is not what it was.

The status as of a day is a function of the tellings that count on it and of what was struck by then, so a digest of these and of
the ledger's own text tells whether a day must be computed. A run after a day's news computes that day alone, and the result is
the same as if it had computed all (tested).
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from hashlib import sha256

import polars as pl

from warehouse.database import Session
from warehouse.models import compose

WATCHED = ("status", "flags", "delivered_by_giver", "delivered_by_receiver", "delivered_by_mediator")
COLUMNS = ("day", "obligation_id", *WATCHED)
AT_ONCE = 20_000_000
"""Tellings times days that one query looks at: what fits into memory."""

# The sum over what counts on a day, made of what begins and ceases to count; sums of hashes, since they do not mind the order.
DIGESTS = """
WITH
counted AS (
    SELECT t.counts_from, t.until,
        CAST(hash(t.statement_id, t.told_on, t.published_at, coalesce(c.copy_of, s.article_id), t.alignment, t.reprinted)
            AS HUGEINT) AS told
    FROM tellings t JOIN statements s USING (statement_id) LEFT JOIN copies c USING (article_id)
),
turns AS (
    SELECT on_day, sum(told) AS told FROM (
        SELECT counts_from AS on_day, told FROM counted UNION ALL SELECT until, -told FROM counted WHERE until IS NOT NULL
        UNION ALL
        SELECT CAST(made_at AT TIME ZONE 'Europe/Kyiv' AS DATE), CAST(hash(subject_id, subject, act, made_at) AS HUGEINT)
        FROM retractions
    ) GROUP BY on_day
),
summed AS (SELECT on_day, CAST(sum(told) OVER (ORDER BY on_day) AS VARCHAR) AS told FROM turns)
SELECT d.day, sha256(coalesce(s.told, '') || ?) AS digest
FROM (SELECT unnest(?::DATE[]) AS day) d ASOF LEFT JOIN summed s ON s.on_day <= d.day
ORDER BY d.day
"""


@dataclass(frozen=True, slots=True)
class Standings:
    """``rows``: every obligation's standing on each of the days, with `COLUMNS`. ``digests``: ``day`` and ``digest``.

    ``fresh`` are the days that were computed now.
    """

    rows: pl.DataFrame
    digests: pl.DataFrame
    fresh: list[date]


def standings_on(session: Session, days: list[date], known_at: datetime | None = None) -> Standings:
    """How all stood on each of the days; what is kept of a day whose digest is the same is taken over.

    The model ``tellings`` has to be there as a temporary table. What was known at a time is computed anew, and not kept.
    """
    if known_at is not None:
        return Standings(_rows(session, days, known_at), _no_digests(), days)
    catalog = str(session.rows("SELECT current_database()")[0][0])
    text = sha256(compose("status", catalog).encode()).hexdigest()
    digests = session.frame(DIGESTS, text, days)
    kept = digests.join(session.frame("SELECT * FROM standing_days"), on=["day", "digest"], how="semi")["day"].to_list()
    old = session.frame(f"SELECT {', '.join(COLUMNS)} FROM standings WHERE list_contains(?, day)", kept)
    fresh = sorted(set(days) - set(kept))
    return Standings(pl.concat([old, _rows(session, fresh, None)]), digests, fresh)


def _rows(session: Session, days: list[date], known_at: datetime | None) -> pl.DataFrame:
    return status_on(session, days, known_at).rename({"as_of": "day"}).select(COLUMNS)


def _no_digests() -> pl.DataFrame:
    return pl.DataFrame(schema={"day": pl.Date, "digest": pl.String})


def keep(session: Session, standings: Standings) -> None:
    """Store what was computed now, and forget days that nobody asks for any more."""
    days = standings.digests["day"].to_list()
    with session.transaction():
        for table in ("standings", "standing_days"):
            session.rows(f"DELETE FROM {table} WHERE NOT list_contains(?, day) OR list_contains(?, day)", days, standings.fresh)
        session.append("standings", standings.rows.filter(pl.col("day").is_in(standings.fresh)))
        session.append("standing_days", standings.digests.filter(pl.col("day").is_in(standings.fresh)))


def status_on(session: Session, days: list[date], known_at: datetime | None = None) -> pl.DataFrame:
    """The status of every obligation as of each of many days, by the same macro that the published file carries."""
    catalog = str(session.rows("SELECT current_database()")[0][0])
    session.rows(f"CREATE OR REPLACE TEMP MACRO ledger_status(day, known_at) AS TABLE {compose('status', catalog)}")
    moment = "infinity" if known_at is None else known_at.astimezone(UTC).isoformat()
    tellings = int(str(session.rows("SELECT count(*) FROM statements")[0][0]))
    many = max(1, AT_ONCE // max(1, tellings))
    # One query for many days: a lateral join over the macro, which DuckDB decorrelates (one plan, not one a day).
    parts = [
        session.frame(
            "SELECT s.* FROM (SELECT unnest(?::DATE[]) AS day) d, "
            f"LATERAL (SELECT * FROM ledger_status(d.day, TIMESTAMPTZ '{moment}')) s",
            days[start : start + many],
        )
        for start in range(0, len(days), many)
    ]
    return (
        pl.concat(parts) if parts else session.frame("SELECT * FROM ledger_status(DATE '1900-01-01', TIMESTAMPTZ '1900-01-01')")
    )
