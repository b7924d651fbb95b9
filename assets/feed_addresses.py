"""Where each source's feed is asked for now: moved for good, gone for good, or not to be asked again yet."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from servanda.intake.client import Fetched
from servanda.intake.decision import pause_after
from servanda.model.source import Network, Source
from servanda.model.vocabulary import FetchOutcome
from warehouse.database import Session

NEWEST = """
SELECT url, run_id, started_at, status, outcome, reason, not_before FROM fetches WHERE purpose = 'feed'
QUALIFY row_number() OVER (PARTITION BY url ORDER BY started_at DESC, fetch_id) = 1
"""
# An answer that was no feed moves nothing: else a captive portal could lead a source away for good.
MOVES = """
SELECT f.url, arg_max(f.moved_to, f.started_at) AS moved_to
FROM fetches f LEFT JOIN feed_bodies b USING (fetch_id) LEFT JOIN feed_parses p USING (feed_body_id)
WHERE f.purpose = 'feed' AND f.moved_to IS NOT NULL AND coalesce(p.usable, true) GROUP BY f.url
"""
# Refusals to serve since the address last answered.
BUSY = """
SELECT f.url, count(*) AS times FROM fetches f LEFT JOIN (
    SELECT url, max(started_at) AS last FROM fetches WHERE purpose = 'feed' AND outcome IN ('ok', 'not_modified') GROUP BY url
) o USING (url)
WHERE f.purpose = 'feed' AND f.status IN (429, 503) AND (o.last IS NULL OR f.started_at > o.last) GROUP BY f.url
"""
_HOPS = 5


@dataclass(frozen=True, slots=True)
class Newest:
    """The newest answer of an address."""

    run_id: str
    started_at: datetime
    status: int | None
    outcome: str
    reason: str
    not_before: datetime | None


@dataclass(slots=True)
class Round:
    """The feeds to ask in a run, as pairs of source and address; and, a line each, those left alone though something is wrong."""

    asked: list[tuple[Source, str]] = field(default_factory=list)
    waiting: list[str] = field(default_factory=list)
    retired: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Addresses:
    """What is known of the feeds' addresses from all requests so far."""

    newest: dict[str, Newest]
    moves: dict[str, str]
    busy: dict[str, int]

    @classmethod
    def of(cls, session: Session) -> "Addresses":
        """Read off ``fetches``."""
        newest = {url: Newest(*rest) for url, *rest in session.frame(NEWEST).iter_rows()}
        moves, busy = (dict(session.frame(query).iter_rows()) for query in (MOVES, BUSY))
        return cls(newest, moves, busy)

    def present(self, url: str) -> str:
        """Where 301 and 308 led for good; the configured address again where that place refuses us now."""
        address = url
        for _ in range(_HOPS):
            target = self.moves.get(address)
            answer = self.newest.get(target) if target else None
            if target is None or (answer is not None and answer.outcome == FetchOutcome.REFUSED.value):
                break
            address = target
        return address

    def round(self, sources: Iterable[Source], run_id: str, now: datetime) -> Round:
        """Which feeds are due: enabled, not gone for good, not asked in this run, within ``every`` or before the site allows."""
        found = Round()
        for source in sources:
            if not source.enabled:
                continue
            first, address = self.newest.get(source.url), self.present(source.url)
            answer = self.newest.get(address)
            if first is not None and first.status == 410:
                found.retired.append(
                    f"source {source.id}: its feed is gone for good (410 Gone on {first.started_at:%Y-%m-%d}) and is asked no "
                    "more; give it a new url, or set enabled = false"
                )
            elif answer is None:
                found.asked.append((source, address))
            elif answer.run_id == run_id or answer.started_at + source.every > now:
                continue
            elif answer.not_before is not None and answer.not_before > now:
                found.waiting.append(
                    f"source {source.id}: {answer.reason} on {answer.started_at:%Y-%m-%d %H:%M} UTC; "
                    f"it is not asked before {answer.not_before:%Y-%m-%d %H:%M} UTC ({address})"
                )
            else:
                found.asked.append((source, address))
        return found

    def not_before(self, fetched: Fetched, network: Network) -> datetime | None:
        """When a feed may be asked again that was too busy to answer: what it asks for, or a pause that doubles; else None."""
        if fetched.outcome is not FetchOutcome.RETRY:
            return None
        pause = fetched.retry_after or timedelta(0)
        if fetched.status in {429, 503}:
            pause = max(pause, pause_after(self.busy.get(fetched.url, 0), fetched.url, network))
        return fetched.started_at + pause if pause else None
