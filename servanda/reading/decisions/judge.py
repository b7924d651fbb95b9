"""A maximum-entropy judge: chooses among options by the weights of their features (Berger, Della Pietra and Della Pietra, 1996).

The weights are trained on labelled articles (``python -m training.fit``) and shipped as
``weights.json``. Every feature tells something readable of the candidate, so that a choice can be explained by those that
weighed most.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Generic, TypeVar

from servanda.reading.sentence import Sentence

Value = TypeVar("Value")
Features = Sequence[str]


@dataclass(frozen=True, slots=True)
class Option(Generic[Value]):
    """Something that may be chosen, and what speaks for or against it."""

    value: Value
    features: Features


@dataclass(frozen=True, slots=True)
class Table:
    """The weights of one decision. ``classes`` is empty where options are weighed by features of their own."""

    classes: tuple[str, ...]
    weights: Mapping[str, Sequence[float]]


class Judge:
    """Chooses by trained weights; without any for a decision it takes what the grammar says."""

    def __init__(self, tables: Mapping[str, Table]) -> None:
        self._tables = tables

    def consider(self, sentence: Sentence, *candidate: object) -> None:
        """Told before the decisions on a candidate; a judge that teaches or explains keeps it."""

    def affirm(self, decision: str, classes: Sequence[str], features: Features, default: Sequence[str]) -> list[str]:
        """The classes of a decision that hold, each by itself; ``default`` is what the grammar says."""
        table = self._tables.get(decision)
        if table is None:
            return list(default)
        scores = class_scores(table, features)
        return [name for score, name in zip(scores, table.classes, strict=True) if score > 0 and name in classes]

    def classify(self, decision: str, classes: Sequence[str], features: Features, default: str) -> str:
        """One of the classes of a decision, by the features of the candidate; ``default`` is what the grammar says."""
        table = self._tables.get(decision)
        if table is None:
            return default
        scores = class_scores(table, features)
        allowed = set(classes)
        ranked = [(score, name) for score, name in zip(scores, table.classes, strict=True) if name in allowed]
        return max(ranked, key=lambda choice: choice[0])[1] if ranked else default

    def choose(self, decision: str, options: Sequence[Option[Value]], default: Value) -> Value:
        """The option whose features weigh most; the first of equals."""
        table = self._tables.get(decision)
        if table is None or not options:
            return default
        weights = table.weights
        best, best_score = options[0].value, float("-inf")
        for option in options:
            score = option_score(weights, option.features)
            if score > best_score:
                best, best_score = option.value, score
        return best


def class_scores(table: Table, features: Features) -> list[float]:
    """The weight of each class for the features of a candidate."""
    weights = table.weights
    rows = [weights[feature] for feature in features if feature in weights]
    return [sum(column) for column in zip(*rows, strict=True)] if rows else [0.0] * len(table.classes)


def option_score(weights: Mapping[str, Sequence[float]], features: Features) -> float:
    """The weight of an option's own features."""
    return sum(weights[feature][0] for feature in features if feature in weights)


@cache
def trained() -> Mapping[str, Table]:
    """The weights that are shipped with the package."""
    raw = json.loads((files("servanda.reading.decisions") / "weights.json").read_text(encoding="utf-8"))
    return {
        decision: Table(tuple(table["classes"]), {feature: tuple(row) for feature, row in table["weights"].items()})
        for decision, table in raw["decisions"].items()
    }


@cache
def judge() -> Judge:
    """The judge with the weights of the package."""
    return Judge(trained())
