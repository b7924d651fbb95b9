"""The rows that page and feed are made of, typed: the columns that they use, no more."""

from dataclasses import dataclass, fields
from datetime import date, datetime
from typing import TypeVar

import polars as pl


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a table; the fields bear the columns' names."""


AnyRow = TypeVar("AnyRow", bound=Row)


@dataclass(frozen=True, slots=True)
class Standing(Row):
    """A row of ``status`` with what ``commitments`` adds."""

    obligation_id: str
    commitment_id: str
    kind: str
    from_party: str | None
    to_party: str | None
    categories: list[str]
    all_for_all: bool
    promised_min: int | None
    promised_max: int | None
    made_on: date
    due_on: date | None
    agreed_at: str | None
    status: str
    undertaking: str
    delivery: str
    corroboration: str
    delivered_by_giver: int | None
    delivered_by_receiver: int | None
    delivered_by_mediator: int | None
    share: float | None
    flags: list[str]
    last_event_on: date | None
    agreed_on: date | None
    starts_on: date | None
    closed_on: date | None


@dataclass(frozen=True, slots=True)
class Event(Row):
    """A row of ``events``."""

    event_id: str
    kind: str
    from_party: str | None
    to_party: str | None
    date_from: date | None
    date_to: date | None
    categories: list[str]
    list_act: str | None
    count_by_giver: int | None
    count_by_receiver: int | None
    count_by_mediator: int | None
    count_by_outlets: int | None
    pair_count: int | None
    witnesses: int
    corroboration: str
    closed_total: bool
    obligation_id: str | None
    statement_ids: list[str]

    @property
    def day(self) -> date | None:
        """The day by which it stands in order: its last, else its first."""
        return self.date_to or self.date_from


@dataclass(frozen=True, slots=True)
class Change(Row):
    """A row of ``status_history``."""

    obligation_id: str
    day: date
    status: str
    previous: str | None
    flags: list[str]
    delivered_by_giver: int | None
    delivered_by_receiver: int | None
    delivered_by_mediator: int | None
    statement_id: str | None
    cause: str


@dataclass(frozen=True, slots=True)
class Told(Row):
    """A statement with its article and outlet; what an article or outlet would tell is None where it is not known."""

    statement_id: str
    article_id: str
    kind: str
    stage: str
    from_party: str | None
    to_party: str | None
    count_min: int | None
    count_max: int | None
    per_side: bool
    scope: str
    date_from: date | None
    date_to: date | None
    speaker: str | None
    quote: str
    published_at: datetime
    title: str | None
    url: str | None
    language: str | None
    copy_of: str | None
    extraction: str | None
    doubtful: bool | None
    outlet: str | None
    alignment: str | None
    struck: str | None
    """By whom it was struck from the books, when and why; None where it stands."""


@dataclass(frozen=True, slots=True)
class Unread(Row):
    """An item whose text is not in the books, with its outlet."""

    item_id: str
    source_id: str
    url: str | None
    title: str
    state: str
    reason: str
    outlet: str | None


def rows(frame: pl.DataFrame, shape: type[AnyRow]) -> list[AnyRow]:
    """The rows of a frame as ``shape``, in the frame's order; columns that the shape does not name are left out."""
    names = [field.name for field in fields(shape)]
    return [shape(*values) for values in frame.select(names).iter_rows()]


def standings(status: pl.DataFrame, commitments: pl.DataFrame) -> list[Standing]:
    """Every obligation's standing, by its id."""
    terms = commitments.select("commitment_id", "agreed_on", "starts_on", "closed_on")
    return rows(status.join(terms, on="commitment_id", how="left").sort("obligation_id"), Standing)


def told(statements: pl.DataFrame, articles: pl.DataFrame, sources: pl.DataFrame, retractions: pl.DataFrame) -> dict[str, Told]:
    """Every statement by its id, with the version of the article that it stands in, and whether it was struck."""
    texts = articles.select("article_id", "version", "title", "url", "language", "copy_of")
    outlets = sources.select("source_id", "outlet", "alignment")
    joined = statements.join(texts, on=["article_id", "version"], how="left").join(outlets, on="source_id", how="left")
    struck = _struck(retractions)
    marked = joined.join(struck, left_on="statement_id", right_on="subject_id", how="left").join(
        struck, left_on="article_id", right_on="subject_id", how="left", suffix="_whole"
    )
    return {row.statement_id: row for row in rows(marked.with_columns(struck=pl.coalesce("struck", "struck_whole")), Told)}


def _struck(retractions: pl.DataFrame) -> pl.DataFrame:
    """What is struck now: ``subject_id``, and ``struck`` in words."""
    newest = retractions.sort("made_at", "retraction_id").group_by("subject_id", maintain_order=True).last()
    day = pl.col("made_at").dt.convert_time_zone("Europe/Kyiv").dt.date().cast(pl.String)
    words = pl.format("struck on {} by {}: {}", day, "made_by", "reason")
    return newest.filter(pl.col("act") == "retract").select("subject_id", words.alias("struck"))


def unread(items: pl.DataFrame, sources: pl.DataFrame) -> list[Unread]:
    """The items that are refused or pending, by source, state, reason and id."""
    outlets = sources.select("source_id", "outlet")
    missing = items.filter(pl.col("state") != "stored").join(outlets, on="source_id", how="left")
    return rows(missing.sort("source_id", "state", "reason", "item_id"), Unread)
