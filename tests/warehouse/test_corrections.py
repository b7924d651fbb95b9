"""What is corrected: statements struck and restored, what was known at a time, accounts that disagree, and older databases."""

from datetime import UTC, date, datetime

import duckdb
import polars as pl
import pytest

from servanda.publication.dictionary import COLUMNS
from tests.casebook import Told, keep, said, store, warehouse
from warehouse.database import Warehouse
from warehouse.ledger_run import recompute
from warehouse.migrate import MIGRATIONS
from warehouse.published import PublishedBooks, Snapshot, write_database
from warehouse.standings import status_on

BODIES = "body_repatriation"
OBLIGATION = "body_repatriation.2025-06-02.russia-ukraine"
PROMISE = said(BODIES, "promised", 6000, way="ru>ua", agreed_on="2025-06-02", speaker="russia")
LAST = date(2025, 6, 30)


def came(count, day, speaker="ukraine", **fields):
    return said(BODIES, "performed", count, way="ru>ua", on=day, speaker=speaker, **fields)


def strike(session, subject_id, day, act="retract", subject="statement"):
    moment = datetime.combine(date.fromisoformat(day), datetime.min.time(), UTC).replace(hour=12)
    frame = pl.DataFrame(
        [
            {
                "retraction_id": f"x-{subject_id}-{act}-{day}",
                "subject_id": subject_id,
                "subject": subject,
                "act": act,
                "reason": "the number is of the wounded",
                "made_by": "O. Petrenko",
                "made_at": moment,
            }
        ]
    )
    session.append("retractions", frame)


def delivered(session, day):
    found = status_on(session, [date.fromisoformat(day)]).filter(pl.col("obligation_id") == OBLIGATION)
    return found["delivered_by_receiver"].to_list()


@pytest.fixture
def session(tmp_path):
    told = [
        Told("moscow", "2025-06-02", (PROMISE,), article_id="a-1"),
        Told("kyiv", "2025-06-11", (came(1212, "2025-06-11"),), article_id="a-2"),
        Told("kyiv", "2025-06-13", (came(9999, "2025-06-13"),), article_id="a-3"),
    ]
    with warehouse(tmp_path, told) as opened:
        yield opened


def wrong(session):
    return str(session.rows("SELECT statement_id FROM statements WHERE count_min = 9999")[0][0])


def test_a_struck_statement_counts_no_more_from_that_day_and_stays_in_the_past(session):
    strike(session, wrong(session), "2025-06-20")
    assert [delivered(session, day) for day in ("2025-06-19", "2025-06-20")] == [[11211], [1212]]


def test_a_restored_statement_counts_again(session):
    strike(session, wrong(session), "2025-06-20")
    strike(session, wrong(session), "2025-06-22", "restore")
    assert [delivered(session, day) for day in ("2025-06-21", "2025-06-22")] == [[1212], [11211]]


def test_a_struck_article_takes_all_that_it_said_along(session):
    strike(session, "a-3", "2025-06-20", subject="article")
    assert delivered(session, "2025-06-20") == [1212]


def test_a_struck_statement_stays_where_it_stood_marked(session):
    strike(session, wrong(session), "2025-06-20")
    books = recompute(session, LAST)
    assert books.bearings.filter(pl.col("statement_id") == wrong(session)).select("obligation_id", "bearing").rows() == [
        (OBLIGATION, "retracted")
    ]
    assert wrong(session) not in books.events.explode("statement_ids")["statement_ids"].to_list()


def test_the_history_names_what_was_struck_and_keeps_its_earlier_days(session):
    before = recompute(session, LAST).status_history
    strike(session, wrong(session), "2025-06-20")
    after = recompute(session, LAST).status_history
    assert after.filter(pl.col("day") < date(2025, 6, 20)).equals(before.filter(pl.col("day") < date(2025, 6, 20)))
    row = after.filter(pl.col("day") == date(2025, 6, 20)).row(0, named=True)
    assert (row["cause"], row["statement_id"], row["delivered_by_receiver"]) == ("retract", wrong(session), 1212)


def test_the_history_says_when_only_time_passed(tmp_path):
    late = PROMISE | {"date_to": "2025-06-15"}
    history = keep(tmp_path, [Told("moscow", "2025-06-02", (late,))], "2025-12-31").status_history
    assert history.select(pl.col("day").cast(str), "cause").rows() == [
        ("2025-06-02", "told"),
        ("2025-06-16", "time"),
        ("2025-08-02", "time"),
    ]
    assert history["flags"].to_list() == [[], ["overdue"], ["overdue", "silent"]]


def test_what_was_known_at_a_time_leaves_out_what_was_stored_later(tmp_path):
    early, later = datetime(2025, 6, 12, tzinfo=UTC), datetime(2025, 6, 25, tzinfo=UTC)
    seen = Told("kyiv", "2025-06-11", (came(1212, "2025-06-11"),), article_id="a-2", first_seen=early)
    found_late = Told("paris", "2025-06-11", (came(1212, "2025-06-11", None),), article_id="a-3", first_seen=later)
    with warehouse(tmp_path, [seen, found_late]) as session:
        known = recompute(session, LAST, datetime(2025, 6, 20, tzinfo=UTC)).events
        assert (known["witnesses"].to_list(), recompute(session, LAST).events["witnesses"].to_list()) == ([1], [2])


def test_a_better_reading_is_not_known_before_it_was_made(tmp_path):
    first = Told(
        "kyiv", "2025-06-11", (came(1421, "2025-06-11"),), article_id="a-1", first_seen=datetime(2025, 6, 11, tzinfo=UTC)
    )
    better = Told(
        "kyiv", "2025-06-11", (came(1212, "2025-06-11"),), article_id="a-1", first_seen=datetime(2025, 6, 18, tzinfo=UTC)
    )
    with warehouse(tmp_path, [first]) as session:
        store(session, [better], reader_version="2")
        known = recompute(session, LAST, datetime(2025, 6, 15, tzinfo=UTC)).events
        assert known["count_by_receiver"].to_list() == [1421]
        assert recompute(session, LAST).events["count_by_receiver"].to_list() == [1212]


def test_the_published_macros_take_what_was_known_at_a_time_too(tmp_path, session):
    strike(session, wrong(session), "2025-06-20")
    books = recompute(session, LAST)
    for name, frame in books.tables():
        session.replace(name, frame)
    (tmp_path / "published").mkdir()
    write_database(session, tmp_path / "published/servanda.duckdb", snapshot=Snapshot(snapshot_id="x", as_of=LAST, sample=True))
    with PublishedBooks(tmp_path / "published").open() as reader:
        assert reader.frame("SELECT * FROM discrepancies_as_of(?)", LAST).is_empty()
        query = "SELECT delivered_by_receiver FROM status_as_of(?{})"
        assert reader.rows(query.format(""), LAST) == [(1212,)]
        assert reader.rows(query.format(", TIMESTAMPTZ '2026-01-01'"), LAST) == []  # the casebook's articles are seen later
        struck = reader.rows("SELECT bearing, struck FROM evidence(?) WHERE struck IS NOT NULL", OBLIGATION)
        assert struck == [("retracted", "the number is of the wounded (O. Petrenko)")]
        assert reader.rows("SELECT count(*) FROM statements WHERE retracted") == [(1,)]


def test_two_sides_numbers_of_one_event_are_a_discrepancy(tmp_path):
    books = keep(
        tmp_path,
        [
            Told("moscow", "2025-06-02", (PROMISE,)),
            Told("kyiv", "2025-06-16", (came(1245, "2025-06-16"),)),
            Told("moscow", "2025-06-16", (came(1248, "2025-06-16", "russia"),)),
        ],
    )
    found = books.discrepancies.select("what", "account", "stated", "against", "counted", "difference", "obligation_id").rows()
    assert found == [("event", "giver", 1248, "receiver", 1245, 3, OBLIGATION)]


def test_a_total_that_is_not_the_sum_of_its_events_is_a_discrepancy_and_an_equal_one_is_none(tmp_path):
    days = [Told("kyiv", day, (came(1200, day),)) for day in ("2025-06-13", "2025-06-14")]

    def total(count):
        return Told("kyiv", "2025-06-15", (came(count, "2025-06-13..2025-06-15", scope="cumulative"),))

    unequal = keep(tmp_path / "a", [*days, total(2500)]).discrepancies
    assert unequal.select("what", "account", "stated", "against", "counted").rows() == [("sum", "receiver", 2500, "events", 2400)]
    assert len(unequal["statement_ids"][0]) == 1
    assert keep(tmp_path / "b", [*days, total(2400)]).discrepancies.is_empty()


def test_a_total_of_more_than_the_books_reach_back_to_is_no_discrepancy(tmp_path):
    since_the_war = came(6000, "2022-02-24..2025-06-15", scope="cumulative")
    told = [Told("kyiv", "2025-06-13", (came(1200, "2025-06-13"),)), Told("kyiv", "2025-06-15", (since_the_war,))]
    assert keep(tmp_path, told).discrepancies.is_empty()


def test_two_sides_totals_of_the_same_days_are_a_discrepancy(tmp_path):
    told = [
        Told("kyiv", "2025-06-16", (came(6057, "2025-06-11..2025-06-16", scope="cumulative"),)),
        Told("moscow", "2025-06-16", (came(6060, "2025-06-11..2025-06-16", "russia", scope="cumulative"),)),
    ]
    found = keep(tmp_path, told).discrepancies
    assert found.select("what", "account", "stated", "against", "counted").rows() == [("total", "giver", 6060, "receiver", 6057)]


def test_a_database_of_the_first_version_keeps_all_its_rows(tmp_path):
    path = tmp_path / "servanda.duckdb"
    old = duckdb.connect(str(path))
    old.execute("CREATE TABLE schema_version (version INTEGER PRIMARY KEY, applied_at TIMESTAMPTZ NOT NULL)")
    old.execute(MIGRATIONS[0].read_text(encoding="utf-8"))
    old.execute("INSERT INTO schema_version VALUES (1, now())")
    old.execute("INSERT INTO status_history VALUES ('o-1', DATE '2025-06-02', 'promised', NULL, [], NULL, NULL, NULL, 's-1')")
    old.execute(
        "INSERT INTO status_history "
        "VALUES ('o-1', DATE '2025-06-16', 'promised', 'promised', ['overdue'], NULL, NULL, NULL, NULL)"
    )
    old.execute("INSERT INTO readings VALUES ('r-1', 'a-1', 1, '1', TIMESTAMPTZ '2025-06-02 12:00:00+00', ['s-1'])")
    old.close()
    with Warehouse(path).open() as session:
        assert session.rows("SELECT statement_id, cause FROM status_history ORDER BY day") == [("s-1", "told"), (None, "time")]
        assert session.rows("SELECT statement_ids FROM readings") == [(["s-1"],)]
        assert session.rows("SELECT count(*) FROM retractions") == [(0,)]


def test_tables_columns_and_macros_of_the_published_file_bear_comments(tmp_path, session):
    (tmp_path / "out").mkdir()
    about = Snapshot(snapshot_id="x", as_of=LAST, sample=True)
    write_database(session, tmp_path / "out" / "servanda.duckdb", snapshot=about, columns=COLUMNS)
    with PublishedBooks(tmp_path / "out").open() as reader:
        bare = reader.rows(
            "SELECT table_name, column_name FROM duckdb_columns() WHERE schema_name = 'main' AND NOT internal AND comment IS NULL"
        )
        assert bare == []
        assert reader.rows("SELECT table_name FROM duckdb_tables() WHERE comment IS NULL AND table_name <> 'snapshot'") == []
        told = reader.rows(
            "SELECT DISTINCT function_name, comment FROM duckdb_functions() WHERE function_type = 'table_macro' AND NOT internal"
        )
        assert {str(name) for name, _ in told} == {"status_as_of", "events_as_of", "discrepancies_as_of", "evidence"}
        assert all(comment for _, comment in told)
