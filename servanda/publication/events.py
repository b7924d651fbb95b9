"""How an event is shown: its days, each account's number, where they differ, and what it fills."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from servanda.publication import words
from servanda.publication.rows import Event

UNALLOCATED = "unallocated.html"
"""The page of the sentences about events that fill no promise."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Fills:
    """The obligation that an event fills: its name and its page, from the site's root."""

    title: str
    href: str


@dataclass(frozen=True, slots=True, kw_only=True)
class EventView:
    """An event in words. Numbers that no account gives are None; ``compared``: both sides gave one.

    ``sentences`` is where its sentences stand, from the site's root.
    """

    event_id: str
    days: str
    what: str
    direction: str
    giver: int | None
    receiver: int | None
    mediator: int | None
    outlets: int | None
    pair: int | None
    compared: bool
    difference: str
    witnesses: int
    corroboration: str
    total: bool
    fills: Fills | None
    sentences: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivery:
    """An event of an obligation, with the sums so far by both accounts (None until an account gives a number)."""

    event: EventView
    giver_sum: int | None
    receiver_sum: int | None


def newest_first(events: Iterable[Event]) -> list[Event]:
    """Events from the last to the first; those without a day at the end."""
    return sorted(events, key=lambda event: (event.day or date.min, event.event_id), reverse=True)


def event_view(event: Event, obligations: Mapping[str, Fills]) -> EventView:
    """An event in words; ``obligations`` are the pages that it may lead to."""
    fills = obligations.get(event.obligation_id) if event.obligation_id else None
    parts = [words.word(words.KINDS, event.kind)]
    if event.list_act:
        parts.append(words.word(words.LIST_ACTS, event.list_act))
    if event.categories:
        parts.append(words.categories(event.categories))
    return EventView(
        event_id=event.event_id,
        days=words.days(event.date_from, event.date_to),
        what=": ".join([parts[0], ", ".join(parts[1:])] if parts[1:] else parts),
        direction=words.direction(event.kind, event.from_party, event.to_party),
        giver=event.count_by_giver,
        receiver=event.count_by_receiver,
        mediator=event.count_by_mediator,
        outlets=event.count_by_outlets,
        pair=event.pair_count,
        compared=event.count_by_giver is not None and event.count_by_receiver is not None,
        difference=difference(event.count_by_giver, event.count_by_receiver),
        witnesses=event.witnesses,
        corroboration=words.word(words.CORROBORATIONS, event.corroboration),
        total=event.closed_total,
        fills=fills,
        sentences=f"{fills.href}#evidence" if fills else f"{UNALLOCATED}#{event.event_id}",
    )


def difference(giver: int | None, receiver: int | None) -> str:
    """Where both sides give a number and the two differ: by how many, and who says more. Else empty."""
    if giver is None or receiver is None or giver == receiver:
        return ""
    more = "giver" if giver > receiver else "receiver"
    return f"{abs(giver - receiver):,} more by the {more}"


def deliveries(events: Iterable[Event], obligations: Mapping[str, Fills]) -> list[Delivery]:
    """The events of one obligation from the first to the last, with running sums; a total is never added."""
    giver: int | None = None
    receiver: int | None = None
    told = []
    for event in reversed(newest_first(events)):
        if not event.closed_total:
            giver = _plus(giver, event.count_by_giver)
            receiver = _plus(receiver, event.count_by_receiver)
        told.append(Delivery(event=event_view(event, obligations), giver_sum=giver, receiver_sum=receiver))
    return told


def _plus(so_far: int | None, number: int | None) -> int | None:
    return so_far if number is None else (so_far or 0) + number
