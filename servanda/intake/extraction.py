"""Pages to articles' texts: decoding, what the page says of itself, and its text. Nothing is ever raised for what a page is like.

Text: paragraphs are parted by a blank line, each is one line; white space of every kind, non-breaking too, is one plain space;
control and invisible characters are gone. Times without a zone are Kyiv's, and a day without a time is its start there; both are
not exact.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from htmldate import find_date
from lxml.html import HtmlElement  # type: ignore[import-untyped]
from trafilatura.utils import HTML_PARSER, load_html

from servanda.intake.characters import is_damaged, without_forbidden
from servanda.intake.dates import Moment, read_moment
from servanda.intake.encodings import decode_page
from servanda.intake.exchange import said
from servanda.intake.languages import language_of
from servanda.intake.metadata import author_of, canonical_of, declared_language, gather, published_of, title_of
from servanda.intake.paragraphs import MOST, paragraphs_of
from servanda.intake.workers import Program, Workers
from servanda.model.vocabulary import Extraction, Language

SHORTEST = 60
"""Characters of the shortest text that is taken for an article's."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """A page as it came; ``url`` is where it came from in the end."""

    body: bytes
    content_type: str | None
    url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Extracted:
    """What a page yields. ``text`` is empty unless ``extraction`` is whole or cut; ``reason`` is empty for whole only.

    ``published`` is in UTC; ``published_exact`` tells that the page wrote both time of day and zone: otherwise a feed's own time
    is better. ``canonical_url`` is normalised and on the page's own site. ``doubtful``: characters were guessed or lost in
    decoding.
    """

    text: str = ""
    title: str = ""
    published: datetime | None = None
    published_exact: bool = False
    language: Language | None = None
    author: str | None = None
    canonical_url: str | None = None
    encoding: str = ""
    doubtful: bool = False
    extraction: Extraction
    reason: str = ""


def extract(body: bytes, *, content_type: str | None, url: str) -> Extracted:
    """Read a page. In this process, and without a limit of time: pages from outside go through `extract_many`."""
    try:
        return _extract(body, content_type, url)
    except (Exception, RecursionError, MemoryError) as error:
        return failed(f"the page could not be read: {type(error).__name__}: {said(error)}")


def failed(reason: str, extraction: Extraction = Extraction.FAILED) -> Extracted:
    """Nothing was read, and why."""
    return Extracted(extraction=extraction, reason=reason)


def _extract(body: bytes, content_type: str | None, url: str) -> Extracted:
    if not body.strip(b" \t\r\n\x00"):
        return failed("the page is empty")
    if body.startswith((b"%PDF-", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"PK\x03\x04", b"\x1f\x8b")):
        return failed(f"the answer is no web page but a file of another kind (content type {content_type})")
    decoded = decode_page(body, content_type)
    tree = load_html(without_forbidden(decoded.text))
    if tree is None:
        return failed("the answer is no web page: it holds no HTML")
    limit = _limit_met()
    page = gather(tree)
    title = title_of(page)
    moment = published_of(page) or _day_of(tree, url)
    declared, author, canonical = declared_language(page), author_of(page), canonical_of(page, url)
    text = "\n\n".join(paragraphs_of(tree, title, url))
    fault = f"the text has {len(text):,} characters and was cut after {MOST:,}" if len(text) > MOST else limit
    found = Extracted(
        text=text if len(text) <= MOST else text[:MOST].rpartition("\n\n")[0] or text[:MOST],
        title=title,
        published=moment.at if moment else None,
        published_exact=moment is not None and moment.exact,
        language=language_of(f"{title}\n{text[:20_000]}", declared),
        author=author,
        canonical_url=canonical,
        encoding=decoded.encoding,
        doubtful=decoded.doubtful or is_damaged(decoded.text),
        extraction=Extraction.CUT if fault else Extraction.WHOLE,
        reason=fault,
    )
    return found if len(text) >= SHORTEST else _without_text(found, len(text), limit)


def _limit_met() -> str:
    """Why the parser left out the rest of the page that it has just read (too deep, a node too large); empty if it did not."""
    told = [entry for entry in HTML_PARSER.error_log if entry.type_name in {"ERR_RESOURCE_LIMIT", "ERR_NO_MEMORY"}]
    return f"the page is beyond the parser's limits, and what followed is lost: {said(str(told[0].message))}" if told else ""


def _without_text(found: Extracted, length: int, limit: str) -> Extracted:
    what = f"a text of {length} characters only" if length else "no text"
    why = limit or "it may need JavaScript, or not be an article"
    return Extracted(
        title=found.title,
        published=found.published,
        published_exact=found.published_exact,
        encoding=found.encoding,
        doubtful=found.doubtful,
        extraction=Extraction.FAILED,
        reason=f"{what} was found in the page; {why}",
    )


def _day_of(tree: HtmlElement, url: str) -> Moment | None:
    """The day that htmldate finds in address and words, where the page's tags say nothing."""
    day = find_date(tree, extensive_search=False, original_date=True, url=url)
    return read_moment(day) if isinstance(day, str) else None


def extract_many(pages: Sequence[Page], *, workers: int, seconds: float, megabytes: int = 1024) -> list[Extracted]:
    """Read one lot of pages in worker processes of its own; the results stand in the pages' order."""
    with extractors(min(workers, len(pages)), seconds, megabytes) as own:
        return own.do_all(pages, seconds)


def extractors(workers: int, seconds: float, megabytes: int = 1024) -> Workers[Page, Extracted]:
    """Worker processes that read pages, for many lots of them.

    A process is killed after ``seconds`` for one page, which is what `Workers.do_all` will be given, and has ``megabytes`` of
    address space.
    """
    program = Program(
        module="servanda.intake.extraction_worker",
        kind=Extracted,
        late=failed(f"reading the page took more than {seconds:g} seconds", Extraction.TIMED_OUT),
        arguments=(str(megabytes),),
        dead=failed(
            f"the worker process ended over this page, of memory (its limit is {megabytes:,} MiB) or a fault of a parser"
        ),
    )
    return Workers(program, workers)
