"""A small set of books, made by hand: bodies promised by both sides, deliveries that differ, a total, talks, an unread item."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime

import polars as pl
import pytest

from servanda.publication.books import Books

D = date.fromisoformat
GIVEN = "body_repatriation.2025-06-02.russia-ukraine"
OWED = "body_repatriation.2025-06-02.ukraine-russia"

TYPES: dict[str, pl.DataType | type[pl.DataType]] = {
    "": pl.String,
    "list": pl.List(pl.String),
    "time": pl.Datetime("us", "UTC"),
    "day": pl.Date,
    "int": pl.Int64,
    "small": pl.Int32,
    "bool": pl.Boolean,
    "float": pl.Float64,
}
COLUMNS = {
    "sources": "source_id url outlet language alignment enabled:bool note sample:bool first_seen_at:time",
    "items": "item_id source_id url guid title published_at:time first_seen_at:time state reason next_try_at:time tries:int "
    "article_id",
    "gaps": "gap_id source_id noticed_at:time last_listed_at:time entries:int",
    "articles": "article_id version:small source_id item_id url title published_at:time language first_seen_at:time copy_of",
    "statements": "statement_id article_id version:small source_id published_at:time kind stage from_party to_party "
    "count_min:int count_max:int per_side:bool scope date_from:day date_to:day speaker quote first_seen_at:time extraction "
    "doubtful:bool",
    "events": "event_id kind from_party to_party date_from:day date_to:day categories:list list_act count_by_giver:int "
    "count_by_receiver:int count_by_mediator:int count_by_outlets:int pair_count:int witnesses:small corroboration "
    "closed_total:bool obligation_id statement_ids:list",
    "commitments": "commitment_id kind agreed_on:day starts_on:day closed_on:day statement_ids:list",
    "obligations": "obligation_id commitment_id kind statement_ids:list",
    "bearings": "obligation_id statement_id bearing told_on:day",
    "status": "as_of:day obligation_id commitment_id kind from_party to_party categories:list all_for_all:bool promised_min:int "
    "promised_max:int made_on:day due_on:day agreed_at status undertaking delivery corroboration delivered_by_giver:int "
    "delivered_by_receiver:int delivered_by_mediator:int share:float flags:list last_event_on:day",
    "status_history": "obligation_id day:day status previous flags:list delivered_by_giver:int delivered_by_receiver:int "
    "delivered_by_mediator:int statement_id cause",
    "discrepancies": "discrepancy_id what kind from_party to_party date_from:day date_to:day account stated:int against "
    "counted:int difference:int event_id obligation_id statement_ids:list",
    "retractions": "retraction_id subject_id subject act reason made_by made_at:time",
    "fetches": "fetch_id run_id started_at:time url purpose status:small bytes:int seconds:float outcome reason",
}
SCHEMAS = {
    table: {name: TYPES[kind] for name, _, kind in (column.partition(":") for column in columns.split())}
    for table, columns in COLUMNS.items()
}
EVENT = {
    "kind": "body_repatriation",
    "from_party": "russia",
    "to_party": "ukraine",
    "categories": [],
    "statement_ids": ["s-3"],
    "witnesses": 2,
    "corroboration": "both",
    "closed_total": False,
    "obligation_id": GIVEN,
}
STATUS = {
    "as_of": D("2025-06-20"),
    "kind": "body_repatriation",
    "categories": [],
    "all_for_all": False,
    "promised_min": 6000,
    "promised_max": 6000,
    "made_on": D("2025-06-02"),
    "agreed_at": "Istanbul",
    "commitment_id": "c-1",
    "flags": [],
}
STATEMENT = {
    "version": 1,
    "kind": "body_repatriation",
    "per_side": False,
    "scope": "event",
    "from_party": "russia",
    "to_party": "ukraine",
    "first_seen_at": datetime(2026, 1, 1, tzinfo=UTC),
}


def at(day: str) -> datetime:
    return datetime.fromisoformat(f"{day}T12:00:00+00:00")


def rows() -> dict[str, list[dict[str, object]]]:
    seen = {"first_seen_at": datetime(2026, 1, 1, tzinfo=UTC)}
    article = {"version": 1, "source_id": "kyiv", **seen}
    event = EVENT | {"date_from": D("2025-06-11"), "date_to": D("2025-06-11")}
    return {
        "sources": [
            {"source_id": "kyiv", "url": "https://k.example/f", "outlet": "Kyiv Wire", "language": "uk", "alignment": "ukraine"}
            | {"enabled": True, "note": "=1+1", "sample": True, **seen},
        ],
        "items": [
            {
                "item_id": "i-1",
                "source_id": "kyiv",
                "url": "https://k.example/1",
                "title": "Read",
                "state": "stored",
                "reason": "",
            },
            {"item_id": "i-2", "source_id": "kyiv", "url": "https://k.example/2", "title": "Gone", "state": "refused"}
            | {"reason": "the page is gone (410)", "tries": 1},
        ],
        "articles": [
            article
            | {"article_id": "a-1", "item_id": "i-1", "url": "https://k.example/1", "title": "Обмін тілами", "language": "uk"}
            | {"published_at": at("2025-06-02"), "copy_of": "a-1"},
            article
            | {"article_id": "a-2", "item_id": "i-3", "url": "https://k.example/3", "title": "Reprint", "language": "en"}
            | {"published_at": at("2025-06-11"), "copy_of": "a-1"},
        ],
        "statements": [
            STATEMENT
            | {
                "statement_id": "s-1",
                "article_id": "a-1",
                "source_id": "kyiv",
                "published_at": at("2025-06-02"),
                "stage": "promised",
            }
            | {"count_min": 6000, "count_max": 6000, "speaker": "ukraine", "quote": "Росія передасть 6 000 тіл."},
            STATEMENT
            | {
                "statement_id": "s-3",
                "article_id": "a-2",
                "source_id": "kyiv",
                "published_at": at("2025-06-11"),
                "stage": "performed",
            }
            | {"count_min": 1212, "count_max": 1212, "quote": "Russia handed over 1,212 bodies."},
        ],
        "events": [
            event | {"event_id": "e-1", "count_by_giver": 1212, "count_by_receiver": 1212},
            event
            | {"event_id": "e-2", "date_from": D("2025-06-16"), "date_to": D("2025-06-16"), "count_by_giver": 1248}
            | {"count_by_receiver": 1245},
            event | {"event_id": "e-3", "date_to": D("2025-06-16"), "closed_total": True, "count_by_outlets": 6060},
            event | {"event_id": "e-4", "obligation_id": None, "count_by_receiver": 3, "corroboration": "receiver"},
        ],
        "commitments": [
            {"commitment_id": "c-1", "kind": "body_repatriation", "agreed_on": D("2025-06-02"), "starts_on": D("2025-06-09")}
            | {"statement_ids": ["s-1"]},
            {"commitment_id": "c-2", "kind": "talks", "statement_ids": []},
        ],
        "obligations": [
            {"obligation_id": o, "commitment_id": c, "kind": k, "statement_ids": ["s-1"]}
            for o, c, k in ((GIVEN, "c-1", "body_repatriation"), (OWED, "c-1", "body_repatriation"), ("talks.1", "c-2", "talks"))
        ],
        "bearings": [
            {"obligation_id": GIVEN, "statement_id": "s-1", "bearing": "term", "told_on": D("2025-06-02")},
            {"obligation_id": GIVEN, "statement_id": "s-3", "bearing": "delivery", "told_on": D("2025-06-11")},
            {"obligation_id": OWED, "statement_id": "s-1", "bearing": "term", "told_on": D("2025-06-02")},
        ],
        "status": [
            STATUS
            | {
                "obligation_id": GIVEN,
                "from_party": "russia",
                "to_party": "ukraine",
                "status": "reported",
                "undertaking": "promised",
            }
            | {"delivery": "partial", "corroboration": "both", "delivered_by_giver": 2460, "delivered_by_receiver": 2457}
            | {"share": 0.4095, "flags": ["disputed", "partial"], "last_event_on": D("2025-06-16"), "due_on": D("2025-06-15")},
            STATUS
            | {
                "obligation_id": OWED,
                "from_party": "ukraine",
                "to_party": "russia",
                "status": "promised",
                "undertaking": "promised",
            }
            | {"delivery": "none", "corroboration": "none"},
            STATUS
            | {
                "obligation_id": "talks.1",
                "commitment_id": "c-2",
                "kind": "talks",
                "status": "proposed",
                "undertaking": "proposed",
            }
            | {"delivery": "none", "corroboration": "none", "promised_min": None, "promised_max": None, "agreed_at": None}
            | {"made_on": D("2025-06-04")},
        ],
        "status_history": [
            {"obligation_id": GIVEN, "day": D("2025-06-02"), "status": "promised", "flags": [], "statement_id": "s-1"},
            {"obligation_id": GIVEN, "day": D("2025-06-11"), "status": "reported", "previous": "promised", "flags": ["partial"]}
            | {"delivered_by_giver": 1212, "delivered_by_receiver": 1212, "statement_id": "s-3"},
            {"obligation_id": GIVEN, "day": D("2025-06-16"), "status": "reported", "previous": "reported", "flags": ["partial"]}
            | {"delivered_by_giver": 2460, "delivered_by_receiver": 2457},
        ],
        "fetches": [
            {"fetch_id": "f-1", "run_id": "r", "url": "https://k.example/f", "purpose": "feed", "outcome": "ok", "reason": ""}
            | {"started_at": at("2026-01-01"), "status": 200, "bytes": 10, "seconds": 0.5},
        ],
    }


def books_of(tables: dict[str, list[dict[str, object]]]) -> Books:
    frames = {
        name: pl.DataFrame([{c: row.get(c) for c in schema} for row in tables.get(name, [])], schema=schema)
        for name, schema in SCHEMAS.items()
    }
    return Books(**frames, as_of=D("2025-06-20"), sample=True)


@pytest.fixture
def books() -> Books:
    return books_of(rows())


@pytest.fixture
def empty() -> Books:
    return books_of({})


@pytest.fixture
def changed(books: Books) -> Callable[..., Books]:
    """The books with one column of one table set to a value throughout."""

    def change(table: str, **columns: object) -> Books:
        frame = books.tables()[table]
        put = [pl.lit(value).cast(frame.schema[name]).alias(name) for name, value in columns.items()]
        return replace(books, **{table: frame.with_columns(put)})

    return change
