"""Days are computed once, and anew when what counts on them has changed: always the same history as from nothing."""

from datetime import date

import pytest

import warehouse.standings
from tests.casebook import Told, store
from tests.warehouse.test_corrections import LAST, came, session, strike  # noqa: F401 (a fixture)
from warehouse.ledger_run import recompute
from warehouse.standings import keep


def run(opened):
    """A run's history, kept; the days that it computed; held against the history from nothing."""
    computed = recompute(opened, LAST)
    keep(opened, computed.standings)
    kept = opened.frame("SELECT * FROM standings ORDER BY ALL"), opened.frame("SELECT * FROM standing_days ORDER BY ALL")
    for table in ("standings", "standing_days"):
        opened.rows(f"DELETE FROM {table}")
    whole = recompute(opened, LAST)
    assert computed.status_history.sort("obligation_id", "day").equals(whole.status_history.sort("obligation_id", "day"))
    assert kept[0].equals(whole.standings.rows.sort(kept[0].columns[:2])), "what is kept is what would be computed"
    for table, frame in zip(("standings", "standing_days"), kept, strict=True):
        opened.append(table, frame)
    return computed.standings.fresh


def days(*numbers):
    return [date(2025, 6, number) for number in numbers]


def test_nothing_new_computes_nothing(session):  # noqa: F811
    assert run(session) == days(2, 11, 13)
    assert run(session) == []


def test_a_days_news_computes_that_day(session):  # noqa: F811
    run(session)
    store(session, [Told("kyiv", "2025-06-20", (came(100, "2025-06-20"),), article_id="a-4")])
    assert run(session) == days(20)


def test_an_article_that_comes_late_computes_all_days_from_its_own(session):  # noqa: F811
    run(session)
    store(session, [Told("moscow", "2025-06-12", (came(1212, "2025-06-11", speaker="russia"),), article_id="a-4")])
    assert run(session) == days(12, 13)


def test_a_retraction_and_its_end_compute_their_days(session):  # noqa: F811
    run(session)
    subject = session.rows("SELECT statement_id FROM statements WHERE count_min = 9999")[0][0]
    strike(session, subject, "2025-06-15")
    assert run(session) == days(15)
    strike(session, subject, "2025-06-17", act="restore")
    assert run(session) == days(17)


def test_another_reading_computes_all_days_from_its_articles_own(session):  # noqa: F811
    run(session)
    session.rows("UPDATE statements SET statement_id = 's-other' WHERE count_min = 1212")
    session.rows("UPDATE readings SET statement_ids = ['s-other'] WHERE article_id = 'a-2'")
    assert run(session) == days(11, 13)


def test_another_ledger_computes_all_days(session, monkeypatch):  # noqa: F811
    run(session)
    compose = warehouse.standings.compose
    monkeypatch.setattr(warehouse.standings, "compose", lambda *names: compose(*names) + "\n")
    assert run(session) == days(2, 11, 13)


@pytest.mark.parametrize("at_once", [1, 6])
def test_days_are_computed_in_parts_that_fit(session, monkeypatch, at_once):  # noqa: F811
    whole = recompute(session, LAST).status_history
    monkeypatch.setattr(warehouse.standings, "AT_ONCE", at_once)
    assert recompute(session, LAST).status_history.equals(whole)
