"""robots.txt by RFC 9309: what an answer to a request for it means, asked once per origin.

Decisions of our own: 429 closes an origin for now, as 5xx and time-outs do (the RFC would let it pass as any 4xx), since it says
that we ask too much. What lies beyond the first 512,000 bytes is not read (the RFC asks for 500 KiB at least).
"""

import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from protego import Protego

from servanda.model.vocabulary import FetchOutcome

AGENT = "Servanda"
"""The product token that a robots.txt names us by."""

BYTES = 512_000
REDIRECTS = 5
KEPT = timedelta(hours=24)

EVERYTHING = Protego.parse("")


@dataclass(frozen=True, slots=True, kw_only=True)
class Rules:
    """What one origin allows: ``outcome`` is ok when ``file`` rules, else how each request to the origin ends, and why."""

    file: Protego = EVERYTHING
    outcome: FetchOutcome = FetchOutcome.OK
    reason: str = ""
    retry_after: timedelta | None = None

    def of(self, url: str) -> tuple[FetchOutcome, str]:
        """Judge one address: ok, refused by a rule, or the way that all of the origin goes."""
        if self.outcome is not FetchOutcome.OK:
            return self.outcome, self.reason
        if self.file.can_fetch(url, AGENT):
            return FetchOutcome.OK, ""
        return FetchOutcome.REFUSED, f"robots.txt of the site does not let {AGENT} read this address"


def read_rules(
    *, outcome: FetchOutcome, status: int | None, body: bytes, reason: str, retry_after: timedelta | None = None
) -> Rules:
    """Read the answer to a request for robots.txt.

    A body rules; a 4xx or a lasting fault of the answer allows all; an address that the guard forbids refuses all; whatever may
    pass (5xx, time-outs, 429) closes the origin for now.
    """
    if status == 200 and body and outcome in {FetchOutcome.OK, FetchOutcome.REFUSED}:
        return Rules(file=_parse(body))
    if status is None and outcome is FetchOutcome.REFUSED:
        return Rules(outcome=FetchOutcome.REFUSED, reason=reason)
    closed = status is None or status == 429 or status >= 500
    if closed or (outcome is FetchOutcome.RETRY and status == 200 and "empty" not in reason):
        told = f"robots.txt could not be read, which closes the site for now: {reason}"
        return Rules(outcome=FetchOutcome.RETRY, reason=told, retry_after=retry_after)
    return Rules()


def _parse(body: bytes) -> Protego:
    text = body[:BYTES].removeprefix(b"\xef\xbb\xbf").decode("utf-8", errors="replace")
    return Protego.parse(text.replace("\x00", ""))


class Robots:
    """Rules by origin, asked for once and kept for a day at most; thread-safe: a second asker waits for the first.

    ``known`` are those of earlier requests, with the time at which each was asked for.
    """

    def __init__(
        self,
        ask: Callable[[str], Rules],
        clock: Callable[[], datetime],
        known: Mapping[str, tuple[datetime, Rules]] | None = None,
    ) -> None:
        self._ask = ask
        self._clock = clock
        self._lock = threading.Lock()
        self._locks: dict[str, threading.Lock] = {}
        self._known: dict[str, tuple[datetime, Rules]] = dict(known or {})

    def rules(self, origin: str) -> Rules:
        """The rules of an origin such as ``https://example.org``; asks for them where they are not known."""
        with self._lock:
            own = self._locks.setdefault(origin, threading.Lock())
        with own:
            known = self._known.get(origin)
            if known is None or self._clock() - known[0] > KEPT:
                known = self._known[origin] = (self._clock(), self._ask(f"{origin}/robots.txt"))
            return known[1]
