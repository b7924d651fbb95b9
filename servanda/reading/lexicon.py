"""The vocabulary of a language, read from its data file, and the finding of its phrases in a row of tokens.

A phrase is a row of words; a word stands for itself and for every form of it, ``=word`` for that very form only,
``*`` for any one word.
"""

import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files

from servanda.model.vocabulary import Language
from servanda.reading.tokens import Token

_Table = dict[str, object]
_WORDS_KEPT = 50_000


@dataclass(frozen=True, slots=True)
class Tag:
    """A phrase found: its name (``verb.give``), and its first and last token, the last one not included."""

    name: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Phrase:
    """A phrase of the data file and the name that it gives."""

    words: tuple[str, ...]
    name: str


@dataclass(frozen=True, slots=True)
class Lexicon:
    """All that is known of a language."""

    language: Language
    by_first: dict[str, tuple[Phrase, ...]]
    numbers: dict[str, int]
    multipliers: dict[str, int]
    vague: dict[str, tuple[int, int]]
    months: dict[str, int]
    weekdays: dict[str, int]
    starts: dict[str, tuple[Phrase, ...]] = field(default_factory=dict)
    """Kept from word to word: the phrases that may start with it."""

    def tags(self, tokens: Sequence[Token]) -> Iterator[Tag]:
        """Every phrase in the tokens: for each name and start the longest."""
        for start, token in enumerate(tokens):
            if not (token.is_word or token.is_number or token.form in "%№$€"):
                continue
            longest: dict[str, int] = {}
            for phrase in self._starting_with(token):
                length = len(phrase.words)
                end = start + length
                fits = length == 1 or (end <= len(tokens) and _fits(phrase.words, tokens, start))
                if fits and end > longest.get(phrase.name, 0):
                    longest[phrase.name] = end
            for name, end in longest.items():
                yield Tag(name, start, end)

    def _starting_with(self, token: Token) -> tuple[Phrase, ...]:
        """The phrases that may start at a word, in an order that depends on the word alone."""
        known = self.starts.get(token.form)
        if known is None:
            keys = sorted({token.form, "=" + token.form, *token.lemmas})
            known = tuple(phrase for key in keys for phrase in self.by_first.get(key, ()))
            if len(self.starts) < _WORDS_KEPT:
                self.starts[token.form] = known
        return known


def _fits(words: tuple[str, ...], tokens: Sequence[Token], start: int) -> bool:
    return all(
        word == "*" or (word[1:] == token.form if word[0] == "=" else word == token.form or word in token.lemmas)
        for word, token in zip(words[1:], tokens[start + 1 : start + len(words)], strict=True)
    )


@cache
def lexicon(language: Language) -> Lexicon:
    """The lexicon of a language (``languages/<code>.toml``)."""
    raw = tomllib.loads((files("servanda.reading") / "languages" / f"{language.value}.toml").read_text(encoding="utf-8"))
    by_first: dict[str, list[Phrase]] = {}
    for name, words in _phrases("", _table(raw["phrases"])):
        phrase = Phrase(tuple(words.split()), name)
        by_first.setdefault(phrase.words[0], []).append(phrase)
    return Lexicon(
        language=language,
        by_first={first: tuple(phrases) for first, phrases in by_first.items()},
        numbers=_integers(raw["numbers"]),
        multipliers=_integers(raw["multipliers"]),
        vague={word: (bounds[0], bounds[1]) for word, bounds in _bounds(raw["vague"]).items()},
        months=_integers(raw["months"]),
        weekdays=_integers(raw["weekdays"]),
    )


def _phrases(prefix: str, table: _Table) -> Iterator[tuple[str, str]]:
    for name, value in table.items():
        if isinstance(value, dict):
            yield from _phrases(f"{prefix}{name}.", value)
        elif isinstance(value, list):
            for words in value:
                yield prefix + name, str(words)
        else:
            raise TypeError(f"phrases.{prefix}{name}: a list of phrases or a table is wanted, got {value!r}")


def _table(value: object) -> _Table:
    if not isinstance(value, dict):
        raise TypeError(f"a table is wanted, got {value!r}")
    return value


def _integers(value: object) -> dict[str, int]:
    return {str(word): int(str(number)) for word, number in _table(value).items()}


def _bounds(value: object) -> dict[str, list[int]]:
    return {str(word): [int(str(n)) for n in numbers] for word, numbers in _table(value).items() if isinstance(numbers, list)}
