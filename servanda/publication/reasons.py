"""Why a flag stands at an obligation: the day, the numbers or the event that raised it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from servanda.publication import words
from servanda.publication.rows import Event, Row, Standing


@dataclass(frozen=True, slots=True)
class Difference(Row):
    """A row of ``discrepancies``."""

    what: str
    date_from: date | None
    date_to: date | None
    account: str
    stated: int
    against: str
    counted: int
    obligation_id: str | None


def reason_of(flag: str, row: Standing, events: Sequence[Event], differences: Sequence[Difference]) -> str:
    """The reason in a sentence; empty where the flag's meaning says all. ``events``, ``differences``: those of the obligation."""
    match flag:
        case "overdue" if row.due_on is not None:
            return f"It was due on {words.day(row.due_on)}."
        case "disputed":
            return " ".join(_difference(one) for one in differences) or "The act was denied."
        case "partial" | "floor_reached" if row.promised_min is not None:
            sums = (
                (row.delivered_by_giver, "the giver"),
                (row.delivered_by_receiver, "the receiver"),
                (row.delivered_by_mediator, "mediators"),
            )
            told = " and ".join(f"{number:,} by {account}" for number, account in sums if number is not None)
            return f"{row.promised_min:,} were named; {told or 'no side gives a sum'}."
        case "unquantified":
            without = [words.days(e.date_from, e.date_to) for e in events if not e.closed_total and not _counted(e)]
            return f"Without a number: {', '.join(without)}." if without else ""
        case "silent" if row.last_event_on is not None:
            return f"The last delivery told of was on {words.day(row.last_event_on)}."
        case "lapsed" if row.due_on is not None:
            return f"Its last day was {words.day(row.due_on)}."
        case _:
            return ""


def _difference(one: Difference) -> str:
    return f"{words.days(one.date_from, one.date_to)}: {one.stated:,} by the {one.account}, {one.counted:,} by the {one.against}."


def _counted(event: Event) -> bool:
    return any(
        number is not None
        for number in (event.count_by_giver, event.count_by_receiver, event.count_by_mediator, event.count_by_outlets)
    )
