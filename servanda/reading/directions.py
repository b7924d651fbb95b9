"""In which direction a count went: by its own words, else by the verb, else by who speaks, else by what was told before."""

from servanda.model.vocabulary import Kind, Speaker
from servanda.reading.acts import Act, Tense
from servanda.reading.counts import Count
from servanda.reading.draft import Draft
from servanda.reading.found import Reading
from servanda.reading.lexicon import Tag
from servanda.reading.roles import (
    BOTH,
    TO_RUSSIA,
    TO_UKRAINE,
    Direction,
    direction_of,
    of_nation,
    other_way,
    own_side,
    party_beside,
)
from servanda.reading.sentence import Sentence

_HOMES = {Speaker.UKRAINE: TO_UKRAINE, Speaker.RUSSIA: TO_RUSSIA}
"""Whoever says "home" means his own."""


def direction_of_count(
    reading: Reading, count: Count, kind: Kind, act: Act | None, before: Draft | None, speaker: Speaker | None
) -> tuple[Direction, str]:
    """The direction of a count, and what told it; what stands closest to the number decides.

    ``before``: the draft before it in the sentence.
    """
    sentence = reading.sentence
    if kind is Kind.CHILD_LIST:
        return TO_UKRAINE if sentence.nearest("flag.russian_list", count.place, 5) is not None else TO_RUSSIA, "list"
    turned = _turned(reading, count, act, before)
    if turned is not None:
        return turned, "turned"
    beside = _beside(sentence, count, act, speaker)
    if beside is not None:
        return beside, "beside"
    told = direction_of(sentence, count.place, kind, act, per_side=count.per_side)
    if told is not None:
        return told, "act"
    spoken = _of_speaker(sentence, count, kind, act, speaker)
    return (spoken, "speaker") if spoken is not None else (_told_before(reading, count, kind, act, before), "before")


def _turned(reading: Reading, count: Count, act: Act | None, before: Draft | None) -> Direction | None:
    """ "in return", "the other way": against what was told before, in this sentence or the last."""
    sentence = reading.sentence
    known = before.direction if before else reading.context.direction
    back = sentence.nearest("home.other_way", count.place, 10)
    leans = count.noun == "bare" or (act is not None and act.frame == "come")
    if back is not None and known and known != (None, None) and not count.per_side and (leans or _answers(back, before, count)):
        return other_way(known if known != BOTH else TO_UKRAINE)
    return other_way(before.direction) if before is not None and _takes_back(sentence, act, before, count) else None


def _answers(back: Tag, before: Draft | None, count: Count) -> bool:
    """ "19 in return for 1,000": a phrase of return between two numbers turns the second one."""
    return before is not None and before.place < back.start and 0 <= count.number.start - back.end <= 4


def _takes_back(sentence: Sentence, act: Act | None, before: Draft, count: Count) -> bool:
    """ "handed over 1,000 and took back 26": one subject that gives and then receives."""
    return (
        act is not None
        and act.frame == "receive"
        and before.rule == "count.give"
        and count.noun == "bare"
        and not any(before.place < tag.start < count.place for tag in sentence.tagged("party"))
    )


def _beside(sentence: Sentence, count: Count, act: Act | None, speaker: Speaker | None) -> Direction | None:
    """The nation or the side named within the phrase of the number."""
    if count.per_side:
        return None
    nation = of_nation(sentence, count.number.end) if act is None or act.frame != "mutual" else None
    return (
        nation
        or party_beside(sentence, count.number.start, act)
        or own_side(sentence, speaker, count.number.start, count.number.end)
    )


def _of_speaker(sentence: Sentence, count: Count, kind: Kind, act: Act | None, speaker: Speaker | None) -> Direction | None:
    """A side that tells of people come home, or gives a figure, tells of its own."""
    if act is None or speaker not in _HOMES:
        return None
    figure = count.noun == "bare" and act.tag.name == "act.exchange" and not sentence.has("kind.exchange_noun")
    freed = act.frame == "give" and act.tense is Tense.DONE
    home = act.frame == "come" and sentence.has("home.here")
    return _HOMES[speaker] if home or (kind is Kind.PRISONER_EXCHANGE and (figure or freed)) else None


def _told_before(reading: Reading, count: Count, kind: Kind, act: Act | None, before: Draft | None) -> Direction:
    """The direction of the same number, or of the act that the count leans on; else that of most hand-overs of its kind."""
    told = reading.context.seen.get(count.number.value)
    if told is not None and told.kind is kind:
        return told.direction
    known = before.direction if before else reading.context.direction
    leans = act is None or act.frame in ("noun", "come") or before is not None
    if known and known != (None, None) and reading.context.topic is kind and leans:
        return known
    moved = act is not None and act.frame in ("give", "come", "receive")
    return BOTH if kind is Kind.PRISONER_EXCHANGE and not moved else TO_UKRAINE
