"""The language of a text, by its letters."""

import re

from servanda.model.vocabulary import Language

_UKRAINIAN = re.compile("[іїєґІЇЄҐ]")
_RUSSIAN = re.compile("[ыэъёЫЭЪЁ]")
_CYRILLIC = re.compile("[\u0400-\u04ff]")
_LATIN = re.compile("[A-Za-z]")


def language_of(text: str) -> Language:
    """English where Latin letters prevail; else Ukrainian or Russian by the letters that only one of them has."""
    sample = text[:20_000]
    if len(_CYRILLIC.findall(sample)) <= len(_LATIN.findall(sample)):
        return Language.ENGLISH
    return Language.UKRAINIAN if len(_UKRAINIAN.findall(sample)) >= len(_RUSSIAN.findall(sample)) else Language.RUSSIAN
