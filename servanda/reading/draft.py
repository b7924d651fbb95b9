"""A draft: a statement before it is set against the rest of its article."""

from dataclasses import dataclass
from datetime import date

from servanda.model.vocabulary import Category, Kind, ListAct, Scope, Speaker, Stage
from servanda.reading.roles import Direction


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """A statement without its place in the text: ``place`` is the token that it is about, ``rule`` the rule that made it."""

    place: int
    rule: str
    kind: Kind
    stage: Stage
    low: int | None = None
    high: int | None = None
    per_side: bool = False
    scope: Scope = Scope.EVENT
    direction: Direction = (None, None)
    first: date | None = None
    last: date | None = None
    speaker: Speaker | None = None
    categories: tuple[Category, ...] = ()
    all_for_all: bool = False
    agreed_on: date | None = None
    agreed_at: str | None = None
    completes: bool = False
    denies: Stage | None = None
    list_act: ListAct | None = None
    from_list: bool = False
