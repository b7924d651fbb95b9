"""JSON Feed 1.0 and 1.1 (jsonfeed.org): the same entries as of any other feed."""

import json

from servanda.intake.characters import clean_line, plain_text
from servanda.intake.dates import read_moment
from servanda.intake.exchange import said
from servanda.intake.feed_entries import Entry, ParsedFeed
from servanda.intake.identity import web_address

_VERSIONS = ("https://jsonfeed.org/version/1", "http://jsonfeed.org/version/1")


def parse_json_feed(body: bytes, *, url: str, limit: int) -> ParsedFeed:
    """Read a JSON Feed, at most ``limit`` items; what is none is not usable. An item that is no object is left out, and told."""
    try:
        feed: object = json.loads(body)
    except (ValueError, RecursionError) as error:
        return ParsedFeed(problem=f"not well-formed JSON: {said(error)}", usable=False)
    items = feed.get("items") if isinstance(feed, dict) else None
    if not isinstance(feed, dict) or not isinstance(items, list):
        return ParsedFeed(problem='the answer is JSON, but no JSON Feed: there is no list "items"', usable=False)
    taken = items[:limit]
    entries = tuple(_read_item(item, url) for item in taken if isinstance(item, dict))
    problems = []
    if not str(feed.get("version", "")).startswith(_VERSIONS):
        problems.append('"version" is not one of JSON Feed 1')
    if len(entries) < len(taken):
        problems.append(f"{len(taken) - len(entries)} of {len(taken)} items are no objects and were left out")
    parsed = ParsedFeed(entries=entries, problem="; ".join(problems), usable=bool(entries) or not items)
    return parsed.limited(limit, len(items))


def _read_item(item: dict[str, object], url: str) -> Entry:
    link = _text(item, "url") or _text(item, "external_url")
    guid = _text(item, "id")
    published, updated = read_moment(_text(item, "date_published")), read_moment(_text(item, "date_modified"))
    return Entry(
        guid=clean_line(guid) or None,
        # An id that is an address is one, by the standard's own advice.
        url=web_address(link, url) if link else web_address(guid),
        title=plain_text(_text(item, "title")),
        published=published.at if published else None,
        updated=updated.at if updated else None,
    )


def _text(item: dict[str, object], key: str) -> str:
    value = item.get(key)
    if isinstance(value, bool) or not isinstance(value, str | int):
        return ""
    return str(value)
