"""The articles that the decisions are trained on: the newsroom's, and those written for training."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from servanda.model.article import Article
from servanda.model.vocabulary import Alignment, Language

ROOT = Path(__file__).parent.parent
WRITTEN = Path(__file__).parent / "articles"
NEWSROOM = ROOT / "newsroom" / "articles"
NEWSROOM_LABELS = ROOT / "tests" / "eval" / "labels"

Fields = Mapping[str, object]


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


def _read(path: Path):  # type: ignore[no-untyped-def]
    return json.loads(path.read_text(encoding="utf-8"))


def _article(raw: Mapping[str, str]) -> Article:
    return Article(
        id=raw["id"],
        title=raw["title"],
        text=raw["text"],
        published=datetime.fromisoformat(raw["published"]),
        language=Language(raw["language"]),
        alignment=Alignment(raw["alignment"]),
    )
