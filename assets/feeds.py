"""The feeds, fetched: what each answered, and every request."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

import dagster as dg

from assets.batches import Batches
from assets.requests import Wanted, fetch_all, fetch_id, fetch_row
from assets.rows import Row, identity
from assets.told import NETWORK_RETRY, OWNERS, POOL, columns_of, ended_by_an_interrupt, outcome
from servanda.intake.bodies import BodyStore
from servanda.intake.client import Client, Fetched
from servanda.model.source import Configuration, Source
from servanda.model.vocabulary import FetchOutcome, Purpose
from warehouse.database import Session, Warehouse

VALIDATORS = """
SELECT b.source_id, b.etag, b.last_modified
FROM feed_bodies b JOIN feed_parses p USING (feed_body_id) JOIN fetches f USING (fetch_id)
JOIN sources s ON s.source_id = b.source_id
WHERE p.usable AND f.url = s.url
QUALIFY row_number() OVER (PARTITION BY b.source_id ORDER BY b.fetched_at DESC, b.feed_body_id) = 1
"""
"""Of the newest body whose items are durable, and only if it came from the address that is configured now."""

BATCH = 50
"""Answers that are written at once; what a kill takes of them is asked for again."""

LAST_ASKED = "SELECT url, max(started_at) AS last FROM fetches WHERE purpose = 'feed' GROUP BY url"


@dg.asset(
    deps=["sources"],
    group_name="intake",
    owners=OWNERS,
    kinds={"http", "rss", "duckdb"},
    pool=POOL,
    retry_policy=NETWORK_RETRY,
    freshness_policy=dg.FreshnessPolicy.time_window(fail_window=timedelta(hours=6), warn_window=timedelta(hours=2)),
    metadata=columns_of("feed_bodies"),
    description="What the enabled sources' feeds answered, asked with the validators of the newest body whose items are durable.",
)
def feeds(
    context: dg.AssetExecutionContext,
    warehouse: dg.ResourceParam[Warehouse],
    bodies: dg.ResourceParam[BodyStore],
    configuration: dg.ResourceParam[Configuration],
) -> dg.MaterializeResult[None]:
    """Fetch the feeds that are due; a source that fails is named and stops no other."""
    now = datetime.now(UTC)
    failed: list[str] = []
    with ended_by_an_interrupt(), warehouse.open() as session, Client(configuration.network) as client:
        validators = _validators(session)
        wanted = [_wanted(source, validators) for source in due(session, configuration.sources, now)]
        answers = Batches(session, ("fetches", "feed_bodies"), BATCH)
        for one, fetched in fetch_all(client, wanted, connections=configuration.network.connections):
            answers.add("feed_bodies", *_body_rows(one.key, fetched, bodies, context.run.run_id))
            answers.add("fetches", fetch_row(fetched, context.run.run_id))
            if fetched.outcome not in {FetchOutcome.OK, FetchOutcome.NOT_MODIFIED}:
                failed.append(f"source {one.key}: {fetched.reason} ({fetched.url})")
            answers.write_if_full()
        answers.add("fetches", *(fetch_row(fetched, context.run.run_id) for fetched in client.log))
        answers.write()
        return outcome(
            session,
            "feed_bodies",
            new=answers.new,
            sample=("source_id", "url", "content_type", "fetched_at"),
            failed=sorted(failed),
            facts={"asked": len(wanted)},
        )


def due(session: Session, configured: Sequence[Source], now: datetime) -> list[Source]:
    """The enabled sources whose feed was not asked for within their ``every``."""
    last = dict(session.frame(LAST_ASKED).iter_rows())
    return [s for s in configured if s.enabled and (s.url not in last or last[s.url] + s.every <= now)]


def _validators(session: Session) -> dict[str, tuple[str | None, str | None]]:
    return {source: (etag, modified) for source, etag, modified in session.frame(VALIDATORS).iter_rows()}


def _wanted(source: Source, validators: dict[str, tuple[str | None, str | None]]) -> Wanted:
    etag, last_modified = validators.get(source.id, (None, None))
    return Wanted(key=source.id, url=source.url, purpose=Purpose.FEED, etag=etag, last_modified=last_modified)


def _body_rows(source_id: str, fetched: Fetched, bodies: BodyStore, run_id: str) -> list[Row]:
    if fetched.outcome is not FetchOutcome.OK:
        return []
    digest = bodies.keep(fetched.body)
    row: Row = {
        "feed_body_id": identity("b", source_id, digest, fetched.etag, fetched.last_modified),
        "source_id": source_id,
        "url": fetched.final_url,
        "body_hash": digest,
        "content_type": fetched.content_type,
        "etag": fetched.etag,
        "last_modified": fetched.last_modified,
        "fetched_at": fetched.started_at,
        "fetch_id": fetch_id(fetched, run_id),
    }
    return [row]
