"""Many requests at once, and what is stored of each."""

from collections.abc import Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from dataclasses import dataclass, replace
from datetime import datetime

from assets.rows import Row, identity
from servanda.intake.client import Client, Fetched
from servanda.model.vocabulary import FetchOutcome, Purpose


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """An address to fetch; ``key`` is the caller's name for it."""

    key: str
    url: str
    purpose: Purpose
    etag: str | None = None
    last_modified: str | None = None


def fetch_all(client: Client, wanted: Sequence[Wanted], *, connections: int) -> Iterator[tuple[Wanted, Fetched]]:
    """Fetch all, some at once, and yield each as it comes; no more bodies are held than a few for each connection."""
    waiting = iter(_by_address(wanted))
    pool = ThreadPoolExecutor(connections, thread_name_prefix="fetch")
    under_way: dict[Future[Fetched], list[Wanted]] = {}
    try:
        while True:
            while len(under_way) < 2 * connections and (same := next(waiting, None)) is not None:
                under_way[pool.submit(_fetch, client, _shared(same))] = same
            if not under_way:
                return
            done, _ = wait(under_way, return_when=FIRST_COMPLETED)
            for future in done:
                fetched = future.result()
                for one in under_way.pop(future):
                    yield one, fetched
    finally:
        pool.shutdown(cancel_futures=True)


def _by_address(wanted: Sequence[Wanted]) -> list[list[Wanted]]:
    """What is wanted by several is asked for once."""
    found: dict[str, list[Wanted]] = {}
    for one in wanted:
        found.setdefault(one.url, []).append(one)
    return list(found.values())


def _shared(same: Sequence[Wanted]) -> Wanted:
    """One request for all; validators only if they are everybody's, since "not modified" would tell the others nothing."""
    first = same[0]
    alike = all((one.etag, one.last_modified) == (first.etag, first.last_modified) for one in same)
    return first if alike else replace(first, etag=None, last_modified=None)


def _fetch(client: Client, wanted: Wanted) -> Fetched:
    return client.fetch(wanted.url, purpose=wanted.purpose, etag=wanted.etag, last_modified=wanted.last_modified)


def fetch_id(fetched: Fetched, run_id: str) -> str:
    """The id of a request: of its run, address, purpose and time."""
    return identity("f", run_id, fetched.url, fetched.purpose, fetched.started_at.isoformat())


def fetch_row(fetched: Fetched, run_id: str, not_before: datetime | None = None) -> Row:
    """A request as a row of ``fetches``; ``not_before``: when the address may be asked again, else what Retry-After says."""
    came = fetched.outcome in {FetchOutcome.OK, FetchOutcome.NOT_MODIFIED}
    return {
        "fetch_id": fetch_id(fetched, run_id),
        "run_id": run_id,
        "started_at": fetched.started_at,
        "url": fetched.url,
        "purpose": fetched.purpose.value,
        "status": fetched.status,
        "bytes": fetched.bytes,
        "seconds": fetched.seconds,
        "outcome": fetched.outcome.value,
        "reason": fetched.reason,
        "moved_to": fetched.permanent_url if came else None,
        "not_before": not_before or (fetched.started_at + fetched.retry_after if fetched.retry_after else None),
        "body_hash": None,
    }
