"""Who speaks in an article: the attributions of each sentence, the author of each quotation, the voice of the whole.

Worked out before anything is read as a statement, so that a quotation whose author is named behind it has him from its start.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from servanda.model.vocabulary import Alignment, Speaker
from servanda.reading.attribution import Attribution, attributions, bodies_in, main_speaker
from servanda.reading.quotation import Quotations
from servanda.reading.sentence import Sentence
from servanda.reading.subjects import speakers_in

_HEADING = 14
"""Tokens of a paragraph that may be a byline or a heading."""
_OF_ALIGNMENT = {
    Alignment.UKRAINE: Speaker.UKRAINE,
    Alignment.RUSSIA: Speaker.RUSSIA,
    Alignment.MEDIATOR: Speaker.MEDIATOR,
}
_KEPT = 3


@dataclass(frozen=True, slots=True)
class Voice:
    """The voices of one sentence.

    ``said``: its attributions. ``carried``: the speaker before it; ``last``: that of the sentence right before, in its
    paragraph. ``quoted``: the author of the quotation in which it starts, and ``how`` he is known (``same``, ``opened``,
    ``closed``, ``carried``).
    ``we``: it speaks in the first person outside a quotation. ``past``: the speakers before it, the latest first.
    """

    said: Sequence[Attribution]
    carried: Speaker | None
    last: Speaker | None
    quoted: Speaker | None
    how: str
    quotations: Quotations
    we: bool
    past: tuple[Speaker, ...]
    article: "ArticleVoice"

    def in_quotation(self, place: int) -> bool:
        """Whether a character stands within a quotation."""
        return self.quotations.around(place) is not None


@dataclass(frozen=True, slots=True)
class ArticleVoice:
    """The voice of a whole article: who is introduced first, who signs, whose outlet it is, and whether it speaks as "we"."""

    first: Speaker | None
    byline: Speaker | None
    outlet: Speaker | None
    we: int
    answers: bool
    """Whether it is an interview: paragraphs that ask, and paragraphs that answer."""

    @property
    def narrator(self) -> Speaker | None:
        """Who speaks throughout, where the article is an interview or somebody's own post."""
        if self.we < (_OFTEN if self.answers else _VERY_OFTEN):
            return None
        return self.outlet or self.byline or self.first


_OFTEN, _VERY_OFTEN = 2, 4


def voices_of(
    title: Sequence[Sentence], sentences: Sequence[Sentence], quotations: Quotations, alignment: Alignment | None
) -> list[Voice]:
    """The voices of each sentence of an article."""
    carried: Speaker | None = None
    last: Speaker | None = None
    outlet = _OF_ALIGNMENT.get(alignment) if alignment else None
    paragraph = -1
    said: list[Sequence[Attribution]] = []
    before: list[tuple[Speaker | None, Speaker | None, tuple[Speaker, ...]]] = []
    past: tuple[Speaker, ...] = ()
    bodies: dict[str, Speaker] = {}
    for sentence in sentences:
        if sentence.span.paragraph != paragraph:
            paragraph, last = sentence.span.paragraph, None
        found = attributions(sentence, carried, last or outlet or carried, {} if last else bodies)
        bodies = bodies | bodies_in(sentence)
        said.append(found)
        before.append((carried, last, past))
        last = main_speaker(sentence, found)
        carried = last if found else (_mentioned(sentence) or carried)
        if last is not None and (not past or past[0] is not last):
            past = (last, *past)[:_KEPT]
    article = _article_voice(title, sentences, quotations, alignment)
    asked = {sentence.span.paragraph for sentence in sentences if _asks(sentence)}
    return [
        Voice(
            said[number],
            *before[number][:2],
            *_author_or_narrator(sentences, said, quotations, number, before[number][0], article, asked),
            quotations,
            _speaks_as_we(sentence, quotations),
            before[number][2],
            article,
        )
        for number, sentence in enumerate(sentences)
    ]


def _asks(sentence: Sentence) -> bool:
    return sentence.text.rstrip("*_ ").endswith("?")


def _author_or_narrator(
    sentences: Sequence[Sentence],
    said: Sequence[Sequence[Attribution]],
    quotations: Quotations,
    number: int,
    carried: Speaker | None,
    article: ArticleVoice,
    asked: set[int],
) -> tuple[Speaker | None, str]:
    """The author of the quotation in which a sentence starts; else whoever answers in an interview, or writes of "us"."""
    author, how = _author(sentences, said, quotations, number, carried)
    if how != "none" or article.narrator is None:
        return author, how
    if article.answers:
        question = sentences[number].span.paragraph in asked
        return (None, "question") if question else (article.narrator, "answer")
    return article.narrator, "own"


def _author(
    sentences: Sequence[Sentence],
    said: Sequence[Sequence[Attribution]],
    quotations: Quotations,
    number: int,
    carried: Speaker | None,
) -> tuple[Speaker | None, str]:
    """The author of the quotation in which a sentence starts."""
    place = sentences[number].span.start
    held = quotations.around(place)
    if held is None:
        return None, "none"
    start, end = quotations.starts[held], quotations.ends[held]
    closing = number
    while closing + 1 < len(sentences) and sentences[closing + 1].span.start < end:
        closing += 1
    opening = number
    while opening > 0 and sentences[opening].span.start > start:
        opening -= 1
    for where, how in ((closing, "closed" if closing > number else "same"), (opening, "opened")):
        outside = [a for a in said[where] if not start <= sentences[where].tokens[a.place].start < end]
        if outside:
            return main_speaker(sentences[where], outside), how
    first = sentences[opening]
    mark = next((i for i, token in enumerate(first.tokens) if token.start >= start), None)
    if mark and first.tokens[mark - 1].form in (":", "–"):
        named = _mentioned(first, mark)
        if named is not None:
            return named, "opened"
    if opening > 0 and sentences[opening - 1].text.endswith(":"):
        return main_speaker(sentences[opening - 1], list(said[opening - 1])) or carried, "opened"
    return carried, "carried"


def _mentioned(sentence: Sentence, before: int | None = None) -> Speaker | None:
    """The person or body that a sentence names first; its country alone is none."""
    countries = {tag.start for tag in sentence.tagged("party") if tag.end - tag.start == 1}
    limit = len(sentence.tokens) if before is None else before
    named = (
        s for s, tag in speakers_in(sentence) if tag.end <= limit and not (tag.start in countries and tag.end - tag.start == 1)
    )
    return next(named, None)


def _speaks_as_we(sentence: Sentence, quotations: Quotations) -> bool:
    return any(quotations.around(sentence.tokens[tag.start].start) is None for tag in sentence.tagged("we"))


def _article_voice(
    title: Sequence[Sentence], sentences: Sequence[Sentence], quotations: Quotations, alignment: Alignment | None
) -> ArticleVoice:
    first = next((side for sentence in (*title, *sentences[:4]) if (side := _mentioned(sentence)) is not None), None)
    byline = None
    for sentence in sentences[:3]:
        if len(sentence.tokens) <= _HEADING and sentence.text[-1:] not in ".!?…":
            byline = byline or _mentioned(sentence)
    asked = sum(_asks(sentence) for sentence in sentences)
    return ArticleVoice(
        first=first,
        byline=byline,
        outlet=_OF_ALIGNMENT.get(alignment) if alignment else None,
        we=sum(_speaks_as_we(sentence, quotations) for sentence in sentences),
        answers=asked >= 3,
    )
