"""The items' pages, fetched in batches: requests, what was decided after each, and the pages that came."""

from dataclasses import dataclass, field
from datetime import UTC, datetime

import dagster as dg

from assets.batches import Batches
from assets.due import Due, due_items, lost_items, unreadable_pages
from assets.progress import Progress
from assets.requests import Wanted, fetch_all, fetch_id, fetch_row
from assets.robots import kept_rules, robots_rows
from assets.rows import identity
from assets.told import NETWORK_RETRY, OWNERS, POOL, columns_of, ended_by_an_interrupt, outcome
from servanda.intake.bodies import BodyStore
from servanda.intake.client import Client, Fetched
from servanda.intake.decision import Decision, decide, decide_unreadable
from servanda.intake.identity import body_hash
from servanda.model.source import Configuration
from servanda.model.vocabulary import FetchOutcome, ItemState, Purpose
from warehouse.database import Session, Warehouse

BATCH = 50


@dg.asset(
    deps=["items"],
    group_name="intake",
    owners=OWNERS,
    kinds={"http", "html", "duckdb"},
    pool=POOL,
    retry_policy=NETWORK_RETRY,
    metadata=columns_of("pages"),
    description="The pages of the items that are due: each once for each different body, with what was decided after every try.",
)
def pages(
    context: dg.AssetExecutionContext,
    warehouse: dg.ResourceParam[Warehouse],
    bodies: dg.ResourceParam[BodyStore],
    configuration: dg.ResourceParam[Configuration],
    progress: dg.ResourceParam[Progress],
) -> dg.MaterializeResult[None]:
    """Fetch what is due; what was written stays written, whenever the run ends."""
    now = datetime.now(UTC)
    run_id, network = context.run.run_id, configuration.network
    with (
        ended_by_an_interrupt(),
        warehouse.open() as session,
        Client(network, known_robots=kept_rules(session, bodies, run_id, now)) as client,
    ):
        due = {item.item_id: item for item in (*due_items(session, now), *lost_items(session, bodies))}
        wanted = [Wanted(key=item.item_id, url=item.url, purpose=Purpose.PAGE) for item in due.values()]
        visit = Visit(session, bodies, configuration, run_id, now, unreadable_pages(session))
        progress.begin("pages", len(wanted))
        try:
            for one, fetched in fetch_all(client, wanted, connections=network.connections):
                visit.take(due[one.key], fetched)
                progress.advance()
        finally:
            progress.end()
        visit.rows.add("fetches", *robots_rows(client.log, bodies, run_id))
        visit.rows.write()
        return outcome(
            session,
            "pages",
            new=visit.rows.new,
            sample=("item_id", "url", "content_type", "fetched_at"),
            failed=sorted(visit.failed),
            facts={"asked": len(wanted)},
        )


@dataclass(slots=True)
class Visit:
    """Collects the rows of fetched pages, and writes them a batch at a time."""

    session: Session
    bodies: BodyStore
    configuration: Configuration
    run_id: str
    now: datetime
    unreadable: dict[str, str]
    failed: list[str] = field(default_factory=list)
    rows: Batches = field(init=False)

    def __post_init__(self) -> None:
        self.rows = Batches(self.session, ("pages", "attempts", "fetches"), BATCH)

    def take(self, item: Due, fetched: Fetched) -> None:
        """Decide on a fetched page, and keep its rows."""
        page_id = self._page(item, fetched)
        decision = self._decide(item, fetched, page_id)
        fetch = fetch_id(fetched, self.run_id)
        self.rows.add("fetches", fetch_row(fetched, self.run_id))
        self.rows.add(
            "attempts",
            {
                "attempt_id": identity("t", item.item_id, fetch),
                "item_id": item.item_id,
                # Only what was asked for is a try.
                "fetch_id": fetch if fetched.asked else None,
                "attempted_at": self.now,
                "state": decision.outcome.value,
                "reason": decision.reason,
                "next_try_at": decision.next_try_at,
                "page_id": page_id,
            },
        )
        if decision.outcome is not ItemState.STORED:
            self.failed.append(f"source {item.source_id}: {item.url}: {told(decision)}")
        self.rows.write_if_full()

    def _page(self, item: Due, fetched: Fetched) -> str | None:
        if fetched.outcome is not FetchOutcome.OK:
            return None
        page_id = identity("p", item.item_id, body_hash(fetched.body))
        self.rows.add(
            "pages",
            {
                "page_id": page_id,
                "item_id": item.item_id,
                "url": fetched.final_url,
                "body_hash": self.bodies.keep(fetched.body),
                "content_type": fetched.content_type,
                "fetched_at": fetched.started_at,
                "fetch_id": fetch_id(fetched, self.run_id),
            },
        )
        return page_id

    def _decide(self, item: Due, fetched: Fetched, page_id: str | None) -> Decision:
        network = self.configuration.network
        if page_id in self.unreadable and page_id is not None:
            # The very body from which no text could be read: it has its extraction, and gets no second one.
            reason = self.unreadable[page_id]
            return decide_unreadable(item.url, reason, tries_before=item.tries, now=self.now, network=network)
        return decide(fetched, tries_before=item.tries, now=self.now, network=network)


def told(decision: Decision) -> str:
    """A decision in words: the reason, and when the next try comes."""
    if decision.next_try_at is None:
        return decision.reason
    return f"{decision.reason} (next try after {decision.next_try_at:%Y-%m-%d %H:%M} UTC)"
