"""What is kept of robots.txt from one request to the next: for a day at most, also from run to run."""

from collections.abc import Iterable
from datetime import datetime

from assets.requests import fetch_row
from assets.rows import Row
from servanda.intake.bodies import BodyError, BodyStore
from servanda.intake.client import Fetched
from servanda.intake.robots import KEPT, Rules, read_rules
from servanda.model.vocabulary import FetchOutcome
from warehouse.database import Session

# A site that could not be asked is asked again in the next run; in the same one, once is enough.
NEWEST = """
SELECT url, started_at, outcome, status, reason, body_hash, not_before FROM fetches
WHERE purpose = 'robots' AND started_at > $1 AND (outcome <> 'retry' OR run_id = $2)
QUALIFY row_number() OVER (PARTITION BY url ORDER BY started_at DESC, fetch_id) = 1
"""


def kept_rules(session: Session, bodies: BodyStore, run_id: str, now: datetime) -> dict[str, tuple[datetime, Rules]]:
    """The rules by origin that need not be asked for again, each with the time at which they were."""
    known = {}
    for url, asked_at, outcome, status, reason, digest, not_before in session.frame(NEWEST, now - KEPT, run_id).iter_rows():
        body = b""
        if status == 200 and outcome != FetchOutcome.RETRY.value:
            try:
                body = bodies.read(digest or "")
            except BodyError:
                # Lost, or of a time when it was not kept: the site is asked again.
                continue
        rules = read_rules(
            outcome=FetchOutcome(outcome),
            status=status,
            body=body,
            reason=reason,
            retry_after=not_before - asked_at if not_before else None,
        )
        known[url.removesuffix("/robots.txt")] = (asked_at, rules)
    return known


def robots_rows(log: Iterable[Fetched], bodies: BodyStore, run_id: str) -> list[Row]:
    """The requests for robots.txt as rows, their bodies stored."""
    return [
        {
            **fetch_row(fetched, run_id),
            "body_hash": bodies.keep(fetched.body) if fetched.status == 200 and fetched.body else None,
        }
        for fetched in log
    ]
