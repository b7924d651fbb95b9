"""The language of a text, by its letters, and by its words where the letters leave it open."""

import re

import simplemma

from servanda.model.vocabulary import Language

_UKRAINIAN = re.compile("[іїєґІЇЄҐ]")
_RUSSIAN = re.compile("[ыэъёЫЭЪЁ]")
_CYRILLIC = re.compile("[\u0400-\u04ff]")
_LATIN = re.compile("[A-Za-z]")


def language_of(text: str) -> Language:
    """English where Latin letters prevail; else Ukrainian or Russian by the letters that only one of them has.

    A short text may have none of them ("Москва передала 1200 тел"): then simplemma's dictionaries say which
    of the two knows more of its words.
    """
    sample = text[:20_000]
    if len(_CYRILLIC.findall(sample)) <= len(_LATIN.findall(sample)):
        return Language.ENGLISH
    ukrainian, russian = len(_UKRAINIAN.findall(sample)), len(_RUSSIAN.findall(sample))
    if ukrainian == russian:
        known = dict(simplemma.langdetect(sample, lang=("uk", "ru")))
        return Language.RUSSIAN if known.get("ru", 0.0) > known.get("uk", 0.0) else Language.UKRAINIAN
    return Language.UKRAINIAN if ukrainian > russian else Language.RUSSIAN
