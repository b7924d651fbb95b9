"""Whose word it is: the side of the person or body that a claim is attributed to."""

from dataclasses import dataclass

from servanda.model.vocabulary import Language, Speaker
from servanda.reading.lexicon import Tag
from servanda.reading.sentence import Sentence

_SUBJECT_REACH = 9
_SIDES = (("ukraine", Speaker.UKRAINE), ("russia", Speaker.RUSSIA), ("mediator", Speaker.MEDIATOR), ("other", Speaker.OTHER))


@dataclass(frozen=True, slots=True)
class Attribution:
    """A speaker and the place of the verb or phrase that names him as one."""

    speaker: Speaker
    place: int


def attributions(sentence: Sentence, carried: Speaker | None) -> list[Attribution]:
    """Every attribution in a sentence; a pronoun is the speaker carried over."""
    found = []
    for tag in sentence.tagged("say.verb"):
        speaker = _subject(sentence, tag)
        if speaker is None and carried is not None and _pronoun_near(sentence, tag):
            speaker = carried
        if speaker is not None:
            found.append(Attribution(speaker, tag.start))
    for tag in sentence.tagged("say.according"):
        speaker = _after(sentence, tag) or (carried if _pronoun_near(sentence, tag, 2) or _has_pronoun(sentence, tag) else None)
        if speaker is not None:
            found.append(Attribution(speaker, tag.start))
    return found


def joint_speakers(sentence: Sentence, told: Speaker | None) -> list[Speaker]:
    """The other side, where an act is attributed to both at once: "according to the headquarters and to Medinsky in Moscow"."""
    for tag in sentence.tagged("say.according"):
        sides = [
            (other.start, speaker)
            for _, speaker in _SIDES
            for other in sentence.tagged(f"speaker.{speaker.value}")
            if 0 <= other.start - tag.end <= 14
        ]
        named = [(place, speaker) for place, speaker in sides if not _is_bare_country(sentence, place)]
        others = [speaker for place, speaker in sorted(named) if speaker is not told and _and_before(sentence, place, tag.end)]
        if told in {speaker for _, speaker in named} and others:
            return others[:1]
    return []


def _is_bare_country(sentence: Sentence, place: int) -> bool:
    return any(tag.start == place for tag in sentence.tagged("party")) and not any(
        tag.start == place and tag.end - tag.start > 1 for tag in sentence.tagged("speaker")
    )


def _and_before(sentence: Sentence, place: int, start: int) -> bool:
    links = {tag.start for tag in sentence.tagged("say.and")}
    return any(index in links for index in range(max(start, place - 4), place))


def speaker_at(sentence: Sentence, place: int, found: list[Attribution]) -> Speaker | None:
    """The speaker of what stands at a token: of the attribution nearest to it."""
    return (
        min(
            found,
            key=lambda a: (abs(a.place - place) + sum(sentence.breaks[min(a.place, place) : max(a.place, place)]) // 3, a.place),
        ).speaker
        if found
        else None
    )


def _subject(sentence: Sentence, verb: Tag) -> Speaker | None:
    """The speaker nearest to a verb of saying; persons and bodies before bare names of countries."""
    best: tuple[int, Speaker] | None = None
    for name, speaker in _SIDES:
        for tag in sentence.tagged(f"speaker.{name}"):
            distance = min(abs(verb.start - tag.end), abs(tag.start - verb.end))
            crossed = sum(weight for weight in sentence.breaks[min(tag.end, verb.end) : max(tag.start, verb.start)] if weight > 3)
            token = sentence.tokens[tag.start]
            oblique = (
                bool(token.marks & {"dative", "instrumental", "genitive"}) and "nominative" not in token.marks and token.is_word
            )
            oblique = oblique and sentence.lexicon.language is not Language.ENGLISH
            cost = distance + crossed - (tag.end - tag.start) + (6 if _is_country(sentence, tag) else 0) + (12 if oblique else 0)
            if cost <= _SUBJECT_REACH + 6 and (best is None or cost < best[0]):
                best = (cost, speaker)
    return best[1] if best else None


def _is_country(sentence: Sentence, tag: Tag) -> bool:
    return tag.end - tag.start == 1 and any(party.start == tag.start for party in sentence.tagged("party"))


def _after(sentence: Sentence, tag: Tag) -> Speaker | None:
    own = any(tag.start <= other.start < tag.end for other in sentence.tagged("say.own"))
    near = [
        (other.start - tag.end, speaker)
        for name, speaker in _SIDES
        for other in sentence.tagged(f"speaker.{name}")
        if (-14 if own else -3) <= other.start - tag.end <= 6
    ]
    return min(near, key=lambda choice: abs(choice[0]))[1] if near else None


def _pronoun_near(sentence: Sentence, tag: Tag, reach: int = 4) -> bool:
    return any(min(abs(tag.start - other.end), abs(other.start - tag.end)) <= reach for other in sentence.tagged("say.pronoun"))


def _has_pronoun(sentence: Sentence, tag: Tag) -> bool:
    return any(tag.start <= other.start < tag.end for other in sentence.tagged("say.pronoun"))
