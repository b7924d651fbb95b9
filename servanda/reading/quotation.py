"""Which stretches of a text are quoted: by the marks as they stand, over sentences and over paragraphs."""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

_OPEN = {"“": "”", "«": "»", "„": "“”"}
_STRAIGHT = '"'
_LONGEST = 3_000
"""Characters; a mark that is not closed within them opens nothing."""


@dataclass(frozen=True, slots=True)
class Quotations:
    """The quoted stretches of a text, in order, without overlaps."""

    starts: Sequence[int]
    ends: Sequence[int]

    def around(self, place: int) -> int | None:
        """Which stretch holds a character, by its number; None outside."""
        number = bisect_right(self.starts, place) - 1
        return number if number >= 0 and place < self.ends[number] else None


def quotations_of(text: str) -> Quotations:
    """The quotations of a text. A paragraph that opens with a mark and closes none goes on in the next one that opens so too."""
    starts: list[int] = []
    ends: list[int] = []
    offset = 0
    for line in text.split("\n"):
        for start, end in _of_line(line):
            starts.append(offset + start)
            ends.append(offset + end)
        offset += len(line) + 1
    return Quotations(starts, ends)


def _of_line(line: str) -> list[tuple[int, int]]:
    found: list[tuple[int, int]] = []
    opened: int | None = None
    closing, depth = "", 0
    for place, mark in enumerate(line):
        if opened is None:
            if mark in _OPEN:
                opened, closing, depth = place, _OPEN[mark], 1
            elif mark == _STRAIGHT:
                opened, closing, depth = place, _STRAIGHT, 1
        elif mark in closing:
            depth -= 1
            if depth == 0:
                found.append((opened, place + 1))
                opened = None
        elif mark in _OPEN and _OPEN[mark] == closing:
            depth += 1
    if opened is not None and len(line) - opened <= _LONGEST and len(line) - opened > 1:
        found.append((opened, len(line)))
    return found
