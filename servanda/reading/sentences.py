"""Where sentences stand in a text: paragraphs by lines, sentences by syntok."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from syntok import segmenter

_LINE = re.compile(r"[^\n]+")
_LONGEST_LINE = 20_000
"""Characters of one line that are split into sentences; a longer line is none of prose, and is cut into pieces of this length."""


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


def _of_line(line: str, base: int, paragraph: int) -> Iterator[Span]:
    # Only the starts are taken: syntok normalises its tokens, so that their lengths need not be the text's.
    starts = [sentence[0].offset for part in segmenter.process(line) for sentence in part if sentence]
    if not starts:
        return
    for start, following in zip(starts, [*starts[1:], len(line)], strict=True):
        end = start + len(line[start:following].rstrip())
        if end > start:
            yield Span(base + start, base + end, paragraph)
