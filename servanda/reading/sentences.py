"""Where sentences stand in a text: paragraphs by lines, sentences by sentencex, and two corrections of ours."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

import sentencex

from servanda.model.vocabulary import Language

_LINE = re.compile(r"[^\n]+")
_LONGEST_LINE = 20_000
"""Characters of one line that are split into sentences; a longer line is none of prose, and is cut into pieces of this length."""

_LONGEST_SENTENCE = 1_500
"""Characters of one sentence that are read together: what is weighed within a sentence grows faster than its length."""


@dataclass(frozen=True, slots=True)
class Span:
    """A sentence's place: ``text[start:end]``; ``paragraph`` counts the lines with text from 0."""

    start: int
    end: int
    paragraph: int


def sentence_spans(text: str, language: Language) -> Iterator[Span]:
    """The sentences of a text in order, without the spaces around them."""
    for paragraph, line in enumerate(_LINE.finditer(text)):
        for start in range(line.start(), line.end(), _LONGEST_LINE):
            yield from _of_line(text[start : min(line.end(), start + _LONGEST_LINE)], start, paragraph, language)


_ABBREVIATED = re.compile(
    r"(?<![\w'])(?:jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec|no|approx|gen|col|lt|maj|capt|mr|mrs|ms|dr|st|vs|u\.s|a\.m|p\.m|e\.g|i\.e"
    r"|янв|февр?|мар|апр|июн|июл|авг|сент?|окт|нояб?|дек|тыс|прибл|ул|им|обл|стр|млн|млрд|руб|ст|гг?|чел|т\.е|т\.д|др|пр|проф|акад|ген|полк"
    r"|січ|лют|бер|квіт|трав|черв|лип|серп|вер|жовт|лист|груд|тис|бл|вул|ім|обл|млн|млрд|грн|р|рр|ст|напр|проф|ген|полк|с|м|н\.е|т\.зв"
    r")\.\s*$",
    re.IGNORECASE,
)
_ENDS_A_SENTENCE = re.compile(r"(?<!\w)(?:тел|чел|чол|осіб|год|руб|грн|гг?|рр?|p\.m|a\.m|u\.s|т\.д|др|пр)\.\s*$", re.IGNORECASE)
"""Abbreviations that a sentence may end with: what follows with a capital opens a new one."""

_INSIDE = re.compile(r"(?:[.!?]|\.\.\.|…)[\"')]*\s+(?=[\"'(–-]*\s?[A-ZА-ЯІЇЄҐЁ0-9])")
"""A place within a piece where a sentence may end: sentencex keeps a quotation whole."""

_INITIAL = re.compile(r"(?<!\w)[A-ZА-ЯІЇЄҐ]\.\s*$")


def _goes_on(line: str, start: int) -> bool:
    """Whether a break follows an abbreviation that goes on: "on Jan. 23", «1,2 тыс. тел», «В. О. Зеленський»."""
    before, here = line[max(0, start - 16) : start], line[start : start + 1]
    if _INITIAL.search(before):
        return True
    if _ABBREVIATED.search(before) is None:
        return before.rstrip().endswith((";", ","))
    return here.isdigit() or here.islower() or here in "–-(" or _ENDS_A_SENTENCE.search(before) is None


def _of_line(line: str, base: int, paragraph: int, language: Language) -> Iterator[Span]:
    found = {int(boundary["end_index"]) for boundary in sentencex.get_sentence_boundaries(language.value, line)}
    found |= {match.end() for match in _INSIDE.finditer(line)}
    kept = [0, *(start for start in sorted(found) if 0 < start < len(line) and not _goes_on(line, start))]
    for start, following in zip(kept, [*kept[1:], len(line)], strict=True):
        piece = line[start:following]
        first = start + len(piece) - len(piece.lstrip())
        for begin, end in _pieces(line, first, start + len(piece.rstrip())):
            yield Span(base + begin, base + end, paragraph)


def _pieces(line: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """A sentence whole; one that is too long for prose in pieces, cut at spaces, so that the work grows with the text alone."""
    while end - start > _LONGEST_SENTENCE:
        space = line.rfind(" ", start + 1, start + _LONGEST_SENTENCE)
        cut = space if space > start else start + _LONGEST_SENTENCE
        yield start, cut
        start = cut + (len(line[cut:end]) - len(line[cut:end].lstrip()))
    if end > start:
        yield start, end
