"""Trains the reader's decisions: ``python -m training.fit`` reads the labelled articles and writes the weights anew.

Conditional maximum entropy with a Gaussian prior, by L-BFGS from zero: the same articles give the same weights.
"""

import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize
from scipy.sparse import csr_matrix

from servanda.reading.decisions.judge import Features, Table
from servanda.reading.reader import READER_VERSION, read_statements
from training.corpus import Labelled, casebook, digest, newsroom, written
from training.teacher import Example, Teacher

WEIGHTS = Path(__file__).parent.parent / "servanda" / "reading" / "decisions" / "weights.json"
_PRIOR = 3.0
"""Weight of the Gaussian prior: one over the variance of a weight. By crossed folds."""
_PRIORS = {"dates": 1.0, "scope": 1.0}
"""Decisions with few features for their examples do better with a weaker one."""
_RARE = 3
"""A feature seen in fewer examples is left out: it would only be learnt by heart."""
_PLACES = 3
_ROUNDS = 2
"""How often the examples are gathered: first with the labels carried on, then also with the answers of the weights so far."""


def main() -> None:
    """Train on all labelled articles and write the weights."""
    corpus = [*newsroom(), *written(), *casebook()]
    tables = train(corpus)
    decisions = {
        name: {"classes": list(table.classes), "weights": {f: list(row) for f, row in sorted(table.weights.items())}}
        for name, table in sorted(tables.items())
    }
    told = {"reader": READER_VERSION, "articles": len(corpus), "corpus": digest(corpus), "decisions": decisions}
    WEIGHTS.write_text(json.dumps(told, ensure_ascii=False, separators=(",", ":"), indent=None) + "\n", encoding="utf-8")
    print(
        f"{len(corpus)} articles, {sum(len(t.weights) for t in tables.values())} features, {WEIGHTS.stat().st_size / 1e6:.2f} MB"
    )


def train(corpus: Sequence[Labelled]) -> dict[str, Table]:
    """The weights of every decision for a corpus."""
    gathered = examples_of(corpus, {}, follow=False)
    tables = fit(gathered)
    for _ in range(_ROUNDS - 1):
        tables = fit([*gathered, *examples_of(corpus, tables, follow=True)])
    return tables


def examples_of(corpus: Iterable[Labelled], tables: Mapping[str, Table], *, follow: bool) -> list[Example]:
    """What the reader asks about a corpus, with the answers of the labels."""
    found: list[Example] = []
    for item in corpus:
        teacher = Teacher(item, tables, follow=follow)
        read_statements(item.article, teacher)
        found.extend(teacher.examples * item.weight)
    return found


def fit(examples: Sequence[Example]) -> dict[str, Table]:
    """One table a decision."""
    by_decision: dict[str, list[Example]] = defaultdict(list)
    for example in examples:
        by_decision[example.decision].append(example)
    return {name: _fitted(of_one, _PRIORS.get(name, _PRIOR)) for name, of_one in sorted(by_decision.items())}


def _fitted(examples: Sequence[Example], prior: float) -> Table:
    classes = examples[0].classes
    seen = Counter(f for example in examples for f in {f for option in example.options for f in option})
    names = sorted(f for f, times in seen.items() if times >= _RARE)
    index = {name: place for place, name in enumerate(names)}
    rows, groups, right = _rows(examples, index, max(1, len(classes)))
    weights = _maximum_entropy(rows, groups, right, prior)
    table = weights.reshape(len(names), max(1, len(classes)))
    kept = {
        name: tuple(round(float(w), _PLACES) for w in row)
        for name, row in zip(names, table, strict=True)
        if np.abs(row).max() > 0.005
    }
    return Table(classes, kept)


def _rows(
    examples: Sequence[Example], index: Mapping[str, int], width: int
) -> tuple[csr_matrix, NDArray[np.int64], NDArray[np.bool_]]:
    """A row an option (sparse), the group that it competes in, and whether it is right."""
    columns: list[int] = []
    pointers = [0]
    groups: list[int] = []
    right: list[bool] = []
    group = 0

    def add(features: Features, place: int, *, correct: bool) -> None:
        columns.extend(index[f] * width + place for f in dict.fromkeys(features) if f in index)
        pointers.append(len(columns))
        groups.append(group)
        right.append(correct)

    for example in examples:
        if example.affirmed:
            for place in range(width):
                if place not in example.unknown:
                    add(example.options[0], place, correct=place in example.right)
                    add((), 0, correct=place not in example.right)
                    group += 1
        elif example.classes:
            for place in range(width):
                add(example.options[0], place, correct=place in example.right)
            group += 1
        else:
            for number, features in enumerate(example.options):
                add(features, 0, correct=number in example.right)
            group += 1
    shape = (len(groups), len(index) * width)
    matrix = csr_matrix((np.ones(len(columns)), np.array(columns, dtype=np.int64), np.array(pointers)), shape=shape)
    return matrix, np.array(groups), np.array(right)


def _maximum_entropy(rows: csr_matrix, groups: NDArray[np.int64], right: NDArray[np.bool_], prior: float) -> NDArray[np.float64]:
    """Weights that maximise the likelihood of the right options of each group under the prior."""
    starts = np.flatnonzero(np.r_[True, groups[1:] != groups[:-1]])
    transposed = rows.T.tocsr()

    def loss(weights: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        scores = rows @ weights
        highest = np.maximum.reduceat(scores, starts)
        exponents = np.exp(scores - highest[groups])
        total = np.add.reduceat(exponents, starts)
        of_right = np.add.reduceat(np.where(right, exponents, 0.0), starts)
        likelihood = np.log(np.maximum(of_right, 1e-300)) - np.log(total)
        expected = exponents / total[groups] - np.where(right, exponents, 0.0) / np.maximum(of_right, 1e-300)[groups]
        value = -likelihood.sum() + 0.5 * prior * float(weights @ weights)
        return value, transposed @ expected + prior * weights

    found = minimize(loss, np.zeros(rows.shape[1]), jac=True, method="L-BFGS-B", options={"maxiter": 300})
    return np.asarray(found.x)


if __name__ == "__main__":
    main()
