"""The particulars of a statement: categories, all for all, the agreement named, the list, completion."""

from datetime import date

from servanda.model.vocabulary import Category, Kind, ListAct
from servanda.reading.categories import groups_named
from servanda.reading.days import Days
from servanda.reading.sentence import Sentence

PLACES = {
    "istanbul": "Istanbul",
    "abu_dhabi": "Abu Dhabi",
    "geneva": "Geneva",
    "riyadh": "Riyadh",
    "ankara": "Ankara",
    "jeddah": "Jeddah",
    "minsk": "Minsk",
}
_REACH = 4


def categories_of(sentence: Sentence, kind: Kind) -> tuple[Category, ...]:
    """The groups of prisoners that a sentence names, sorted."""
    if kind is not Kind.PRISONER_EXCHANGE:
        return ()
    return tuple(sorted({category for category, _ in groups_named(sentence)}))


def all_for_all(sentence: Sentence, kind: Kind) -> bool:
    """Whether the exchange is of all held in its categories."""
    return kind is Kind.PRISONER_EXCHANGE and sentence.has("flag.all_for_all")


def agreement_of(sentence: Sentence, days: list[Days]) -> tuple[date | None, str | None]:
    """The agreement that a sentence names: its day and its place, either of which may be missing."""
    deals = sentence.tagged("agreement")
    if not deals:
        return None, None
    places = [
        (sentence.distance(tag, deal.start), key) for key in PLACES for tag in sentence.tagged(f"place.{key}") for deal in deals
    ]
    place = PLACES[min(places)[1]] if places and min(places)[0] <= 14 else None
    near = [
        d
        for d in days
        if d.first is not None
        and d.first == d.last
        and any(
            min(sentence.distance(tag, d.start), abs(tag.start - d.end)) <= _REACH
            for tag in sentence.tagged("agreement")
            if tag.name in ("agreement.noun", "agreement.verb")
        )
    ]
    return (near[0].first if near else None), place


def list_act_of(sentence: Sentence) -> ListAct:
    """Whether a list was handed over or is being checked."""
    return ListAct.CHECKED if sentence.has("flag.checked") and not _handed_nearer(sentence) else ListAct.HANDED


def _handed_nearer(sentence: Sentence) -> bool:
    name = sentence.nearest("kind.child_list", 0)
    if name is None:
        return False
    handed, checked = (sentence.nearest(f"flag.{act}", name.start) for act in ("handed", "checked"))
    return (
        handed is not None
        and checked is not None
        and sentence.distance(handed, name.start) < sentence.distance(checked, name.start)
    )


def russian_list(sentence: Sentence) -> bool:
    """Whether a list is of Russian children, given by Russia."""
    return sentence.has("flag.russian_list")
