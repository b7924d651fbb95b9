"""The ledger alone on the newsroom's labels: the sums and the dates that must come out (design, issue of the first version)."""

import random
from datetime import date

import polars as pl
import pytest

from tests.casebook import newsroom, store, warehouse
from warehouse.database import Warehouse
from warehouse.ledger_run import recompute
from warehouse.published import PublishedBooks, Snapshot, write_database
from warehouse.standings import status_on

JUNE = "body_repatriation.2025-06-02"
LAST_DAY = date(2026, 3, 31)


@pytest.fixture(scope="module")
def session(tmp_path_factory):
    with warehouse(tmp_path_factory.mktemp("labels"), newsroom()) as opened:
        yield opened


@pytest.fixture(scope="module")
def books(session):
    return recompute(session, LAST_DAY)


def june_bodies(events, to_party):
    window = pl.coalesce("date_from", "date_to").is_between(date(2025, 6, 1), date(2025, 6, 30))
    return events.filter(
        window & (pl.col("kind") == "body_repatriation") & (pl.col("to_party") == to_party) & ~pl.col("closed_total")
    ).sort("date_to")


def test_every_hand_over_of_bodies_in_june_is_an_event_with_both_sides_figures(books):
    events = june_bodies(books.events, "ukraine")
    assert events.select(pl.col("date_to").cast(str), "count_by_giver", "count_by_receiver").rows() == [
        ("2025-06-11", 1212, 1212),
        ("2025-06-13", 1200, 1200),
        ("2025-06-14", 1200, 1200),
        ("2025-06-15", 1200, 1200),
        ("2025-06-16", 1248, 1245),
    ]
    assert (events["count_by_receiver"].sum(), events["count_by_giver"].sum()) == (6057, 6060)


def test_seventy_eight_went_the_other_way_by_the_russian_account_alone(books):
    events = june_bodies(books.events, "russia")
    assert events["count_by_receiver"].to_list() == [27, 51]
    assert events["count_by_giver"].to_list() == [None, None]


@pytest.mark.parametrize(
    ("day", "status"),
    [("2025-06-05", "promised"), ("2025-06-12", "reported"), ("2025-06-15", "reported"), ("2025-06-16", "fulfilled")],
)
def test_the_six_thousand_bodies_on_their_days(session, day, status):
    found = status_on(session, [date.fromisoformat(day)])
    assert found.filter(pl.col("obligation_id") == f"{JUNE}.russia-ukraine")["status"].to_list() == [status]


def test_the_body_exchange_is_fulfilled_in_one_direction_only(books):
    found = dict(books.status.filter(pl.col("commitment_id") == JUNE).select("obligation_id", "status").rows())
    assert found == {f"{JUNE}.russia-ukraine": "fulfilled", f"{JUNE}.ukraine-russia": "reported"}


def test_a_thousand_for_a_thousand_was_filled_in_three_days(books):
    may = books.events.filter(
        (pl.col("obligation_id") == "prisoner_exchange.2025-05-16.russia-ukraine") & ~pl.col("closed_total")
    )
    assert may["date_to"].sort().cast(str).to_list() == ["2025-05-23", "2025-05-24", "2025-05-25"]
    found = books.status.filter(pl.col("commitment_id") == "prisoner_exchange.2025-05-16")
    assert found["status"].to_list() == ["fulfilled", "fulfilled"]


def test_all_for_all_is_never_fulfilled_by_counting(books):
    found = books.status.filter(pl.col("all_for_all"))
    assert len(found) > 0
    assert set(found["status"]) <= {"proposed", "promised", "reported"}


def test_july_is_not_filled_by_junes_exchanges(books):
    filling = books.events.filter(pl.col("obligation_id").str.starts_with("prisoner_exchange.2025-07-23"))
    assert filling["date_to"].min() == date(2025, 8, 14)


def test_the_offer_of_three_thousand_bodies_is_filled_by_three_hand_overs(books):
    offer = books.status.filter((pl.col("kind") == "body_repatriation") & (pl.col("promised_min") == 3000)).row(0, named=True)
    assert (offer["status"], offer["delivered_by_receiver"]) == ("fulfilled", 3000)


def test_the_339_stand_as_a_demand(books):
    demand = books.status.filter(pl.col("obligation_id") == "child_return.list.by-russia.2025-06-02.russia-ukraine").row(
        0, named=True
    )
    assert (demand["status"], demand["promised_min"], demand["delivered_by_receiver"]) == ("proposed", 339, None)


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_any_order_of_arrival_and_any_split_give_the_same_books(tmp_path, books, seed):
    articles = newsroom()
    random.Random(seed).shuffle(articles)
    database = Warehouse(tmp_path / "servanda.duckdb")
    for part in (articles[:20], articles[20:]):
        with database.open() as opened:
            store(opened, part)
            other = recompute(opened, LAST_DAY)
    for name, frame in books.tables():
        keys = [column for column, kind in frame.schema.items() if kind != pl.List(pl.String)]
        assert dict(other.tables())[name].sort(keys).equals(frame.sort(keys)), name


def test_the_published_macros_are_the_same_function(tmp_path, session, books):
    for name, frame in books.tables():
        session.replace(name, frame)
    write_database(session, tmp_path / "servanda.duckdb", snapshot=Snapshot(snapshot_id="x", as_of=LAST_DAY, sample=True))
    with PublishedBooks(tmp_path).open() as reader:
        for name, macro in (("status", "status_as_of"), ("events", "events_as_of")):
            frame = dict(books.tables())[name]
            key = "obligation_id" if name == "status" else "event_id"
            assert reader.frame(f"SELECT * FROM {macro}(?)", LAST_DAY).sort(key).equals(frame.sort(key))
        early = reader.rows(
            "SELECT status FROM status_as_of(?) WHERE obligation_id = ?", date(2025, 6, 12), f"{JUNE}.russia-ukraine"
        )
        assert early == [("reported",)]
        quotes = reader.rows("SELECT count(*) FROM evidence(?)", f"{JUNE}.russia-ukraine")
        assert int(str(quotes[0][0])) > 20
        assert "text" not in {
            row[0] for row in reader.rows("SELECT column_name FROM duckdb_columns() WHERE table_name = 'articles'")
        }
