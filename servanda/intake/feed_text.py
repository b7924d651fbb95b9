"""Bytes of a feed to text, where feedparser alone would guess wrong. Pure.

It knows no detection, and one broken byte makes it take a whole feed in UTF-8 for another encoding. The rules are those of pages
(`encodings`), with two more: UTF-32 by its mark, and UTF-16 without one by the zeros of its markup. What is not made of bytes of
ASCII (EBCDIC, UTF-32 without a mark), or declares an encoding that only Python knows, is left to feedparser.
"""

import codecs
import re

from servanda.intake.encodings import Decoded, decode_page, is_known

_DECLARED = re.compile(rb"""^\s*<\?xml[^>]{0,200}?\bencoding\s*=\s*["']([\w.:-]+)""", re.IGNORECASE)
_CHARSET = re.compile(r"""charset\s*=\s*["']?\s*([\w.:-]+)""", re.IGNORECASE | re.ASCII)
_UTF_32 = (codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE)
_EBCDIC = b"\x4c\x6f\xa7\x94"
"""``<?xm`` on mainframes."""


def decode_feed(body: bytes, content_type: str | None) -> Decoded | None:
    """Decode a feed; None where it is better left to the parser. Never raises."""
    if body.startswith(_UTF_32):
        return _decoded(body, "utf-32")
    if body.startswith(_EBCDIC) or (b"\x00" * 3 in body[:64] and b"\x00" * 16 not in body[:64]):
        return None
    labels = [match.group(1) for match in [_CHARSET.search(content_type or "")] if match]
    labels += [match.group(1).decode("ascii") for match in [_DECLARED.search(body[:1024])] if match]
    if any(_python_alone(label) for label in labels):
        return None
    found = decode_page(body, content_type)
    if found.doubtful and found.encoding.startswith("utf-16") and "\ufffd" not in found.text:
        # The XML standard (appendix F) finds UTF-16 by the zeros of the declaration.
        return Decoded(found.text, found.encoding)
    return found


def _python_alone(label: str) -> bool:
    try:
        codecs.lookup(label)
    except LookupError:
        return False
    return not is_known(label)


def _decoded(body: bytes, name: str) -> Decoded:
    text = body.decode(name, errors="replace")
    return Decoded(text, name, doubtful="\ufffd" in text)
