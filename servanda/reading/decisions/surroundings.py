"""What stands around a place of a sentence, as features: the cues near it, on which side and how far."""

from collections.abc import Iterator

from servanda.reading.lexicon import Tag
from servanda.reading.sentence import Sentence

_EDGES = (1, 2, 3, 5, 8, 13, 21)
_BUCKETS = tuple(str(sum(distance >= edge for edge in _EDGES)) for distance in range(_EDGES[-1]))


def bucket(distance: int) -> str:
    """A distance in tokens, coarser the farther."""
    return _BUCKETS[distance] if 0 <= distance < len(_BUCKETS) else "0" if distance < 0 else "far"


def side(tag: Tag, place: int) -> str:
    """Whether a phrase stands before a token, on it or behind it."""
    if tag.end <= place:
        return "before"
    return "behind" if tag.start > place else "on"


def near(sentence: Sentence, name: str, place: int) -> str:
    """Where the nearest phrase of a name stands: side and distance; ``none`` where the sentence has none."""
    tag, distance = sentence.near(name, place)
    return "none" if tag is None else side(tag, place) + bucket(distance)


def coarse(sentence: Sentence, name: str, place: int) -> str:
    """The same in three steps: close, in the clause, elsewhere."""
    tag, distance = sentence.near(name, place)
    if tag is None:
        return "none"
    return ("close." if distance <= 4 else "clause." if distance <= 12 else "sentence.") + side(tag, place)


def size(value: int) -> str:
    """The order of a number, and whether it is round."""
    order = (
        "one" if value == 1 else "few" if value <= 12 else "tens" if value < 100 else "hundreds" if value < 1000 else "thousands"
    )
    return order + (".round" if value % 100 == 0 else "")


def words_around(sentence: Sentence, start: int, end: int) -> Iterator[str]:
    """The lemmas right before and behind a stretch of tokens."""
    tokens = sentence.tokens
    for offset in (1, 2):
        if start - offset >= 0:
            yield f"word-{offset}={min(tokens[start - offset].lemmas, default=tokens[start - offset].form)}"
        if end + offset - 1 < len(tokens):
            token = tokens[end + offset - 1]
            yield f"word+{offset}={min(token.lemmas, default=token.form)}"
