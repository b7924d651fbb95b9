"""How well the decisions do on articles that they were not trained on: ``python -m training.crossed [FOLDS]``."""

import json
import sys
from collections.abc import Sequence
from dataclasses import asdict

from servanda.model.statement import Statement
from servanda.reading.decisions.judge import Judge
from servanda.reading.reader import read_statements
from training.corpus import Labelled, casebook, newsroom, written
from training.fit import train

NEAR_COPIES = {"n-012": "n-009", "n-026": "n-024", "n-051": "n-050", "n-065": "n-064", "n-071": "n-069"}
"""Near-copies in the newsroom: they stand in one fold."""


def folds(corpus: Sequence[Labelled], count: int) -> list[list[Labelled]]:
    """The corpus in so many parts: by turns, near-copies with their originals, and writers spread over all."""
    parts: list[list[Labelled]] = [[] for _ in range(count)]
    where: dict[str, int] = {}
    for number, item in enumerate(corpus):
        name = NEAR_COPIES.get(item.article.id, item.article.id)
        where.setdefault(name, number % count)
        parts[where[name]].append(item)
    return parts


def crossed(corpus: Sequence[Labelled], count: int) -> dict[str, tuple[Statement, ...]]:
    """What is read in each article by weights that were trained without its fold."""
    parts = folds(corpus, count)
    found: dict[str, tuple[Statement, ...]] = {}
    for number, part in enumerate(parts):
        judge = Judge(train([item for other, rest in enumerate(parts) if other != number for item in rest]))
        for item in part:
            found[item.article.id] = read_statements(item.article, judge)
    return found


def main() -> None:
    """Print a line an article, as ``servanda read --format jsonl`` does, read by weights trained without it."""
    corpus = [*newsroom(), *written(), *casebook()]
    for name, statements in crossed(corpus, int(sys.argv[1]) if len(sys.argv) > 1 else 6).items():
        print(
            json.dumps(
                {"id": name, "statements": [asdict(statement) for statement in statements]}, default=str, ensure_ascii=False
            )
        )


if __name__ == "__main__":
    main()
