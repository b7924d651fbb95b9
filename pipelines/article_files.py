"""Files as articles, for `servanda read`: an article's JSON, a web page, or plain text. No database, no network."""

import json
import re
import sys
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from enum import StrEnum
from pathlib import Path
from typing import TypeVar

from servanda.intake.extraction import extract
from servanda.model.article import KYIV, Article
from servanda.model.vocabulary import Alignment, Language

AnyEnum = TypeVar("AnyEnum", bound=StrEnum)
STDIN = "-"
YEARS = range(1900, 2200)
SURROGATE = re.compile("[\ud800-\udfff]")


class FileError(Exception):
    """A file that is no article; the message names it, what is wrong, and what would do."""


@dataclass(frozen=True, slots=True)
class Given:
    """What the command line says of the articles; it goes before what a file says of itself."""

    published: datetime | None = None
    language: Language | None = None
    alignment: Alignment | None = None


def read_article(path: str, given: Given) -> Article:
    """The article of a file, or of standard input for ``-``. Raises ``FileError``."""
    body = _bytes(path)
    name = "standard input" if path == STDIN else path
    article = _article(name, Path(path).stem if path != STDIN else "stdin", _suffix(path, body), body)
    return replace(
        article,
        published=given.published or article.published,
        language=given.language or article.language,
        alignment=given.alignment or article.alignment,
    )


def moment_of(text: str) -> datetime:
    """A day or an instant in ISO form; what names no zone is Kyiv's. Raises ``ValueError``."""
    if len(text) == len("2025-06-02"):
        moment = datetime.combine(date.fromisoformat(text), time(), KYIV)
    else:
        moment = datetime.fromisoformat(text)
    if moment.year not in YEARS:
        raise ValueError(f'"{text}" is no day of publication: its year is not of {YEARS.start} to {YEARS.stop - 1}')
    return moment if moment.tzinfo else moment.replace(tzinfo=KYIV)


def _bytes(path: str) -> bytes:
    try:
        return sys.stdin.buffer.read() if path == STDIN else Path(path).read_bytes()
    except OSError as error:
        raise FileError(f"{path}: cannot be read ({error.strerror})") from error


def _suffix(path: str, body: bytes) -> str:
    suffix = Path(path).suffix.lower()
    if path != STDIN and suffix in {".json", ".html", ".htm", ".txt"}:
        return suffix
    start = body[:200].lstrip(b"\xef\xbb\xbf \t\r\n")[:1]
    return {b"{": ".json", b"<": ".html"}.get(start, ".txt")


def _article(name: str, stem: str, suffix: str, body: bytes) -> Article:
    if suffix == ".json":
        return _of_json(name, stem, body)
    if suffix == ".txt":
        return Article(id=stem, title="", text=_text(name, body), published=None)
    extracted = extract(body, content_type=None, url=f"https://file.invalid/{stem}")
    if not extracted.text:
        raise FileError(f"{name}: {extracted.reason}; give its text as a .txt file")
    return Article(
        id=stem, title=extracted.title, text=extracted.text, published=extracted.published, language=extracted.language
    )


def _text(name: str, body: bytes) -> str:
    try:
        text = body.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise FileError(f"{name}: not in UTF-8 at byte {error.start}; save it as UTF-8") from error
    if not text.strip():
        raise FileError(f"{name}: the file is empty")
    return text.replace("\r\n", "\n")


def _of_json(name: str, stem: str, body: bytes) -> Article:
    try:
        fields = json.loads(_text(name, body))
    except (ValueError, RecursionError) as error:
        raise FileError(f"{name}: not valid JSON: {error}") from error
    if not isinstance(fields, dict):
        raise FileError(f"{name}: must be one article, an object with the keys id, title, text, published, language, alignment")
    published = _optional(name, fields, "published")
    language = _optional(name, fields, "language")
    alignment = _optional(name, fields, "alignment")
    text = _optional(name, fields, "text")
    if not text:
        raise FileError(f'{name}: "text" is missing or empty')
    try:
        return Article(
            id=_optional(name, fields, "id") or stem,
            title=_optional(name, fields, "title") or "",
            text=text,
            published=moment_of(published) if published else None,
            language=_member(Language, language),
            alignment=_member(Alignment, alignment),
        )
    except ValueError as error:
        raise FileError(f"{name}: {error}") from error


def _optional(name: str, fields: dict[str, object], key: str) -> str | None:
    value = fields.get(key)
    if value is not None and not isinstance(value, str):
        raise FileError(f'{name}: "{key}" must be a text, got {str(value)[:60]}')
    if value and (half := SURROGATE.search(value)):
        raise FileError(f'{name}: "{key}" holds half a character (\\u{ord(half[0]):04x}) at {half.start()}; write it whole')
    return value


def _member(vocabulary: type[AnyEnum], value: str | None) -> AnyEnum | None:
    if value is None:
        return None
    if value not in list(vocabulary):
        raise ValueError(f'"{value}" is none of {", ".join(vocabulary)}')
    return vocabulary(value)
