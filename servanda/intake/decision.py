"""What becomes of an item after a try: stored, tried again later, or refused. Pure: the present time is an argument.

The rule. After a try that may succeed later, the next comes after ``first_retry_minutes``, then twice as long each time, up to
``longest_retry_hours``, give or take a tenth that the address itself determines, so that items of one site do not come back all
at once. A Retry-After is honoured where it is longer, up to ``longest_retry_hours``. After ``tries`` tries in all, the item is
refused with a reason that says so; while a site's robots.txt cannot be had, its pages are not tried, and no try is spent.
A page from which no text can be read is tried `UNREADABLE_TRIES` times by the same pauses.
"""

import hashlib
from dataclasses import dataclass
from datetime import datetime, timedelta

from servanda.intake.client import Fetched
from servanda.model.source import Network
from servanda.model.vocabulary import FetchOutcome, ItemState

UNREADABLE_TRIES = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """What a try makes of its item.

    ``outcome`` stored: the page came and may be stored, and the extraction of its text has its own say; pending: it is tried
    again at ``next_try_at``, which is set for nothing else. ``reason`` is empty for stored only.
    """

    outcome: ItemState
    reason: str = ""
    next_try_at: datetime | None = None


def decide(fetched: Fetched, *, tries_before: int, now: datetime, network: Network) -> Decision:
    """Decide on a fetched page; ``tries_before`` counts the tries of this item before this one, over all runs."""
    if fetched.outcome in {FetchOutcome.OK, FetchOutcome.NOT_MODIFIED}:
        return Decision(outcome=ItemState.STORED)
    if fetched.outcome is FetchOutcome.REFUSED:
        return Decision(outcome=ItemState.REFUSED, reason=fetched.reason)
    asked = fetched.retry_after or timedelta(0)
    if not fetched.asked:
        # The page was not tried, so no try is spent: a site that is closed for days must not cost its items.
        return Decision(
            outcome=ItemState.PENDING, reason=fetched.reason, next_try_at=now + _longer(0, fetched.url, asked, network)
        )
    return _again(fetched.url, fetched.reason, before=tries_before, most=network.tries, asked=asked, now=now, network=network)


def decide_unreadable(url: str, reason: str, *, tries_before: int, now: datetime, network: Network) -> Decision:
    """Decide on a page that came, but from which no text could be read; ``reason`` is the extraction's."""
    most = min(UNREADABLE_TRIES, network.tries)
    return _again(url, reason, before=tries_before, most=most, asked=timedelta(0), now=now, network=network)


def _again(url: str, reason: str, *, before: int, most: int, asked: timedelta, now: datetime, network: Network) -> Decision:
    if before + 1 >= most:
        return Decision(outcome=ItemState.REFUSED, reason=f"given up after {before + 1} tries; the last: {reason}")
    return Decision(outcome=ItemState.PENDING, reason=reason, next_try_at=now + _longer(before, url, asked, network))


def _longer(before: int, url: str, asked: timedelta, network: Network) -> timedelta:
    return max(pause_after(before, url, network), min(asked, timedelta(hours=network.longest_retry_hours)))


def pause_after(tries_before: int, url: str, network: Network) -> timedelta:
    """The pause after one more failed try; the same for the same address and number of tries."""
    # Doubling past 2**30 would overflow long after every sensible limit.
    minutes = network.first_retry_minutes * 2 ** min(tries_before, 30)
    share = int.from_bytes(hashlib.sha256(f"{url} {tries_before}".encode(errors="replace")).digest()[:4], "big") / 2**32
    return min(
        timedelta(minutes=min(minutes, network.longest_retry_hours * 60) * (0.9 + 0.2 * share)),
        timedelta(hours=network.longest_retry_hours),
    )
