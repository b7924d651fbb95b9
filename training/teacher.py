"""A judge that knows the labels: it answers with them, and keeps what the reader asked as examples to learn from."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import TypeVar

from servanda.reading.decisions.judge import Features, Judge, Option, Table
from servanda.reading.sentence import Sentence
from training.corpus import Fields, Labelled

Value = TypeVar("Value")
_OPEN = "*"
"""A case of the casebook that does not tell a field."""
_UNCOUNTED = ("ceasefire", "talks")


@dataclass(frozen=True)
class Example:
    """One question: the features of each option, and which options were right."""

    decision: str
    classes: tuple[str, ...]
    """The classes that one row of features is weighed against; empty where every option has features of its own."""
    options: Sequence[Features]
    right: frozenset[int]
    affirmed: bool = False
    """Whether each class is a yes-or-no question of its own: ``right`` are the yes, ``unknown`` is left out."""
    unknown: frozenset[int] = frozenset()


class Teacher(Judge):
    """Answers from the labels of one article. ``follow``: answer as the weights do, so that what is carried on is as in use."""

    def __init__(self, labelled: Labelled, tables: Mapping[str, Table], *, follow: bool) -> None:
        super().__init__(tables)
        self._gold = labelled.gold
        self._text = labelled.article.text
        self._follow = follow
        self.examples: list[Example] = []
        self._here: list[Fields] = []
        self._anywhere: list[Fields] = []

    def consider(self, sentence: Sentence, *candidate: object) -> None:
        """Find the labels that the candidate may mean: those of its sentence, and those of the whole article."""
        inside = [gold for gold in self._gold if self._stands_in(str(gold["quote"]), sentence)]
        if len(candidate) == 2 and not isinstance(candidate[0], StrEnum):
            low, high = candidate
            self._here = [g for g in inside if _is_count(g, low, high)]
            self._anywhere = [g for g in self._gold if _is_count(g, low, high)]
            return
        kind = str(candidate[0])
        self._here = [g for g in inside if _is_bare(g, kind)]
        self._anywhere = [g for g in self._gold if _is_bare(g, kind)]
        if len(candidate) == 2:
            self._here = [g for g in self._here if g["stage"] == str(candidate[1])]
            self._anywhere = [g for g in self._anywhere if g["stage"] == str(candidate[1])]

    def affirm(self, decision: str, classes: Sequence[str], features: Features, default: Sequence[str]) -> list[str]:
        """The stages of the labels of this kind in this sentence; one that stands elsewhere in the article is left out."""
        right = {str(g["stage"]) for g in self._here}
        unknown = {str(g["stage"]) for g in self._anywhere} - right
        self.examples.append(
            Example(
                decision,
                tuple(classes),
                [features],
                frozenset(i for i, name in enumerate(classes) if name in right),
                affirmed=True,
                unknown=frozenset(i for i, name in enumerate(classes) if name in unknown),
            )
        )
        return super().affirm(decision, classes, features, default) if self._follow else [c for c in classes if c in right]

    def classify(self, decision: str, classes: Sequence[str], features: Features, default: str) -> str:
        """The label's class: its kind, its stage, its scope, or whether it completes; one that it leaves open teaches nothing."""
        right = [str(g.get(decision, _OPEN)) for g in self._here]
        told_elsewhere = [str(g.get(decision, _OPEN)) for g in self._anywhere]
        if decision == "kind" and not told_elsewhere:
            right = ["none"]
        if right:
            places = frozenset(i for i, name in enumerate(classes) if name in right)
            if places:
                self.examples.append(Example(decision, tuple(classes), [features], places))
        answer = super().classify(decision, classes, features, default)
        if not self._follow and (right or told_elsewhere):
            known = [name for name in (right or told_elsewhere) if name in classes]
            answer = known[0] if known else answer
        self._keep(decision, answer)
        return answer

    def choose(self, decision: str, options: Sequence[Option[Value]], default: Value) -> Value:
        """The label's speaker, direction or days, where it is among the options."""
        right = frozenset(
            i for i, option in enumerate(options) if any(_value(g, decision) == _plain(option.value) for g in self._here)
        )
        if right and len(right) < len(options):
            self.examples.append(Example(decision, (), [option.features for option in options], right))
        if self._follow or not right:
            return super().choose(decision, options, default)
        chosen = min(right)
        self._keep_value(decision, options[chosen].value)
        return options[chosen].value

    def _keep(self, name: str, answer: str) -> None:
        """From here on only the labels that agree with the answer are meant."""
        self._here = [g for g in self._here if str(g.get(name, _OPEN)) in (answer, _OPEN)]
        self._anywhere = [g for g in self._anywhere if str(g.get(name, _OPEN)) in (answer, _OPEN)]

    def _keep_value(self, decision: str, value: object) -> None:
        narrowed = [g for g in self._here if _value(g, decision) == _plain(value)]
        self._here = narrowed or self._here

    def _stands_in(self, quote: str, sentence: Sentence) -> bool:
        start = self._text.find(quote)
        while start >= 0:
            low, high = max(start, sentence.span.start), min(start + len(quote), sentence.span.end)
            if high - low > 0.5 * min(len(quote), sentence.span.end - sentence.span.start):
                return True
            start = self._text.find(quote, start + 1)
        return False


def _is_count(gold: Fields, low: object, high: object) -> bool:
    return gold["kind"] not in _UNCOUNTED and (gold["count_min"], gold["count_max"]) == (low, high)


def _is_bare(gold: Fields, kind: str) -> bool:
    return gold["kind"] == kind and (kind in _UNCOUNTED or (gold["count_min"] is None and gold["count_max"] is None))


def _value(gold: Fields, decision: str) -> object:
    match decision:
        case "speaker":
            return gold["speaker"]
        case "direction":
            return (gold["from_party"], gold["to_party"])
        case _:
            return (gold["date_from"], gold["date_to"])


def _plain(value: object) -> object:
    if isinstance(value, tuple):
        return tuple(_plain(part) for part in value)
    if isinstance(value, StrEnum):
        return value.value
    return value.isoformat() if isinstance(value, date) else value
