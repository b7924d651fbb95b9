"""A fetch under way, from address to address: each is checked before it is asked for, and redirects end somewhere."""

import re
from dataclasses import dataclass, field
from datetime import datetime, timedelta

import httpx

from servanda.intake.exchange import said
from servanda.intake.guard import host_and_port
from servanda.intake.judging import PERMANENT
from servanda.model.vocabulary import FetchOutcome, Purpose

# A name in ASCII, or an IPv6 address without its brackets; the guard judges what it stands for.
_HOST = re.compile(rb"^(?:[A-Za-z0-9_.-]+|[0-9A-Fa-f:.]+)$")


class EndError(Exception):
    """The end of a chase without an answer to judge."""

    def __init__(self, outcome: FetchOutcome, reason: str, *, pause: timedelta | None = None, status: int | None = None) -> None:
        super().__init__(reason)
        self.status = status
        self.outcome = outcome
        self.reason = reason
        self.pause = pause


@dataclass(slots=True)
class Chase:
    """A fetch under way: where it has come to, and how many seconds are left for it."""

    url: httpx.URL
    purpose: Purpose
    headers: dict[str, str]
    started_at: datetime
    cap: int
    redirects: int
    left: float
    spent: float = 0.0
    asked: bool = False
    permanent: str | None = None
    all_permanent: bool = True
    seen: list[str] = field(default_factory=list)

    def turn(self, status: int, location: str) -> None:
        """Go where a redirect leads; ends the chase where it leads in a circle, too far, or to no web address."""
        target = checked(location, f"the redirect from {self.url}", base=self.url)
        if str(target) in self.seen:
            reason = f"redirects go in a circle: {self.url} leads back to {target}"
            raise EndError(FetchOutcome.RETRY, reason, status=status)
        if len(self.seen) > self.redirects:
            reason = f"more than {self.redirects} redirects, the last one to {target}"
            raise EndError(FetchOutcome.RETRY, reason, status=status)
        self.url = target
        self.all_permanent = self.all_permanent and status in PERMANENT
        if self.all_permanent:
            self.permanent = str(target)


def checked(url: str, what: str, base: httpx.URL | None = None) -> httpx.URL:
    """An absolute http(s) address without fragment, name and password; ends the chase where it is none."""
    try:
        target = base.join(url) if base is not None else httpx.URL(url)
        shown = said(str(target))
        fit = target.scheme in {"http", "https"} and _HOST.match(target.raw_host) is not None and (target.port or 1) < 65_536
        clean = target.copy_with(username=None, password=None, fragment=None) if fit else target
    except (httpx.InvalidURL, ValueError, TypeError) as error:
        raise EndError(FetchOutcome.REFUSED, f"{what} is not a web address: {said(error)}") from error
    if not fit:
        raise EndError(FetchOutcome.REFUSED, f"{what} leads to {shown}, and only http and https with a host are followed")
    return clean


def place_of(url: httpx.URL) -> str:
    """Host and port, as the guard's exceptions and the pauses name them."""
    return host_and_port(url.host, url.port or (443 if url.scheme == "https" else 80))


def origin_of(url: httpx.URL) -> str:
    """Scheme, host and, if it is not the scheme's own, port: what one robots.txt is for."""
    port = "" if url.port is None else f":{url.port}"
    host = f"[{url.host}]" if ":" in url.host else url.raw_host.decode("ascii")
    return f"{url.scheme}://{host}{port}"
