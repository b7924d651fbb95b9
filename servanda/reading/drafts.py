"""What a sentence states: drafts of statements, before they are set against the rest of the article."""

from collections.abc import Iterator

from servanda.reading.counted import confirmed, from_counts
from servanda.reading.draft import Draft
from servanda.reading.found import Reading
from servanda.reading.unnumbered import answer, uncounted


def drafts_of(reading: Reading) -> Iterator[Draft]:
    """The drafts of a sentence: one for each count of ours; else one for each kind that a cue and a stage speak of."""
    if reading.sentence.has("other_matter"):
        return
    counted = list(from_counts(reading))
    yield from counted
    others = list(uncounted(reading, {draft.kind for draft in counted}))
    yield from others
    if not counted:
        yield from confirmed(reading)
    if not counted and not others:
        yield from answer(reading)
