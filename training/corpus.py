"""The articles that the decisions are trained on: the newsroom's, and those written for training."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import NotRequired, TypedDict

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
    unread: list["_Case"]


_Case = TypedDict(
    "_Case",
    {
        "language": str,
        "text": str,
        "statements": list[list[object]],
        "in": NotRequired[list[int]],
        "also": NotRequired[list[dict[str, object]]],
    },
)
"""A case of the casebook; ``in``: the sentence of each statement, where a number does not tell it; ``also``: more fields."""


@dataclass(frozen=True)
class Labelled:
    """An article with its labels: the codebook's fields, a mapping a statement.

    ``weight``: how often its examples count. The newsroom's labels are the codebook's own practice, and a case of the casebook is
    one plain sentence that must not be misread.
    """

    article: Article
    gold: Sequence[Fields]
    weight: int = 1


_NEWSROOM, _CASE = 4, 8


def newsroom() -> list[Labelled]:
    """The newsroom's articles with their labels, by name of file."""
    return [
        Labelled(_article(_read(NEWSROOM / path.name)), _read(path)["gold"], _NEWSROOM)
        for path in sorted(NEWSROOM_LABELS.glob("*.json"))
    ]


def written() -> list[Labelled]:
    """The articles written for training, in styles that the newsroom lacks."""
    return labelled_in(WRITTEN)


def casebook() -> list[Labelled]:
    """The reader's casebook: sentences of many styles with what each states.

    ``in`` tells for each statement of a case of several sentences in which one it is made, ``also`` further fields of each.
    """
    told = _read(CASEBOOK)
    found = []
    for number, case in enumerate([*told["read"], *told["unread"]]):
        text, language = case["text"], Language(case["language"])
        spans = list(sentence_spans(plain(text), language))
        places: list[int] | list[None] = case.get("in") or [None for _ in case["statements"]]
        gold = []
        more: list[dict[str, object]] = case.get("also") or [{} for _ in case["statements"]]
        for values, place, further in zip(case["statements"], places, more, strict=True):
            quote = text if place is None else text[spans[place].start : spans[place].end]
            gold.append({"scope": "*", **dict(zip(told["fields"], values, strict=True)), **further, "quote": quote})
        article = Article(id=f"case-{number}", title="News", text=text, published=_CASES_DAY, language=language)
        found.append(Labelled(article, gold, _CASE))
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
