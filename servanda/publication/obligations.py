"""How an obligation is shown: what, from whom to whom, what was promised, what came by each account, its status in words."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from servanda.publication import words
from servanda.publication.outside import file_name, shown
from servanda.publication.rows import Standing

ORDER = {"fulfilled": 0, "reported": 0, "promised": 0, "proposed": 1, "refused": 2}
"""What was undertaken stands before what was only asked for, and that before what was refused."""

UNCOUNTED = frozenset({"ceasefire", "talks"})
"""Kinds of which nothing is handed over that could be counted."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """One account's sum as a bar: its length and the promise's mark, in per cent of the whole width."""

    account: str
    number: int | None
    length: str
    mark: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Flag:
    """A flag in words, and what it means."""

    word: str
    meaning: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ObligationView:
    """An obligation in words; ``href`` is its page, from the site's root."""

    row: Standing
    href: str
    title: str
    kind: str
    categories: str
    direction: str
    promised: str
    share: str
    basis: str
    bars: tuple[Bar, ...]
    sign: str
    status: str
    meaning: str
    flags: tuple[Flag, ...]
    corroboration: str
    undertaking: str
    delivery: str
    place: str
    made: str
    due: str
    starts: str
    agreed: str
    last_event: str

    @property
    def id(self) -> str:
        """The obligation's id."""
        return self.row.obligation_id


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """The obligations that were agreed, or first spoken of, on one day."""

    anchor: str
    day: str
    places: str
    obligations: tuple[ObligationView, ...]


def obligation_view(row: Standing) -> ObligationView:
    """An obligation in words. Raises ``PublicationError`` for an unknown word or an id that cannot name a page."""
    number = words.counted(row.kind, row.promised_min, row.promised_max)
    kind = words.word(words.KINDS, row.kind)
    groups = words.categories(row.categories)
    direction = words.direction(row.kind, row.from_party, row.to_party)
    return ObligationView(
        row=row,
        href="obligations/" + file_name(row.obligation_id, ".html"),
        title=", ".join(part for part in (kind, "all for all" if row.all_for_all else number, groups, direction) if part),
        kind=kind,
        categories=groups,
        direction=direction,
        promised=promised(row, number),
        share=share(row),
        basis=basis(row),
        bars=bars(row),
        sign=words.word(words.SIGNS, row.status),
        status=words.word(words.STATUSES, row.status),
        meaning=words.word(words.STATUS_MEANINGS, row.status),
        flags=tuple(Flag(word=words.word(words.FLAGS, f), meaning=words.word(words.FLAG_MEANINGS, f)) for f in sorted(row.flags)),
        corroboration=words.word(words.CORROBORATIONS, row.corroboration),
        undertaking=words.word(words.UNDERTAKINGS, row.undertaking),
        delivery=words.word(words.DELIVERIES, row.delivery),
        place=shown(row.agreed_at or ""),
        made=words.day(row.made_on),
        due=words.day(row.due_on) if row.due_on else "",
        starts=words.day(row.starts_on) if row.starts_on else "",
        agreed=words.day(row.agreed_on) if row.agreed_on else "",
        last_event=words.day(row.last_event_on) if row.last_event_on else "",
    )


def promised(row: Standing, number: str) -> str:
    """What was promised, in words: the number, or all for all with the floor that was named, or that no number was named."""
    if row.kind == "talks":
        return "a further round"
    if row.all_for_all:
        return f"all for all ({number} named)" if number else "all for all"
    return number or "no number named"


def share(row: Standing) -> str:
    """The share of what was promised, in words, or why there is none."""
    if row.kind in UNCOUNTED:
        return "not counted"
    if row.undertaking != "promised" and row.share is None:
        return "not promised"
    if row.all_for_all or not row.promised_min:
        return "no number to compare"
    if row.share is None:
        return "no number told yet"
    least = row.promised_max != row.promised_min
    return f"{words.share(row.share)} of {'at least ' if least else ''}{row.promised_min:,}"


def counted(row: Standing) -> int | None:
    """The number that the share goes by, which the ledger takes event by event; None where there is no share."""
    return None if row.share is None or not row.promised_min else round(row.share * row.promised_min)


def basis(row: Standing) -> str:
    """Whose numbers the share goes by where they are not all the receiver's; else empty."""
    number = counted(row)
    if not number or row.kind in UNCOUNTED or row.all_for_all:
        return ""
    if row.corroboration == "giver":
        return "by the giver’s word alone"
    if row.delivered_by_receiver is None:
        return "the receiver gives no number"
    others = number - row.delivered_by_receiver
    if others <= 0:
        return ""
    witnesses = "outlets" if row.delivered_by_mediator is None else "mediators or outlets"
    return f"{number:,} counted: {others:,} of them by {witnesses}, with no number from the receiver"


def bars(row: Standing) -> tuple[Bar, ...]:
    """A bar for each account of a delivery that can be measured against a number; none where nothing can be compared."""
    if row.all_for_all or not row.promised_min or row.kind in UNCOUNTED or row.undertaking != "promised":
        return ()
    told = [("giver", row.delivered_by_giver), ("receiver", row.delivered_by_receiver)]
    if row.delivered_by_mediator is not None:
        told.append(("mediator", row.delivered_by_mediator))
    number = counted(row)
    if number is not None and number > max(sum_ or 0 for _, sum_ in told):
        told.append(("counted", number))
    whole = max(row.promised_min, *(number or 0 for _, number in told))
    mark = f"{100 * row.promised_min / whole:.2f}"
    return tuple(Bar(account=a, number=n, length=f"{100 * (n or 0) / whole:.2f}", mark=mark) for a, n in told)


def grouped(obligations: Iterable[ObligationView]) -> list[Group]:
    """Obligations by the day of their agreement, else the day on which they were first spoken of; the newest day first."""
    by_day: dict[date, list[ObligationView]] = {}
    for view in sorted(obligations, key=lambda v: (ORDER[v.row.status], v.row.agreed_on is None, v.row.kind, v.id)):
        by_day.setdefault(view.row.agreed_on or view.row.made_on, []).append(view)
    return [
        Group(
            anchor=f"day-{day.isoformat()}",
            day=words.day(day),
            places=", ".join(sorted({view.place for view in views if view.agreed and view.place})),
            obligations=tuple(views),
        )
        for day, views in sorted(by_day.items(), reverse=True)
    ]
