"""What a sentence leaves behind for the next: who spoke, of what kind of matter, in which direction, on which days."""

from collections.abc import Mapping
from datetime import date
from types import MappingProxyType
from typing import NamedTuple

from servanda.model.vocabulary import Kind, Scope, Stage
from servanda.reading.days import Days
from servanda.reading.draft import Draft
from servanda.reading.roles import Direction


class Context(NamedTuple):
    """The state carried from sentence to sentence of an article."""

    published: date
    paragraph: int = -1
    kind: Kind | None = None
    stage: Stage | None = None
    direction: Direction | None = None
    first: date | None = None
    last: date | None = None
    topic: Kind | None = None
    counted: Draft | None = None
    """The last hand-over told with a number: what \"the same number\" means."""
    paragraph_is_new: bool = True
    dated: bool = False
    """Whether the paragraph has named days of its own so far: it is no longer of the day's news."""
    main_event: Draft | None = None
    seen: Mapping[int, Draft] = MappingProxyType({})
    """Every number told so far with what was told of it: a bare number that returns is the same thing."""
    topic_stage: Stage | None = None
    topic_low: int | None = None
    topic_high: int | None = None
    topic_scope: Scope | None = None
    since: Mapping[Kind, date] = MappingProxyType({})
    """The day from which the totals of a kind run, once the article has given it."""
    spoken: Days | None = None
    """The days named last, in this paragraph or in the heading over it."""

    listed: Draft | None = None
    """The list of children told of last, with its number of names."""
    bargain: date | None = None
    """The day of the last agreement or round told of: what "the day of the talks" means."""
    done_on: Mapping[Kind, tuple[date, ...]] = MappingProxyType({})
    """The single days on which a kind was told to be done, in order of telling: what "both exchanges" means."""

    def at_paragraph(self, paragraph: int) -> "Context":
        """The context at a sentence of a paragraph; a new paragraph starts without a stage and days of its own."""
        if paragraph == self.paragraph:
            return self._replace(paragraph_is_new=False)
        return self._replace(
            paragraph=paragraph,
            paragraph_is_new=True,
            dated=False,
            stage=None,
            first=None,
            last=None,
        )
