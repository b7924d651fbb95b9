"""Many requests at once, and what is stored of each."""

from collections.abc import Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from dataclasses import dataclass

from assets.rows import Row, identity
from servanda.intake.client import Client, Fetched
from servanda.model.vocabulary import Purpose


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
    waiting = iter(wanted)
    pool = ThreadPoolExecutor(connections, thread_name_prefix="fetch")
    under_way: dict[Future[Fetched], Wanted] = {}
    try:
        while True:
            while len(under_way) < 2 * connections and (one := next(waiting, None)) is not None:
                under_way[pool.submit(_fetch, client, one)] = one
            if not under_way:
                return
            done, _ = wait(under_way, return_when=FIRST_COMPLETED)
            for future in done:
                yield under_way.pop(future), future.result()
    finally:
        pool.shutdown(cancel_futures=True)


def _fetch(client: Client, wanted: Wanted) -> Fetched:
    return client.fetch(wanted.url, purpose=wanted.purpose, etag=wanted.etag, last_modified=wanted.last_modified)


def fetch_id(fetched: Fetched, run_id: str) -> str:
    """The id of a request: of its run, address, purpose and time."""
    return identity("f", run_id, fetched.url, fetched.purpose, fetched.started_at.isoformat())


def fetch_row(fetched: Fetched, run_id: str) -> Row:
    """A request as a row of ``fetches``."""
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
    }
