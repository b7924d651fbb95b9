"""``sources.toml`` to a `Configuration`: every problem of the file in one message each, all told at once.

It knows nothing of networks and tables; what the keys mean stands in `servanda.model.source`.
"""

import re
import tomllib
from collections.abc import Mapping
from datetime import timedelta
from difflib import get_close_matches
from pathlib import Path
from urllib.parse import urlsplit

from servanda.model.source import Configuration, Network, Source
from servanda.model.vocabulary import Alignment, Language

_SOURCE_KEYS = ("id", "url", "outlet", "language", "alignment", "enabled", "every", "note", "sample")
_REQUIRED = ("id", "url", "outlet", "language", "alignment")
_ID = re.compile(r"^[a-z0-9][a-z0-9-]*$")
_EVERY = re.compile(r"^(\d+)\s*(s|m|h|d)$")
_UNITS = {"s": 1, "m": 60, "h": 3600, "d": 86_400}
_HOST_PORT = re.compile(r"^(\[[0-9a-f:.]+\]|[^\s/:@\[\]]+):(\d{1,5})$")

# The least and the most of each limit; whole numbers where both are ints.
_LIMITS: dict[str, tuple[float, float]] = {
    "pause": (0.0, 3600.0),
    "connections": (1, 64),
    "connect_seconds": (0.1, 300.0),
    "read_seconds": (0.1, 300.0),
    "total_seconds": (0.1, 3600.0),
    "feed_bytes": (1, 1_000_000_000),
    "page_bytes": (1, 1_000_000_000),
    "redirects": (0, 20),
    "feed_entries": (1, 1_000_000),
    "extraction_seconds": (0.1, 600.0),
    "extraction_megabytes": (256, 65_536),
    "tries": (1, 1000),
    "first_retry_minutes": (0.0, 10_080.0),
    "longest_retry_hours": (0.0, 720.0),
}


class ConfigurationError(ValueError):
    """What is wrong with a configuration, a line for each problem: file, thing, what is wrong, what to do."""


class _Problems:
    """Collects what is wrong with one file."""

    def __init__(self, file: str) -> None:
        self._file = file
        self.lines: list[str] = []

    def tell(self, thing: str, problem: str) -> None:
        where = f"{self._file}, {thing}" if thing else self._file
        self.lines.append(f"{where}: {problem}")


def load_configuration(path: Path) -> Configuration:
    """Read a ``sources.toml``; raise ConfigurationError with all that is wrong with it."""
    problems = _Problems(path.name)
    tables = _read(path)
    for key in tables:
        if key not in {"source", "network"}:
            problems.tell("", f'unknown key "{key}"{_nearest(key, ("source", "network"))}')
    network = _network(tables.get("network"), problems)
    sources = _sources(tables.get("source"), problems)
    if problems.lines or network is None:
        raise ConfigurationError("\n".join(problems.lines))
    return Configuration(sources=sources, network=network)


def _read(path: Path) -> dict[str, object]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise ConfigurationError(f"{path}: there is no such file; name another one with --sources") from None
    except OSError as error:
        raise ConfigurationError(f"{path}: cannot be read ({error.strerror}); check what it is and whose") from None
    except UnicodeDecodeError as error:
        raise ConfigurationError(f"{path.name}: not in UTF-8 at byte {error.start}; save it as UTF-8") from None
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise ConfigurationError(f"{path.name}: not valid TOML: {error}") from None


def _nearest(key: str, known: tuple[str, ...]) -> str:
    near = get_close_matches(key, known, n=1)
    return f'; did you mean "{near[0]}"?' if near else f"; the known ones are {', '.join(known)}"


def _network(table: object, problems: _Problems) -> Network | None:
    if not isinstance(table, dict):
        problems.tell("", 'there is no [network] table; add one with contact = "your address", which sites are shown')
        return None
    known = ("contact", "allow", *_LIMITS)
    for key in table:
        if key not in known:
            problems.tell("[network]", f'unknown key "{key}"{_nearest(key, known)}')
    contact = _contact(table.get("contact"), problems)
    allow = _allow(table.get("allow", []), problems)
    limits = {key: _number(table[key], key, problems) for key in _LIMITS if key in table}
    standard = Network(contact=contact, allow=allow)

    def whole(key: str, default: int) -> int:
        return int(limits.get(key, default))

    def decimal(key: str, default: float) -> float:
        return float(limits.get(key, default))

    return Network(
        contact=contact,
        allow=allow,
        pause=decimal("pause", standard.pause),
        connections=whole("connections", standard.connections),
        connect_seconds=decimal("connect_seconds", standard.connect_seconds),
        read_seconds=decimal("read_seconds", standard.read_seconds),
        total_seconds=decimal("total_seconds", standard.total_seconds),
        feed_bytes=whole("feed_bytes", standard.feed_bytes),
        page_bytes=whole("page_bytes", standard.page_bytes),
        redirects=whole("redirects", standard.redirects),
        feed_entries=whole("feed_entries", standard.feed_entries),
        extraction_seconds=decimal("extraction_seconds", standard.extraction_seconds),
        extraction_megabytes=whole("extraction_megabytes", standard.extraction_megabytes),
        tries=whole("tries", standard.tries),
        first_retry_minutes=decimal("first_retry_minutes", standard.first_retry_minutes),
        longest_retry_hours=decimal("longest_retry_hours", standard.longest_retry_hours),
    )


def _contact(value: object, problems: _Problems) -> str:
    if value is None:
        problems.tell("[network]", '"contact" is missing; give an e-mail address or a web address, which sites are shown')
    elif not isinstance(value, str) or not value.strip() or not value.isascii() or not value.isprintable():
        problems.tell("[network]", f"contact must be an address in plain ASCII letters, got {_shown(value)}")
    else:
        return value.strip()
    return ""


def _allow(value: object, problems: _Problems) -> tuple[str, ...]:
    if not isinstance(value, list):
        problems.tell("[network]", f'allow must be a list such as ["127.0.0.1:8900"], got {_shown(value)}')
        return ()
    allowed = []
    for entry in value:
        match = _HOST_PORT.match(entry.lower()) if isinstance(entry, str) else None
        if match is None or not 0 < int(match.group(2)) < 65_536:
            problems.tell("[network]", f'allow must name host and port, such as "127.0.0.1:8900", got {_shown(entry)}')
        else:
            allowed.append(match.group())
    return tuple(allowed)


def _number(value: object, key: str, problems: _Problems) -> float:
    least, most = _LIMITS[key]
    whole = isinstance(least, int)
    if isinstance(value, bool) or not isinstance(value, int if whole else int | float):
        problems.tell("[network]", f"{key} must be a {'whole number' if whole else 'number'}, got {_shown(value)}")
    elif not least <= value <= most:
        problems.tell("[network]", f"{key} must lie between {least:g} and {most:,g}, got {value}")
    else:
        return value
    return least


def _sources(tables: object, problems: _Problems) -> tuple[Source, ...]:
    if not isinstance(tables, list) or not tables:
        problems.tell("", "there is no [[source]]; add one for each feed, with id, url, outlet, language and alignment")
        return ()
    sources = []
    seen: dict[str, str] = {}
    for number, table in enumerate(tables, start=1):
        if not isinstance(table, dict):
            problems.tell(f"source {number}", "must be a table; write [[source]]")
            continue
        name = table.get("id")
        thing = f'source "{name}"' if isinstance(name, str) and name else f"source {number}"
        source = _source(table, thing, problems)
        if isinstance(name, str) and name in seen:
            problems.tell(thing, f"its id is taken by {seen[name]}; give every source an id of its own")
        seen.setdefault(str(name), f"source {number}")
        if source:
            sources.append(source)
    return tuple(sources)


def _source(table: Mapping[str, object], thing: str, problems: _Problems) -> Source | None:
    before = len(problems.lines)
    for key in table:
        if key not in _SOURCE_KEYS:
            problems.tell(thing, f'unknown key "{key}"{_nearest(key, _SOURCE_KEYS)}')
    missing = [key for key in _REQUIRED if key not in table]
    for key in missing:
        problems.tell(thing, f'"{key}" is missing; add it')
    texts = {key: _text(table[key], key, thing, problems) for key in (*_REQUIRED, "note") if key in table}
    flags = {key: _flag(table[key], key, thing, problems) for key in ("enabled", "sample") if key in table}
    every = _every(table.get("every", 0), thing, problems)
    if texts.get("id") and not _ID.match(texts["id"]):
        problems.tell(thing, "id must be lower-case letters, digits and hyphens, beginning with a letter or digit")
    if texts.get("url"):
        _check_url(texts["url"], thing, problems)
    for key, words in (("language", tuple(Language)), ("alignment", tuple(Alignment))):
        if texts.get(key) and texts[key] not in words:
            problems.tell(thing, f'{key} must be one of {", ".join(words)}, got "{texts[key]}"')
    if len(problems.lines) > before:
        return None
    return Source(
        id=texts["id"],
        url=texts["url"],
        outlet=texts["outlet"],
        language=Language(texts["language"]),
        alignment=Alignment(texts["alignment"]),
        enabled=flags.get("enabled", True),
        every=every,
        note=texts.get("note", ""),
        sample=flags.get("sample", False),
    )


def _text(value: object, key: str, thing: str, problems: _Problems) -> str:
    if not isinstance(value, str):
        problems.tell(thing, f"{key} must be a text in quotes, got {_shown(value)}")
        return ""
    if not value.strip() and key != "note":
        problems.tell(thing, f"{key} must not be empty")
    return value.strip()


def _flag(value: object, key: str, thing: str, problems: _Problems) -> bool:
    if not isinstance(value, bool):
        problems.tell(thing, f"{key} must be true or false, got {_shown(value)}")
    return value is True


def _every(value: object, thing: str, problems: _Problems) -> timedelta:
    if isinstance(value, int | float) and not isinstance(value, bool) and 0 <= value <= 366 * 86_400:
        return timedelta(seconds=value)
    match = _EVERY.match(value.strip()) if isinstance(value, str) else None
    if match and int(match.group(1)) * _UNITS[match.group(2)] <= 366 * 86_400:
        return timedelta(seconds=int(match.group(1)) * _UNITS[match.group(2)])
    problems.tell(
        thing, f'every must be a number of seconds, or a text such as "30m", "1h" or "1d", up to a year, got {_shown(value)}'
    )
    return timedelta(0)


def _check_url(url: str, thing: str, problems: _Problems) -> None:
    try:
        parts = urlsplit(url)
        named = bool(parts.hostname) and parts.port != 0
    except ValueError as error:
        problems.tell(thing, f'url is not a web address: {error}, got "{url}"')
        return
    if parts.scheme.lower() not in {"http", "https"}:
        problems.tell(thing, f'url must be http or https, got "{url}"')
    elif not named or not url.isprintable() or " " in url:
        problems.tell(thing, f'url must name a host, such as https://example.org/feed.xml, got "{url}"')
    elif parts.username is not None or parts.password is not None:
        problems.tell(thing, "url must not carry a name or password; Servanda sends none")


def _shown(value: object) -> str:
    return f'"{value}"' if isinstance(value, str) else str(value).lower() if isinstance(value, bool) else str(value)[:60]
