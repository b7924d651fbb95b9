"""A source: a feed, with what is known of its outlet."""

from dataclasses import dataclass
from datetime import timedelta

from servanda.model.vocabulary import Alignment, Language


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """One ``[[source]]`` of ``sources.toml``.

    ``every`` is the least time between two requests of the feed. ``sample`` marks invented wording: it is told
    wherever it is shown.
    """

    id: str
    url: str
    outlet: str
    language: Language
    alignment: Alignment
    enabled: bool = True
    every: timedelta = timedelta(0)
    note: str = ""
    sample: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Network:
    """The ``[network]`` table: manners and limits of all requests.

    Seconds, bytes and counts are positive whole or decimal numbers. ``allow`` holds ``host:port`` that the guard lets through
    although they lie in a private or loopback range.
    """

    contact: str
    allow: tuple[str, ...] = ()
    pause: float = 1.0
    connections: int = 8
    """Requests under way at once, over all hosts; at most two go to one host and port."""
    connect_seconds: float = 10.0
    read_seconds: float = 20.0
    total_seconds: float = 60.0
    feed_bytes: int = 8_000_000
    page_bytes: int = 12_000_000
    redirects: int = 5
    feed_entries: int = 5_000
    extraction_seconds: float = 20.0
    """To read one page or one feed, in a process of its own."""
    extraction_megabytes: int = 1024
    """Address space of one such process."""
    tries: int = 8
    """Tries of one page before it is given up, over all runs."""
    first_retry_minutes: float = 15.0
    longest_retry_hours: float = 24.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Configuration:
    """All of ``sources.toml``."""

    sources: tuple[Source, ...]
    network: Network
