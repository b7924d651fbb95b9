"""The clauses of a sentence, by its punctuation, its joining words and the verbs that they part."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from servanda.model.vocabulary import Language
from servanda.reading.acts import VERBS
from servanda.reading.lexicon import Tag
from servanda.reading.sentence import Sentence

_MARKS = frozenset({",", ";", ":", "–", "(", ")", '"', "«", "»", "?", "!"})
_HARD = frozenset({";", ":", "–", "(", ")", "?", "!"})
_JOINERS = {
    Language.ENGLISH: frozenset(
        "and but while whereas that which who whom when after as because whose where".split()  # noqa: SIM905
    ),
    Language.UKRAINIAN: frozenset(
        "і й та а але що який яка яке які яких якого яким коли де проте натомість тоді бо".split()  # noqa: SIM905
    ),
    Language.RUSSIAN: frozenset(
        "и а но что который которая которое которые которых которого которым когда где однако зато тогда потому".split()  # noqa: SIM905
    ),
}
_RELATIVE = frozenset({
    "that", "which", "who", "whom", "whose", "where", "який", "яка", "яке", "які", "яких", "якого", "яким", "що",
    "который", "которая", "которое", "которые", "которых", "которого", "которым", "что", "где", "де",
})  # fmt: skip
_FINITE = frozenset({"past", "present", "future", "impersonal"})


@dataclass(frozen=True, slots=True)
class Clause:
    """``tokens[start:end]`` of a sentence. ``verb``: whether it has one; ``says``: whether it only tells who speaks."""

    start: int
    end: int
    verb: bool
    says: bool
    hard: bool
    """Whether a dash, a colon, a semicolon or a bracket stands before it."""
    relative: bool


def clauses_of(sentence: Sentence) -> Sequence[Clause]:
    """The stretches between marks and joining words; one without a verb is part of its neighbour (see ``clause_at``)."""
    tokens = sentence.tokens
    joiners = _JOINERS[sentence.lexicon.language]
    verbs = _verbs(sentence)
    starts: list[int] = [0]
    for place, token in enumerate(tokens):
        if token.form in _MARKS:
            if not _dash_for_a_verb(sentence, place):
                starts.append(place + 1)
        elif token.form in joiners and place > starts[-1] and _parts(verbs, starts[-1], place, len(tokens)):
            starts.append(place)
    bounds = [*dict.fromkeys(starts), len(tokens)]
    found = []
    for start, end in pairwise(bounds):
        if end > start:
            found.append(_clause(sentence, start, end, verbs))
    return found


def clause_at(clauses: Sequence[Clause], place: int) -> tuple[int, int]:
    """The first and last clause that the words at a token belong to: its own, and those that have no verb beside it."""
    here = next((i for i, clause in enumerate(clauses) if clause.start <= place < clause.end), len(clauses) - 1)
    first = last = here
    while first > 0 and not clauses[first].relative:
        if clauses[first - 1].relative and first > 1 and _bare(clauses[first - 2]):
            first -= 2  # "Ukraine, which had asked for them, got back"
            continue
        if not _open(clauses[first - 1], clauses[first], of_verb=clauses[here].verb):
            break
        first -= 1
        if clauses[first].verb and not clauses[first].says:
            break
    while last + 1 < len(clauses) and not clauses[last + 1].relative and _bare(clauses[last + 1]):
        last += 1
    if not any(clause.verb and not clause.says for clause in clauses[first : last + 1]) and last + 1 < len(clauses):
        last += 1
    return first, last


def _open(left: Clause, right: Clause, *, of_verb: bool) -> bool:
    """Whether the clause to the left belongs to the one on its right: one without a verb, or one that lends its verb."""
    if right.hard and left.verb and of_verb:
        return False
    return _bare(left) or not of_verb


def _bare(clause: Clause) -> bool:
    return not clause.verb or clause.says


def _clause(sentence: Sentence, start: int, end: int, verbs: Sequence[bool]) -> Clause:
    before = sentence.tokens[start - 1].form if start else ""
    verb = any(verbs[start:end])
    saying = any(start <= tag.start < end for name in ("say.verb", "say.according") for tag in sentence.tagged(name))
    acting = any(start <= tag.start < end for name in VERBS for tag in sentence.tagged(name))
    counted = any(
        token.is_number or entry.counts
        for token, entry in zip(sentence.tokens[start:end], sentence.entries[start:end], strict=True)
    )
    return Clause(
        start, end, verb, saying and not acting and not counted, before in _HARD, sentence.tokens[start].form in _RELATIVE
    )


def _verbs(sentence: Sentence) -> Sequence[bool]:
    """For each token whether it is a verb that says something: a finite one by its form, or one that the lexicon knows."""
    english = sentence.lexicon.language is Language.ENGLISH
    found = [False] * len(sentence.tokens)
    for name in (*VERBS, "say.verb", "verb.happen"):
        for tag in sentence.tagged(name):
            found[tag.start] = True
    if english:
        named = {tag.end for group in ("party", "say.person") for tag in sentence.tagged(group)}
        for place, token in enumerate(sentence.tokens):
            if token.form in _AUXILIARIES or ("past" in token.marks and place in named):
                found[place] = True
    else:
        for place, token in enumerate(sentence.tokens):
            if token.marks & _FINITE and ("verb" in token.marks or "participle" in token.marks):
                found[place] = True
    return found


def _dash_for_a_verb(sentence: Sentence, place: int) -> bool:
    """«Москва — 24»: a dash between a side and its number stands for the verb and parts nothing."""
    if sentence.tokens[place].form != "–" or place + 1 >= len(sentence.tokens):
        return False
    after = place + 1
    counted = sentence.tokens[after].is_number or sentence.entries[after].counts
    return counted and any(tag.end == place for tag in sentence.tagged("party"))


_AUXILIARIES = frozenset({"is", "are", "was", "were", "has", "have", "had", "will", "would", "did", "does"})


def _parts(verbs: Sequence[bool], start: int, place: int, end: int) -> bool:
    """Whether a joining word has a verb on both sides: it parts clauses, not words."""
    return any(verbs[start:place]) and any(verbs[place : min(end, place + 9)])


def within(tag: Tag, start: int, end: int) -> bool:
    """Whether a phrase stands in ``tokens[start:end]``."""
    return start <= tag.start and tag.end <= end
