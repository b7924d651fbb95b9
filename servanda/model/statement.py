"""The statement: one thing that one article says about one commitment (the codebook's unit)."""

from dataclasses import dataclass
from datetime import date

from servanda.model.vocabulary import Category, Kind, ListAct, Part, Party, Scope, Speaker, Stage


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """One statement, with its evidence.

    ``categories`` is sorted and without repetition. ``count_min`` and ``count_max`` are bounds on people, bodies or names
    (days for a ceasefire); None is an open bound. ``quote`` is the sentence to the letter:
    ``part[char_start:char_end] == quote``, in characters.
    ``rule`` names the reader's rule that made the statement.
    """

    kind: Kind
    stage: Stage
    categories: tuple[Category, ...] = ()
    all_for_all: bool = False
    from_party: Party | None = None
    to_party: Party | None = None
    count_min: int | None = None
    count_max: int | None = None
    per_side: bool = False
    scope: Scope
    date_from: date | None = None
    date_to: date | None = None
    speaker: Speaker | None = None
    quote: str
    agreed_on: date | None = None
    agreed_at: str | None = None
    completes: bool = False
    denies: Stage | None = None
    list_act: ListAct | None = None
    from_list: bool = False
    part: Part = Part.TEXT
    char_start: int
    char_end: int
    rule: str
