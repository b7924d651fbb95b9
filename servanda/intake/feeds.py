"""Feeds: RSS, RDF, Atom, CDF and JSON Feed as one kind of entries. Bytes in, entries out, and nothing is ever raised.

External entities and entity expansion are inert: feedparser drops a document type's declarations before the XML parser sees them,
and loads nothing. What a feed says is data: titles are plain text, links are web addresses or None.
"""

import io
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from xml.sax import SAXParseException

import feedparser

from servanda.intake.characters import clean_line, plain_text, without_forbidden
from servanda.intake.dates import read_moment
from servanda.intake.exchange import said
from servanda.intake.feed_entries import Entry, ParsedFeed
from servanda.intake.feed_text import decode_feed
from servanda.intake.identity import web_address
from servanda.intake.json_feed import parse_json_feed
from servanda.intake.workers import Program, run_workers

_HTML = re.compile(rb"<(?:!doctype\s+html|html|head|body)\b", re.IGNORECASE)
_CDF = re.compile(rb"<channel[\s>]", re.IGNORECASE)
_OUTSIDE = re.compile(rb"<!ENTITY\s[^<>]{0,2000}?\b(?:SYSTEM|PUBLIC)\s", re.IGNORECASE)
_BEGIN = re.compile(rb"<(?:[a-z0-9]+:)?(?:item|entry)[\s/>]", re.IGNORECASE)
_END = re.compile(rb"</(?:[a-z0-9]+:)?(?:item|entry)\s*>|<(?:[a-z0-9]+:)?(?:item|entry)(?:\s[^<>]{0,4000})?/>", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedBody:
    """A feed as it came; ``url`` is where it came from in the end."""

    body: bytes
    content_type: str | None
    url: str
    entries_limit: int


def parse_feeds(feeds: Sequence[FeedBody], *, workers: int, seconds: float, megabytes: int = 1024) -> list[ParsedFeed]:
    """Read feeds in worker processes; the results stand in the feeds' order.

    A process is killed after ``seconds`` for one feed, and has ``megabytes`` of address space.
    """
    program = Program(
        module="servanda.intake.feed_worker",
        kind=ParsedFeed,
        arguments=(str(megabytes),),
        late=ParsedFeed(problem=f"reading the feed took more than {seconds:g} seconds", usable=False, given_up=True),
        dead=ParsedFeed(
            problem=f"the worker process ended over this feed, of memory (its limit is {megabytes:,} MiB) or a fault of a parser",
            usable=False,
            given_up=True,
        ),
    )
    return run_workers(feeds, program, workers=workers, seconds=seconds)


def parse_feed(body: bytes, *, content_type: str | None, url: str, entries_limit: int) -> ParsedFeed:
    """Read a feed's entries in its own order, at most ``entries_limit``; relative links are relative to ``url``.

    In this process, and without a limit of time: feeds from outside go through `parse_feeds`.
    """
    start = body[:1024].lstrip(b"\xef\xbb\xbf\xff\xfe\x00 \t\r\n")
    if not start:
        return ParsedFeed(problem="the feed is empty", usable=False)
    try:
        parsed = _parse(body, content_type, url, entries_limit, is_json=start[:1] in {b"{", b"["})
    except (Exception, RecursionError, MemoryError) as error:
        return ParsedFeed(problem=f"the feed could not be read: {type(error).__name__}: {said(error)}", usable=False)
    return parsed


def _parse(body: bytes, content_type: str | None, url: str, limit: int, *, is_json: bool) -> ParsedFeed:
    decoded = decode_feed(body, content_type)
    forbidden = False
    if decoded is not None:
        clean = without_forbidden(decoded.text)
        forbidden = clean != decoded.text.replace("\ufffd", "")
        body, content_type = clean.encode(), "application/xml; charset=utf-8"
    if is_json:
        parsed = parse_json_feed(body, url=url, limit=limit)
    else:
        short, listed = shortened(body, limit)
        parsed = _parse_xml(short, content_type, url).limited(limit, listed)
        if _OUTSIDE.search(body[:100_000]):
            parsed = parsed.told("it names entities outside of itself, which are never loaded")
    if forbidden:
        parsed = parsed.told("it holds control characters, which XML forbids and which were left out")
    if decoded is None or not decoded.doubtful:
        return parsed
    return parsed.told(f"its characters were guessed, or some were lost (it was read as {decoded.encoding})")


def _parse_xml(body: bytes, content_type: str | None, url: str) -> ParsedFeed:
    headers = {"content-location": url}
    if content_type:
        headers["content-type"] = content_type
    result = feedparser.parse(io.BytesIO(body), response_headers=headers, sanitize_html=False, resolve_relative_uris=False)
    version = str(result.get("version", ""))
    entries = tuple(_read_entry(entry, url, version) for entry in result.entries)
    fault = result.get("bozo_exception") if result.get("bozo") else None
    broken = _told(fault) if isinstance(fault, SAXParseException) else ""
    if not entries and not version and not _CDF.search(body[:4096]):
        what = "an HTML page" if _HTML.search(body[:4096]) else "no feed in a form that is known (RSS, RDF, Atom, JSON Feed)"
        return ParsedFeed(problem=f"the answer is {what}" + (f" ({broken})" if broken else ""), usable=False)
    if not broken:
        return ParsedFeed(entries=entries)
    if entries and _ends_within_an_entry(body):
        # Half of its link may be missing.
        entries = entries[:-1]
        broken += "; the end is missing, and with it a part of the last entry, which was left out"
    if not entries:
        return ParsedFeed(problem=f"{broken}; no entry could be read", usable=False)
    count = "1 entry was" if len(entries) == 1 else f"{len(entries)} entries were"
    return ParsedFeed(entries=entries, problem=f"{broken}; {count} read all the same")


def _told(fault: SAXParseException) -> str:
    return f"not well-formed XML at line {fault.getLineNumber()}: {clean_line(fault.getMessage())}"


def shortened(body: bytes, limit: int) -> tuple[bytes, int]:
    """A feed without the entries beyond the limit, and how many it seems to list; a feed in UTF-8 or another that holds ASCII.

    A parser would build all of a million entries before the first could be looked at.
    """
    begins = [match.start() for match in _BEGIN.finditer(body)]
    if len(begins) <= limit:
        return body, len(begins)
    ends = [match.end() for match in _END.finditer(body, begins[limit])]
    return body[: begins[limit]] + (body[ends[-1] :] if ends else b""), len(begins)


def _ends_within_an_entry(body: bytes) -> bool:
    begins, ends = (max((match.start() for match in tag.finditer(body)), default=-1) for tag in (_BEGIN, _END))
    return begins > ends


def _read_entry(entry: feedparser.FeedParserDict, url: str, version: str) -> Entry:
    link = _text(entry, "feedburner_origlink") or _text(entry, "link")
    published, updated = _moment(entry, "published"), _moment(entry, "updated")
    if published is None and version.startswith("rss"):
        # RSS 1.0 and many an RSS 2.0 have a dc:date alone, which feedparser calls "updated".
        published, updated = updated, None
    return Entry(
        guid=clean_line(_text(entry, "id")) or None,
        url=web_address(link, url) if link else None,
        title=plain_text(_text(entry, "title")),
        published=published,
        updated=updated,
    )


def _text(entry: feedparser.FeedParserDict, key: str) -> str:
    # feedparser maps a missing "updated" to "published" for old callers' sake; `in` does not.
    value = entry[key] if key in entry else None  # noqa: SIM401
    return value if isinstance(value, str) else ""


def _moment(entry: feedparser.FeedParserDict, key: str) -> datetime | None:
    moment = read_moment(_text(entry, key))
    return moment.at if moment else None
