"""Reprints: which present articles are copies of which, recomputed whole where their texts are others than the last time."""

from datetime import UTC, datetime

import dagster as dg

from assets.rows import frame_of
from assets.told import OWNERS, POOL, columns_of, outcome
from servanda.intake.copies import FORM, Text, find_copies
from warehouse.database import Session, Warehouse

PRESENT = "SELECT article_id, published_at, text FROM present_articles ORDER BY article_id"
BASIS = """
SELECT ? || ' ' || count(*) || ' ' || coalesce(md5(string_agg(
    article_id || ' ' || epoch_us(published_at) || ' ' || text_hash, ',' ORDER BY article_id
)), '') FROM present_articles
"""
"""A digest of what the copies are made of."""


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
        before = _count(session, "copies")
        basis = str(session.rows(BASIS, f"copies-{FORM}")[0][0])
        if session.rows("SELECT basis FROM derivations WHERE derived = 'copies'") != [(basis,)]:
            compare(session, basis, datetime.now(UTC))
        return outcome(
            session,
            "copies",
            new={"copies": _count(session, "copies") - before},
            sample=("article_id", "copy_of", "similarity"),
            facts={"reprints": _count(session, "copies WHERE copy_of <> article_id")},
        )


def compare(session: Session, basis: str, now: datetime) -> None:
    """Compare all present texts, and write what was found together with the digest of what it was found in."""
    texts = session.frame(PRESENT).iter_rows()
    found = find_copies(Text(article_id=article, published_at=at, text=text) for article, at, text in texts)
    rows = [{"article_id": c.article_id, "copy_of": c.copy_of, "similarity": c.similarity} for c in found]
    derivation = {"derived": "copies", "basis": basis, "derived_at": now}
    with session.transaction():
        session.replace("copies", frame_of("copies", rows))
        session.replace("derivations", frame_of("derivations", [derivation]))


def _count(session: Session, rows: str) -> int:
    return int(session.frame(f"SELECT count(*) AS n FROM {rows}")["n"][0])
