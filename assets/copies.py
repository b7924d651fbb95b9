"""Reprints: which present articles are copies of which, recomputed whole."""

import dagster as dg

from assets.rows import frame_of
from assets.told import OWNERS, POOL, columns_of, outcome
from servanda.intake.copies import Text, find_copies
from warehouse.database import Warehouse

PRESENT = "SELECT article_id, published_at, text FROM present_articles ORDER BY article_id"


@dg.asset(
    deps=["articles"],
    group_name="intake",
    owners=OWNERS,
    kinds={"python", "duckdb"},
    pool=POOL,
    metadata=columns_of("copies"),
    description="Each article with the original that it reprints (itself, if none): copies of one text are one witness.",
)
def copies(warehouse: dg.ResourceParam[Warehouse]) -> dg.MaterializeResult[None]:
    """Compare the present texts."""
    with warehouse.open() as session:
        before = session.frame("SELECT article_id FROM copies").height
        texts = [
            Text(article_id=article, published_at=published, text=text)
            for article, published, text in session.frame(PRESENT).iter_rows()
        ]
        found = find_copies(texts)
        session.replace(
            "copies",
            frame_of(
                "copies",
                [{"article_id": c.article_id, "copy_of": c.copy_of, "similarity": c.similarity} for c in found],
            ),
        )
        return outcome(
            session,
            "copies",
            new={"copies": len(found) - before},
            sample=("article_id", "copy_of", "similarity"),
            facts={"reprints": sum(c.copy_of != c.article_id for c in found)},
        )
