"""The subject of a verb: whose deed or word it is, by place in English and by case in Ukrainian and Russian."""

from dataclasses import dataclass

from servanda.model.vocabulary import Language, Speaker
from servanda.reading.lexicon import Tag
from servanda.reading.sentence import Sentence

SIDES = (("ukraine", Speaker.UKRAINE), ("russia", Speaker.RUSSIA), ("mediator", Speaker.MEDIATOR), ("other", Speaker.OTHER))
_REACH = 16
_HARD = frozenset({";", ":", "?", "!", "–"})
_PREPOSITIONS = frozenset(
    {"of", "to", "from", "with", "by", "for", "in", "on", "at", "against", "between", "via", "through", "over", "about", "than",
     "as", "after", "before", "into", "upon", "under", "toward", "towards", "without"}
)  # fmt: skip
_BETWEEN_NAME_AND_VERB = frozenset(
    {"has", "had", "have", "also", "then", "later", "again", "already", "himself", "herself", "itself", "once", "did", "does",
     "is", "was", "now", "earlier", "separately", "likewise", "added", "never", "not", "reportedly", "still", "will", "would",
     "more", "since", "told"}
)  # fmt: skip
_BE = frozenset({"is", "are", "was", "were", "be", "been", "being"})
_COUNTRY, _COMMA, _ADJECTIVE, _BEHIND = 4, 3, 3, 2


@dataclass(frozen=True, slots=True)
class Subject:
    """The side that a verb belongs to; ``side`` is None for a pronoun.

    ``how``: ``before``, ``behind``, ``agent``, ``place``, ``pronoun``, or ``body`` for "the ministry" and the like.
    """

    side: Speaker | None
    how: str
    tag: Tag | None


def subject_of(sentence: Sentence, verb: Tag, *, inverts: bool = True) -> Subject | None:
    """The subject of a verb, or None where the sentence names none. ``inverts``: it may stand behind ("said Medinsky")."""
    if sentence.lexicon.language is Language.ENGLISH:
        return _english(sentence, verb, inverts=inverts)
    return _slavic(sentence, verb)


def _english(sentence: Sentence, verb: Tag, *, inverts: bool) -> Subject | None:
    tokens = sentence.tokens
    if "past" in tokens[verb.start].marks and _be_before(sentence, verb.start):
        return _agent(sentence, verb)
    place = verb.start - 1
    while place >= 0 and tokens[place].form in _BETWEEN_NAME_AND_VERB:
        place -= 1
    if place >= 0 and any(tag.end - 1 == place for tag in sentence.tagged("say.person")):
        return Subject(None, "pronoun", None)
    if _stands_for_one(sentence, place + 1, verb.end):
        return Subject(None, "body", None)
    best: tuple[int, Subject] | None = None
    for side, tag, extra in _mentions(sentence):
        if tag.end <= sentence.dateline or (tag.start <= verb.start < tag.end):
            continue
        if tag.end <= verb.start:
            between = tokens[tag.end : verb.start]
            if len(between) > _REACH or any(t.form in _HARD for t in between) or _clause_between(sentence, tag.end, verb.start):
                continue
            cost = len(between) + extra + (0 if not _oblique(sentence, tag) else 14)
            commas = sum(t.form == "," for t in between)
            cost += _COMMA * (commas % 2) + commas // 2
            how = "before"
        elif (
            inverts
            and tag.start - verb.end <= 4
            and not any(t.form in _HARD or t.form == "," for t in tokens[verb.end : tag.start])
        ):
            cost = tag.start - verb.end + extra + _BEHIND + (14 if _oblique(sentence, tag) else 0)
            how = "behind"
        else:
            continue
        if cost <= _REACH + 8 and (best is None or cost < best[0]):
            best = (cost, Subject(side, how, tag))
    return best[1] if best else None


def _slavic(sentence: Sentence, verb: Tag) -> Subject | None:
    tokens = sentence.tokens
    for person in sentence.tagged("say.person"):
        if 0 <= verb.start - person.end <= 1 or 0 <= person.start - verb.end <= 0:
            return Subject(None, "pronoun", None)
    if any(tag.start == verb.end for tag in sentence.tagged("say.person_behind")):
        return Subject(None, "pronoun", None)  # «сообщили там»
    if _stands_for_one(sentence, verb.start, verb.end):
        return Subject(None, "body", None)
    best: tuple[int, Subject] | None = None
    for side, tag, extra in _mentions(sentence):
        if tag.start <= verb.start < tag.end:
            continue
        low, high = (tag.end, verb.start) if tag.end <= verb.start else (verb.end, tag.start)
        between = tokens[low:high]
        if len(between) > _REACH or any(t.form in _HARD for t in between) or _clause_between(sentence, low, high):
            continue
        placed = any(where.end == tag.start for where in sentence.tagged("say.where"))
        marks = tokens[tag.start].marks
        oblique = bool(marks & {"genitive", "dative", "instrumental", "accusative"}) and "nominative" not in marks
        commas = sum(t.form == "," for t in between)
        cost = len(between) + extra + _COMMA * (commas % 2) + commas // 2 + (_BEHIND if tag.start > verb.start else 0)
        if placed and "plural" in tokens[verb.start].marks:
            how = "place"
            cost += 2
        else:
            how = "before" if tag.end <= verb.start else "behind"
            cost += 14 if oblique or placed else 0
        if cost <= _REACH + 8 and (best is None or cost < best[0]):
            best = (cost, Subject(side, how, tag))
    return best[1] if best else None


def _stands_for_one(sentence: Sentence, start: int, end: int) -> bool:
    """Whether "the ministry", «омбудсмен» stand right by the verb, with no name of their own: whoever spoke before is meant."""
    for tag in sentence.tagged("say.pronoun"):
        if tag.end == start or tag.start == end:
            named = any(tag.start - 3 <= other.start < tag.end + 3 for _, other, _ in _mentions(sentence))
            fits = "nominative" in sentence.tokens[tag.start].marks or sentence.lexicon.language is Language.ENGLISH
            if not named and fits:
                return True
    return False


def _mentions(sentence: Sentence) -> list[tuple[Speaker, Tag, int]]:
    """Every mention of a side with what it costs as a subject: persons and bodies come before countries and their adjectives."""
    countries = {tag.start for tag in sentence.tagged("party") if tag.end - tag.start == 1}
    found = []
    for side, tag in speakers_in(sentence):
        extra = -(tag.end - tag.start - 1)
        if tag.end - tag.start == 1 and tag.start in countries:
            extra += _COUNTRY
        if tag.end - tag.start == 1 and sentence.tokens[tag.start].form in _ADJECTIVES and not _of_office(sentence, tag.end):
            continue  # "Russian siblings, the ministry said"
        if "adjective" in sentence.tokens[tag.start].marks and "noun" not in sentence.tokens[tag.start].marks:
            extra += _ADJECTIVE
        found.append((side, tag, extra))
    return found


def speakers_in(sentence: Sentence) -> list[tuple[Speaker, Tag]]:
    """The sides named in a sentence, in order; a name within a longer one is no mention of its own («помічник президента РФ»)."""
    tags = [(side, tag) for name, side in SIDES for tag in sentence.tagged(f"speaker.{name}")]
    whole = [
        (side, tag)
        for side, tag in tags
        if not any(
            other is not tag
            and other.start <= tag.start
            and tag.end <= other.end
            and other.end - other.start > tag.end - tag.start
            for _, other in tags
        )
    ]
    return sorted(whole, key=lambda choice: (choice[1].start, choice[1].end))


_ADJECTIVES = frozenset(
    {"russian", "ukrainian", "turkish", "qatari", "emirati", "american", "european", "u.s.", "us", "hungarian"}
)


def _of_office(sentence: Sentence, place: int) -> bool:
    return any(place <= tag.start <= place + 2 for tag in sentence.tagged("say.office"))


def _oblique(sentence: Sentence, tag: Tag) -> bool:
    """Whether an English name stands under a preposition, and under no office ("the ministry in Moscow", "officials in Kyiv")."""
    before = sentence.tokens[tag.start - 1].form if tag.start else ""
    if before in ("the", "a", "an", "its", "his", "her", "their") and tag.start > 1:
        before = sentence.tokens[tag.start - 2].form
    if before not in _PREPOSITIONS:
        return False
    place = tag.start - 2
    office = any(0 <= place - (office.end - 1) <= 1 for office in sentence.tagged("say.office"))
    return not (office and before in ("in", "of", "for", "at", "from"))


def _clause_between(sentence: Sentence, low: int, high: int) -> bool:
    return any(low <= tag.start < high for tag in sentence.tagged("time.clause_break"))


def _be_before(sentence: Sentence, place: int) -> bool:
    return any(token.form in _BE for token in sentence.tokens[max(0, place - 2) : place])


def _agent(sentence: Sentence, verb: Tag) -> Subject | None:
    for place in range(verb.end, min(verb.end + 6, len(sentence.tokens))):
        if sentence.tokens[place].form == "by":
            near = [(tag.start, side, tag) for side, tag, _ in _mentions(sentence) if place < tag.start <= place + 4]
            if near:
                _, side, tag = min(near, key=lambda choice: choice[0])
                return Subject(side, "agent", tag)
    return None
