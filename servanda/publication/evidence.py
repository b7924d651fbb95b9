"""The evidence of an obligation: every sentence that bears on it, who said it, where it stands, and a link to the original."""

from collections.abc import Container, Iterable, Iterator, Mapping
from dataclasses import dataclass

from servanda.model.article import KYIV
from servanda.publication import words
from servanda.publication.books import Books
from servanda.publication.outside import shown, web_address
from servanda.publication.rows import Event, Told


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
    damage: str
    """What is wrong with the text that it stands in: cut by a limit, characters guessed; empty if nothing is."""
    struck: str
    """By whom it was struck, when and why; empty where it stands."""


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
        struck=shown(told.struck or ""),
        damage="; ".join(
            words.DAMAGE[mark] for mark, holds in (("cut", told.extraction == "cut"), ("doubtful", told.doubtful)) if holds
        ),
        reprint=told.copy_of is not None and told.copy_of != told.article_id,
    )


def evidence_of(books: Books, told: Mapping[str, Told]) -> dict[str, list[Evidence]]:
    """Every obligation's evidence in the order of publication; a sentence that bears on it in two ways stands once.

    The bearings lead. A statement that an event, an obligation or a commitment is made of stands there too if no bearing
    names it, so that no number is without its sentence.
    """
    ways: dict[str, dict[str, list[str]]] = {}
    for obligation, statement, bearing in books.bearings.select("obligation_id", "statement_id", "bearing").iter_rows():
        ways.setdefault(obligation, {}).setdefault(statement, []).append(bearing)
    for obligation, statement, bearing in _made_of(books):
        ways.setdefault(obligation, {}).setdefault(statement, [bearing])
    _add_terms_of_commitments(books, ways)
    return {
        obligation: in_time((told[statement], how) for statement, how in found.items() if statement in told)
        for obligation, found in ways.items()
    }


def unallocated(
    events: Iterable[Event], told: Mapping[str, Told], obligations: Container[str | None]
) -> dict[str, list[Evidence]]:
    """The sentences of each event that fills none of ``obligations`` (their ids), by the event's id, in the events' order."""
    return {
        event.event_id: in_time((told[statement], ["delivery"]) for statement in set(event.statement_ids) if statement in told)
        for event in events
        if event.obligation_id not in obligations
    }


def in_time(told: Iterable[tuple[Told, list[str]]]) -> list[Evidence]:
    """Statements as evidence, in the order of publication."""
    return [evidence_view(one, how) for one, how in sorted(told, key=lambda pair: (pair[0].published_at, pair[0].statement_id))]


def _made_of(books: Books) -> Iterator[tuple[str, str, str]]:
    for obligation, statements in books.events.select("obligation_id", "statement_ids").drop_nulls().iter_rows():
        yield from ((obligation, statement, "delivery") for statement in statements)
    for obligation, statements in books.obligations.select("obligation_id", "statement_ids").drop_nulls().iter_rows():
        yield from ((obligation, statement, "term") for statement in statements)


def _add_terms_of_commitments(books: Books, ways: dict[str, dict[str, list[str]]]) -> None:
    """A commitment's sentence that stands with none of its directions stands with each of them."""
    directions: dict[str, list[str]] = {}
    for obligation, commitment in books.obligations.select("obligation_id", "commitment_id").iter_rows():
        directions.setdefault(commitment, []).append(obligation)
    for commitment, statements in books.commitments.select("commitment_id", "statement_ids").drop_nulls().iter_rows():
        pages = directions.get(commitment, [])
        shown_already = {statement for page in pages for statement in ways.get(page, {})}
        for page in pages:
            for statement in set(statements) - shown_already:
                ways.setdefault(page, {})[statement] = ["term"]
