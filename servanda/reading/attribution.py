"""Whose word it is: the side of the person or body that a claim is attributed to."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from servanda.model.vocabulary import Language, Speaker
from servanda.reading.lexicon import Tag
from servanda.reading.sentence import Sentence
from servanda.reading.subjects import SIDES, speakers_in, subject_of


@dataclass(frozen=True, slots=True)
class Attribution:
    """A speaker and the place of the verb or phrase that names him as one."""

    speaker: Speaker
    place: int


def attributions(
    sentence: Sentence, carried: Speaker | None, body: Speaker | None = None, known: Mapping[str, Speaker] | None = None
) -> list[Attribution]:
    """Every attribution in a sentence; a pronoun is the speaker carried over, and "both sides said" is two.

    ``known``: whose ministry, headquarters or president was named before, by that word; ``body``: whom such a word means
    where nothing named it.
    """
    body = body or carried
    found = _headed(sentence)
    for tag in (*sentence.tagged("say.verb"), *_asides(sentence)):
        if _in_relative_clause(sentence, tag) or _in_a_name(sentence, tag) or _is_a_noun(sentence, tag):
            continue
        if _said_by_both(sentence, tag):
            found.extend(Attribution(side, tag.start) for side in (Speaker.UKRAINE, Speaker.RUSSIA))
            continue
        speaker = _possessed(sentence, tag) or _of_verb(sentence, tag, carried, _meant(sentence, tag, known, body))
        if speaker is not None:
            found.append(Attribution(speaker, tag.start))
    for tag in sentence.tagged("say.according"):
        speaker = _according(sentence, tag, carried, _meant(sentence, tag, known, body))
        if speaker is not None:
            found.append(Attribution(speaker, tag.start))
    found.extend(_claimed(sentence))
    return sorted(found, key=lambda a: a.place)


def _claimed(sentence: Sentence) -> list[Attribution]:
    """ "Moscow's claim that …", «запевнення Москви, що …»: a noun of saying, whose it is, and what is claimed."""
    found: list[Attribution] = []
    for tag in sentence.tagged("say.claim"):
        clause = [that.start for that in sentence.tagged("say.that") if 0 <= that.start - tag.end <= _CLAIMED]
        if not clause:
            continue
        owners = [
            speaker
            for speaker, other in speakers_in(sentence)
            if tag.end <= other.start < clause[0] or 0 <= tag.start - other.end <= 1
        ]
        found.extend(Attribution(speaker, tag.start) for speaker in owners[:1])
    return found


_CLAIMED = 5


def bodies_in(sentence: Sentence) -> dict[str, Speaker]:
    """The bodies and offices that a sentence names as a side's ("Russia's Defence Ministry"), by their last word."""
    return {
        lemma: speaker
        for speaker, tag in speakers_in(sentence)
        if tag.end - tag.start > 1
        for lemma in sentence.tokens[tag.end - 1].lemmas
    }


def _meant(sentence: Sentence, verb: Tag, known: Mapping[str, Speaker] | None, body: Speaker | None) -> Speaker | None:
    """Whom "the ministry" means: the one that was named last; ``body`` where none was."""
    near = [
        tag for tag in sentence.tagged("say.pronoun") if min(abs(verb.start - tag.end), abs(tag.start - verb.end)) <= _NEAR_A_BODY
    ]
    for tag in near:
        for lemma in sorted(sentence.tokens[tag.end - 1].lemmas):
            if known and lemma in known:
                return known[lemma]
    return body


_NEAR_A_BODY = 3


def _of_verb(sentence: Sentence, verb: Tag, carried: Speaker | None, body: Speaker | None) -> Speaker | None:
    """Whose word a verb of saying gives: its subject's, or, without one, that of whoever spoke before."""
    subject = subject_of(sentence, verb, inverts=_inverts(sentence, verb))
    if subject is not None:
        return {"pronoun": carried, "body": body}.get(subject.how, subject.side)
    if _pronoun_near(sentence, verb):
        return body
    return carried if _without_subject(sentence, verb) else None


def _according(sentence: Sentence, tag: Tag, carried: Speaker | None, body: Speaker | None) -> Speaker | None:
    """Whose word "according to" gives. "In his words", «по её данным»: whoever stands behind is no speaker."""
    owner = _owner(sentence, tag)
    if owner is not None:
        return owner
    if _has_pronoun(sentence, tag):
        return carried
    return _after(sentence, tag) or (body if _pronoun_near(sentence, tag, 2) else None)


def _said_by_both(sentence: Sentence, verb: Tag) -> bool:
    """ "both governments said", «обе стороны сообщили»; «с каждой стороны, сказал» is none."""
    return any(
        0 <= verb.start - both.end <= 1 and not any(sentence.breaks[both.end : verb.start])
        for both in sentence.tagged("say.both")
    )


def _asides(sentence: Sentence) -> list[Tag]:
    """Verbs that report where they are put in as an aside: "…, he promised", «…, пообещали там»; elsewhere they are deeds."""
    tokens = sentence.tokens
    return [
        tag
        for tag in sentence.tagged("say.aside")
        if tag.start and any(t.form in _PARTS for t in tokens[max(0, tag.start - 2) : tag.start])
    ]


_PARTS = frozenset({",", '"', "–"})


def _without_subject(sentence: Sentence, verb: Tag) -> bool:
    """«Вчерашний, добавил, прошёл»: a finite verb of saying between commas; its subject is whoever spoke before."""
    if sentence.lexicon.language is Language.ENGLISH or "past" not in sentence.tokens[verb.start].marks:
        return False
    before = sentence.tokens[verb.start - 1].form if verb.start else ""
    return before in _PARTS or verb.start == 0


def _is_a_noun(sentence: Sentence, verb: Tag) -> bool:
    """ "the report", "a call", «обещанная»: a word of saying that is a noun or a participle here."""
    if sentence.lexicon.language is not Language.ENGLISH:
        return "participle" in sentence.tokens[verb.start].marks and "impersonal" not in sentence.tokens[verb.start].marks
    if verb.start == 0:
        return False
    return sentence.tokens[verb.start - 1].form in _ARTICLES and "past" not in sentence.tokens[verb.start].marks


_ARTICLES = frozenset({"the", "a", "an", "this", "that", "his", "her", "its", "their", "of", "no", "any", "second", "first"})


def _inverts(sentence: Sentence, verb: Tag) -> bool:
    """ "said Medinsky", "according to": behind other verbs of saying stands who is told ("told Putin", "urged Kyiv")."""
    return bool(sentence.tokens[verb.start].lemmas & _INVERTING)


_INVERTING = frozenset(
    {"say", "add", "write", "explain", "note", "announce", "report", "recall", "insist", "reply", "answer", "argue", "conclude",
     "continue", "admit", "observe", "remark", "go", "declare", "quip", "joke", "retort"}
)  # fmt: skip


def _headed(sentence: Sentence) -> list[Attribution]:
    """ "Defence Ministry: 19 bodies received": the name before a colon that opens the sentence."""
    return [
        Attribution(speaker, tag.start)
        for name, speaker in SIDES
        for tag in sentence.tagged(f"speaker.{name}")
        if tag.start <= 2 and tag.end < len(sentence.tokens) and sentence.tokens[tag.end].form == ":"
    ][:1]


def main_speaker(sentence: Sentence, found: Sequence[Attribution]) -> Speaker | None:
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


def joint_speakers(sentence: Sentence, told: Speaker | None, found: Sequence[Attribution]) -> list[Speaker]:
    """The other side, where an act is attributed to both at once: "according to the headquarters and to Medinsky in Moscow"."""
    for verb in sentence.tagged("say.verb"):
        if _said_by_both(sentence, verb) and told in _TWO:
            return [] if any(a.place != verb.start for a in found) else [_TWO[told]]
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


_TWO = {Speaker.UKRAINE: Speaker.RUSSIA, Speaker.RUSSIA: Speaker.UKRAINE}


def _is_bare_country(sentence: Sentence, place: int) -> bool:
    return any(tag.start == place for tag in sentence.tagged("party")) and not any(
        tag.start == place and tag.end - tag.start > 1 for tag in sentence.tagged("speaker")
    )


def _and_before(sentence: Sentence, place: int, start: int) -> bool:
    links = {tag.start for tag in sentence.tagged("say.and")}
    return any(index in links for index in range(max(start, place - 4), place))


def speaker_at(sentence: Sentence, place: int, found: Sequence[Attribution]) -> Speaker | None:
    """The speaker of what stands at a token: of the attribution nearest to it."""
    return (
        min(
            found,
            key=lambda a: (abs(a.place - place) + sum(sentence.breaks[min(a.place, place) : max(a.place, place)]) // 3, a.place),
        ).speaker
        if found
        else None
    )


def _after(sentence: Sentence, tag: Tag) -> Speaker | None:
    """Whose words "according to" names: the speaker behind it and before the next comma, or the one within it."""
    own = any(tag.start <= other.start < tag.end for other in sentence.tagged("say.own"))
    near = [
        (other.start - tag.end, speaker)
        for speaker, other in speakers_in(sentence)
        if (-14 if own else -3) <= other.start - tag.end <= 6 and not _comma_between(sentence, tag.end, other.start)
    ]
    return min(near, key=lambda choice: (abs(choice[0]), choice[0]))[1] if near else None


def _owner(sentence: Sentence, tag: Tag) -> Speaker | None:
    """«Москве, если верить её представителям»: whose representatives they are, the name before it tells."""
    if not any(tag.end <= its.start <= tag.end + 1 for its in sentence.tagged("say.its")):
        return None
    before = [speaker for speaker, other in speakers_in(sentence) if other.end <= tag.start]
    behind = [speaker for speaker, other in speakers_in(sentence) if 0 <= other.start - tag.end <= _OWNED]
    return before[-1] if before and not behind else None


_OWNED = 4


def _comma_between(sentence: Sentence, low: int, high: int) -> bool:
    return any(token.form in (",", ":", ";") for token in sentence.tokens[low:high])


def _pronoun_near(sentence: Sentence, tag: Tag, reach: int = 4) -> bool:
    return any(min(abs(tag.start - other.end), abs(other.start - tag.end)) <= reach for other in sentence.tagged("say.pronoun"))


def _has_pronoun(sentence: Sentence, tag: Tag) -> bool:
    return any(tag.start <= other.start < tag.end for other in sentence.tagged("say.pronoun"))


def governing(sentence: Sentence, place: int, found: Sequence[Attribution]) -> tuple[Speaker, str] | None:
    """The attribution under which a token stands, and how: by "that", a colon, a closing or an opening one.

    Parts of a sentence that a semicolon parts have attributions of their own.
    """
    parts = [i for i, token in enumerate(sentence.tokens) if token.form == ";"]
    low = max((i for i in parts if i < place), default=-1)
    high = min((i for i in parts if i > place), default=len(sentence.tokens))
    own = [a for a in found if low < a.place < high]
    own = [a for a in own if not _in_an_aside(sentence, a.place)] or own
    if not own:
        return None
    that = [tag.start for tag in sentence.tagged("say.that")]
    under = [a for a in own if a.place < place and any(a.place < t <= place for t in that)]
    if under:
        return under[-1].speaker, "that"
    colon = [a for a in own if a.place < place and any(t.form == ":" for t in sentence.tokens[a.place : place])]
    if colon:
        return colon[-1].speaker, "colon"
    behind = [a for a in own if a.place > place]
    if behind and any(t.form in (",", '"', "–") for t in sentence.tokens[place : behind[0].place]):
        return behind[0].speaker, "closing"
    if own[0].place < place:
        opening = any(tag.start == own[0].place for tag in sentence.tagged("say.according"))
        return own[0].speaker, "according" if opening else "before"
    return own[0].speaker, "behind"


def _in_an_aside(sentence: Sentence, place: int) -> bool:
    """ "bodies that Russia says belong to Ukrainian soldiers": said of the noun, and not of what the sentence reports."""
    return any(
        0 < place - tag.end <= _ASIDE and not any(weight > 3 for weight in sentence.breaks[tag.end : place])
        for tag in sentence.tagged("relative")
    )


_ASIDE = 4
