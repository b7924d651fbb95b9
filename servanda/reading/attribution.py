"""Whose word it is: the side of the person or body that a claim is attributed to."""

from dataclasses import dataclass

from servanda.model.vocabulary import Language, Speaker
from servanda.reading.lexicon import Tag
from servanda.reading.sentence import Sentence

_SUBJECT_REACH = 9
SIDES = (("ukraine", Speaker.UKRAINE), ("russia", Speaker.RUSSIA), ("mediator", Speaker.MEDIATOR), ("other", Speaker.OTHER))


@dataclass(frozen=True, slots=True)
class Attribution:
    """A speaker and the place of the verb or phrase that names him as one."""

    speaker: Speaker
    place: int


def attributions(sentence: Sentence, carried: Speaker | None) -> list[Attribution]:
    """Every attribution in a sentence; a pronoun is the speaker carried over."""
    found = _headed(sentence)
    for tag in sentence.tagged("say.verb"):
        if _in_relative_clause(sentence, tag) or _in_a_name(sentence, tag):
            continue
        speaker = _possessed(sentence, tag) or _pronoun_subject(sentence, tag, carried) or _subject(sentence, tag)
        if speaker is None and carried is not None and _pronoun_near(sentence, tag):
            speaker = carried
        if speaker is not None:
            found.append(Attribution(speaker, tag.start))
    for tag in sentence.tagged("say.according"):
        speaker = _after(sentence, tag) or (carried if _pronoun_near(sentence, tag, 2) or _has_pronoun(sentence, tag) else None)
        if speaker is not None:
            found.append(Attribution(speaker, tag.start))
    return found


def _headed(sentence: Sentence) -> list[Attribution]:
    """ "Defence Ministry: 19 bodies received": the name before a colon that opens the sentence."""
    return [
        Attribution(speaker, tag.start)
        for name, speaker in SIDES
        for tag in sentence.tagged(f"speaker.{name}")
        if tag.start <= 2 and tag.end < len(sentence.tokens) and sentence.tokens[tag.end].form == ":"
    ][:1]


def main_speaker(sentence: Sentence, found: list[Attribution]) -> Speaker | None:
    """Whose sentence it is: of an opening "according to", else of the last attribution that lies in nobody's else's clause."""
    if not found:
        return None
    first = min(found, key=lambda a: a.place)
    if any(tag.start == first.place and tag.start < _OPENING for tag in sentence.tagged("say.according")):
        return first.speaker
    inside = {tag.start for tag in sentence.tagged("say.that")}
    free = [a for a in found if a is first or not any(first.place < place < a.place for place in inside)]
    return free[-1].speaker


_OPENING = 3


def _possessed(sentence: Sentence, verb: Tag) -> Speaker | None:
    """ "Qatar mediated it, its foreign ministry said": whose ministry it is, the sentence's first name tells."""
    own = [tag for tag in sentence.tagged("say.its") if 1 <= verb.start - tag.end <= 4]
    if not own or any(sentence.breaks[own[-1].end : verb.start]):
        return None
    named = [(tag.start, speaker) for name, speaker in SIDES for tag in sentence.tagged(f"speaker.{name}")]
    before = [choice for choice in named if choice[0] < own[-1].start]
    between = [choice for choice in named if own[-1].end <= choice[0] < verb.start]
    return min(before)[1] if before and not between else None


def _pronoun_subject(sentence: Sentence, verb: Tag, carried: Speaker | None) -> Speaker | None:
    """ "he said", «сказал он»: a pronoun right beside the verb is its subject, whoever else stands near."""
    before = any(tag.end == verb.start for tag in sentence.tagged("say.person"))
    behind = any(tag.start == verb.end for tag in sentence.tagged("say.person_behind"))
    return carried if before or behind else None


def _in_relative_clause(sentence: Sentence, verb: Tag) -> bool:
    """ "children it claims were deported": said of the noun before it, not of what the sentence reports."""
    pronoun = next((tag for tag in sentence.tagged("say.person") if tag.end == verb.start and tag.start > 0), None)
    return pronoun is not None and any(tag.end == pronoun.start for tag in sentence.tagged("noun"))


def _in_a_name(sentence: Sentence, verb: Tag) -> bool:
    """ "the United States": no verb of saying."""
    return any(
        tag.start <= verb.start and verb.end <= tag.end and tag.end - tag.start > verb.end - verb.start
        for name, _ in SIDES
        for tag in sentence.tagged(f"speaker.{name}")
    )


def joint_speakers(sentence: Sentence, told: Speaker | None) -> list[Speaker]:
    """The other side, where an act is attributed to both at once: "according to the headquarters and to Medinsky in Moscow"."""
    for tag in sentence.tagged("say.according"):
        sides = [
            (other.start, speaker)
            for _, speaker in SIDES
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
    for name, speaker in SIDES:
        for tag in sentence.tagged(f"speaker.{name}"):
            if tag.end <= sentence.dateline:
                continue
            distance = min(abs(verb.start - tag.end), abs(tag.start - verb.end))
            crossed = sum(weight for weight in sentence.breaks[min(tag.end, verb.end) : max(tag.start, verb.start)] if weight > 3)
            token = sentence.tokens[tag.start]
            oblique = (
                bool(token.marks & {"dative", "instrumental", "genitive"}) and "nominative" not in token.marks and token.is_word
            )
            oblique = oblique and sentence.lexicon.language is not Language.ENGLISH and not _in_place(sentence, tag)
            cost = distance + crossed - (tag.end - tag.start) + (6 if _is_country(sentence, tag) else 0) + (12 if oblique else 0)
            if cost <= _SUBJECT_REACH + 6 and (best is None or cost < best[0]):
                best = (cost, speaker)
    return best[1] if best else None


def _in_place(sentence: Sentence, tag: Tag) -> bool:
    """«у Києві», «в штабе»: where they say it is who says it."""
    return any(where.end == tag.start for where in sentence.tagged("say.where"))


def _is_country(sentence: Sentence, tag: Tag) -> bool:
    return tag.end - tag.start == 1 and any(party.start == tag.start for party in sentence.tagged("party"))


def _after(sentence: Sentence, tag: Tag) -> Speaker | None:
    own = any(tag.start <= other.start < tag.end for other in sentence.tagged("say.own"))
    near = [
        (other.start - tag.end, speaker)
        for name, speaker in SIDES
        for other in sentence.tagged(f"speaker.{name}")
        if (-14 if own else -3) <= other.start - tag.end <= 6
    ]
    return min(near, key=lambda choice: abs(choice[0]))[1] if near else None


def _pronoun_near(sentence: Sentence, tag: Tag, reach: int = 4) -> bool:
    return any(min(abs(tag.start - other.end), abs(other.start - tag.end)) <= reach for other in sentence.tagged("say.pronoun"))


def _has_pronoun(sentence: Sentence, tag: Tag) -> bool:
    return any(tag.start <= other.start < tag.end for other in sentence.tagged("say.pronoun"))
