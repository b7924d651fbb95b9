"""The feeds, fetched: what each answered, and every request."""

from datetime import UTC, datetime, timedelta

import dagster as dg

from assets.batches import Batches
from assets.feed_addresses import Addresses
from assets.requests import Wanted, fetch_all, fetch_id, fetch_row
from assets.robots import kept_rules, robots_rows
from assets.rows import Row, identity
from assets.told import NETWORK_RETRY, OWNERS, POOL, columns_of, ended_by_an_interrupt, outcome
from servanda.intake.bodies import BodyStore
from servanda.intake.client import Client, Fetched
from servanda.model.source import Configuration, Source
from servanda.model.vocabulary import FetchOutcome, Purpose
from warehouse.database import Session, Warehouse

VALIDATORS = """
SELECT b.source_id, b.etag, b.last_modified, f.url
FROM feed_bodies b JOIN feed_parses p USING (feed_body_id) JOIN fetches f USING (fetch_id)
WHERE p.usable
QUALIFY row_number() OVER (PARTITION BY b.source_id ORDER BY b.fetched_at DESC, b.feed_body_id) = 1
"""
"""Of the newest body whose items are durable, with the address that it came from: they are good for no other."""

BATCH = 50
"""Answers that are written at once; what a kill takes of them is asked for again."""


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
    run_id, network = context.run.run_id, configuration.network
    with (
        ended_by_an_interrupt(),
        warehouse.open() as session,
        Client(network, known_robots=kept_rules(session, bodies, run_id, now)) as client,
    ):
        validators, addresses = _validators(session), Addresses.of(session)
        due = addresses.round(configuration.sources, run_id, now)
        wanted = [_wanted(source, address, validators) for source, address in due.asked]
        answers = Batches(session, ("fetches", "feed_bodies"), BATCH)
        for one, fetched in fetch_all(client, wanted, connections=network.connections):
            answers.add("feed_bodies", *_body_rows(one.key, fetched, bodies, run_id))
            answers.add("fetches", fetch_row(fetched, run_id, addresses.not_before(fetched, network)))
            if fetched.outcome not in {FetchOutcome.OK, FetchOutcome.NOT_MODIFIED}:
                failed.append(f"source {one.key}: {fetched.reason} ({fetched.url})")
            answers.write_if_full()
        answers.add("fetches", *robots_rows(client.log, bodies, run_id))
        answers.write()
        return outcome(
            session,
            "feed_bodies",
            new=answers.new,
            sample=("source_id", "url", "content_type", "fetched_at"),
            failed=sorted([*failed, *due.waiting]),
            noted=due.retired,
            facts={"asked": len(wanted)},
        )


Validators = dict[str, tuple[str | None, str | None, str]]


def _validators(session: Session) -> Validators:
    return {source: (etag, modified, url) for source, etag, modified, url in session.frame(VALIDATORS).iter_rows()}


def _wanted(source: Source, address: str, validators: Validators) -> Wanted:
    etag, last_modified, url = validators.get(source.id, (None, None, address))
    if url != address:
        etag = last_modified = None
    return Wanted(key=source.id, url=address, purpose=Purpose.FEED, etag=etag, last_modified=last_modified)


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
