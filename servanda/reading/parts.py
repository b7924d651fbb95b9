"""A total and its parts: which numbers of a sentence are told of, and not stated."""

from servanda.reading.counts import Count
from servanda.reading.draft import Draft
from servanda.reading.found import Reading


def is_part(reading: Reading, before: Draft | None, count: Count) -> bool:
    """A part of a total that the sentence has given: "390 freed, 120 of them civilians"."""
    if before is None:
        return any(tag.start == count.number.end and tag.end - tag.start > 1 for tag in reading.sentence.tagged("part_of.freed"))
    beside = any(
        -2 <= tag.start - count.number.end <= 2 or 0 <= count.number.start - tag.end <= 2
        for tag in reading.sentence.tagged("part_of")
    )
    return (beside and before.high is not None) or adds_up(reading, before, count)


def is_the_whole(reading: Reading, count: Count) -> bool:
    """ "five of the 339": the number that a part is taken of is told of, not stated; "6,057 of the 6,000 promised" is."""
    sentence, start = reading.sentence, count.number.start
    part = any(other.number.end <= start - 1 and start - other.number.end <= 3 for other in reading.counts)
    taken = any(tag.end == start for tag in sentence.tagged("part_of.whole"))
    promised = any(0 <= tag.start - count.number.end <= 3 for tag in sentence.tagged("stage.promise"))
    return part and taken and not promised


def adds_up(reading: Reading, before: Draft, count: Count) -> bool:
    """ "390 home: 270 soldiers and 120 civilians": numbers behind a total that add up to it are its parts.

    Parts with days of their own ("27 on Wednesday and 51 by Monday") are hand-overs, and stated.
    """
    return (
        not dated_behind(reading, before.place)
        and count.number.start > before.place
        and is_sum(reading, before.low, before.place)
    )


def dated_behind(reading: Reading, place: int) -> bool:
    """Whether a day is named behind a token."""
    return any(d.start > place for d in reading.days)


def is_sum(reading: Reading, value: int | None, place: int) -> bool:
    """Whether the numbers behind a token add up to a value."""
    behind = [c.number.value for c in reading.counts if c.number.start > place and c.noun is not None]
    return len(behind) >= 2 and sum(behind) == value
