"""Schemas of what intake writes: sources, requests, feeds, items' listings, pages, articles."""

from typing import ClassVar

import pandera.polars as pap
import polars as pl

from servanda.model.vocabulary import Alignment, Extraction, FetchOutcome, ItemState, Language, Purpose
from warehouse.tables.columns import INSTANT, Table, values_of

HASH = r"^[0-9a-f]{64}$"


class Sources(Table):
    """The feeds of the configuration, and those that it named once (``enabled`` false)."""

    source_id: str = pap.Field(unique=True, str_matches=r"^[a-z0-9][a-z0-9-]*$")
    url: str = pap.Field(str_matches=r"^https?://")
    outlet: str = pap.Field(str_length={"min_value": 1})
    language: str = pap.Field(isin=values_of(Language))
    alignment: str = pap.Field(isin=values_of(Alignment))
    enabled: bool
    note: str
    sample: bool
    first_seen_at: INSTANT  # type: ignore[valid-type]


class Fetches(Table):
    """A row a request, whatever came of it. ``seconds`` and ``bytes`` are of the whole answer.

    ``moved_to`` is where 301 and 308 alone led; before ``not_before`` the address is not asked again; ``body_hash`` is a
    robots.txt's.
    """

    fetch_id: str = pap.Field(unique=True)
    run_id: str
    started_at: INSTANT  # type: ignore[valid-type]
    url: str
    purpose: str = pap.Field(isin=values_of(Purpose))
    status: pl.Int32 = pap.Field(nullable=True, ge=100, le=999)
    bytes: pl.Int64 = pap.Field(ge=0)
    seconds: float = pap.Field(ge=0)
    outcome: str = pap.Field(isin=values_of(FetchOutcome))
    reason: str
    moved_to: str = pap.Field(nullable=True)
    not_before: INSTANT = pap.Field(nullable=True)  # type: ignore[valid-type]
    body_hash: str = pap.Field(nullable=True, str_matches=HASH)


class FeedBodies(Table):
    """What a feed answered, once for each different answer."""

    feed_body_id: str = pap.Field(unique=True)
    source_id: str
    url: str = pap.Field(str_matches=r"^https?://")
    body_hash: str = pap.Field(str_matches=HASH)
    content_type: str = pap.Field(nullable=True)
    etag: str = pap.Field(nullable=True)
    last_modified: str = pap.Field(nullable=True)
    fetched_at: INSTANT  # type: ignore[valid-type]
    fetch_id: str


class FeedParses(Table):
    """A feed body whose items are durable; only its validators are sent with the next request."""

    feed_body_id: str = pap.Field(unique=True)
    parsed_at: INSTANT  # type: ignore[valid-type]
    entries: pl.Int32 = pap.Field(ge=0)
    usable: bool
    cut: bool
    problem: str


class Gaps(Table):
    """A feed's answer none of whose entries was known: its window had moved on, and entries between may have passed unseen.

    ``last_listed_at`` is when the feed last listed something new before.
    """

    gap_id: str = pap.Field(unique=True)
    source_id: str
    feed_body_id: str
    noticed_at: INSTANT  # type: ignore[valid-type]
    last_listed_at: INSTANT  # type: ignore[valid-type]
    entries: pl.Int32 = pap.Field(ge=1)


class Listings(Table):
    """An entry as a feed listed it; an entry that changed is a new row."""

    listing_id: str = pap.Field(unique=True)
    item_id: str
    source_id: str
    url: str = pap.Field(nullable=True, str_matches=r"^https?://")
    guid: str = pap.Field(nullable=True)
    title: str
    published_at: INSTANT = pap.Field(nullable=True)  # type: ignore[valid-type]
    updated_at: INSTANT = pap.Field(nullable=True)  # type: ignore[valid-type]
    listed_at: INSTANT  # type: ignore[valid-type]
    feed_body_id: str


class Attempts(Table):
    """What was decided after a try of an item's page. ``stored`` here means that a page came; extraction has its own row."""

    attempt_id: str = pap.Field(unique=True)
    item_id: str
    fetch_id: str = pap.Field(nullable=True)
    attempted_at: INSTANT  # type: ignore[valid-type]
    state: str = pap.Field(isin=values_of(ItemState))
    reason: str
    next_try_at: INSTANT = pap.Field(nullable=True)  # type: ignore[valid-type]
    page_id: str = pap.Field(nullable=True)


class Pages(Table):
    """A page that was fetched, once for each different body of an item."""

    page_id: str = pap.Field(unique=True)
    item_id: str
    url: str = pap.Field(str_matches=r"^https?://")
    body_hash: str = pap.Field(str_matches=HASH)
    content_type: str = pap.Field(nullable=True)
    fetched_at: INSTANT  # type: ignore[valid-type]
    fetch_id: str


class Extractions(Table):
    """What extraction made of a page; without a text, the item's state, its reason and the next try."""

    page_id: str = pap.Field(unique=True)
    item_id: str
    extracted_at: INSTANT  # type: ignore[valid-type]
    extraction: str = pap.Field(isin=values_of(Extraction))
    state: str = pap.Field(isin=values_of(ItemState))
    reason: str
    next_try_at: INSTANT = pap.Field(nullable=True)  # type: ignore[valid-type]
    article_id: str = pap.Field(nullable=True)
    version: pl.Int32 = pap.Field(nullable=True, ge=1)


class Articles(Table):
    """The text of an article, a row a version. ``published_by`` tells whence the time: ``page``, ``feed`` or ``first_seen``."""

    article_id: str
    version: pl.Int32 = pap.Field(ge=1)
    source_id: str
    item_id: str
    page_id: str
    url: str = pap.Field(str_matches=r"^https?://")
    title: str
    text: str = pap.Field(str_length={"min_value": 1})
    text_hash: str = pap.Field(str_matches=HASH)
    body_hash: str = pap.Field(str_matches=HASH)
    published_at: INSTANT  # type: ignore[valid-type]
    published_by: str = pap.Field(isin=["page", "feed", "first_seen"])
    language: str = pap.Field(isin=values_of(Language))
    author: str = pap.Field(nullable=True)
    encoding: str
    extraction: str = pap.Field(isin=[Extraction.WHOLE, Extraction.CUT])
    first_seen_at: INSTANT  # type: ignore[valid-type]
    doubtful: bool = pap.Field(nullable=True)

    class Config:
        """An article's version is stored once."""

        unique: ClassVar[list[str]] = ["article_id", "version"]


class Copies(Table):
    """Reprints: the earliest article with the same text, nearly (``similarity`` 0 to 1); an original names itself."""

    article_id: str = pap.Field(unique=True)
    copy_of: str
    similarity: float = pap.Field(ge=0, le=1)


class Derivations(Table):
    """What a table that is recomputed whole was made of, as a digest."""

    derived: str = pap.Field(unique=True)
    basis: str
    derived_at: INSTANT  # type: ignore[valid-type]
