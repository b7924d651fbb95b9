"""Text as it is found, made plain without moving a character: every offset in the plain text holds in the stored one."""

import unicodedata

_SPACES = dict.fromkeys(map(ord, "\u00a0\u202f\u2009\u2007\u2008\u200a\u2002\u2003\u2004\u2005\u2006\u3000\t\r\f\v"), " ")
_INVISIBLE = dict.fromkeys(map(ord, "\u00ad\u200b\u200c\u200d\u2060\ufeff\u0301"), "\u200b")
_QUOTES = dict.fromkeys(map(ord, "“”„‟«»‹›"), '"') | dict.fromkeys(map(ord, "’‘‛ʼ`´ʹ"), "'")
_DASHES = dict.fromkeys(map(ord, "–—‒―−"), "–") | {ord("‐"): "-", ord("‑"): "-"}
_PLAIN = _SPACES | _INVISIBLE | _QUOTES | _DASHES

INVISIBLE = "\u200b"
"""Stands in the plain text for every character that no reader sees (soft hyphens, joiners, stress marks)."""

_TO_CYRILLIC = str.maketrans("aceiopxyABCEHIKMOPTXï", "асеіорхуАВСЕНІКМОРТХї")
_TO_LATIN = str.maketrans("асеіорхуАВСЕНІКМОРТХ", "aceiopxyABCEHIKMOPTX")


def plain(text: str) -> str:
    """The text with one kind of space, quote and dash; as long as it was."""
    return text.translate(_PLAIN)


def word_form(word: str) -> str:
    """A word as it is looked up: lower case, without invisible characters, each letter of the alphabet of most of its letters."""
    visible = word.replace(INVISIBLE, "")
    if visible.isascii():
        return visible.lower()
    cyrillic = sum("\u0400" <= letter <= "\u04ff" for letter in visible)
    latin = sum(letter.isascii() and letter.isalpha() for letter in visible)
    if cyrillic and latin:
        visible = visible.translate(_TO_CYRILLIC if cyrillic >= latin else _TO_LATIN)
    return unicodedata.normalize("NFC", visible).lower()
