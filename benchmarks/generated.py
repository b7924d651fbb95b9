"""A warehouse of generated statements, as many as asked for: what a decade of news on some thousand hand-overs would hold."""

# ruff: noqa: E501 (SQL reads better in long lines)

from datetime import date
from pathlib import Path

from warehouse.database import Session, Warehouse

FIRST_DAY = date(2025, 1, 1)
_A_STATEMENT_IN = 6
"""Statements an article."""


def fill(session: Session, statements: int, days: int = 1500) -> None:
    """Fill an empty warehouse: 60 outlets, six statements an article, over so many days.

    Every hand-over is told by many: a tenth of the statements are promises, offers, refusals and postponements, a tenth running
    totals, the rest reports, by the giver, the receiver, mediators and outlets; one article in four is a reprint.
    """
    run = session.connection.execute
    run(
        "INSERT INTO sources SELECT 'o-' || i, 'https://outlet' || i || '.example/feed', 'Outlet ' || i, ['en', 'uk', 'ru'][1 + i % 3], "
        "['independent', 'ukraine', 'russia', 'mediator'][1 + i % 4], true, '', true, TIMESTAMPTZ '2025-01-01 00:00:00+00' FROM range(60) r(i)"
    )
    articles = max(1, statements // _A_STATEMENT_IN)
    run(
        f"""INSERT INTO articles SELECT 'a-' || i, 1, 'o-' || (i % 60), 'i-' || i, 'p-' || i, 'https://outlet.example/' || i, 'Title ' || i, 'Text', 'h' || i,
        'b' || i, moment, 'feed', ['en', 'uk', 'ru'][1 + i % 3], NULL, 'utf-8', 'whole', moment + INTERVAL 1 HOUR, false
        FROM (SELECT i, TIMESTAMPTZ '2025-01-01 06:00:00+00' + to_minutes(CAST(i * {days}.0 * 1440 / {articles} AS BIGINT)) AS moment FROM range({articles}) r(i))"""
    )
    run(
        "INSERT INTO copies SELECT article_id, CASE WHEN i % 4 = 3 THEN 'a-' || (i - 1) ELSE article_id END, 1.0 FROM (SELECT article_id, CAST(substr(article_id, 3) AS BIGINT) AS i FROM articles)"
    )
    run(
        f"""INSERT INTO statements
        WITH drawn AS (
            SELECT n, n // {_A_STATEMENT_IN} AS i, hash(n, 1) % 1000 AS a, hash(n, 2) % 1000 AS b, hash(n, 3) % 1000 AS c, hash(n, 4) % 1000 AS d, hash(n, 5) % 1000 AS e
            FROM range({articles * _A_STATEMENT_IN}) r(n)
        ),
        placed AS (
            SELECT d.*, x.published_at, x.source_id, CAST(x.published_at AS DATE) AS told_on,
                CASE WHEN a < 450 THEN 'body_repatriation' WHEN a < 850 THEN 'prisoner_exchange' WHEN a < 920 THEN 'child_return' WHEN a < 940 THEN 'child_list' WHEN a < 970 THEN 'ceasefire' ELSE 'talks' END AS kind,
                CASE WHEN b < 900 THEN 'performed' WHEN b < 950 THEN 'promised' WHEN b < 975 THEN 'proposed' WHEN b < 985 THEN 'refused' WHEN b < 995 THEN 'postponed' ELSE 'denied' END AS stage,
                b < 800 AS of_event, c < 500 AS to_ukraine
            FROM drawn d JOIN articles x ON x.article_id = 'a-' || d.i
        ),
        dated AS (
            -- A hand-over of each kind every second week; reports tell of the last one.
            SELECT *, told_on - CAST((dayofyear(told_on) + CASE WHEN kind = 'body_repatriation' THEN 3 ELSE 9 END) % 14 AS INTEGER) AS day
            FROM placed
        )
        SELECT 's-' || n, 'a-' || i, 1, source_id, published_at, kind, stage, CASE WHEN kind = 'prisoner_exchange' AND d < 200 THEN ['civilians'] ELSE [] END, false,
            CASE WHEN kind IN ('talks') THEN NULL WHEN kind = 'ceasefire' THEN 'both' WHEN kind = 'child_list' THEN 'ukraine' WHEN to_ukraine OR kind = 'child_return' THEN 'russia' ELSE 'ukraine' END,
            CASE WHEN kind IN ('talks', 'ceasefire') THEN NULL WHEN kind = 'child_list' THEN 'russia' WHEN to_ukraine OR kind = 'child_return' THEN 'ukraine' ELSE 'russia' END,
            amount, amount, false,
            CASE WHEN stage <> 'performed' THEN 'target' WHEN of_event THEN 'event' ELSE 'cumulative' END,
            CASE WHEN stage = 'performed' AND of_event THEN day WHEN stage = 'performed' THEN date_trunc('year', told_on)::DATE END,
            CASE WHEN stage = 'performed' AND of_event THEN day WHEN stage = 'performed' THEN told_on END,
            ['ukraine', 'russia', 'mediator', 'other', NULL][CAST(1 + e % 5 AS BIGINT)], 'Sentence ' || n,
            CASE WHEN stage IN ('promised') THEN date_trunc('month', told_on)::DATE END, NULL, false, CASE WHEN stage = 'denied' THEN 'performed' END,
            CASE WHEN kind = 'child_list' THEN 'handed' END, false, 'text', 0, 10, 'generated', '1', published_at
        FROM (
            SELECT *, CASE WHEN kind = 'talks' THEN NULL WHEN kind = 'ceasefire' THEN 30
                WHEN stage <> 'performed' THEN 1000 + 100 * (month(told_on) % 5)
                WHEN of_event THEN 100 + CAST(hash(day, kind, to_ukraine) % 900 AS BIGINT) + CASE WHEN e % 40 = 0 THEN 3 ELSE 0 END
                ELSE 3000 + dayofyear(told_on) * 20 END AS amount
            FROM dated
        )"""
    )
    run(
        "INSERT INTO readings SELECT 'r-' || article_id, article_id, 1, '1', any_value(published_at) + INTERVAL 2 HOUR, list(statement_id) FROM statements GROUP BY article_id"
    )


def generated(folder: Path, statements: int) -> Warehouse:
    """A warehouse in a folder, filled."""
    warehouse = Warehouse(folder / "servanda.duckdb")
    with warehouse.open() as session:
        fill(session, statements)
    return warehouse
