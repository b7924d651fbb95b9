"""The measure of the reader: statements that it found against articles labelled by hand (the codebook's "Scoring").

Core match: kind, stage, count_min, count_max. Full match: core and from_party, to_party, scope, date_from, date_to,
speaker. Both are counted on sets of distinct tuples per article; precision, recall and F1 are micro averages.
"""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from pathlib import Path

from servanda.model.statement import Statement
from servanda.model.vocabulary import Kind
from training.corpus import Fields, Labelled, labelled_in, newsroom

ROOT = Path(__file__).parent.parent.parent
LABELS = Path(__file__).parent / "labels"
ARTICLES = ROOT / "newsroom" / "articles"

CORE = ("kind", "stage", "count_min", "count_max")
FULL = (*CORE, "from_party", "to_party", "scope", "date_from", "date_to", "speaker")
GROUPS = {
    "humanitarian": {Kind.PRISONER_EXCHANGE, Kind.BODY_REPATRIATION, Kind.CHILD_RETURN, Kind.CHILD_LIST},
    "ceasefire and talks": {Kind.CEASEFIRE, Kind.TALKS},
}


@dataclass(frozen=True)
class Score:
    """How many tuples were right, said and labelled."""

    right: int
    said: int
    gold: int

    @property
    def precision(self) -> float:
        return self.right / self.said if self.said else 1.0

    @property
    def recall(self) -> float:
        return self.right / self.gold if self.gold else 1.0

    @property
    def f1(self) -> float:
        total = self.precision + self.recall
        return 2 * self.precision * self.recall / total if total else 0.0


def labelled() -> list[Labelled]:
    """The newsroom's articles with their labels, by name of file."""
    return newsroom()


def further() -> list[Labelled]:
    """Articles by a colleague who had not seen the reader, in styles that the newsroom lacks: no rule was made from them."""
    return labelled_in(Path(__file__).parent / "further")


def unseen() -> list[Labelled]:
    """A second set of the same sort, by another writer, each in a style of its own: neither rules nor weights come from them."""
    return labelled_in(Path(__file__).parent / "unseen")


def corpus_digest() -> str:
    """A digest of articles and labels: a score holds for this corpus only."""
    digest = hashlib.sha256()
    for path in sorted(LABELS.glob("*.json")):
        digest.update(path.read_bytes())
        digest.update((ARTICLES / path.name).read_bytes())
    return digest.hexdigest()


def score(found: Mapping[str, Iterable[Statement]], corpus: Iterable[Labelled], fields: tuple[str, ...], group: str) -> Score:
    """The score of what was found, by article id, over a corpus."""
    right = said = gold = 0
    for item in corpus:
        mine = {_tuple(_fields(s), fields) for s in found.get(item.article.id, ()) if s.kind in GROUPS[group]}
        theirs = {_tuple(g, fields) for g in item.gold if g["kind"] in GROUPS[group]}
        right += len(mine & theirs)
        said += len(mine)
        gold += len(theirs)
    return Score(right, said, gold)


def field_accuracy(found: Mapping[str, Iterable[Statement]], corpus: Iterable[Labelled], field: str) -> float:
    """How often a field is right where the core matches."""
    matched = right = 0
    for item in corpus:
        mine = [_fields(statement) for statement in found.get(item.article.id, ())]
        for gold in item.gold:
            near = [m for m in mine if _tuple(m, CORE) == _tuple(gold, CORE)]
            matched += bool(near)
            right += any(_plain(m[field]) == _plain(gold[field]) for m in near)
    return right / matched if matched else 1.0


def _fields(statement: Statement) -> dict[str, object]:
    return {name: getattr(statement, name) for name in statement.__slots__}


def _tuple(fields: Fields, names: tuple[str, ...]) -> tuple[object, ...]:
    return tuple(_plain(fields.get(name)) for name in names)


def _plain(value: object) -> object:
    if isinstance(value, StrEnum):
        return value.value
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, list | tuple):
        return tuple(sorted(str(_plain(element)) for element in value))
    return value
