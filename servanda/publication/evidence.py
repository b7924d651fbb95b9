"""The evidence of an obligation: every sentence that bears on it, who said it, where it stands, and a link to the original."""

from collections.abc import Mapping
from dataclasses import dataclass

import polars as pl

from servanda.model.article import KYIV
from servanda.publication import words
from servanda.publication.outside import shown, web_address
from servanda.publication.rows import Told


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """One sentence in words. ``language`` is the article's, or empty; ``url`` None where there is no plain web address."""

    statement_id: str
    quote: str
    language: str
    bears: str
    stage: str
    number: str
    speaker: str
    outlet: str
    alignment: str
    title: str
    url: str | None
    published: str
    published_iso: str
    reprint: bool


def evidence_view(told: Told, bearings: list[str]) -> Evidence:
    """A statement as evidence; ``bearings`` tells how it bears on the obligation."""
    published = told.published_at.astimezone(KYIV).date()
    number = words.counted(told.kind, told.count_min, told.count_max)
    return Evidence(
        statement_id=told.statement_id,
        quote=shown(told.quote),
        language=told.language or "",
        bears=", ".join(words.word(words.BEARINGS, bearing) for bearing in sorted(bearings)),
        stage=words.word(words.STAGES, told.stage),
        number=f"{number} a side" if number and told.per_side else number,
        speaker=words.word(words.SPEAKERS, told.speaker) if told.speaker else "the outlet in its own voice",
        outlet=shown(told.outlet or "") or "an outlet that is not in the books",
        alignment=words.word(words.ALIGNMENTS, told.alignment) if told.alignment else "",
        title=shown(told.title or "") or "untitled",
        url=web_address(told.url),
        published=words.day(published),
        published_iso=published.isoformat(),
        reprint=told.copy_of is not None and told.copy_of != told.article_id,
    )


def evidence_of(bearings: pl.DataFrame, told: Mapping[str, Told]) -> dict[str, list[Evidence]]:
    """Every obligation's evidence in the order of publication; a sentence that bears on it in two ways stands once."""
    ways: dict[str, dict[str, list[str]]] = {}
    for obligation, statement, bearing in bearings.select("obligation_id", "statement_id", "bearing").iter_rows():
        if statement in told:
            ways.setdefault(obligation, {}).setdefault(statement, []).append(bearing)
    return {
        obligation: [
            evidence_view(told[statement], how)
            for statement, how in sorted(statements.items(), key=lambda pair: (told[pair[0]].published_at, pair[0]))
        ]
        for obligation, statements in ways.items()
    }
