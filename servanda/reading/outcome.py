"""What a draft takes from the rest of its article: the round whose outcome is announced, the accusation that is denied."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, timedelta

from servanda.model.vocabulary import Kind, Scope, Stage
from servanda.reading.draft import Draft
from servanda.reading.sentence import Sentence
from servanda.reading.terms import PLACES

_FRESH = timedelta(days=4)
_SHORT = 12
_AGREED = (Kind.PRISONER_EXCHANGE, Kind.BODY_REPATRIATION, Kind.TALKS)

Found = list[tuple[Draft, Sentence]]


def with_outcome(found: Found, day: date | None, sentences: Sequence[Sentence] = ()) -> Found:
    """The drafts of an article; what was promised without naming an agreement gets the day and place of the round before.

    Only a round of the last days counts, and only where the article tells of one. What was done was agreed where the promise
    that it leans on was, or where the article says of its main event that it was agreed. ``sentences``: the whole article.
    """
    agreed, settled = _promised_at_the_round(found, day, sentences), settled_at(sentences)
    return [(_done_as_agreed(draft, where, agreed, settled), where) for draft, where in agreed]


def settled_at(sentences: Iterable[Sentence]) -> str | None:
    """ "It was agreed in Abu Dhabi", «договорились об этом в Абу-Даби»: the place where what the article tells was agreed."""
    for sentence in sentences:
        spoken = sentence.has("agreement.verb") and sentence.has("say.this") and len(sentence.tokens) <= _SHORT
        if spoken and not any(entry.counts for entry in sentence.entries):
            return _place(sentence)
    return None


def _done_as_agreed(draft: Draft, where: Sentence, found: Found, place: str | None) -> Draft:
    """What was done leans on the promise before it in its paragraph; what the article opens with, on where it was agreed."""
    told = draft.agreed_on is not None or draft.agreed_at is not None or _of_an_older_deal(where)
    if told or draft.stage is not Stage.PERFORMED or draft.kind not in _AGREED[:2] or draft.scope is not Scope.EVENT:
        return draft
    for other, sentence in found:
        leans = sentence.span.paragraph == where.span.paragraph and sentence.span.start < where.span.start
        agreed = other.stage is Stage.PROMISED and other.agreed_at is not None and _follows(draft, other)
        if leans and other.kind is draft.kind and agreed:
            return replace(draft, agreed_on=other.agreed_on, agreed_at=other.agreed_at)
    opening = next((other for other, _ in found if other.stage is Stage.PERFORMED and other.low is not None), None)
    if place is None or opening is None or not _same(draft, opening):
        return draft
    held = [other.last for other, where in found if other.kind is Kind.TALKS and other.stage is Stage.PERFORMED and other.last]
    fresh = [day for day in held if draft.last is not None and timedelta(0) <= draft.last - day <= _FRESH]
    return replace(draft, agreed_on=max(fresh, default=None), agreed_at=place)


def _follows(draft: Draft, promise: Draft) -> bool:
    """Whether it was done within days of the agreement."""
    if draft.last is None or promise.agreed_on is None:
        return False
    return timedelta(0) <= draft.last - promise.agreed_on <= _FRESH


def _same(draft: Draft, opening: Draft) -> bool:
    return (draft.kind, draft.low, draft.high, draft.last) == (opening.kind, opening.low, opening.high, opening.last)


def _promised_at_the_round(found: Found, day: date | None, sentences: Sequence[Sentence]) -> Found:
    held = [
        (draft.last, sentence)
        for draft, sentence in found
        if draft.kind is Kind.TALKS and draft.stage is Stage.PERFORMED and draft.last
    ]
    fresh = [
        (last, sentence)
        for last, sentence in held
        if last is not None and day is not None and timedelta(0) <= day - last <= _FRESH
    ]
    if not fresh:
        return found
    last, sentence = max(fresh, key=lambda choice: choice[0])
    place = _place(sentence) or next((name for _, other in found if (name := _place(other))), None) or _only_place(sentences)
    return [(draft if _of_an_older_deal(where) else _agreed(draft, last, place), where) for draft, where in found]


def with_denials(found: Found) -> Found:
    """A denial in an article that tells of a postponement of the same matter denies the postponement, not a delivery."""
    put_off = {draft.kind for draft, _ in found if draft.stage is Stage.POSTPONED}
    return [
        (replace(draft, denies=Stage.POSTPONED), where)
        if draft.stage is Stage.DENIED and draft.kind in put_off
        else (draft, where)
        for draft, where in found
    ]


def _only_place(sentences: Sequence[Sentence]) -> str | None:
    """The place of talks that an article names, where it names one only."""
    named = {name for sentence in sentences for key, name in PLACES.items() if sentence.has(f"place.{key}")}
    return named.pop() if len(named) == 1 else None


def _of_an_older_deal(sentence: Sentence) -> bool:
    """ "the June agreement", «летний уговор»: a deal told by its season is none of the round just held."""
    dated = {place for place, entry in enumerate(sentence.entries) if entry.month is not None}
    dated |= {tag.start for tag in sentence.tagged("time.season")}
    return any(place in dated for tag in sentence.tagged("agreement.noun") for place in range(tag.start - 2, tag.end + 2))


def _agreed(draft: Draft, day: date, place: str | None) -> Draft:
    if draft.kind not in _AGREED or draft.stage is not Stage.PROMISED or draft.agreed_on is not None:
        return draft
    return replace(draft, agreed_on=day, agreed_at=draft.agreed_at or place)


def _place(sentence: Sentence) -> str | None:
    return next((name for key, name in PLACES.items() if sentence.has(f"place.{key}")), None)
