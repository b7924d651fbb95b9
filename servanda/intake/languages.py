"""Which of the languages a text is in: by its letters first, by what the page declares where they do not tell. Pure."""

import re

from servanda.model.vocabulary import Language

_UKRAINIAN = re.compile("[іїєґ]", re.IGNORECASE)
_RUSSIAN = re.compile("[ыэёъ]", re.IGNORECASE)
_CYRILLIC = re.compile("[а-яёіїєґ]", re.IGNORECASE)
_LATIN = re.compile("[a-z]", re.IGNORECASE)
_ENGLISH = re.compile(r"\b(?:the|of|and|to|in|was|for|that)\b", re.IGNORECASE)
_OTHERS = frozenset({"be", "bg", "sr", "mk", "kk", "ky", "mn", "tg"})


def language_of(text: str, declared: str | None) -> Language | None:
    """The language of a text; ``declared`` is two letters or None. None for a language that is not read, or an open question."""
    cyrillic, latin = len(_CYRILLIC.findall(text)), len(_LATIN.findall(text))
    if cyrillic > latin:
        return _cyrillic(text, declared)
    if latin and declared in {None, Language.UKRAINIAN, Language.RUSSIAN}:
        # A site's template may declare its own language over a page in English.
        return Language.ENGLISH if len(_ENGLISH.findall(text)) * 12 > len(text.split()) else None
    return Language.ENGLISH if declared == Language.ENGLISH else None


def _cyrillic(text: str, declared: str | None) -> Language | None:
    if declared in _OTHERS:
        return None
    ukrainian, russian = len(_UKRAINIAN.findall(text)), len(_RUSSIAN.findall(text))
    if ukrainian > 2 * russian:
        return Language.UKRAINIAN
    if russian > 2 * ukrainian:
        return Language.RUSSIAN
    return Language(declared) if declared in {Language.UKRAINIAN, Language.RUSSIAN} else None
