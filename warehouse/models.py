"""The ledger's models, one `.sql` file each, composed into one query.

A model is one SELECT whose file's name is the model's. It may name stored tables, other models, `day`, the day as of which
the books are kept, and `known_at`, the moment up to which what the pipeline stored is looked at. Composed, the models become
common table expressions in the order in which they depend on each other, so that the very same text computes a table here and
is a table macro in the published file: one pure function of the readings.
"""

import re
from datetime import UTC, date, datetime
from functools import cache
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

from warehouse.errors import WarehouseError

FOLDER = Path(__file__).parent / "ledger"
STORED = ("articles", "readings", "statements", "sources", "copies", "retractions")
"""The stored tables that the ledger is a function of."""


@cache
def models() -> dict[str, str]:
    """Every model's SELECT by its name, comments taken off."""
    return {path.stem: _without_comments(path.read_text(encoding="utf-8")) for path in sorted(FOLDER.glob("*.sql"))}


@cache
def dependencies() -> dict[str, frozenset[str]]:
    """For each model the models that it names."""
    return {name: frozenset(_named(text) - {name}) for name, text in models().items()}


KEPT = ("tellings", "sayings")
"""Models that depend on no day: the published file keeps them as tables, by all that is known."""


def compose(model: str, catalog: str, *, kept: bool = False) -> str:
    """One query for a model, with all that it depends on, over the stored tables of a catalog.

    `day` is left open in it, and `known_at`. ``kept``: what depends on no day is read from the catalog, as all that is known
    gives it; `known_at` then only serves what was struck.

    Raises ``WarehouseError`` for an unknown model or models that depend on each other in a circle.
    """
    if model not in models():
        raise WarehouseError(f'"{model}" is no model of the ledger; there are: {", ".join(models())}')
    try:
        order = [name for name in _sorted(_needed(model)) if name != model]
    except CycleError as error:
        raise WarehouseError(f"warehouse/ledger: models depend on each other in a circle: {error.args[1]}") from error
    given = KEPT if kept else ()
    stored = [f"{table} AS (SELECT * FROM {catalog}.main.{table})" for table in (*STORED, *given)]
    # Materialized, since several later models read most of the earlier ones.
    steps = [f"{name} AS MATERIALIZED (\n{models()[name]})" for name in order if name not in given]
    return "WITH " + ",\n".join(stored + steps) + "\n" + f"SELECT * FROM (\n{models()[model]})"


def in_order(wanted: tuple[str, ...]) -> list[str]:
    """The models that these need, and themselves, each after what it depends on."""
    needed = {name: names for model in wanted for name, names in _needed(model).items()}
    return _sorted(needed)


def bound(model: str, day: date, known_at: datetime | None = None) -> str:
    """A model's SELECT with its `day` and `known_at` put in; None: all that is known."""
    moment = "infinity" if known_at is None else known_at.astimezone(UTC).isoformat()
    return re.sub(r"\bknown_at\b", f"TIMESTAMPTZ '{moment}'", re.sub(r"\bday\b", f"DATE '{day.isoformat()}'", models()[model]))


def _sorted(needed: dict[str, frozenset[str]]) -> list[str]:
    """Each after what it depends on; always in the same order, since digests are made of the text (sets differ by process)."""
    return list(TopologicalSorter({name: sorted(needed[name]) for name in sorted(needed)}).static_order())


def _needed(model: str) -> dict[str, frozenset[str]]:
    needed: dict[str, frozenset[str]] = {}
    waiting = [model]
    while waiting:
        name = waiting.pop()
        if name not in needed:
            needed[name] = dependencies()[name]
            waiting.extend(needed[name])
    return needed


def _named(text: str) -> set[str]:
    # A common table expression within the file hides a model of the same name; no file may use one (tested).
    return {name for name in re.findall(r"\b(?:FROM|JOIN)\s+([a-z_]+)\b", text) if name in _stems()}


@cache
def _stems() -> frozenset[str]:
    return frozenset(path.stem for path in FOLDER.glob("*.sql"))


def _without_comments(text: str) -> str:
    return re.sub(r"--[^\n]*\n", "\n", text)
