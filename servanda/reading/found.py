"""What was found in a sentence, against the context in which it stands."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from servanda.model.vocabulary import Kind
from servanda.reading.attribution import Attribution
from servanda.reading.clauses import Clause, clauses_of
from servanda.reading.context import Context
from servanda.reading.counts import Count, counts_of
from servanda.reading.dates import days_of
from servanda.reading.days import Days
from servanda.reading.frames import Frame, frame_at
from servanda.reading.sentence import Sentence
from servanda.reading.voices import Voice


@dataclass(frozen=True)
class Reading:
    """A sentence with all that was found in it, against the context in which it stands."""

    sentence: Sentence
    context: Context
    days: list[Days]
    """The days named, as a report of the past means them."""
    counts: list[Count]
    main: Kind | None
    voice: Voice

    @property
    def said(self) -> Sequence[Attribution]:
        """The attributions of the sentence."""
        return self.voice.said

    @cached_property
    def clauses(self) -> Sequence[Clause]:
        """The clauses of the sentence."""
        return clauses_of(self.sentence)

    def frame(self, place: int) -> Frame:
        """The clause of a token, and the act that it belongs to; looked for once."""
        found = self._frames.get(place)
        if found is None:
            found = self._frames[place] = frame_at(self.sentence, self.clauses, place)
        return found

    @cached_property
    def _frames(self) -> dict[int, Frame]:
        return {}

    @cached_property
    def ahead(self) -> list[Days]:
        """The days named, as a promise means them: a weekday is the coming one."""
        return days_of(self.sentence, self.context.published, future=True, told=_told(self.context))


def analyse(sentence: Sentence, context: Context, main: Kind | None, voice: Voice) -> Reading:
    """Find the dates and the counts of a sentence."""
    days = [*days_of(sentence, context.published, told=_told(context)), *_of_the_talks(sentence, context)]
    return Reading(sentence, context, days, counts_of(sentence, [(d.start, d.end) for d in days]), main, voice)


def _of_the_talks(sentence: Sentence, context: Context) -> list[Days]:
    """ "On the day of the talks": the day by which the article told of them."""
    day = context.bargain
    return [] if day is None else [Days(tag.start, tag.end, day, day) for tag in sentence.tagged("time.day_of_talks")]


def _told(context: Context) -> date | None:
    """The day told of before: whose month a day without one means."""
    spoken = context.spoken
    return (spoken.last or spoken.first) if spoken is not None else None
