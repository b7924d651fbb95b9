"""A judge that keeps what it weighed: for each candidate of an article the decisions, with the features that spoke loudest."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from servanda.reading.decisions.judge import Features, Judge, Option, Table, Value, class_scores, option_score
from servanda.reading.sentence import Sentence

_SHOWN = 4


@dataclass(frozen=True, slots=True)
class Weighed:
    """One decision: its name, what was chosen and by how much, and the features that spoke for and against it."""

    decision: str
    chosen: str
    score: float
    reasons: tuple[tuple[str, float], ...]
    second: str | None = None


@dataclass(slots=True)
class Considered:
    """A candidate: the sentence (its place in the text), what was considered in it, and what was decided of it."""

    start: int
    end: int
    candidate: tuple[object, ...]
    decisions: list[Weighed] = field(default_factory=list)


class Explaining(Judge):
    """Decides as the judge does, and keeps why."""

    def __init__(self, tables: Mapping[str, Table]) -> None:
        super().__init__(tables)
        self.considered: list[Considered] = []

    def consider(self, sentence: Sentence, *candidate: object) -> None:
        """A new candidate: the decisions that follow are about it."""
        self.considered.append(Considered(sentence.span.start, sentence.span.end, candidate))

    def affirm(self, decision: str, classes: Sequence[str], features: Features, default: Sequence[str]) -> list[str]:
        """As the judge affirms; kept for every class that holds, or for the one that came nearest."""
        held = super().affirm(decision, classes, features, default)
        table = self._tables.get(decision)
        if table is not None:
            scores = class_scores(table, features)
            for name in held or [table.classes[scores.index(max(scores))]]:
                place = table.classes.index(name)
                told = name if name in held else f"not {name}"
                self._keep(decision, told, scores[place], _loudest(table, features, place))
        return held

    def classify(self, decision: str, classes: Sequence[str], features: Features, default: str) -> str:
        """As the judge classifies."""
        chosen = super().classify(decision, classes, features, default)
        table = self._tables.get(decision)
        if table is not None and chosen in table.classes:
            scores = class_scores(table, features)
            place = table.classes.index(chosen)
            second = max((name for name in table.classes if name != chosen), key=lambda name: scores[table.classes.index(name)])
            self._keep(decision, chosen, scores[place], _loudest(table, features, place), second)
        return chosen

    def choose(self, decision: str, options: Sequence[Option[Value]], default: Value) -> Value:
        """As the judge chooses."""
        chosen = super().choose(decision, options, default)
        table = self._tables.get(decision)
        for option in options:
            if table is not None and option.value == chosen:
                reasons = _loudest(table, option.features, 0)
                self._keep(decision, _told(option.value), option_score(table.weights, option.features), reasons)
                break
        return chosen

    def _keep(
        self, decision: str, chosen: str, score: float, reasons: tuple[tuple[str, float], ...], second: str | None = None
    ) -> None:
        if self.considered:
            self.considered[-1].decisions.append(Weighed(decision, chosen, round(score, 2), reasons, second))


def _loudest(table: Table, features: Features, place: int) -> tuple[tuple[str, float], ...]:
    found = {feature: table.weights[feature][place] for feature in features if feature in table.weights}
    return tuple(sorted(found.items(), key=lambda item: (-abs(item[1]), item[0]))[:_SHOWN])


def _told(value: object) -> str:
    if isinstance(value, tuple):
        return " to ".join("open" if part is None else str(part) for part in value)
    return "nobody" if value is None else str(value)
