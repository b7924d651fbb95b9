"""The words that page and feed use, all in one place: for kinds, parties, statuses, flags, and what each means."""

from collections.abc import Iterable, Mapping
from datetime import date

from servanda.publication.errors import PublicationError

KINDS = {
    "prisoner_exchange": "Exchange of prisoners",
    "body_repatriation": "Return of bodies of the fallen",
    "child_return": "Return of children",
    "child_list": "List of children",
    "ceasefire": "Ceasefire",
    "talks": "Talks",
}
UNITS = {
    "prisoner_exchange": ("person", "people"),
    "body_repatriation": ("body", "bodies"),
    "child_return": ("child", "children"),
    "child_list": ("name", "names"),
    "ceasefire": ("day", "days"),
    "talks": ("round", "rounds"),
}
CATEGORIES = {
    "severely_wounded": "severely wounded",
    "seriously_ill": "seriously ill",
    "aged_18_25": "aged 18 to 25",
    "civilians": "civilians",
    "women": "women",
    "long_held": "long held",
}
PARTIES = {"russia": "Russia", "ukraine": "Ukraine", "both": "both sides"}
SPEAKERS = {"ukraine": "Ukraine", "russia": "Russia", "mediator": "a mediator", "other": "another source"}
ALIGNMENTS = {
    "ukraine": "on Ukraine’s side",
    "russia": "on Russia’s side",
    "mediator": "a mediator’s",
    "independent": "independent",
}
STAGES = {
    "proposed": "offered or demanded",
    "promised": "promised",
    "performed": "said to be done",
    "postponed": "put off",
    "refused": "refused",
    "denied": "denied",
}
STATUSES = {
    "proposed": "Proposed",
    "promised": "Promised",
    "reported": "Reported",
    "fulfilled": "Fulfilled",
    "refused": "Refused",
}
SIGNS = {"proposed": "?", "promised": "○", "reported": "◐", "fulfilled": "●", "refused": "×"}
"""A sign beside each status word, so that colour is never the only one."""

STATUS_MEANINGS = {
    "proposed": "Offered or demanded, and not accepted by whoever must act. Never counted among the promised.",
    "promised": "Undertaken, and there is no report that any of it was done.",
    "reported": "Somebody says that some or all of it was done, but the promised amount is not reached, or only the giver says "
    "so, or the promise has no number and the two sides have not both declared it complete.",
    "fulfilled": "The promised minimum is reached by the account of the receiver or of an external witness, or by several "
    "outlets. Without a number, or for all of a category: both sides declared it complete. Talks: they were held.",
    "refused": "Whoever must act turned it down and did not come back to it.",
}
FLAGS = {
    "overdue": "overdue",
    "disputed": "disputed",
    "postponed": "put off",
    "partial": "partly delivered",
    "unquantified": "no number to compare",
    "floor_reached": "passed the floor that was named",
    "terms_differ": "the sides state different terms",
    "silent": "no news for a long time",
    "lapsed": "the truce’s last day has passed",
}
FLAG_MEANINGS = {
    "overdue": "An explicit deadline has passed.",
    "disputed": "The accounts cannot both be true, or the act itself is denied.",
    "postponed": "Put off, until the next delivery or a new date.",
    "partial": "Less than promised has come.",
    "unquantified": "Promise or delivery has no number, so a share cannot be told.",
    "floor_reached": "An exchange of all for all passed the number that a side named as its least.",
    "terms_differ": "The sides state other amounts or other directions.",
    "silent": "No report has spoken of it for 60 days.",
    "lapsed": "The last day of the truce has passed. That is its end, not a breach.",
}
CORROBORATIONS = {
    "none": "no account",
    "giver": "giver only",
    "receiver": "receiver only",
    "both": "both sides",
    "external": "external witness",
    "outlets": "outlets only",
}
CORROBORATION_MEANINGS = {
    "giver": "Only the side that gives says so.",
    "receiver": "The side that receives says so; the giver has not spoken, or gave no count.",
    "both": "Both sides say so, each in its own words. Their numbers may still differ.",
    "external": "The Red Cross, the United Nations or a mediating state says so.",
    "outlets": "News outlets say so in their own voice; neither side is quoted.",
}
UNDERTAKINGS = {"proposed": "proposed, not accepted", "promised": "promised", "refused": "refused"}
DELIVERIES = {
    "none": "no delivery told",
    "partial": "part of it",
    "full": "all of it",
    "unquantified": "some, without a number to compare",
}
BEARINGS = {
    "term": "states its terms",
    "delivery": "tells of a delivery",
    "refused": "tells of a refusal",
    "postponed": "tells that it was put off",
    "denied": "tells of a denial",
    "completion": "declares it complete",
    "list": "speaks of the list",
    "retracted": "struck from the books",
}
LIST_ACTS = {"handed": "list handed over", "checked": "names checked"}
DAMAGE = {
    "cut": "the text that it stands in was cut by a limit, and what followed was not read",
    "doubtful": "characters of the text that it stands in were guessed or lost in decoding",
}
STATES = {"pending": "still to be tried", "refused": "refused"}

SAMPLE = {"en": "Sample: invented wording. Do not quote.", "uk": "Зразок: вигадані тексти. Не цитувати."}
MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)


def word(words: Mapping[str, str], value: str) -> str:
    """The word for a value. Raises ``PublicationError`` for a value without one: nothing is shown raw or left out."""
    if value not in words:
        raise PublicationError(f"no word for {value!r} beside {', '.join(words)}; add it to servanda/publication/words.py")
    return words[value]


def day(value: date) -> str:
    """A day in full: 2 June 2025."""
    return f"{value.day} {MONTHS[value.month - 1]} {value.year}"


def days(first: date | None, last: date | None) -> str:
    """One day, or from the first to the last, with no part said twice."""
    if first is None or last is None:
        only = first or last
        return day(only) if only else "day not told"
    if first == last:
        return day(first)
    if (first.year, first.month) == (last.year, last.month):
        return f"{first.day}–{day(last)}"
    start = f"{first.day} {MONTHS[first.month - 1]}" if first.year == last.year else day(first)
    return f"{start} – {day(last)}"


def amount(least: int | None, most: int | None) -> str:
    """Bounds in words, without a unit; empty where there is no number."""
    if least is not None and most is not None:
        return f"{least:,}" if least == most else f"{least:,} to {most:,}"
    if least is not None:
        return f"at least {least:,}"
    return f"up to {most:,}" if most is not None else ""


def counted(kind: str, least: int | None, most: int | None) -> str:
    """Bounds with their unit: "6,000 bodies", "at least 1,200 people"; empty where there is no number."""
    number = amount(least, most)
    singular, plural = UNITS.get(kind, ("", ""))
    return f"{number} {singular if number == '1' else plural}" if number else ""


def categories(values: Iterable[str]) -> str:
    """Groups of prisoners, by comma."""
    return ", ".join(word(CATEGORIES, value) for value in sorted(values))


def direction(kind: str, giver: str | None, receiver: str | None) -> str:
    """From whom to whom; who is bound where nothing is handed over."""
    if kind in {"talks", "ceasefire"}:
        return word(PARTIES, giver or receiver or "both").capitalize()
    if giver == receiver == "both":
        return "Both sides, to each other"
    return f"{_party(giver).capitalize()} → {_party(receiver)}" if giver or receiver else "Sides not named"


def _party(value: str | None) -> str:
    return word(PARTIES, value) if value else "side not named"


def share(value: float) -> str:
    """A share in per cent, cut and not rounded: 99.96 is not 100."""
    tenths = int(value * 1000 + 1e-9)
    return f"{tenths // 10}%" if tenths % 10 == 0 else f"{tenths / 10:.1f}%"
