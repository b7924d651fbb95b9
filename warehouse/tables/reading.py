"""Schemas of what reading writes: statements, and what each version of the reader found in each version of an article."""

from enum import StrEnum

import pandera.polars as pap
import polars as pl

from servanda.model.vocabulary import Category, Kind, ListAct, Part, Party, Scope, Speaker, Stage
from warehouse.tables.columns import INSTANT, STRINGS, Table, values_of


class Statements(Table):
    """One thing that one article says about one commitment (the codebook's unit), append-only."""

    statement_id: str = pap.Field(unique=True)
    article_id: str
    version: pl.Int32 = pap.Field(ge=1)
    source_id: str
    published_at: INSTANT  # type: ignore[valid-type]
    kind: str = pap.Field(isin=values_of(Kind))
    stage: str = pap.Field(isin=values_of(Stage))
    categories: STRINGS  # type: ignore[valid-type]
    all_for_all: bool
    from_party: str = pap.Field(nullable=True, isin=values_of(Party))
    to_party: str = pap.Field(nullable=True, isin=values_of(Party))
    count_min: pl.Int64 = pap.Field(nullable=True, ge=0)
    count_max: pl.Int64 = pap.Field(nullable=True, ge=0)
    per_side: bool
    scope: str = pap.Field(isin=values_of(Scope))
    date_from: pl.Date = pap.Field(nullable=True)
    date_to: pl.Date = pap.Field(nullable=True)
    speaker: str = pap.Field(nullable=True, isin=values_of(Speaker))
    quote: str = pap.Field(str_length={"min_value": 1})
    agreed_on: pl.Date = pap.Field(nullable=True)
    agreed_at: str = pap.Field(nullable=True)
    completes: bool
    denies: str = pap.Field(nullable=True, isin=values_of(Stage))
    list_act: str = pap.Field(nullable=True, isin=values_of(ListAct))
    from_list: bool
    part: str = pap.Field(isin=values_of(Part))
    char_start: pl.Int32 = pap.Field(ge=0)
    char_end: pl.Int32 = pap.Field(ge=0)
    rule: str
    reader_version: str
    first_seen_at: INSTANT  # type: ignore[valid-type]

    @pap.dataframe_check(error="categories are of the codebook")
    def categories_known(cls, data: pap.PolarsData) -> pl.LazyFrame:  # noqa: N805
        """Every element of ``categories`` is one of the codebook's."""
        known = pl.element().is_in(values_of(Category))
        return data.lazyframe.select(pl.col("categories").list.eval(known).list.all())

    @pap.dataframe_check(error="the lower bound is not above the upper")
    def bounds_ordered(cls, data: pap.PolarsData) -> pl.LazyFrame:  # noqa: N805
        """``count_min`` is at most ``count_max`` where both are known."""
        return data.lazyframe.select((pl.col("count_min") <= pl.col("count_max")).fill_null(value=True))

    @pap.dataframe_check(error="the first day is not after the last")
    def days_ordered(cls, data: pap.PolarsData) -> pl.LazyFrame:  # noqa: N805
        """``date_from`` is at most ``date_to`` where both are known."""
        return data.lazyframe.select((pl.col("date_from") <= pl.col("date_to")).fill_null(value=True))

    @pap.dataframe_check(error="the quote is as long as its place in the text")
    def quote_fits(cls, data: pap.PolarsData) -> pl.LazyFrame:  # noqa: N805
        """The offsets span the quote."""
        return data.lazyframe.select(
            pl.col("quote").str.len_chars().cast(pl.Int64) == (pl.col("char_end") - pl.col("char_start")).cast(pl.Int64)
        )


class Readings(Table):
    """What a reader of a given version found in a version of an article; an empty list is a finding too."""

    reading_id: str = pap.Field(unique=True)
    article_id: str
    version: pl.Int32 = pap.Field(ge=1)
    reader_version: str
    read_at: INSTANT  # type: ignore[valid-type]
    statement_ids: STRINGS  # type: ignore[valid-type]


class RetractionAct(StrEnum):
    """What was done with a statement, or with all of an article's."""

    RETRACT = "retract"
    RESTORE = "restore"


class Retractions(Table):
    """What a person struck from the present books, or let stand again, and why; append-only. A subject's newest row holds."""

    retraction_id: str = pap.Field(unique=True)
    subject_id: str
    subject: str = pap.Field(isin=["statement", "article"])
    act: str = pap.Field(isin=values_of(RetractionAct))
    reason: str = pap.Field(str_length={"min_value": 1})
    made_by: str = pap.Field(str_length={"min_value": 1})
    made_at: INSTANT  # type: ignore[valid-type]
