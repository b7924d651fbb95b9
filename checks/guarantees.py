"""The design's guarantees, held against what is stored: quotes to the letter, one state an item, an article where it says so."""

import dagster as dg
import polars as pl

from checks.schemas import SHOWN
from servanda.intake.bodies import BodyStore
from servanda.publication.markdown import markdown_table
from warehouse.database import Warehouse

# Offsets count characters, as Python's do; DuckDB's substring counts grapheme clusters only in substring_grapheme.
MISQUOTED = """
SELECT s.statement_id, s.article_id, s.char_start, s.quote
FROM statements s LEFT JOIN articles a USING (article_id, version)
WHERE a.article_id IS NULL OR s.quote IS DISTINCT FROM
    substring(CASE WHEN s.part = 'title' THEN a.title ELSE a.text END, s.char_start + 1, s.char_end - s.char_start)
ORDER BY s.statement_id
"""
NOT_IN_ONE_STATE = """
SELECT l.item_id, count(i.item_id) AS rows, any_value(i.state) AS state
FROM (SELECT DISTINCT item_id FROM listings) l LEFT JOIN items i USING (item_id)
GROUP BY l.item_id
HAVING count(i.item_id) <> 1 OR any_value(i.state) NOT IN ('stored', 'pending', 'refused')
    OR (any_value(i.state) <> 'stored' AND any_value(i.reason) = '')
ORDER BY l.item_id
"""
WITHOUT_ARTICLE = """
SELECT i.item_id, i.url, i.article_id FROM items i
WHERE i.state = 'stored' AND i.article_id NOT IN (SELECT article_id FROM articles) ORDER BY i.item_id
"""
NOT_TRIED_AGAIN = """
SELECT i.item_id, i.url, i.reason FROM items i
WHERE i.state = 'pending' AND i.next_try_at IS NULL ORDER BY i.item_id
"""

BODIES = "SELECT article_id, version, url, body_hash FROM articles ORDER BY article_id, version"
RAW_BODIES = "The raw body of every article's text is stored, so that the text can be traced back to it."


def empty_check(*, asset: str, name: str, query: str, description: str, blocking: bool) -> dg.AssetChecksDefinition:
    """A check that passes where a query finds nothing; what it finds is told."""

    @dg.asset_check(asset=asset, name=name, blocking=blocking, pool="duckdb", description=description)
    def check(warehouse: dg.ResourceParam[Warehouse]) -> dg.AssetCheckResult:
        with warehouse.open() as session:
            return judged(session.frame(query), description)

    return check


@dg.asset_check(asset="articles", name="texts_have_their_raw_body", pool="duckdb", description=RAW_BODIES)
def raw_bodies(warehouse: dg.ResourceParam[Warehouse], bodies: dg.ResourceParam[BodyStore]) -> dg.AssetCheckResult:
    """A warning, since nothing that is told depends on it. Bodies are looked for, not read: that would take long."""
    with warehouse.open() as session:
        articles = session.frame(BODIES)
    missing = pl.Series([not bodies.path_of(digest).is_file() for digest in articles["body_hash"]], dtype=pl.Boolean)
    return judged(articles.filter(missing), RAW_BODIES, dg.AssetCheckSeverity.WARN)


def judged(
    found: pl.DataFrame, description: str, severity: dg.AssetCheckSeverity = dg.AssetCheckSeverity.ERROR
) -> dg.AssetCheckResult:
    """Passed where nothing was found; else what was found is told."""
    if found.is_empty():
        return dg.AssetCheckResult(passed=True, metadata={"found": 0})
    return dg.AssetCheckResult(
        passed=False,
        severity=severity,
        metadata={"found": found.height, "cases": dg.MetadataValue.md(markdown_table(found, SHOWN))},
        description=f"{found.height} found: {description}",
    )


GUARANTEES = [
    empty_check(
        asset="statements",
        name="quotes_stand_to_the_letter",
        query=MISQUOTED,
        description="Every quote stands to the letter at its place in the stored text.",
        blocking=True,
    ),
    empty_check(
        asset="items",
        name="items_are_in_one_state",
        query=NOT_IN_ONE_STATE,
        description="Every item ever listed is in exactly one state, with a reason unless it is stored.",
        blocking=False,
    ),
    empty_check(
        asset="articles",
        name="stored_items_have_an_article",
        query=WITHOUT_ARTICLE,
        description="Every item that is stored has its article.",
        blocking=False,
    ),
    empty_check(
        asset="articles",
        name="pending_items_are_tried_again",
        query=NOT_TRIED_AGAIN,
        description="Every item that is pending has a next try.",
        blocking=False,
    ),
    raw_bodies,
]
