"""What a page says of itself: title, time of publication, language, authors, canonical address. Pure: a tree in, values out."""

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from lxml.html import HtmlElement  # type: ignore[import-untyped]

from servanda.intake.characters import plain_text
from servanda.intake.dates import Moment, read_moment
from servanda.intake.identity import normalise_url, web_address

_PUBLISHED = (
    "article:published_time", "og:published_time", "datepublished", "article.published", "parsely-pub-date", "sailthru.date",
    "cxenseparse:recs:publishtime", "publish-date", "publish_date", "publication_date", "pubdate", "dc.date.issued",
    "dcterms.created", "dc.date", "date",
)  # fmt: skip
_DATE_NAMES = re.compile(r"(?:^|[\s_-])(?:date|time|dt|dateline|published|pubdate|posted|stamp|data)(?:$|[\s_-])", re.IGNORECASE)
_DIGITS = re.compile(r"\b(\d{1,2})\.(\d{1,2})\.(20\d\d)\b(?:\D{1,8}(\d{1,2}):(\d{2}))?", re.ASCII)
_FOREIGN = "ancestor::*[self::aside or self::nav or self::footer or contains(@class, 'comment') or contains(@class, 'related')]"


@dataclass(slots=True)
class Metadata:
    """The tags and JSON-LD of a page, gathered once; values as the page writes them."""

    tree: HtmlElement
    tags: dict[str, str] = field(default_factory=dict)
    things: list[dict[str, object]] = field(default_factory=list)


def gather(tree: HtmlElement) -> Metadata:
    """Collect the meta tags (the first of each name, names in lower case) and the JSON-LD objects that describe an article."""
    found = Metadata(tree)
    for tag in tree.iter("meta"):
        name = tag.get("property") or tag.get("name") or tag.get("itemprop")
        content = tag.get("content")
        if name and content:
            found.tags.setdefault(name.strip().lower(), content)
    for script in tree.iter("script"):
        if "ld+json" in (script.get("type") or ""):
            found.things.extend(_articles(script.text or ""))
    return found


def _articles(text: str) -> Iterator[dict[str, object]]:
    try:
        waiting: list[object] = [json.loads(text, strict=False)]
    except (ValueError, RecursionError):
        return
    for _ in range(1000):
        if not waiting:
            return
        thing = waiting.pop(0)
        if isinstance(thing, list):
            waiting.extend(thing)
        elif isinstance(thing, dict):
            kinds = thing.get("@type")
            names = kinds if isinstance(kinds, list) else [kinds]
            if any(isinstance(name, str) and name.endswith(("Article", "Posting", "Report")) for name in names):
                yield thing
            waiting.extend(value for key, value in thing.items() if key in {"@graph", "mainEntity"})


def title_of(page: Metadata) -> str:
    """The headline as the page shows it, where the tags confirm it; else the tags' own; empty where there is none."""
    told = [_said(thing, "headline") for thing in page.things] + [
        page.tags.get("og:title", ""),
        page.tags.get("twitter:title", ""),
    ]
    told = [plain_text(text) for text in told if text.strip()]
    window = plain_text(next((_words(element) for element in page.tree.iter("title")), ""))
    shown = [text for text in (plain_text(_words(element)) for element in page.tree.iter("h1")) if text]
    for headline in shown:
        if any(headline in text or text in headline for text in (*told, window) if text):
            return headline
    if told:
        return told[0]
    return shown[0] if len(shown) == 1 else window


def published_of(page: Metadata) -> Moment | None:
    """The time of publication: the first that is exact among tags, JSON-LD, microdata and ``<time>``, else the first of all."""
    moments = [moment for moment in map(read_moment, _written_times(page)) if moment]
    return next((moment for moment in moments if moment.exact), None) or next(iter(moments), None) or _shown_date(page.tree)


def _written_times(page: Metadata) -> Iterator[str]:
    yield from (page.tags[name] for name in _PUBLISHED[:2] if name in page.tags)
    yield from (text for thing in page.things if (text := _said(thing, "datePublished")))
    yield from (page.tags[name] for name in _PUBLISHED[2:] if name in page.tags)
    for element in page.tree.xpath("//*[@itemprop='datePublished']"):
        yield element.get("content") or element.get("datetime") or _words(element)
    yield from page.tree.xpath(f"//time[@datetime][not({_FOREIGN})]/@datetime")


def _shown_date(tree: HtmlElement) -> Moment | None:
    """A date such as 16.05.2025, 10:42 in a short element whose class or id speaks of a date; its zone is not known."""
    for element in tree.xpath(f"//body//*[@class or @id][not({_FOREIGN})]"):
        if not _DATE_NAMES.search(f"{element.get('class') or ''} {element.get('id') or ''}"):
            continue
        words = _words(element)
        match = _DIGITS.search(words) if len(words) < 80 else None
        if match:
            day, month, year, hour, minute = match.groups()
            clock = f"T{int(hour):02}:{minute}" if hour else ""
            return read_moment(f"{year}-{int(month):02}-{int(day):02}{clock}")
    return None


def declared_language(page: Metadata) -> str | None:
    """The language that the page declares, two letters in lower case."""
    root = page.tree.getroottree().getroot()
    said = [root.get("lang"), root.get("{http://www.w3.org/XML/1998/namespace}lang"), page.tags.get("og:locale")]
    said += [_said(thing, "inLanguage") for thing in page.things] + [page.tags.get("content-language")]
    return next((text.strip()[:2].lower() for text in said if text and len(text.strip()) > 1), None)


def author_of(page: Metadata) -> str | None:
    """The authors' names, parted by commas; None where the page names none."""
    named = [name for thing in page.things for name in _names(thing.get("author"))]
    tag = page.tags.get("author") or page.tags.get("article:author") or ""
    if not named and tag and not tag.startswith(("http:", "https:")):
        named = [tag]
    if not named:
        found = page.tree.xpath(f"//*[@rel='author' or @itemprop='author'][not({_FOREIGN})]")
        named = [_words(element) for element in found[:3]]
    clean = [plain_text(name) for name in named]
    return ", ".join(dict.fromkeys(name for name in clean if name))[:200] or None


def _names(author: object) -> Iterable[str]:
    if isinstance(author, str):
        return [author]
    if isinstance(author, dict):
        return [_said(author, "name")]
    return [name for one in author if not isinstance(one, list) for name in _names(one)] if isinstance(author, list) else []


def canonical_of(page: Metadata, url: str) -> str | None:
    """The canonical address, if it lies on the same site; None where the page names none to be trusted.

    A front page as the canonical address of an article is a site's mistake, and would make all of its articles one.
    """
    links = page.tree.xpath("//link[translate(@rel, 'CANOIL', 'canoil') = 'canonical']/@href")
    for text in (*links[:1], page.tags.get("og:url", "")):
        address = web_address(text, url)
        if address and _same_site(address, url):
            front = urlsplit(address).path in {"", "/"} and not urlsplit(address).query
            if not front or urlsplit(url).path in {"", "/"}:
                return normalise_url(address)
    return None


def _same_site(one: str, other: str) -> bool:
    hosts = sorted(((urlsplit(normalise_url(url)).hostname or "").removeprefix("www.") for url in (one, other)), key=len)
    return hosts[0] == hosts[1] or ("." in hosts[0] and hosts[1].endswith("." + hosts[0]))


def _said(thing: dict[str, object], key: str) -> str:
    value = thing.get(key)
    if isinstance(value, list) and value:
        value = value[0]
    return value if isinstance(value, str) else ""


def _words(element: HtmlElement) -> str:
    return " ".join("".join(map(str, element.itertext())).split())
