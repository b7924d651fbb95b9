"""The feed: Atom (RFC 4287) of changes of status and of events, newest first.

Ids are ``tag:`` URIs (RFC 4151) made of the obligation's or the event's id, so they never change. Times are those of the
data's days (midnight in Kyiv), not of the run.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time
from urllib.parse import quote

from feedgen.feed import FeedGenerator

from servanda.model.article import KYIV
from servanda.publication import words
from servanda.publication.events import EventView, event_view
from servanda.publication.outside import shown
from servanda.publication.rows import Change
from servanda.publication.site import Site

AUTHORITY = "servanda.example,2025"
"""Who mints the ids: a name that nobody can own, and a date. It never changes."""

ENTRIES = 200
"""So many entries the feed holds; what is older is in ``status_history.csv`` and ``events.csv``."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """An entry of the feed. ``published`` is the day on which it came to be known, ``updated`` that of the last word on it."""

    id: str
    title: str
    summary: str
    href: str
    published: datetime
    updated: datetime


def tag(kind: str, *names: str) -> str:
    """An id that never changes: ``tag:servanda.example,2025:status/<obligation>/<day>``."""
    return f"tag:{AUTHORITY}:" + "/".join([kind, *(quote(name, safe="._-") for name in names)])


def midnight(day: date) -> datetime:
    """The day's start in Kyiv."""
    return datetime.combine(day, time(), KYIV)


def feed(site: Site) -> bytes:
    """The feed as UTF-8 XML; it may be empty of entries, and is valid then too."""
    entries = sorted([*_of_changes(site), *_of_events(site)], key=lambda entry: (entry.updated, entry.id), reverse=True)[:ENTRIES]
    document = FeedGenerator()
    document.id(tag("feed"))
    document.title("Servanda: promises and deliveries" + (f" ({words.SAMPLE['en']})" if site.sample else ""))
    document.subtitle(f"As of {site.as_of}. Snapshot {site.snapshot_id}." + (f" {words.SAMPLE['uk']}" if site.sample else ""))
    document.author(name="Servanda")
    document.generator("Servanda")
    document.language("en")
    document.rights("CC-BY-4.0")
    document.link(href="feed.xml", rel="self", type="application/atom+xml")
    document.link(href="index.html", rel="alternate", type="text/html")
    document.updated(entries[0].updated if entries else midnight(date.fromisoformat(site.as_of_iso)))
    for entry in entries:
        added = document.add_entry(order="append")
        added.id(entry.id)
        added.title(shown(entry.title))
        added.summary(shown(entry.summary))
        added.link(href=entry.href, rel="alternate", type="text/html")
        added.published(entry.published)
        added.updated(entry.updated)
    written = bytes(document.atom_str(pretty=True))
    return written if written.endswith(b"\n") else written + b"\n"


def _of_changes(site: Site) -> Iterator[Entry]:
    views = {view.id: view for view in site.obligations}
    for change in site.changes:
        if change.status == change.previous or change.obligation_id not in views:
            continue
        view = views[change.obligation_id]
        yield Entry(
            id=tag("status", change.obligation_id, change.day.isoformat()),
            title=f"{words.word(words.STATUSES, change.status)}: {view.title}",
            summary=_summary_of_change(site, change),
            href=view.href,
            published=midnight(change.day),
            updated=midnight(change.day),
        )


def _summary_of_change(site: Site, change: Change) -> str:
    before = words.word(words.STATUSES, change.previous).lower() if change.previous else "not in the books"
    parts = [
        f"{words.STATUSES[change.status]} since {words.day(change.day)}; before: {before}.",
        _accounts(change.delivered_by_giver, change.delivered_by_receiver, change.delivered_by_mediator),
    ]
    if change.flags:
        parts.append(f"Also: {', '.join(words.word(words.FLAGS, flag) for flag in sorted(change.flags))}.")
    cause = site.told.get(change.statement_id) if change.statement_id else None
    if cause:
        parts.append(f"“{cause.quote}” ({cause.outlet or 'outlet not known'})")
    return " ".join(part for part in parts if part)


def _accounts(giver: int | None, receiver: int | None, mediator: int | None) -> str:
    told = {"the giver": giver, "the receiver": receiver, "mediators": mediator}
    numbers = [f"{number:,} by {account}" for account, number in told.items() if number is not None]
    return f"Delivered in all: {', '.join(numbers)}." if numbers else ""


def _of_events(site: Site) -> Iterator[Entry]:
    fills = site.fills
    for event in site.events:
        known = sorted(site.told[s].published_at.astimezone(KYIV).date() for s in event.statement_ids if s in site.told)
        first = known[0] if known else event.day or date.fromisoformat(site.as_of_iso)
        view = event_view(event, fills)
        yield Entry(
            id=tag("event", event.event_id),
            title=f"{view.what}, {view.direction}, {view.days}",
            summary=_summary_of_event(view),
            href=view.fills.href if view.fills else view.sentences,
            published=midnight(first),
            updated=midnight(known[-1] if known else first),
        )


def _summary_of_event(view: EventView) -> str:
    told = {
        "the giver": view.giver,
        "the receiver": view.receiver,
        "mediators": view.mediator,
        "outlets": view.outlets,
        "said of both directions together": view.pair,
    }
    numbers = [f"{account}: {number:,}" for account, number in told.items() if number is not None]
    return " ".join(
        [
            f"{'; '.join(numbers).capitalize()}." if numbers else "Nobody gives a number.",
            f"The two accounts differ: {view.difference}." if view.difference else "",
            "A total of events, not added to them." if view.total else "",
            f"Witnesses: {view.witnesses}; borne out by: {view.corroboration}.",
            f"Fills: {view.fills.title}." if view.fills else "It fills no promise.",
        ]
    )
