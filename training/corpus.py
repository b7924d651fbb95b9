"""The articles that the decisions are trained on: the newsroom's, and those written for training."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TypedDict

from servanda.model.article import Article
from servanda.model.vocabulary import Alignment, Language
from servanda.reading.sentences import sentence_spans
from servanda.reading.text import plain

ROOT = Path(__file__).parent.parent
WRITTEN = Path(__file__).parent / "articles"
NEWSROOM = ROOT / "newsroom" / "articles"
CASEBOOK = ROOT / "tests" / "servanda" / "reading" / "casebook.json"
NEWSROOM_LABELS = ROOT / "tests" / "eval" / "labels"

Fields = Mapping[str, object]


class _Raw(TypedDict):
    """A file of labels, an article with its labels, or the casebook."""

    id: str
    title: str
    text: str
    published: str
    language: str
    alignment: str
    gold: list[Fields]
    fields: list[str]
    read: list["_Case"]


class _Case(TypedDict):
    """A case of the casebook."""

    language: str
    text: str
    statements: list[list[object]]


@dataclass(frozen=True)
class Labelled:
    """An article with its labels: the codebook's fields, a mapping a statement."""

    article: Article
    gold: Sequence[Fields]


def newsroom() -> list[Labelled]:
    """The newsroom's articles with their labels, by name of file."""
    return [
        Labelled(_article(_read(NEWSROOM / path.name)), _read(path)["gold"]) for path in sorted(NEWSROOM_LABELS.glob("*.json"))
    ]


def written() -> list[Labelled]:
    """The articles written for training, in styles that the newsroom lacks."""
    return labelled_in(WRITTEN)


def casebook() -> list[Labelled]:
    """The reader's casebook: sentences of many styles with what each states.

    A case of several sentences is taken where its statements have numbers: what has none could not be told its sentence.
    """
    told = _read(CASEBOOK)
    found = []
    for number, case in enumerate(told["read"]):
        gold = [dict(zip(told["fields"], values, strict=True)) for values in case["statements"]]
        text, language = case["text"], Language(case["language"])
        several = len(list(sentence_spans(plain(text), language))) > 1
        if several and any(row["count_min"] is None and row["count_max"] is None for row in gold):
            continue
        article = Article(id=f"case-{number}", title="News", text=text, published=_CASES_DAY, language=language)
        found.append(Labelled(article, [{"scope": "*", **row, "quote": text} for row in gold]))
    return found


_CASES_DAY = datetime(2025, 6, 20, 15, tzinfo=UTC)


def labelled_in(folder: Path) -> list[Labelled]:
    """The labelled articles of a folder, by name of file."""
    found = [_read(path) for path in sorted(folder.rglob("*.json"))]
    return [Labelled(_article(raw), raw["gold"]) for raw in found]


def digest(corpus: Sequence[Labelled]) -> str:
    """What the weights were trained on, in short."""
    told = hashlib.sha256()
    for item in corpus:
        told.update(json.dumps([item.article.id, item.article.text, item.gold], ensure_ascii=False, sort_keys=True).encode())
    return told.hexdigest()


def _read(path: Path) -> _Raw:
    raw: _Raw = json.loads(path.read_text(encoding="utf-8"))
    return raw


def _article(raw: _Raw) -> Article:
    return Article(
        id=raw["id"],
        title=raw["title"],
        text=raw["text"],
        published=datetime.fromisoformat(raw["published"]),
        language=Language(raw["language"]),
        alignment=Alignment(raw["alignment"]),
    )
