"""The site: books to pages. Text in, text out; no file is written here, and no clock is read.

Templates and the style sheet lie in ``templates/``. Everything from outside is escaped by the engine.
"""

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template

from servanda.publication import words
from servanda.publication.books import KEYS, Books
from servanda.publication.events import UNALLOCATED, Fills, deliveries, event_view, newest_first
from servanda.publication.evidence import Evidence, evidence_of, unallocated
from servanda.publication.gaps import Gap, gaps
from servanda.publication.obligations import Group, ObligationView, grouped, obligation_view
from servanda.publication.rows import Change, Event, Told, rows, standings, told, unread

TEMPLATES = Path(__file__).parent / "templates"

Member = TypeVar("Member")


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """All that the pages show, read off the books once; the feed is made of it too."""

    as_of: str
    as_of_iso: str
    snapshot_id: str
    sample: bool
    obligations: tuple[ObligationView, ...]
    groups: tuple[Group, ...]
    events: tuple[Event, ...]
    changes: tuple[Change, ...]
    told: dict[str, Told]
    evidence: dict[str, list[Evidence]]
    unallocated: dict[str, list[Evidence]]
    gaps: tuple[Gap, ...]
    sources: int
    items: int
    articles: int

    @property
    def fills(self) -> dict[str, Fills]:
        """What an event may fill: each obligation's name and page."""
        return {view.id: Fills(title=view.title, href=view.href) for view in self.obligations}

    @property
    def counts(self) -> list[tuple[str, str, int]]:
        """How many obligations have each status: sign, word, number."""
        found = Counter(view.row.status for view in self.obligations)
        order = ("fulfilled", "reported", "promised", "proposed", "refused")
        return [(words.SIGNS[status], words.STATUSES[status], found[status]) for status in order]


def site_of(books: Books, snapshot_id: str) -> Site:
    """What the pages show. ``books`` are in order (``books.in_order``)."""
    views = tuple(obligation_view(row) for row in standings(books.status, books.commitments))
    statements = told(books.statements, books.articles, books.sources, books.retractions)
    events = tuple(newest_first(rows(books.events, Event)))
    return Site(
        as_of=words.day(books.as_of),
        as_of_iso=books.as_of.isoformat(),
        snapshot_id=snapshot_id,
        sample=books.sample,
        obligations=views,
        groups=tuple(grouped(views)),
        events=events,
        changes=tuple(rows(books.status_history, Change)),
        told=statements,
        evidence=evidence_of(books, statements),
        unallocated=unallocated(events, statements, {view.id for view in views}),
        gaps=tuple(gaps(unread(books.items, books.sources))),
        sources=books.sources.height,
        items=books.items.height,
        articles=books.articles["article_id"].n_unique(),
    )


def pages(site: Site) -> dict[str, str]:
    """Every page by its path from the site's root, and the style sheet."""
    environment = _environment()
    fills = site.fills
    views = [event_view(event, fills) for event in site.events]
    index = environment.get_template("index.html")
    others = environment.get_template("unallocated.html")
    without = [view for view in views if view.event_id in site.unallocated]
    return {
        "index.html": index.render(site=site, root="", events=views, words=words, tables=list(KEYS)),
        UNALLOCATED: others.render(site=site, root="", events=without, words=words),
        "style.css": (TEMPLATES / "style.css").read_text(encoding="utf-8"),
        **_of_obligations(site, environment.get_template("obligation.html"), fills),
    }


def _of_obligations(site: Site, template: Template, fills: dict[str, Fills]) -> dict[str, str]:
    events = _by(site.events, lambda event: event.obligation_id or "")
    changes = _by(site.changes, lambda change: change.obligation_id)
    twins = _by(site.obligations, lambda view: view.row.commitment_id)
    return {
        view.href: template.render(
            site=site,
            root="../",
            view=view,
            twins=[twin for twin in twins[view.row.commitment_id] if twin.id != view.id],
            deliveries=deliveries(events.get(view.id, []), fills),
            changes=changes.get(view.id, []),
            evidence=site.evidence.get(view.id, []),
            anchors={item.statement_id for item in site.evidence.get(view.id, [])},
            words=words,
        )
        for view in site.obligations
    }


def _by(rows: Iterable[Member], key: Callable[[Member], str]) -> dict[str, list[Member]]:
    found: dict[str, list[Member]] = {}
    for row in rows:
        found.setdefault(key(row), []).append(row)
    return found


def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(TEMPLATES, encoding="utf-8"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.filters["day"] = words.day
    environment.filters["status_word"] = lambda value: words.word(words.STATUSES, value)
    environment.filters["flag_words"] = lambda flags: ", ".join(words.word(words.FLAGS, flag) for flag in sorted(flags))
    return environment
