"""Where sentences stand in a text: paragraphs by lines, sentences by syntok."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from syntok import segmenter

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


def sentence_spans(text: str) -> Iterator[Span]:
    """The sentences of a text in order, without the spaces around them."""
    for paragraph, line in enumerate(_LINE.finditer(text)):
        for start in range(line.start(), line.end(), _LONGEST_LINE):
            yield from _of_line(text[start : min(line.end(), start + _LONGEST_LINE)], start, paragraph)


_ABBREVIATED = re.compile(
    r"\b(?:jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec|no|approx"
    r"|янв|февр?|мар|апр|июн|июл|авг|сент?|окт|нояб?|дек|тыс|прибл"
    r"|січ|лют|бер|квіт|трав|черв|лип|серп|вер|жовт|лист|груд|тис|бл)\.\s*$",
    re.IGNORECASE,
)


def _mid_sentence(line: str, start: int) -> bool:
    """Whether a break that syntok sees follows an abbreviation that goes on with a number: "on Jan. 23", «1,2 тыс. тел»."""
    here = line[start : start + 1]
    return (here.isdigit() or here.islower()) and _ABBREVIATED.search(line[max(0, start - 12) : start]) is not None


def _of_line(line: str, base: int, paragraph: int) -> Iterator[Span]:
    # Only the starts are taken: syntok normalises its tokens, so that their lengths need not be the text's.
    starts = [sentence[0].offset for part in segmenter.process(line) for sentence in part if sentence]
    if not starts:
        return
    starts = [starts[0], *(start for start in starts[1:] if not _mid_sentence(line, start))]
    for start, following in zip(starts, [*starts[1:], len(line)], strict=True):
        end = start + len(line[start:following].rstrip())
        for piece, piece_end in _pieces(line, start, end):
            yield Span(base + piece, base + piece_end, paragraph)


def _pieces(line: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """A sentence whole; one that is too long for prose in pieces, cut at spaces, so that the work grows with the text alone."""
    while end - start > _LONGEST_SENTENCE:
        space = line.rfind(" ", start + 1, start + _LONGEST_SENTENCE)
        cut = space if space > start else start + _LONGEST_SENTENCE
        yield start, cut
        start = cut + (len(line[cut:end]) - len(line[cut:end].lstrip()))
    if end > start:
        yield start, end
