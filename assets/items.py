"""The feeds' bodies, parsed: what each listed. A body and its items become durable together."""

import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import dagster as dg

from assets.rows import Row, frame_of, identity
from assets.told import OWNERS, POOL, STATES_BY_SOURCE, columns_of, outcome
from servanda.intake.bodies import BodyError, BodyStore
from servanda.intake.feed_entries import Entry, ParsedFeed
from servanda.intake.feeds import FeedBody, parse_feeds
from servanda.intake.identity import item_id, normalise_url
from servanda.model.source import Configuration
from warehouse.database import Session, Warehouse

BATCH = 100
WORKERS = min(4, os.cpu_count() or 1)

UNPARSED = """
SELECT feed_body_id, source_id, url, body_hash, content_type, newest
FROM (SELECT *, row_number() OVER (PARTITION BY source_id ORDER BY fetched_at DESC, feed_body_id) = 1 AS newest FROM feed_bodies)
ANTI JOIN feed_parses USING (feed_body_id) ORDER BY fetched_at, feed_body_id
"""
PROBLEMS = """
SELECT b.source_id, p.problem
FROM feed_bodies b JOIN feed_parses p USING (feed_body_id) JOIN sources s ON s.source_id = b.source_id
WHERE s.enabled
QUALIFY row_number() OVER (PARTITION BY b.source_id ORDER BY b.fetched_at DESC, b.feed_body_id) = 1
"""


@dataclass(frozen=True, slots=True)
class Unparsed:
    """A feed's body that waits to be parsed."""

    feed_body_id: str
    source_id: str
    url: str
    body_hash: str
    content_type: str | None
    newest: bool


@dg.asset(
    deps=["feeds"],
    group_name="intake",
    owners=OWNERS,
    kinds={"rss", "duckdb"},
    pool=POOL,
    freshness_policy=dg.FreshnessPolicy.time_window(fail_window=timedelta(hours=6), warn_window=timedelta(hours=2)),
    metadata=columns_of("listings"),
    description="Every entry as a feed listed it; an entry that changed is a new row beside the old one.",
)
def items(
    warehouse: dg.ResourceParam[Warehouse],
    bodies: dg.ResourceParam[BodyStore],
    configuration: dg.ResourceParam[Configuration],
) -> dg.MaterializeResult[None]:
    """Parse the bodies that were not parsed yet."""
    now = datetime.now(UTC)
    failed: list[str] = []
    noted: list[str] = []
    new = {"listings": 0, "feed_parses": 0, "gaps": 0}
    # All bodies of a run become durable at once: else which feed is an item's first would hang on the moment of a kill.
    with warehouse.open() as session, session.transaction():
        waiting = [Unparsed(*row) for row in session.frame(UNPARSED).iter_rows()]
        for body, parsed in _parsed(waiting, bodies, configuration, failed):
            if parsed.given_up and body.newest:
                # It gets another try, since it may have been the machine that was slow; once another body came, it is let go.
                failed.append(f"source {body.source_id}: {parsed.problem}; the next run tries again")
                continue
            rows = [_listing(body, entry, now) for entry in parsed.entries]
            gaps = _gap(session, body, rows, now)
            noted += [_told_gap(gap) for gap in gaps]
            failed += _without_link(body, parsed)
            new["listings"] += session.append("listings", frame_of("listings", rows))
            new["feed_parses"] += session.append("feed_parses", frame_of("feed_parses", [_parse(body, parsed, now)]))
            new["gaps"] += session.append("gaps", frame_of("gaps", gaps))
        return outcome(
            session,
            "listings",
            new=new,
            sample=("source_id", "title", "published_at", "url"),
            failed=[*sorted(failed), *_problems(session)],
            noted=noted,
            facts={"items": int(session.frame("SELECT count(*) AS n FROM items")["n"][0])},
            by_source=STATES_BY_SOURCE,
        )


def _parsed(
    waiting: Sequence[Unparsed], bodies: BodyStore, configuration: Configuration, failed: list[str]
) -> Iterator[tuple[Unparsed, ParsedFeed]]:
    """Each body that can be read, with what it lists, in the order given."""
    network = configuration.network
    for start in range(0, len(waiting), BATCH):
        present: list[Unparsed] = []
        feeds: list[FeedBody] = []
        for body in waiting[start : start + BATCH]:
            try:
                content = bodies.read(body.body_hash)
            except BodyError as error:
                if body.newest:
                    failed.append(f"source {body.source_id}: {error}; the next run fetches the feed again")
                continue
            present.append(body)
            feeds.append(FeedBody(body=content, content_type=body.content_type, url=body.url, entries_limit=network.feed_entries))
        seconds, megabytes = network.extraction_seconds, network.extraction_megabytes
        yield from zip(present, parse_feeds(feeds, workers=WORKERS, seconds=seconds, megabytes=megabytes), strict=True)


def _problems(session: Session) -> Iterator[str]:
    """What is wrong with the newest body of each enabled source, also when it came in an earlier run."""
    for source, problem in sorted(session.frame(PROBLEMS).iter_rows()):
        if problem:
            yield f"source {source}: {problem}"


def _gap(session: Session, body: Unparsed, rows: list[Row], now: datetime) -> list[Row]:
    """A row where a feed lists nothing that was known of it: entries between may have passed unseen."""
    known = dict(
        session.frame(
            "SELECT item_id, max(listed_at) FROM listings WHERE source_id = ? GROUP BY item_id", body.source_id
        ).iter_rows()
    )
    if not known or not rows or any(row["item_id"] in known for row in rows):
        return []
    gap: Row = {
        "gap_id": identity("g", body.feed_body_id),
        "source_id": body.source_id,
        "feed_body_id": body.feed_body_id,
        "noticed_at": now,
        "last_listed_at": max(known.values()),
        "entries": len(rows),
    }
    return [gap]


def _told_gap(gap: Row) -> str:
    return (
        f"source {gap['source_id']}: a gap: none of its {gap['entries']} entries was known, so others may have passed unseen "
        f"since {gap['last_listed_at']:%Y-%m-%d %H:%M} UTC; shorten the schedule or the source's `every`"
    )


def _without_link(body: Unparsed, parsed: ParsedFeed) -> list[str]:
    return [
        f"source {body.source_id}: the entry {entry.title or entry.guid or '(no title)'!r} has no http or https link"
        for entry in parsed.entries
        if entry.url is None
    ]


def _listing(body: Unparsed, entry: Entry, now: datetime) -> Row:
    url = normalise_url(entry.url) if entry.url else None
    item = item_id(body.source_id, url, entry.guid, entry.title)
    return {
        "listing_id": identity("l", item, body.source_id, url, entry.guid, entry.title, entry.published, entry.updated),
        "item_id": item,
        "source_id": body.source_id,
        "url": url,
        "guid": entry.guid,
        "title": entry.title,
        "published_at": entry.published,
        "updated_at": entry.updated,
        "listed_at": now,
        "feed_body_id": body.feed_body_id,
    }


def _parse(body: Unparsed, parsed: ParsedFeed, now: datetime) -> Row:
    return {
        "feed_body_id": body.feed_body_id,
        "parsed_at": now,
        "entries": len(parsed.entries),
        "usable": parsed.usable,
        "cut": parsed.cut,
        "problem": parsed.problem,
    }
