"""What an operator is warned of: each check finds its case, and nothing beside it."""

from datetime import UTC, datetime, timedelta

import pytest

from checks.sight import FAILING, GAPS, SIGHT, SILENT, WITHOUT_TEXT
from warehouse.database import Warehouse

NOW = datetime(2026, 3, 31, 12, tzinfo=UTC)


@pytest.fixture
def session(tmp_path):
    with Warehouse(tmp_path / "servanda.duckdb").open() as session:
        for source, enabled in (("wire", True), ("slow", True), ("off", False)):
            session.rows(
                "INSERT INTO sources VALUES (?, ?, ?, 'en', 'ukraine', ?, '', false, ?)",
                source,
                f"https://{source}.example/f",
                source,
                enabled,
                NOW - timedelta(days=90),
            )
        yield session


def listed(session, source, *days_ago):
    for days in days_ago:
        listing(session, f"{source}-{days}", source, NOW - timedelta(days=days))


def listing(session, name, source, at):
    values = (name, name, source, f"https://x.example/{name}", at)
    session.rows("INSERT INTO listings VALUES (?, ?, ?, ?, NULL, '', NULL, NULL, ?, 'b')", *values)


def fetched(session, site, outcome, days_ago, times, purpose="page"):
    for number in range(times):
        at = NOW - timedelta(days=days_ago, minutes=number)
        session.rows(
            "INSERT INTO fetches (fetch_id, run_id, started_at, url, purpose, bytes, seconds, outcome, reason) "
            "VALUES (?, 'r', ?, ?, ?, 0, 0, ?, '')",
            f"{site}-{outcome}-{days_ago}-{number}-{purpose}",
            at,
            f"https://{site}/{number}",
            purpose,
            outcome,
        )


def extracted(session, source, texts):
    """Pages of a source, the oldest first; true for one that gave a text."""
    for number, whole in enumerate(texts):
        item = f"{source}-item-{number}"
        at = NOW - timedelta(days=30) + timedelta(hours=number)
        listing(session, item, source, at)
        session.rows(
            "INSERT INTO extractions VALUES (?, ?, ?, ?, ?, ?, NULL, ?, ?)",
            f"p-{item}",
            item,
            at,
            "whole" if whole else "failed",
            "stored" if whole else "refused",
            "" if whole else "no text",
            f"a-{item}" if whole else None,
            1 if whole else None,
        )


def names(session, query):
    return session.frame(query, NOW)[session.frame(query, NOW).columns[0]].to_list()


def test_a_source_is_silent_by_its_own_pace(session):
    listed(session, "wire", 10, 9, 8, 7)
    listed(session, "slow", 30, 20, 10)
    assert names(session, SILENT) == ["wire"]


def test_a_source_that_never_listed_anything_is_silent(session):
    listed(session, "wire", 1)
    assert names(session, SILENT) == ["slow"]


def test_failures_that_rise_are_told_by_site(session):
    fetched(session, "bad.example", "ok", 3, 10)
    fetched(session, "bad.example", "retry", 0, 5)
    fetched(session, "always.example", "retry", 3, 10)
    fetched(session, "always.example", "retry", 0, 5)
    fetched(session, "good.example", "ok", 0, 5)
    fetched(session, "robots.example", "retry", 0, 5, purpose="robots")
    assert names(session, FAILING) == ["bad.example"]


def test_pages_that_suddenly_yield_no_text_are_told(session):
    extracted(session, "wire", [True] * 20 + [False] * 6)
    extracted(session, "slow", [True] * 20 + [False] * 2)
    extracted(session, "off", [True] * 20 + [False] * 6)
    assert names(session, WITHOUT_TEXT) == ["wire"]


def test_a_gap_is_told_for_a_week(session):
    for days in (1, 8):
        session.rows("INSERT INTO gaps VALUES (?, 'wire', 'b', ?, ?, 3)", f"g-{days}", NOW - timedelta(days=days), NOW)
    assert session.frame(GAPS, NOW).height == 1


def test_all_warn_and_none_blocks():
    specs = [spec for check in SIGHT for spec in check.check_specs]
    assert len(specs) == len(SIGHT) == 4
    assert not any(spec.blocking for spec in specs)
