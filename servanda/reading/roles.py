"""Who hands over and who receives."""

from servanda.model.vocabulary import Kind, Language, Party, Speaker
from servanda.reading.acts import Act, passive
from servanda.reading.lexicon import Tag
from servanda.reading.sentence import Sentence

Direction = tuple[Party | None, Party | None]
BOTH: Direction = (Party.BOTH, Party.BOTH)
TO_UKRAINE: Direction = (Party.RUSSIA, Party.UKRAINE)
TO_RUSSIA: Direction = (Party.UKRAINE, Party.RUSSIA)


def direction_of(sentence: Sentence, place: int, kind: Kind, act: Act | None, *, per_side: bool) -> Direction | None:
    """The direction of a hand-over at a token, or None where the sentence does not tell it."""
    if per_side or sentence.has("party.both_ways"):
        return BOTH
    source = _source(sentence, place)
    if source is not None:
        return source
    homes = _destinations(sentence, place)
    subject = _subject(sentence, act)
    agent = _agent(sentence, act)
    if act is not None and agent is not None:
        return TO_UKRAINE if (agent == "russia") == (act.frame == "give") else TO_RUSSIA
    if act is not None and subject is not None and _is_given(sentence, act, place):
        return TO_UKRAINE if subject == "ukraine" else TO_RUSSIA
    if act is not None and act.frame == "give" and subject is not None and not passive(sentence, act):
        return TO_UKRAINE if subject == "russia" else TO_RUSSIA
    if act is not None and act.frame == "receive" and subject is not None:
        return TO_UKRAINE if subject == "ukraine" else TO_RUSSIA
    if homes:
        return TO_UKRAINE if min(homes)[1] == "ukraine" else TO_RUSSIA
    if act is not None and act.frame in ("mutual", "noun") and kind is Kind.PRISONER_EXCHANGE:
        return BOTH
    if sentence.has("party.mutual") and kind is not Kind.CHILD_RETURN:
        return BOTH
    if act is not None and subject is not None and act.frame == "give":
        return TO_RUSSIA if subject == "ukraine" else TO_UKRAINE
    return None


def _destinations(sentence: Sentence, place: int) -> list[tuple[int, str]]:
    """Phrases of coming home near a token. «У Москві» is where, not where to; one far behind belongs to what comes next."""
    return [
        (distance, name)
        for name in ("ukraine", "russia")
        for tag in sentence.tagged(f"home.{name}")
        if (distance := sentence.distance(tag, place))
        <= (8 if tag.start > place and any(sentence.breaks[place : tag.start]) else 40)
        and not (
            tag.end - tag.start == 1
            and sentence.lexicon.language is not Language.ENGLISH
            and _after_preposition(sentence, tag.start)
        )
    ]


def _source(sentence: Sentence, place: int) -> Direction | None:
    """ "from Russian captivity": whoever comes from there goes to the other side, whatever the verb."""
    near = [(sentence.distance(tag, place), side) for side in ("russia", "ukraine") for tag in sentence.tagged(f"source.{side}")]
    if not near or min(near)[0] > _SOURCE_REACH:
        return None
    return TO_UKRAINE if min(near)[1] == "russia" else TO_RUSSIA


_SOURCE_REACH = 14


def of_nation(sentence: Sentence, start: int) -> Direction | None:
    """The direction of those whose nation is named behind a number: they come to their own."""
    return {"russia": TO_RUSSIA, "ukraine": TO_UKRAINE}.get(nation_at(sentence, start) or "")


def nation_at(sentence: Sentence, start: int) -> str | None:
    """ "175 Russian servicemen", «303 украинских защитника», "bodies of Ukrainian soldiers": the side named in a noun phrase."""
    stops = {tag.start for tag in sentence.tagged("stop")}
    nations = {tag.start: side for side in ("russia", "ukraine") for tag in sentence.tagged(f"nation.{side}")}
    for place in range(start, min(start + _NOUN_PHRASE, len(sentence.tokens))):
        if place in nations:
            return nations[place]
        if sentence.breaks[place] or (place in stops and sentence.tokens[place].form not in _INSIDE):
            return None
    return None


_NOUN_PHRASE = 6
_INSIDE = {"of", "the", "more", "freed", "released", "returned", "fallen", "another", "their", "its"}


def _agent(sentence: Sentence, act: Act | None) -> str | None:
    """ "released by Russia": the side that a passive names as the one who acts."""
    if act is None or act.frame not in ("give", "receive") or not passive(sentence, act):
        return None
    named = [
        (tag.start, side)
        for side in ("russia", "ukraine")
        for tag in sentence.tagged(f"agent.{side}")
        if 0 <= tag.start - act.tag.end <= 5 and not any(sentence.breaks[act.tag.end : tag.start])
    ]
    return min(named)[1] if named else None


def own_side(sentence: Sentence, speaker: Speaker | None, start: int, end: int) -> Direction | None:
    """ "its own men", "our people" by the number: they come home to the speaker's side."""
    if not any(-4 <= tag.start - end <= 4 or -4 <= start - tag.end <= 3 for tag in sentence.tagged("home.own")):
        return None
    return {Speaker.UKRAINE: TO_UKRAINE, Speaker.RUSSIA: TO_RUSSIA}.get(speaker) if speaker else None


def party_beside(sentence: Sentence, start: int, act: Act | None) -> Direction | None:
    """ "Москва — 24", «Росії віддали 38»: a side named right before the number, or in the dative by the verb of giving."""
    english = sentence.lexicon.language is Language.ENGLISH
    for side in ("russia", "ukraine"):
        for tag in sentence.tagged(f"party.{side}"):
            marks = sentence.tokens[tag.start].marks
            dative = not english and "dative" in marks and "adjective" not in marks
            dashed = tag.end == start - 1 and sentence.tokens[tag.end].form in ("–", "-")
            dative = dative or (not english and dashed and "dative" in marks)  # «Российской — 171», its noun left out
            given = (
                act is not None
                and act.frame == "give"
                and dative
                and -3 <= act.tag.start - tag.end <= 2
                and not _after_preposition(sentence, tag.start)
            )
            if (dashed and (dative or english or (act is not None and act.frame == "receive"))) or given:
                return TO_RUSSIA if side == "russia" else TO_UKRAINE
    return None


def _after_preposition(sentence: Sentence, place: int) -> bool:
    return any(tag.end == place for tag in sentence.tagged("stop"))


def other_way(direction: Direction) -> Direction:
    """The opposite direction."""
    return {TO_UKRAINE: TO_RUSSIA, TO_RUSSIA: TO_UKRAINE}.get(direction, direction)


def _subject(sentence: Sentence, act: Act | None) -> str | None:
    """The side that stands before the act, nearest to it, and is no part of a phrase of destination."""
    if act is None:
        return None
    destinations = {(tag.start, tag.end) for tag in sentence.tagged("home")}
    best: tuple[int, str] | None = None
    for side in ("russia", "ukraine"):
        for tag in sentence.tagged(f"party.{side}"):
            inside = any(
                start < tag.end and tag.start < end and (end - start) > (tag.end - tag.start) for start, end in destinations
            )
            token = sentence.tokens[tag.start]
            oblique = sentence.lexicon.language is not Language.ENGLISH and "nominative" not in token.marks
            if tag.start < act.tag.start and not inside and not oblique:
                distance = sentence.distance(tag, act.tag.start)
                if _only_reports(sentence, tag, act):
                    continue
                if distance <= 18 and (best is None or distance < best[0]):
                    best = (distance, side)
    return best[1] if best else None


def _only_reports(sentence: Sentence, side: Tag, act: Act) -> bool:
    """ "Ukraine's ombudsman said 14 had been released": a side before a verb of saying only reports a passive."""
    if not passive(sentence, act):
        return False
    verbs = [tag for tag in sentence.tagged("say.verb") if side.end <= tag.start and tag.end <= act.tag.start]
    return bool(verbs) and not any(0 <= it.start - verbs[-1].end <= 1 for it in sentence.tagged("say.person"))


def _is_given(sentence: Sentence, act: Act, place: int) -> bool:
    """ "Russia was given 35": a passive with the number behind it has the receiver for its subject."""
    english = sentence.lexicon.language.value == "en"
    return (
        english
        and act.frame == "give"
        and passive(sentence, act)
        and 0 < place - act.tag.start <= 4
        and not sentence.has("home.destination")
    )
