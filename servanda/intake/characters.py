"""Characters of text from outside: one kind of space, no control characters, nothing that a display or a matcher trips over."""

import html
import re
import sys
import unicodedata

_TAG = re.compile(r"<!--.*?-->|</?[A-Za-z][^<>]{0,2000}>", re.DOTALL)
_SPACES = re.compile(r"\s+")
# Soft hyphen, zero-width space, word joiner, byte order mark; marks, embeddings, overrides and isolates of writing direction.
_INVISIBLE = re.compile("[\u00ad\u200b\u2060\ufeff\u200e\u200f\u061c\u202a-\u202e\u2066-\u2069]")
_MARKS_OF_DAMAGE = re.compile("[\x00\ufffd\ud800-\udfff]")
_SUSPECT = re.compile("[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\ufdd0-\ufdef\ufff9-\uffff\U0001fffe\U0001ffff\ud800-\udfff]")

_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffd-\uffff]")
_BY_NUMBER = re.compile(r"&#(?:[xX]0*([0-9a-fA-F]{1,8})(?![0-9a-fA-F])|0*([0-9]{1,9})(?![0-9]));?", re.ASCII)

LONGEST_LINE = 10_000
"""Characters, markup included, that are looked at of a title or a name."""


def clean_line(text: str) -> str:
    """One line: every run of white space is one plain space (non-breaking ones too), invisible and control characters are gone.

    Composed letters (NFC), so that a word has one spelling.
    """
    visible = _SUSPECT.sub("", _INVISIBLE.sub("", text))
    return unicodedata.normalize("NFC", _SPACES.sub(" ", visible)).strip()


def without_forbidden(markup: str) -> str:
    """Markup without NUL, U+FFFD, and the characters that XML forbids, plain or by number.

    lxml reads them, and refuses to write them: one ``&#11;`` in a page would lose all of its text. feedparser fails over a
    surrogate by number, and loses the feed.
    """
    plain = _FORBIDDEN.sub("", markup)
    return _BY_NUMBER.sub(lambda match: "" if _FORBIDDEN.match(_numbered(match)) else match.group(), plain)


def _numbered(match: re.Match[str]) -> str:
    number = int(match.group(1), 16) if match.group(1) else int(match.group(2))
    return chr(number) if number <= sys.maxunicode else "\x00"


def is_damaged(text: str) -> bool:
    """Whether a text bears the marks of a wrong decoding: U+FFFD, NUL, lone surrogates."""
    return _MARKS_OF_DAMAGE.search(text) is not None


def plain_text(text: str) -> str:
    """One clean line of what may hold markup: tags and comments gone, entities resolved, cut after `LONGEST_LINE` characters."""
    line = text[:LONGEST_LINE]
    return clean_line(html.unescape(_TAG.sub(" ", line)) if "<" in line or "&" in line else line)
