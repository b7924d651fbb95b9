"""Statements for tests of the ledger: told in a line each, or taken from the newsroom's labels, and put into a warehouse."""

import hashlib
import json
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time
from pathlib import Path
from zoneinfo import ZoneInfo

import polars as pl

from warehouse.database import Session, Warehouse
from warehouse.ledger_run import Ledger, recompute
from warehouse.tables.registry import TABLES

ROOT = Path(__file__).parent.parent
ALIGNMENTS = {"kyiv": "ukraine", "moscow": "russia", "ankara": "mediator", "london": "independent", "paris": "independent"}
COPIES = {"n-012": "n-009", "n-026": "n-024", "n-051": "n-050", "n-065": "n-064", "n-071": "n-069"}
"""The newsroom's near-copies, by its README."""

DEFAULTS = {
    "categories": [],
    "all_for_all": False,
    "from_party": None,
    "to_party": None,
    "count_min": None,
    "count_max": None,
    "per_side": False,
    "date_from": None,
    "date_to": None,
    "speaker": None,
    "agreed_on": None,
    "agreed_at": None,
    "completes": False,
    "denies": None,
    "list_act": None,
    "from_list": False,
}


@dataclass(frozen=True)
class Told:
    """An article: where and when it was told, and its statements (the codebook's fields)."""

    outlet: str
    day: str
    statements: tuple[dict[str, object], ...]
    copy_of: str | None = None
    article_id: str = ""
    alignment: str | None = None
    published: datetime | None = None
    version: int = 1
    first_seen: datetime | None = None
    extra: dict[str, object] = field(default_factory=dict)

    @property
    def id(self) -> str:
        return self.article_id or "a-" + digest(self.outlet, self.day, [sorted(s.items(), key=str) for s in self.statements])

    @property
    def at(self) -> datetime:
        return self.published or datetime.combine(date.fromisoformat(self.day), time(12), ZoneInfo("Europe/Kyiv"))


def digest(*parts: object) -> str:
    return hashlib.sha256(repr(parts).encode()).hexdigest()[:16]


def said(kind: str, stage: str, count: int | None = None, *, way: str = "", on: str = "", **fields: object) -> dict[str, object]:
    """A statement in a line: ``way`` is "ru>ua", "ua>ru" or "both"; ``on`` a day or two ("2025-06-11..2025-06-16")."""
    names = {"ru": "russia", "ua": "ukraine"}
    giver, receiver = ("both", "both") if way == "both" else [names.get(p) for p in (way + ">").split(">")[:2]]
    first, _, last = on.partition("..")
    scope = {"performed": "event"}.get(stage, "target")
    return DEFAULTS | {
        "kind": kind,
        "stage": stage,
        "count_min": count,
        "count_max": count,
        "scope": scope,
        "from_party": giver,
        "to_party": receiver if kind not in ("ceasefire", "talks") else None,
        "date_from": first or None,
        "date_to": last or first or None,
        "quote": f"{kind} {stage} {count}",
        **fields,
    }


def newsroom() -> list[Told]:
    """The newsroom's articles with their labels as statements."""
    told = []
    for path in sorted((ROOT / "newsroom/articles").glob("*.json")):
        article = json.loads(path.read_text(encoding="utf-8"))
        labels = json.loads((ROOT / "tests/eval/labels" / path.name).read_text(encoding="utf-8"))
        told.append(
            Told(
                outlet=article["outlet"],
                day=article["published"][:10],
                statements=tuple(labels["gold"]),
                copy_of=COPIES.get(article["id"]),
                article_id=article["id"],
                alignment=article["alignment"],
                published=datetime.fromisoformat(article["published"]),
            )
        )
    return told


@contextmanager
def warehouse(folder: Path, articles: Iterable[Told]) -> Iterator[Session]:
    """A warehouse that holds these articles, read."""
    with Warehouse(folder / "servanda.duckdb").open() as session:
        store(session, articles)
        yield session


def keep(folder: Path, articles: Iterable[Told], as_of: str = "2026-12-31") -> Ledger:
    """The books as of a day."""
    with warehouse(folder, articles) as session:
        return recompute(session, date.fromisoformat(as_of))


def store(session: Session, articles: Iterable[Told], reader_version: str = "labels") -> None:
    """Put articles with their statements into an open warehouse, as a reader of that version would have found them."""
    tables: dict[str, list[dict[str, object]]] = {
        name: [] for name in ("sources", "articles", "copies", "statements", "readings")
    }
    for told in articles:
        unique = {row["statement_id"]: row for row in (_statement(told, s, reader_version) for s in told.statements)}
        seen = told.first_seen or datetime(2026, 12, 31, tzinfo=UTC)
        tables["sources"].append(_source(told))
        tables["articles"].append(_article(told, seen))
        tables["copies"].append({"article_id": told.id, "copy_of": told.copy_of or told.id, "similarity": 1.0})
        tables["statements"].extend(unique.values())
        tables["readings"].append(_reading(told, seen, reader_version, sorted(unique)))
    for table, rows in tables.items():
        _append(session, table, rows)


def _reading(told: Told, seen: datetime, reader_version: str, statement_ids: list[object]) -> dict[str, object]:
    return {
        "reading_id": "r-" + digest(told.id, told.version, reader_version),
        "article_id": told.id,
        "version": told.version,
        "reader_version": reader_version,
        "read_at": seen,
        "statement_ids": statement_ids,
    }


def _source(told: Told) -> dict[str, object]:
    return {
        "source_id": told.outlet,
        "url": f"https://{told.outlet}.example/feed",
        "outlet": told.outlet,
        "language": "en",
        "alignment": told.alignment or ALIGNMENTS[told.outlet],
        "enabled": True,
        "note": "",
        "sample": True,
        "first_seen_at": datetime(2026, 1, 1, tzinfo=UTC),
    }


def _article(told: Told, seen: datetime) -> dict[str, object]:
    return {
        "article_id": told.id,
        "version": told.version,
        "source_id": told.outlet,
        "item_id": "i-" + told.id,
        "page_id": "p-" + told.id,
        "url": f"https://{told.outlet}.example/{told.id}",
        "title": told.id,
        "text": "text",
        "text_hash": "0" * 64,
        "body_hash": "0" * 64,
        "published_at": told.at.astimezone(UTC),
        "published_by": "page",
        "language": "en",
        "author": None,
        "encoding": "utf-8",
        "extraction": "whole",
        "doubtful": False,
        "first_seen_at": seen,
    }


def _statement(told: Told, statement: dict[str, object], reader_version: str) -> dict[str, object]:
    fields = DEFAULTS | statement
    for name in ("date_from", "date_to", "agreed_on"):
        fields[name] = date.fromisoformat(str(fields[name])) if fields[name] else None
    return fields | {
        "statement_id": "s-" + digest(told.id, told.version, sorted(fields.items(), key=str)),
        "article_id": told.id,
        "version": told.version,
        "source_id": told.outlet,
        "published_at": told.at.astimezone(UTC),
        "part": "text",
        "char_start": 0,
        "char_end": len(str(fields["quote"])),
        "rule": "label",
        "reader_version": reader_version,
        "first_seen_at": datetime(2026, 1, 1, tzinfo=UTC),
    }


def _append(session: Session, table: str, rows: list[dict[str, object]]) -> None:
    if rows:
        types = {name: column.dtype.type for name, column in TABLES[table].to_schema().columns.items()}
        keys = ["article_id", "version"] if table == "articles" else [next(iter(types))]
        frame = pl.DataFrame([{n: row[n] for n in types} for row in rows], schema=types)
        session.append(table, frame.unique(keys, keep="first", maintain_order=True))
