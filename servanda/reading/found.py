"""What was found in a sentence, against the context in which it stands."""

from collections.abc import Sequence
from dataclasses import dataclass

from servanda.model.vocabulary import Kind
from servanda.reading.attribution import Attribution
from servanda.reading.context import Context
from servanda.reading.counts import Count, counts_of
from servanda.reading.dates import days_of
from servanda.reading.days import Days
from servanda.reading.sentence import Sentence
from servanda.reading.voices import Voice


@dataclass(frozen=True, slots=True)
class Reading:
    """A sentence with all that was found in it, against the context in which it stands."""

    sentence: Sentence
    context: Context
    days: list[Days]
    """The days named, as a report of the past means them."""
    ahead: list[Days]
    """The same as a promise means them: a weekday is the coming one."""
    counts: list[Count]
    said: Sequence[Attribution]
    main: Kind | None
    voice: Voice


def analyse(sentence: Sentence, context: Context, main: Kind | None, voice: Voice) -> Reading:
    """Find dates, counts and attributions of a sentence."""
    days = days_of(sentence, context.published)
    counts = counts_of(sentence, [(d.start, d.end) for d in days])
    return Reading(
        sentence,
        context,
        days,
        days_of(sentence, context.published, future=True),
        counts,
        voice.said,
        main,
        voice,
    )
