"""Tokens with their lemmas and forms: what a word may be, in the language of the text."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

import pymorphy3
import simplemma

from servanda.model.vocabulary import Language
from servanda.reading.text import INVISIBLE, word_form

_TOKEN = re.compile(
    rf"\d{{1,3}}(?:[ ,.]\d{{3}})+(?!\d)(?:[.,]\d+)?|\d+(?:[.,]\d+)?"
    rf"|[^\W\d_](?:[\w{INVISIBLE}]|['’](?=\w)|-(?=\w)(?!day|hour|week|month|strong)|(?<=\b[A-Z])\.(?=[A-Z]))*|\n|[^\s]"
)
_LONGEST_WORD = 60


@dataclass(frozen=True, slots=True)
class Form:
    """What a word may be: its possible lemmas, and the marks of its form.

    Marks: ``past``, ``present``, ``future``, ``infinitive``, ``passive``, ``impersonal``, ``participle``, ``noun``,
    ``adjective``, ``genitive``, ``dative``, ``nominative``, ``plural``, ``ordinal`` and the like; a language sets those it has.
    """

    lemmas: frozenset[str]
    marks: frozenset[str]


class Token(NamedTuple):
    """A token: ``text[start:end]``, its looked-up form, and whether it is a number or a word."""

    form: str
    is_word: bool
    is_number: bool
    capital: bool
    lemmas: frozenset[str]
    marks: frozenset[str]
    start: int
    end: int


def tokenize(text: str, start: int, end: int, language: Language) -> Iterator[Token]:
    """The tokens of ``text[start:end]``, offsets counted from the text's start."""
    for match in _TOKEN.finditer(text, start, end):
        yield Token(*_known(match.group(), language), match.start(), match.end())


@lru_cache(maxsize=100_000)
def _known(raw: str, language: Language) -> tuple[str, bool, bool, bool, frozenset[str], frozenset[str]]:
    """All of a token but its place: the same word is looked up once."""
    is_word = raw[0].isalpha()
    form = word_form(raw) if is_word else raw
    known = analyse(form, language) if is_word and len(form) <= _LONGEST_WORD else _NOTHING
    return form, is_word, raw[0].isdigit(), raw[:1].isupper(), known.lemmas, known.marks


@lru_cache(maxsize=200_000)
def analyse(form: str, language: Language) -> Form:
    """The lemmas and marks of a word in its language."""
    if form.isascii():
        return _english(form)
    return _slavic(form, Language.UKRAINIAN if language is Language.UKRAINIAN else Language.RUSSIAN)


_NOTHING = Form(frozenset(), frozenset())


def _english(form: str) -> Form:
    bare = form.removesuffix("'s").removesuffix("'")
    lemma = simplemma.lemmatize(bare, lang="en").lower()
    marks = set()
    if bare.endswith("ing") and lemma != bare:
        marks.add("gerund")
    elif bare.endswith("ed") or (lemma != bare and not bare.endswith("s")):
        marks.add("past")
    elif lemma == bare:
        marks.add("base")
    else:
        marks.add("present")
    if form != bare:
        marks.add("genitive")
    return Form(frozenset({bare, lemma}), frozenset(marks))


@lru_cache(maxsize=2)
def _analyzer(language: Language) -> pymorphy3.MorphAnalyzer:
    return pymorphy3.MorphAnalyzer(lang=language.value)


_GRAMMEMES = {
    "past": "past",
    "pres": "present",
    "futr": "future",
    "INFN": "infinitive",
    "infn": "infinitive",
    "PRTS": "participle",
    "PRTF": "participle",
    "pssv": "passive",
    "Impe": "impersonal",
    "NOUN": "noun",
    "ADJF": "adjective",
    "gent": "genitive",
    "datv": "dative",
    "nomn": "nominative",
    "accs": "accusative",
    "ablt": "instrumental",
    "plur": "plural",
    "sing": "singular",
    "VERB": "verb",
    "NPRO": "pronoun",
    "Anum": "ordinal",
}
"""Grammemes of pymorphy3 (OpenCorpora's) by the mark that they give."""


_TENSES = frozenset({"past", "present", "future", "infinitive", "impersonal"})


def _slavic(form: str, language: Language) -> Form:
    parses = _analyzer(language).parse(form)
    lemmas: set[str] = {form}
    marks: set[str] = set()
    for rank, parse in enumerate(parses[:6]):
        lemmas.add(parse.normal_form)
        # Cases and nouns may be any reading's; a tense is the best reading's word, or that of another nearly as good.
        if rank == 0 or parse.score >= parses[0].score * 0.5:
            marks.update(_GRAMMEMES[name] for name in parse.tag.grammemes if name in _GRAMMEMES)
        else:
            marks.update(_GRAMMEMES[name] for name in parse.tag.grammemes if name in ("datv", "gent", "nomn"))
    if "participle" in marks and "passive" in marks and "future" not in marks:
        marks.add("past")
    if "verb" in marks and form in {parse.normal_form for parse in parses[:1]} and not marks & _TENSES:
        marks.add("infinitive")  # a verb in its dictionary form, which the analyser knows by its ending only
    if "impersonal" in marks:
        marks.add("past")
    return Form(frozenset(lemmas), frozenset(marks))
