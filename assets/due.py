"""Which items' pages are to be fetched now, and what is known of their earlier tries."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from servanda.intake.bodies import BodyStore
from warehouse.database import Session

DUE = """
WITH
stored AS (SELECT item_id, max(extracted_at) AS stored_at FROM extractions WHERE article_id IS NOT NULL GROUP BY item_id),
outcomes AS (
    SELECT item_id, attempted_at AS decided_at, 0 AS step, state, next_try_at FROM attempts
    UNION ALL
    SELECT item_id, extracted_at, 1, state, next_try_at FROM extractions
),
last_outcome AS (SELECT * FROM outcomes QUALIFY row_number() OVER (PARTITION BY item_id ORDER BY decided_at DESC, step DESC) = 1),
tries AS (
    -- A page that was stored once begins to count anew.
    SELECT a.item_id, count(a.fetch_id) AS tries
    FROM attempts a LEFT JOIN stored s USING (item_id)
    WHERE s.stored_at IS NULL OR a.attempted_at > s.stored_at GROUP BY a.item_id
)
SELECT i.item_id, i.source_id, i.url, coalesce(t.tries, 0) AS tries
FROM items i
LEFT JOIN tries t USING (item_id)
LEFT JOIN last_outcome o USING (item_id)
WHERE i.url IS NOT NULL AND (
    -- Not one whose page came, and whose text waits to be extracted.
    (i.state = 'pending' AND i.next_try_at <= $1 AND coalesce(o.state, 'pending') = 'pending')
    -- The page of a stored item is fetched again when its listing changed, and until that succeeds.
    OR (i.state = 'stored' AND (i.last_listed_at > i.last_tried_at OR (o.state = 'pending' AND o.next_try_at <= $1)))
)
-- One of each source in turn, so that a slow host does not hold all connections.
ORDER BY row_number() OVER (PARTITION BY i.source_id ORDER BY i.first_seen_at, i.item_id), i.source_id
"""
WAITING = """
SELECT i.item_id, i.source_id, i.url, i.tries, p.body_hash
FROM (SELECT * FROM pages QUALIFY row_number() OVER (PARTITION BY item_id ORDER BY fetched_at DESC, page_id) = 1) p
ANTI JOIN extractions x ON x.page_id = p.page_id
JOIN items i ON i.item_id = p.item_id
WHERE i.url IS NOT NULL ORDER BY i.item_id
"""
"""The newest page of an item, where its text was not extracted yet: for as long as that, the item is not due."""

UNREADABLE = "SELECT page_id, reason FROM extractions WHERE article_id IS NULL"


@dataclass(frozen=True, slots=True)
class Due:
    """An item whose page is to be fetched; ``tries`` counts those since it was last stored."""

    item_id: str
    source_id: str
    url: str
    tries: int


def due_items(session: Session, now: datetime) -> list[Due]:
    """The items whose pages are to be fetched now, in the order in which to fetch them."""
    return [Due(*row) for row in session.frame(DUE, now).iter_rows()]


def lost_items(session: Session, bodies: BodyStore) -> Iterator[Due]:
    """The items whose page came, but whose body is lost or damaged before its text was extracted."""
    for *item, digest in session.frame(WAITING).iter_rows():
        if not bodies.holds(digest):
            yield Due(*item)


def unreadable_pages(session: Session) -> dict[str, str]:
    """The pages from which no text could be read, with the reason: the same body will not read better."""
    return dict(session.frame(UNREADABLE).iter_rows())
