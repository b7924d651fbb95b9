"""Which count a group of prisoners belongs to: "185 soldiers and 20 civilians" are 185 of no group, and 20 civilians.

A group named within the phrase of a number is that number's. Where the number is only a part of a total ("84, among them 51
civilians") it is the total's. One outside every number's phrase is of the number before it ("came home, civilians among them"),
and before the first number it is said of all that the sentence counts.
"""

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from servanda.model.vocabulary import Category, Kind, Scope
from servanda.reading.counts import Count
from servanda.reading.draft import Draft
from servanda.reading.found import Reading
from servanda.reading.lexicon import Tag
from servanda.reading.sentence import Sentence

_PHRASE = 6
_ENDS = frozenset({",", ";", ":", "(", ")", '"', "."})


def with_categories(reading: Reading, drafts: Sequence[Draft]) -> list[Draft]:
    """The drafts of a sentence's counts, each with the groups that are its own."""
    tags = groups_named(reading.sentence)
    ours = [draft for draft in drafts if draft.kind is Kind.PRISONER_EXCHANGE]
    if not tags or not ours:
        return list(drafts)
    places = sorted({draft.place for draft in ours})
    named: dict[int, set[Category]] = {place: set() for place in places}
    of_parts: dict[int, set[Category]] = {place: set() for place in places}
    shared: set[Category] = set()
    for category, tag in tags:
        owner = _owner(reading, tag)
        behind = max((place for place in places if place < tag.start), default=None)
        if owner is None and behind is not None:
            of_parts[behind].add(category)
        elif owner is None:
            shared.add(category)
        elif owner.place in named:
            named[owner.place].add(category)
        else:
            of_parts[_stated_at(owner.place, places)].add(category)
    _lend(reading, places, named)
    for place in places:
        named[place] |= of_parts[place]
    return [
        replace(draft, categories=tuple(sorted(_kept(reading, draft, named[draft.place] | shared)))) if draft in ours else draft
        for draft in drafts
    ]


def groups_named(sentence: Sentence) -> list[tuple[Category, Tag]]:
    """The groups that a sentence names; a year that only measures ("the largest since 2022") names none."""
    return [
        (category, tag)
        for category in Category
        for tag in sentence.tagged(f"category.{category.value}")
        if not _measures(sentence, tag)
    ]


def _measures(sentence: Sentence, tag: Tag) -> bool:
    since = any(time.start == tag.start for time in sentence.tagged("time.from"))
    return since and any(
        0 <= tag.start - word.end <= _PHRASE and not any(sentence.breaks[word.end : tag.start])
        for word in sentence.tagged("time.comparison")
    )


def _owner(reading: Reading, tag: Tag) -> Count | None:
    """The count in whose phrase a group stands: the nearest number before it that no mark parts from it."""
    tokens = reading.sentence.tokens
    before = [count for count in reading.counts if count.number.end <= tag.start and count.noun is not None]
    if not before:
        return None
    nearest = max(before, key=lambda count: count.number.end)
    between = tokens[nearest.number.end : tag.start]
    parted = len(between) > _PHRASE or any(token.form in _ENDS for token in between)
    return None if parted else nearest


def _lend(reading: Reading, places: Sequence[int], named: dict[int, set[Category]]) -> None:
    """ "31 wounded went one way and 15 the other": a number without a noun counts what the one before it counted."""
    bare = {count.place for count in reading.counts if count.noun == "bare"}
    for before, place in pairwise(places):
        if place in bare and not named[place]:
            named[place] |= named[before]


def _stated_at(place: int, places: Sequence[int]) -> int:
    """The statement of a count: its own, or that of the total before it."""
    return max((stated for stated in places if stated <= place), default=places[0])


def _kept(reading: Reading, draft: Draft, named: set[Category]) -> set[Category]:
    """ "7,000 have been freed since 2022": the day from which a total runs says nothing of how long they were held."""
    running = draft.scope is Scope.CUMULATIVE and any(
        days.last is None and days.start <= tag.end and tag.start <= days.end
        for days in reading.days
        for tag in reading.sentence.tagged(f"category.{Category.LONG_HELD.value}")
    )
    return named - {Category.LONG_HELD} if running else named
