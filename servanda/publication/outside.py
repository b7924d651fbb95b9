"""What came from outside, made fit for the place where it is shown: pages, feeds, links, spreadsheets, file names.

Quotes stay to the letter but for characters that nobody can see and that turn or break what stands around them.
"""

import re
from urllib.parse import urlsplit

from servanda.publication.errors import PublicationError

# Controls, surrogates, non-characters (all that XML 1.0 forbids or discourages), and tag characters.
_SUSPECT = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufdd0-\ufdef\ufff9-\uffff\U000e0000-\U000e007f]"
)
_PLANE_ENDS = re.compile("[" + "".join(f"{chr((p << 16) + 0xFFFE)}{chr((p << 16) + 0xFFFF)}" for p in range(1, 17)) + "]")
# Marks, embeddings, overrides and isolates of writing direction; line and paragraph separators are spaces.
_DIRECTION = re.compile("[\u200e\u200f\u061c\u202a-\u202e\u2066-\u2069\ufeff]")
# Spaces that hold a number together (6 000) stay as the outlet set them.
_SPACES = re.compile("[ \\t\\n\\r\\f\\v\x85\u2028\u2029]+")
_BREAKS = re.compile("[\\s\\\\]")
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
_FILE_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,199}")


def shown(text: str) -> str:
    """One line of text without control characters and marks of writing direction; it still needs escaping for HTML or XML."""
    return _SPACES.sub(" ", _visible(text)).strip()


def web_address(url: str | None) -> str | None:
    """The address if it is a plain http or https one, else None: nothing else may become a link.

    An address with a user name in it is none: ``https://icrc.org@evil.example/`` leads elsewhere than it seems to.
    """
    if not url or shown(url) != url or _BREAKS.search(url):
        return None
    try:
        parts = urlsplit(url)
        named = bool(parts.hostname) and parts.username is None
    except ValueError:
        return None
    return url if parts.scheme.lower() in {"http", "https"} and named else None


def cell(text: str) -> str:
    """Text for a spreadsheet's cell, on as many lines as it has, without control characters and marks of writing direction.

    What a spreadsheet would take for a formula gets a leading apostrophe.
    """
    visible = _visible(text)
    return "'" + visible if visible.startswith(_FORMULA) else visible


def file_name(identity: str, ending: str) -> str:
    """An id as the name of a file. Raises ``PublicationError`` for an id that could lead out of its folder."""
    if not _FILE_NAME.fullmatch(identity):
        raise PublicationError(
            f"obligation {identity!r}: its id cannot name a file (letters, digits, dot, dash and underscore, up to 200); "
            "correct how warehouse/ledger makes it"
        )
    return identity + ending


def _visible(text: str) -> str:
    return _PLANE_ENDS.sub("", _DIRECTION.sub("", _SUSPECT.sub("", text)))
