"""Bytes of a page to text: which encoding, and whether there is doubt.

The order: a byte order mark; UTF-16 that shows in every other byte of the markup being zero; UTF-8 where the bytes are valid
UTF-8 and the declared encoding has one byte a character (wrong labels of this kind are common, and chance validity is not); the
HTTP header; the page's own declaration; UTF-8 with a few broken bytes; detection by charset-normalizer among the encodings of the
region. What was not declared and is not valid UTF-8 is doubtful. Pure.
"""

import codecs
import re
from dataclasses import dataclass

from charset_normalizer import from_bytes

_BOMS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_HEADER = re.compile(r"""charset\s*=\s*["']?\s*([\w.:-]+)""", re.IGNORECASE | re.ASCII)
_META = re.compile(rb"""<meta\b[^>]{0,500}?\bcharset\s*=\s*["']?\s*([\w.:-]+)""", re.IGNORECASE)
_XML = re.compile(rb"""^\s*<\?xml[^>]{0,200}?\bencoding\s*=\s*["']([\w.:-]+)""", re.IGNORECASE)
# Whatever else Python calls an encoding (utf-7, idna, unicode_escape) is no encoding of pages.
_KNOWN = re.compile(
    r"^(utf-?8|utf-?16(-?[bl]e)?|windows-?\d+|cp-?\d+|x-cp\d+|iso-?8859-?\d+|latin-?\d|koi8-?(r|u|ru)|ibm\d+|(x-)?mac-?cyrillic|"
    r"us-ascii|ascii|gbk|gb2312|gb18030|big5|euc-(jp|kr)|shift-?jis)$"
)
_ALIASES = {
    "iso-8859-1": "cp1252", "latin-1": "cp1252", "latin1": "cp1252", "us-ascii": "cp1252", "ascii": "cp1252", "koi8-ru": "koi8-u",
    "x-mac-cyrillic": "mac-cyrillic", "maccyrillic": "mac-cyrillic", "x-cp1251": "cp1251",
}  # fmt: skip
_DETECTED = ["utf_8", "cp1251", "koi8_u", "koi8_r", "cp1252", "iso8859_5", "cp866", "cp1250", "cp1254"]
# Runs of what is not ASCII: the words of the region's languages, without markup and scripts.
_WORDS = re.compile(rb"[\x80-\xff]+(?:[ ,.][\x80-\xff]+)*")
_SAMPLE = 40_000


@dataclass(frozen=True, slots=True)
class Decoded:
    """A body as text; ``encoding`` by its common name; ``doubtful`` when it was guessed or some bytes fit no character."""

    text: str
    encoding: str
    doubtful: bool = False


def decode_page(body: bytes, content_type: str | None) -> Decoded:
    """Decode a page; never raises."""
    for mark, name in _BOMS:
        if body.startswith(mark):
            return Decoded(body.decode(name, errors="replace"), name.removesuffix("-sig"), doubtful=not _fits(body, name))
    declared = _declared(body, content_type)
    wide = _wide(body)
    if wide and not any(name.startswith("utf-16") for name in declared):
        return Decoded(body.decode(wide, errors="replace"), wide, doubtful=True)
    if all(_single_byte(name) for name in declared) and not body.isascii() and _fits(body, "utf-8"):
        return Decoded(body.decode("utf-8"), "utf-8")
    for name in declared:
        if _fits(body, name):
            return Decoded(body.decode(name), name)
    return _guess(body)


def is_known(label: str) -> bool:
    """Whether a label names an encoding of web pages."""
    return _name(label) is not None


def _declared(body: bytes, content_type: str | None) -> list[str]:
    header = _HEADER.search(content_type or "")
    head = body[:8192]
    inner = _XML.search(head) or _META.search(head)
    from_page = _name(inner.group(1).decode("ascii", errors="replace")) if inner else None
    # A declaration that could be read is not in UTF-16, whatever it says (so do browsers take it).
    if from_page and from_page.startswith("utf-16"):
        from_page = "utf-8"
    names = [_name(header.group(1)) if header else None, from_page]
    return [name for name in names if name]


def _name(label: str) -> str | None:
    name = label.strip().lower().replace("_", "-")
    if not _KNOWN.match(name):
        return None
    try:
        codecs.lookup(_ALIASES.get(name, name))
    except LookupError:
        return None
    return _ALIASES.get(name, name)


def _single_byte(name: str) -> bool:
    return not name.startswith(("utf", "gb", "big5", "euc", "shift"))


def _fits(body: bytes, name: str) -> bool:
    try:
        body.decode(name)
    except (UnicodeError, LookupError):
        return False
    return True


def _wide(body: bytes) -> str | None:
    """UTF-16 without a mark: every other byte of the markup is zero."""
    head = body[:400]
    if len(head) < 20:
        return None
    even, odd = head[::2].count(0), head[1::2].count(0)
    if max(even, odd) < len(head) * 0.15 or min(even, odd) > len(head) * 0.02:
        return None
    return "utf-16-be" if even > odd else "utf-16-le"


def _guess(body: bytes) -> Decoded:
    if body.isascii():
        return Decoded(body.decode("ascii"), "utf-8")
    text = body.decode("utf-8", errors="replace")
    if text.count("\ufffd") <= sum(byte > 127 for byte in body[:_SAMPLE]) / 50:
        return Decoded(text, "utf-8", doubtful="\ufffd" in text)
    sample = b" ".join(_WORDS.findall(body[: 20 * _SAMPLE]))[:_SAMPLE]
    best = from_bytes(sample, cp_isolation=_DETECTED).best()
    name = best.encoding.replace("_", "-") if best else "utf-8"
    return Decoded(body.decode(name, errors="replace"), name, doubtful=True)
