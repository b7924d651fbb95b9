"""Numbers that hold for each side: pairs of equal numbers, "each", «по 205», "N and as many", and a number that goes on so."""

from collections.abc import Sequence
from itertools import pairwise

from servanda.reading.clauses import clause_at, clauses_of
from servanda.reading.lexicon import Tag
from servanda.reading.numbers import Number
from servanda.reading.sentence import Sentence
from servanda.reading.tokens import Token

_PAIRED = 9
_PHRASE = 4
_VERB = 6
_CLAUSE = 6
_MOVES = ("verb.give", "verb.receive", "verb.come", "verb.mutual")
_EVERY = frozenset({"each", "either", "every", "both", "каждый", "оба", "обе", "кожний", "кожен", "обидва", "обидві", "обоє"})


def pairs_of(sentence: Sentence, numbers: Sequence[Number]) -> list[tuple[Number, Number]]:
    """Pairs of equal numbers: "1,000 for 1,000", «390 на 390», "246 Russians came home, and 246 Ukrainians"."""
    joiners = {tag.start for tag in sentence.tagged("share.joiner")}
    pairs = []
    for first, second in pairwise(numbers):
        between = range(first.end, second.start)
        joined = len(between) <= _PAIRED and any(place in joiners for place in between)
        if first.value == second.value and (joined or _of_two_nations(sentence, first, second)):
            pairs.append((first, second))
    return pairs


def _of_two_nations(sentence: Sentence, first: Number, second: Number) -> bool:
    """Whether the nation of the one side stands in the phrase of the first number, and of the other in that of the second."""
    if first.low != first.high or second.low != second.high:
        return False
    nations = [
        {
            side
            for side in ("russia", "ukraine")
            for tag in sentence.tagged(f"nation.{side}")
            if 0 <= tag.start - number.end < _PHRASE and not any(sentence.breaks[number.end : tag.start])
        }
        for number in (first, second)
    ]
    return len(nations[0]) == len(nations[1]) == 1 and nations[0] != nations[1]


def for_each(sentence: Sentence, number: Number, end: int) -> bool:
    """Whether a number is said of each side, by a word beside it or by the subject of its clause; ``end``: of its phrase."""
    return (
        any(_beside(sentence, tag, number, end) for tag in sentence.tagged("share.each"))
        or any(number.start <= tag.end <= number.end and tag.end > 0 for tag in sentence.tagged("share.by"))
        or _each_is_subject(sentence, number)
        or any(_as_many(sentence, tag, end) for tag in same_number(sentence))
    )


def _beside(sentence: Sentence, tag: Tag, number: Number, end: int) -> bool:
    before = 0 <= number.start - tag.end <= 3 and sentence.crossed(tag.end, number.start) < _CLAUSE
    taken = before and any(token.form in _PARTS for token in sentence.tokens[tag.end : number.start])
    return (before and not taken) or -1 <= tag.start - end <= 6


_PARTS = frozenset({"of", "із", "из"})
"""Words that take a part: "each of the 339" is said of the names."""


def _each_is_subject(sentence: Sentence, number: Number) -> bool:
    """ "each country is to free no fewer than a thousand": the subject of the number's clause."""
    tags = [
        tag
        for tag in sentence.tagged("share.each")
        if tag.end <= number.start and any(token.lemmas & _EVERY or token.form in _EVERY for token in _words(sentence, tag))
    ]
    if not tags:
        return False
    clauses = clauses_of(sentence)
    first, _ = clause_at(clauses, number.start)
    return any(
        clauses[first].start <= tag.start
        and any(tag.end <= move.start <= number.start for name in _MOVES for move in sentence.tagged(name))
        and not any(token.form in _PARTS for token in sentence.tokens[tag.end : tag.end + 1])
        for tag in tags
    )


def _words(sentence: Sentence, tag: Tag) -> Sequence[Token]:
    return sentence.tokens[tag.start : tag.end]


def same_number(sentence: Sentence) -> list[Tag]:
    """ "the same number", "as many", «столько же»: where a sentence gives again a number told before."""
    found: list[Tag] = []
    for name in ("say.same", "share.each"):
        for tag in sentence.tagged(name):
            alike = name == "say.same" or any(token.form in _ALIKE for token in _words(sentence, tag))
            if alike and not any(other.start <= tag.start < other.end for other in found):
                found.append(tag)
    return found


_ALIKE = frozenset({"same", "equal", "identical", "столько", "стільки"})


def _as_many(sentence: Sentence, tag: Tag, end: int) -> bool:
    """ "took back 157 and released as many": so many went the other way too, for an act of handing over says it."""
    if tag.start < end or any(token.is_number for token in sentence.tokens[end : tag.start]):
        return False
    return any(
        min(abs(tag.start - move.end), abs(move.start - tag.end)) <= _VERB and move.start >= end
        for name in _MOVES
        for move in sentence.tagged(name)
    )
