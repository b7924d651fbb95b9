"""What an operator should look at though nothing failed: gaps, silent sources, more failures than before, pages without text.

All of them warn and stop nothing: a source may have nothing to tell, and what was read stays read.
"""

from datetime import UTC, datetime

import dagster as dg

from checks.guarantees import judged
from warehouse.database import Warehouse

GAPS = """
SELECT g.source_id, g.noticed_at, g.last_listed_at, g.entries FROM gaps g JOIN sources s USING (source_id)
WHERE s.enabled AND g.noticed_at > $1::TIMESTAMPTZ - INTERVAL 7 DAY ORDER BY g.noticed_at DESC, g.source_id
"""
# A source keeps its own pace: it is silent when it has listed nothing new for three times its longest pause, and for three days.
SILENT = """
WITH
new_on AS (SELECT DISTINCT source_id, CAST(listed_at AS DATE) AS day FROM listings),
pauses AS (
    SELECT source_id, coalesce(max(pause), 1) AS longest, max(day) AS last_new_on
    FROM (SELECT *, day - lag(day) OVER (PARTITION BY source_id ORDER BY day) AS pause FROM new_on) GROUP BY source_id
)
SELECT s.source_id, s.outlet, p.last_new_on, p.longest AS longest_pause_days
FROM sources s LEFT JOIN pauses p USING (source_id)
WHERE s.enabled AND CASE WHEN p.last_new_on IS NULL THEN s.first_seen_at < $1::TIMESTAMPTZ - INTERVAL 1 DAY
    ELSE CAST($1::TIMESTAMPTZ AS DATE) - p.last_new_on > greatest(3, 3 * p.longest) END
ORDER BY s.source_id
"""
# The day against the week before it; robots.txt has no say, since a site need not have one.
FAILING = """
WITH asked AS (
    SELECT regexp_extract(f.url, '^https?://([^/?#]+)', 1) AS site, f.started_at > $1::TIMESTAMPTZ - INTERVAL 1 DAY AS lately,
        f.outcome IN ('retry', 'refused') AS failed
    FROM fetches f WHERE f.purpose <> 'robots' AND f.started_at BETWEEN $1::TIMESTAMPTZ - INTERVAL 8 DAY AND $1::TIMESTAMPTZ
),
shares AS (
    SELECT site, count(*) FILTER (lately) AS requests, avg(failed::INTEGER) FILTER (lately) AS share,
        coalesce(avg(failed::INTEGER) FILTER (NOT lately), 0) AS share_before
    FROM asked GROUP BY site
)
SELECT site, requests, round(share, 2) AS failed, round(share_before, 2) AS failed_in_the_week_before
FROM shares WHERE requests >= 5 AND share >= 0.2 AND share >= 2 * share_before ORDER BY share DESC, site
"""
# Of a source's last ten pages half or more gave no text, and of those before fewer than a fifth did not: a new template.
WITHOUT_TEXT = """
WITH
numbered AS (
    SELECT i.source_id, x.article_id IS NULL AS without,
        row_number() OVER (PARTITION BY i.source_id ORDER BY x.extracted_at DESC, x.page_id) AS place
    FROM extractions x JOIN items i ON i.item_id = x.item_id WHERE x.extracted_at <= $1::TIMESTAMPTZ
),
shares AS (
    SELECT source_id, count(*) FILTER (place <= 10) AS pages, count(*) FILTER (place <= 10 AND without) AS without_text,
        coalesce(avg(without::INTEGER) FILTER (place > 10), 0) AS share_before
    FROM numbered GROUP BY source_id
)
SELECT s.source_id, h.pages AS last_pages, h.without_text, round(h.share_before, 2) AS share_before
FROM shares h JOIN sources s USING (source_id)
WHERE s.enabled AND h.pages >= 5 AND 2 * h.without_text >= h.pages AND h.share_before < 0.2 ORDER BY s.source_id
"""


def warning(*, asset: str, name: str, query: str, description: str) -> dg.AssetChecksDefinition:
    """A check that warns of what a query finds; its one parameter is the present moment."""

    @dg.asset_check(asset=asset, name=name, pool="duckdb", description=description)
    def check(warehouse: dg.ResourceParam[Warehouse]) -> dg.AssetCheckResult:
        with warehouse.open() as session:
            return judged(session.frame(query, datetime.now(UTC)), description, dg.AssetCheckSeverity.WARN)

    return check


SIGHT = [
    warning(
        asset="items",
        name="no_feed_has_a_gap",
        query=GAPS,
        description="No feed's window moved past all that was known of it within the last seven days.",
    ),
    warning(
        asset="items",
        name="no_source_is_silent",
        query=SILENT,
        description="Every enabled source lists something new at its own pace.",
    ),
    warning(
        asset="pages",
        name="failures_do_not_rise",
        query=FAILING,
        description="No site fails twice as often as in the week before.",
    ),
    warning(
        asset="articles",
        name="pages_yield_texts",
        query=WITHOUT_TEXT,
        description="No source's pages suddenly yield no text, as after a change of the site's templates.",
    ),
]
