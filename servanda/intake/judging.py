"""What an answer means: ok, not modified, worth another try, or refused. Pure.

The rules, where HTTP leaves room: 401 and 402 ask for what we do not have, and are refused. 403 is retried: sites' shields answer
so to newcomers for a while, and a refusal would lose the item for good; the number of tries bounds it. 404, 410 and 451 are
refused, as every other 4xx but 408, 421, 425 and 429. An empty 200 is retried, since it is no article and must never replace one.
"""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from http import HTTPStatus

from servanda.intake.exchange import Answer
from servanda.model.vocabulary import FetchOutcome

REDIRECTS = frozenset({301, 302, 303, 307, 308})
PERMANENT = frozenset({301, 308})
_RETRIED = frozenset({403, 408, 421, 425, 429})


def judge(answer: Answer, *, cap: int, conditional: bool) -> tuple[FetchOutcome, str]:
    """Judge the answer at the end of all redirects; ``conditional`` tells whether validators were sent."""
    status = answer.status
    if status == 200:
        return _judge_body(answer, cap)
    if status == 304:
        if conditional:
            return FetchOutcome.NOT_MODIFIED, ""
        return FetchOutcome.RETRY, "the server answered 304 Not Modified, though no validator was sent"
    told = f"the server answered {_phrase(status)}"
    if status in REDIRECTS:
        return FetchOutcome.RETRY, f"{told} without an address to go to"
    if status < 300 or status >= 500 or status in _RETRIED:
        return FetchOutcome.RETRY, told
    return FetchOutcome.REFUSED, told


def _judge_body(answer: Answer, cap: int) -> tuple[FetchOutcome, str]:
    if answer.cut:
        return (
            FetchOutcome.REFUSED,
            f"the body is longer than {cap:,} bytes and was cut there; raise the limit in [network] to take it",
        )
    if answer.broken:
        return FetchOutcome.RETRY, answer.broken
    if not answer.body:
        return FetchOutcome.RETRY, "the server answered 200 with an empty body"
    return FetchOutcome.OK, ""


def _phrase(status: int) -> str:
    try:
        return f"{status} {HTTPStatus(status).phrase}"
    except ValueError:
        return str(status)


def retry_after(headers: Mapping[str, str], now: datetime, longest: timedelta) -> timedelta | None:
    """The pause that Retry-After asks for, in seconds or as a date, between 0 and ``longest``; None for none or nonsense."""
    value = headers.get("retry-after", "").strip()
    if value.isascii() and value.isdigit():
        return timedelta(seconds=min(int(value[:12]), longest.total_seconds()))
    if not value:
        return None
    try:
        then = parsedate_to_datetime(value)
    except (ValueError, TypeError, OverflowError):
        return None
    aware = then if then.tzinfo else then.replace(tzinfo=UTC)
    return min(max(aware - now, timedelta(0)), longest)
