"""Every miss by its cause, on articles that the weights were not trained on: ``python -m training.misses [FOLDS]``."""

import sys
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from enum import StrEnum

from servanda.model.statement import Statement
from training.corpus import Fields, Labelled, newsroom, written
from training.crossed import crossed

CORE = ("kind", "stage", "count_min", "count_max")
FURTHER = ("from_party", "to_party", "scope", "date_from", "date_to", "speaker")


def causes(
    corpus: Iterable[Labelled], found: Mapping[str, Sequence[Statement]]
) -> tuple[Counter[str], Counter[str], Counter[str]]:
    """Why labelled statements were missed; what the invented ones are; which fields are wrong where the core is right."""
    missed: Counter[str] = Counter()
    invented: Counter[str] = Counter()
    fields: Counter[str] = Counter()
    for item in corpus:
        mine = [{name: _plain(getattr(s, name)) for name in (*CORE, *FURTHER, "quote")} for s in found[item.article.id]]
        for gold in item.gold:
            near = [m for m in mine if _same(m, gold, CORE)]
            if near:
                best = min(near, key=lambda m: sum(m[name] != gold[name] for name in FURTHER))
                fields.update(name for name in FURTHER if best[name] != gold[name])
                fields["(core right)"] += 1
            else:
                missed[_why_missed(gold, mine)] += 1
        golds = {_tuple(gold, CORE) for gold in item.gold}
        for told in mine:
            if _tuple(told, CORE) not in golds:
                invented[_why_invented(told, item.gold)] += 1
    return missed, invented, fields


def _why_missed(gold: Fields, mine: Sequence[Fields]) -> str:
    numbered = gold["count_min"] is not None or gold["count_max"] is not None
    if any(_same(m, gold, ("kind", "count_min", "count_max")) for m in mine if numbered or m["quote"] == gold["quote"]):
        return "read at another stage"
    if numbered and any(_same(m, gold, ("count_min", "count_max")) for m in mine):
        return "number read as another kind"
    if numbered and any(m["quote"] == gold["quote"] for m in mine):
        return "one of several numbers in a sentence not taken"
    return "number not taken" if numbered else f"statement without a number: {gold['kind']}"


def _why_invented(told: Fields, golds: Sequence[Fields]) -> str:
    numbered = told["count_min"] is not None or told["count_max"] is not None
    if numbered and any(_same(told, gold, ("kind", "count_min", "count_max")) for gold in golds):
        return "another stage than the label's"
    if numbered and any(_same(told, gold, ("count_min", "count_max")) for gold in golds):
        return "another kind than the label's"
    return "a number that states nothing" if numbered else f"a statement without a number: {told['kind']}"


def _same(one: Fields, other: Fields, names: Sequence[str]) -> bool:
    return all(one[name] == other[name] for name in names)


def _tuple(row: Fields, names: Sequence[str]) -> tuple[object, ...]:
    return tuple(row[name] for name in names)


def _plain(value: object) -> object:
    if isinstance(value, StrEnum):
        return value.value
    return value.isoformat() if isinstance(value, date) else value


def main() -> None:
    """Print the causes, the most frequent first."""
    corpus = [*newsroom(), *written()]
    missed, invented, fields = causes(corpus, crossed(corpus, int(sys.argv[1]) if len(sys.argv) > 1 else 5))
    for title, told in (("missed", missed), ("invented", invented), ("fields wrong where the core is right", fields)):
        print(f"{title}:")
        for cause, times in told.most_common():
            print(f"  {times:5d}  {cause}")


if __name__ == "__main__":
    main()
