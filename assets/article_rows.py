"""What an article is called, when it was published and in which language it is, where page and feed may differ. Pure."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from urllib.parse import urlsplit

from servanda.intake.extraction import Extracted
from servanda.intake.identity import article_id

AHEAD = timedelta(days=1)
"""How far a time of publication may lie after the page was fetched: clocks and zones err, and no more is believed."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A page that waits for extraction, with what its feed and source say. ``article_id``: the item's article, if it has one."""

    page_id: str
    item_id: str
    url: str
    body_hash: str
    content_type: str | None
    fetched_at: datetime
    source_id: str
    title: str
    published_at: datetime | None
    first_seen_at: datetime
    language: str
    tries: int
    article_id: str | None
    newest: bool


def article_id_of(candidate: Candidate, extracted: Extracted, holder: Callable[[str], str | None]) -> str:
    """The id by the canonical address, unless that is a front page's or belongs to another item's other text.

    Sites that name their front page, or a section, as every page's canonical address would else become one article.
    ``holder``: tells the item of the article of an id, where its text differs from this one.
    """
    canonical = extracted.canonical_url
    if canonical and (urlsplit(canonical).path not in {"", "/"} or urlsplit(canonical).query):
        named = article_id(canonical)
        if holder(named) in {None, candidate.item_id}:
            return named
    return article_id(candidate.url)


def published_of(candidate: Candidate, extracted: Extracted) -> tuple[datetime, str]:
    """The time of publication and whence it is known: the page's if exact, the feed's, the page's day, when it was first seen."""
    exact = extracted.published if extracted.published_exact else None
    for moment, source in ((exact, "page"), (candidate.published_at, "feed"), (extracted.published, "page")):
        if moment is not None and moment <= candidate.fetched_at + AHEAD:
            return moment, source
    return candidate.first_seen_at, "first_seen"


def language_of(candidate: Candidate, extracted: Extracted) -> str:
    """The page's language, else the source's."""
    return extracted.language.value if extracted.language else candidate.language
