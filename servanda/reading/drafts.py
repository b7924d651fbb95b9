"""What a sentence states: drafts of statements, before they are set against the rest of the article."""

from collections.abc import Iterator

from servanda.reading.counted import from_counts
from servanda.reading.decisions.judge import Judge
from servanda.reading.draft import Draft
from servanda.reading.found import Reading
from servanda.reading.stated import stated


def drafts_of(reading: Reading, judge: Judge) -> Iterator[Draft]:
    """The drafts of a sentence: one for each count of ours, and one for each kind and stage that it states without a number."""
    if reading.sentence.has("other_matter"):
        return
    counted = from_counts(reading, judge)
    yield from counted
    yield from stated(reading, judge, counted)
