"""What a draft takes from the rest of its article: the round whose outcome is announced, the accusation that is denied."""

from dataclasses import replace
from datetime import date, timedelta

from servanda.model.vocabulary import Kind, Stage
from servanda.reading.draft import Draft
from servanda.reading.sentence import Sentence
from servanda.reading.terms import PLACES

_FRESH = timedelta(days=4)
_AGREED = (Kind.PRISONER_EXCHANGE, Kind.BODY_REPATRIATION, Kind.TALKS)

Found = list[tuple[Draft, Sentence]]


def with_outcome(found: Found, day: date | None) -> Found:
    """The drafts of an article; what was promised without naming an agreement gets the day and place of the round before.

    Only a round of the last days counts, and only where the article tells of one.
    """
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
    place = _place(sentence) or next((name for _, other in found if (name := _place(other))), None)
    return [(_agreed(draft, last, place), where) for draft, where in found]


def with_denials(found: Found) -> Found:
    """A denial in an article that tells of a postponement of the same matter denies the postponement, not a delivery."""
    put_off = {draft.kind for draft, _ in found if draft.stage is Stage.POSTPONED}
    return [
        (replace(draft, denies=Stage.POSTPONED), where)
        if draft.stage is Stage.DENIED and draft.kind in put_off
        else (draft, where)
        for draft, where in found
    ]


def _agreed(draft: Draft, day: date, place: str | None) -> Draft:
    if draft.kind not in _AGREED or draft.stage is not Stage.PROMISED or draft.agreed_on is not None:
        return draft
    return replace(draft, agreed_on=day, agreed_at=draft.agreed_at or place)


def _place(sentence: Sentence) -> str | None:
    return next((name for key, name in PLACES.items() if sentence.has(f"place.{key}")), None)
