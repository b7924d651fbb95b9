"""The one way out to the network: manners, limits and the guard around a request, whatever servers do.

A fetch never raises for what a network or a server does: it ends as a `Fetched` whose outcome and reason say what happened.
"""

import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from importlib.metadata import version
from types import TracebackType

import httpx

from servanda.intake.chase import Chase, EndError, checked, origin_of, place_of
from servanda.intake.decoding import ACCEPTED
from servanda.intake.exchange import Answer, GuardedTransport, exchange, late, said
from servanda.intake.guard import ForbiddenAddressError, GuardedBackend
from servanda.intake.judging import REDIRECTS, judge, retry_after
from servanda.intake.pacing import Pacer
from servanda.intake.robots import BYTES as ROBOTS_BYTES
from servanda.intake.robots import REDIRECTS as ROBOTS_REDIRECTS
from servanda.intake.robots import Robots, Rules, read_rules
from servanda.model.source import Network
from servanda.model.vocabulary import FetchOutcome, Purpose

_ACCEPT = {
    Purpose.FEED: "application/rss+xml, application/atom+xml, application/feed+json, application/rdf+xml, application/xml;q=0.9, "
    "application/json;q=0.9, text/xml;q=0.9, */*;q=0.5",
    Purpose.PAGE: "text/html, application/xhtml+xml, */*;q=0.5",
    Purpose.ROBOTS: "text/plain, */*;q=0.5",
}


Body = bytes
"""The type, under a name that `Fetched.bytes` does not hide."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Fetched:
    """How a request ended.

    ``started_at`` is in UTC; ``seconds`` counts the time spent on the network, without pauses; ``bytes`` counts the body on the
    wire, before decompression. ``body`` is decompressed, and whole only when the outcome is ok; of a body that is too long it is
    the part up to the cap. ``reason`` is empty for ok and not modified, otherwise one sentence. ``permanent_url`` is where a
    chain of 301 and 308 led. ``retry_after`` is never longer than ``[network] longest_retry_hours``. ``asked`` is false where
    the address was not asked for at all, since robots.txt could not be had or forbids it.
    """

    url: str
    final_url: str
    purpose: Purpose
    started_at: datetime
    seconds: float = 0.0
    status: int | None = None
    bytes: int = 0
    body: Body = b""
    content_type: str | None = None
    etag: str | None = None
    last_modified: str | None = None
    outcome: FetchOutcome
    reason: str = ""
    retry_after: timedelta | None = None
    permanent_url: str | None = None
    asked: bool = True


class Client:
    """Fetches feeds and pages; thread-safe, and a context manager that closes its connections.

    ``clock`` gives the present as an aware datetime. ``log`` holds every request for a robots.txt so far; ``known_robots`` are
    rules by origin that need not be asked for, with the time at which they were.
    """

    def __init__(
        self,
        network: Network,
        *,
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
        backend: GuardedBackend | None = None,
        known_robots: Mapping[str, tuple[datetime, Rules]] | None = None,
    ) -> None:
        self._network = network
        self._clock = clock
        self._agent = f"Servanda/{version('servanda')} (+{network.contact})"
        self._transport = GuardedTransport(network, backend or GuardedBackend(network.allow))
        self._pacer = Pacer(network.pause)
        self._robots = Robots(self._ask_robots, clock, known_robots)
        self._log: list[Fetched] = []
        self._log_lock = threading.Lock()

    def __enter__(self) -> "Client":
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self._transport.close()

    @property
    def log(self) -> tuple[Fetched, ...]:
        """The requests for robots.txt, which nobody asked for by name."""
        with self._log_lock:
            return tuple(self._log)

    def fetch(self, url: str, *, purpose: Purpose, etag: str | None = None, last_modified: str | None = None) -> Fetched:
        """Fetch an address, with the validators of the last answer where there are any."""
        validators = {"If-None-Match": etag, "If-Modified-Since": last_modified}
        conditional = {name: value for name, value in validators.items() if value and value.isascii() and value.isprintable()}
        started = self._clock()
        try:
            return self._chase(url, purpose, conditional, started)
        except Exception as error:
            # Whatever a server can still think of must not end a run; it is told by name.
            reason = f"unexpected fault, please report it: {type(error).__name__}: {said(error)}"
            return Fetched(url=url, final_url=url, purpose=purpose, started_at=started, outcome=FetchOutcome.RETRY, reason=reason)

    def _chase(self, url: str, purpose: Purpose, conditional: dict[str, str], started: datetime) -> Fetched:
        ended = Fetched(url=url, final_url=url, purpose=purpose, started_at=started, outcome=FetchOutcome.REFUSED)
        try:
            chase = self._begin(url, purpose, conditional, started)
        except EndError as end:
            return replace(ended, outcome=end.outcome, reason=end.reason)
        answer: Answer | None = None
        pause: timedelta | None = None
        status: int | None = None
        try:
            answer = self._follow(chase)
            outcome, reason = judge(answer, cap=chase.cap, conditional=bool(conditional))
        except EndError as end:
            outcome, reason, pause, status = end.outcome, end.reason, end.pause, end.status
        ended = replace(
            ended,
            final_url=str(chase.url),
            started_at=chase.started_at,
            seconds=round(chase.spent, 6),
            status=status,
            outcome=outcome,
            reason=reason,
            permanent_url=chase.permanent,
            retry_after=pause,
            asked=chase.asked,
        )
        return ended if answer is None else self._with_answer(ended, answer)

    def _with_answer(self, ended: Fetched, answer: Answer) -> Fetched:
        longest = timedelta(hours=self._network.longest_retry_hours)
        return replace(
            ended,
            status=answer.status,
            bytes=answer.wire,
            body=answer.body,
            content_type=answer.headers.get("content-type"),
            etag=answer.headers.get("etag"),
            last_modified=answer.headers.get("last-modified"),
            retry_after=retry_after(answer.headers, self._clock(), longest),
        )

    def _begin(self, url: str, purpose: Purpose, conditional: dict[str, str], started: datetime) -> Chase:
        robots = purpose is Purpose.ROBOTS
        caps = {Purpose.FEED: self._network.feed_bytes, Purpose.PAGE: self._network.page_bytes, Purpose.ROBOTS: ROBOTS_BYTES}
        headers = {
            "User-Agent": self._agent,
            "Accept": _ACCEPT[purpose],
            "Accept-Encoding": ACCEPTED,
            **conditional,
        }
        return Chase(
            url=checked(url, "the address"),
            purpose=purpose,
            headers=headers,
            started_at=started,
            cap=caps[purpose],
            redirects=ROBOTS_REDIRECTS if robots else self._network.redirects,
            left=self._network.total_seconds,
        )

    def _follow(self, chase: Chase) -> Answer:
        """Go from address to address until one answers with something else than a redirect."""
        while True:
            chase.seen.append(str(chase.url))
            self._ask_leave(chase)
            answer = self._exchange(chase)
            location = answer.headers.get("location")
            if answer.status not in REDIRECTS or not location:
                return answer
            chase.turn(answer.status, location)

    def _ask_leave(self, chase: Chase) -> None:
        if chase.purpose is Purpose.ROBOTS:
            return
        rules = self._robots.rules(origin_of(chase.url))
        outcome, reason = rules.of(str(chase.url))
        if outcome is not FetchOutcome.OK:
            raise EndError(outcome, reason, pause=rules.retry_after)

    def _exchange(self, chase: Chase) -> Answer:
        network = self._network
        waits = {
            "connect": network.connect_seconds,
            "read": network.read_seconds,
            "write": network.read_seconds,
            "pool": network.total_seconds,
        }
        place = place_of(chase.url)
        request = httpx.Request("GET", chase.url, headers=chase.headers, extensions={"timeout": waits})
        with self._pacer.turn(place):
            if not chase.asked:
                chase.asked = True
                chase.started_at = self._clock()
            began = time.monotonic()
            until = began + chase.left
            try:
                answer = exchange(self._transport, request, cap=chase.cap, until=until)
            except ForbiddenAddressError as error:
                raise EndError(FetchOutcome.REFUSED, str(error)) from error
            except (httpx.HTTPError, OSError) as error:
                raise EndError(FetchOutcome.RETRY, self._tell(error, place, until)) from error
            finally:
                chase.spent += time.monotonic() - began
                chase.left -= time.monotonic() - began
        if answer.broken and late(until):
            return replace(
                answer, broken=f"the body was not whole after {network.total_seconds:g} seconds ({answer.wire:,} bytes came)"
            )
        return answer

    def _tell(self, error: Exception, place: str, until: float) -> str:
        network = self._network
        if late(until):
            return f"{place} gave no whole answer within {network.total_seconds:g} seconds"
        if isinstance(error, httpx.ConnectTimeout):
            return f"no connection to {place} within {network.connect_seconds:g} seconds"
        if isinstance(error, httpx.TimeoutException):
            return f"{place} was silent for {network.read_seconds:g} seconds"
        if isinstance(error, httpx.ConnectError):
            return f"no connection to {place}: {said(error)}"
        return f"the connection to {place} broke: {said(error)}"

    def _ask_robots(self, url: str) -> Rules:
        fetched = self.fetch(url, purpose=Purpose.ROBOTS)
        with self._log_lock:
            self._log.append(fetched)
        return read_rules(
            outcome=fetched.outcome,
            status=fetched.status,
            body=fetched.body,
            reason=fetched.reason,
            retry_after=fetched.retry_after,
        )
