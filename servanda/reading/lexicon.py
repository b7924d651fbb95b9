"""The vocabulary of a language, read from its data file, and the finding of its phrases in a row of tokens.

A phrase is a row of words; a word stands for itself and for every form of it, ``=word`` for that very form only,
``*`` for any one word.
"""

import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from typing import NamedTuple, TypeVar

from servanda.model.vocabulary import Language
from servanda.reading.tokens import Token, analyse

_Table = dict[str, object]
_WORDS_KEPT = 50_000
_Number = TypeVar("_Number", int, float)
_ANY = "*"
_SIGNS = frozenset("%№$€")


class Tag(NamedTuple):
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
class Entry:
    """All that the vocabulary knows of one word of a text, found once and kept.

    ``number``, ``multiplier``, ``month``, ``weekday``: what the word means as such. ``alone``: the names of the phrases that it
    makes by itself; ``opens``: the phrases of several words that it may start, by their second word.
    """

    keys: tuple[str, ...]
    number: float | None
    multiplier: int | None
    month: int | None
    weekday: int | None
    ordinal: int | None
    compound: tuple[int, str] | None
    """The number and the unit of time that one word holds: «тридцатидневный»."""
    alone: tuple[str, ...]
    opens: Mapping[str, tuple[Phrase, ...]]

    counts: bool
    """Whether the word is a number or a multiplier."""
    dated: bool
    """Whether a day may start with it."""


@dataclass(frozen=True, slots=True)
class Lexicon:
    """All that is known of a language."""

    language: Language
    by_first: dict[str, tuple[Phrase, ...]]
    numbers: dict[str, float]
    multipliers: dict[str, int]
    vague: dict[str, tuple[int, int]]
    months: dict[str, int]
    weekdays: dict[str, int]
    ordinals: dict[str, int]
    compounds: dict[str, str]
    """Endings of words that hold a number and a unit of time (``дневный``), and the unit."""
    vague_words: frozenset[str]
    """The first words of vague quantities: where one may start."""
    _entries: dict[str, Entry] = field(default_factory=dict)

    def entry(self, token: Token) -> Entry:
        """What is known of a token's word."""
        known = self._entries.get(token.form)
        if known is None:
            known = self._entry(token)
            if len(self._entries) < _WORDS_KEPT:
                self._entries[token.form] = known
        return known

    def tags(self, tokens: Sequence[Token], entries: Sequence[Entry]) -> Iterator[Tag]:
        """Every phrase in the tokens: for each name and start the longest."""
        last = len(tokens) - 1
        for start, entry in enumerate(entries):
            if start < last and entry.opens:
                longest = dict.fromkeys(entry.alone, start + 1)
                for key in entries[start + 1].keys:
                    for phrase in entry.opens.get(key, ()):
                        end = start + len(phrase.words)
                        if end > longest.get(phrase.name, 0) and (end == start + 2 or _fits(phrase.words, entries, start)):
                            longest[phrase.name] = end
                for name, end in longest.items():
                    yield Tag(name, start, end)
            else:
                for name in entry.alone:
                    yield Tag(name, start, start + 1)

    def _entry(self, token: Token) -> Entry:
        words = sorted({token.form, *token.lemmas})
        counts = token.is_word
        opening = token.is_word or token.is_number or token.form in _SIGNS
        keys = [*words, "=" + token.form]
        alone: dict[str, None] = {}
        opens: dict[str, list[Phrase]] = {}
        for phrase in (phrase for key in keys for phrase in self.by_first.get(key, ()) if opening):
            if len(phrase.words) == 1:
                alone[phrase.name] = None
            else:
                opens.setdefault(phrase.words[1], []).append(phrase)
        number = self._value(token, self.numbers) if counts else None
        multiplier = _first([token.form, *words], self.multipliers) if counts else None
        month = _first(words, self.months) if counts else None
        weekday = _first([*words, token.form.removesuffix("'s")], self.weekdays) if counts else None
        ordinal = _first(words, self.ordinals) if counts else None
        return Entry(
            keys=(*keys, _ANY),
            number=number,
            multiplier=multiplier,
            month=month,
            weekday=weekday,
            ordinal=ordinal,
            counts=number is not None or multiplier is not None,
            dated=any(value is not None for value in (number, multiplier, month, weekday, ordinal)),
            compound=self._compound(words) if counts else None,
            alone=tuple(alone),
            opens={second: tuple(phrases) for second, phrases in opens.items()},
        )

    def _compound(self, words: Sequence[str]) -> tuple[int, str] | None:
        for word in words:
            for ending, unit in self.compounds.items():
                if word.endswith(ending) and len(word) > len(ending):
                    first = word.removesuffix(ending).rstrip("-")
                    number = _first([first, *sorted(analyse(first, self.language).lemmas)], self.numbers)
                    if number is not None and number == int(number):
                        return int(number), unit
        return None

    @staticmethod
    def _value(token: Token, words: Mapping[str, float]) -> float | None:
        value = _first([token.form, *sorted(token.lemmas)], words)
        if value is not None:
            return value
        parts = token.form.split("-")
        if len(parts) == 2 and all(part in words for part in parts) and words[parts[0]] >= 20 and words[parts[1]] < 10:
            return words[parts[0]] + words[parts[1]]
        return None


def _first(words: Sequence[str], values: Mapping[str, _Number]) -> _Number | None:
    return next((values[word] for word in words if word in values), None)


def _fits(words: tuple[str, ...], entries: Sequence[Entry], start: int) -> bool:
    if start + len(words) > len(entries):
        return False
    return all(words[offset] in entries[start + offset].keys for offset in range(2, len(words)))


@cache
def lexicon(language: Language) -> Lexicon:
    """The lexicon of a language (``languages/<code>.toml``)."""
    raw = tomllib.loads((files("servanda.reading") / "languages" / f"{language.value}.toml").read_text(encoding="utf-8"))
    by_first: dict[str, list[Phrase]] = {}
    for name, words in _phrases("", _table(raw["phrases"])):
        phrase = Phrase(tuple(words.split()), name)
        by_first.setdefault(phrase.words[0], []).append(phrase)
    vague = {word: (bounds[0], bounds[1]) for word, bounds in _bounds(raw["vague"]).items()}
    return Lexicon(
        language=language,
        by_first={first: tuple(phrases) for first, phrases in by_first.items()},
        numbers={str(word): float(str(number)) for word, number in _table(raw["numbers"]).items()},
        multipliers=_integers(raw["multipliers"]),
        vague=vague,
        months=_integers(raw["months"]),
        weekdays=_integers(raw["weekdays"]),
        ordinals=_integers(raw["ordinals"]),
        compounds={str(ending): str(unit) for ending, unit in _table(raw["compounds"]).items()},
        vague_words=frozenset(words.split()[0] for words in vague),
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
