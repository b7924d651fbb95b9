"""Checks: one for each table, blocking, with the failure cases told; quotes to the letter; a failed one stops what follows."""

from datetime import UTC, date, datetime

import dagster as dg
import pytest

from assets.ledger import ledger
from assets.snapshot import snapshot
from checks.guarantees import GUARANTEES, MISQUOTED, raw_bodies
from checks.schemas import SCHEMA_CHECKS, WRITERS, judged
from servanda.intake.bodies import BodyStore
from tests.casebook import Told, said, store
from warehouse.database import Warehouse
from warehouse.published import PublishedBooks
from warehouse.tables.registry import TABLES


@pytest.fixture
def warehouse(tmp_path):
    warehouse = Warehouse(tmp_path / "servanda.duckdb")
    with warehouse.open() as session:
        store(session, [Told("kyiv", "2025-06-02", (said("body_repatriation", "promised", 6000, way="ru>ua"),))])
    return warehouse


def test_every_table_has_a_blocking_check():
    assert set(WRITERS) == set(TABLES)
    specs = [spec for check in SCHEMA_CHECKS for spec in check.check_specs]
    assert len(specs) == len(TABLES)
    assert all(spec.blocking for spec in specs)


def test_failure_cases_are_told_escaped(warehouse):
    with warehouse.open() as session:
        frame = session.frame("SELECT * REPLACE ('<b>[x](http://e.example)' AS language) FROM sources")
    result = judged("sources", frame)
    assert not result.passed
    assert result.metadata["failures"].value == 1
    assert r"\<b\>\[x\]\(http\:\/\/e\.example\)" in result.metadata["failure_cases"].value


def test_a_quote_that_does_not_stand_at_its_place_is_found(warehouse):
    # The casebook's texts hold no quotes: what it stores must be found.
    with warehouse.open() as session:
        assert session.frame(MISQUOTED).height == 1
        session.rows("UPDATE articles SET text = 'аб🙂в' || (SELECT quote FROM statements)")
        session.rows("UPDATE statements SET char_start = 4, char_end = 4 + length(quote)")
        assert session.frame(MISQUOTED).is_empty()


def test_a_failed_blocking_check_stops_the_publication(warehouse, tmp_path):
    with warehouse.open() as session:
        session.rows("UPDATE statements SET stage = 'promised', count_min = 6000, count_max = 6000")
        session.rows("INSERT INTO readings SELECT 'r-x', 'a-gone', 1, 'labels', now(), []")

    @dg.asset_check(asset="status", name="fails", blocking=True)
    def fails() -> dg.AssetCheckResult:
        return dg.AssetCheckResult(passed=False)

    resources = {"warehouse": warehouse, "as_of": date(2025, 6, 30), "published": PublishedBooks(tmp_path / "published")}
    defs = dg.Definitions(assets=[ledger, snapshot], asset_checks=[fails], resources=resources)
    result = defs.resolve_implicit_global_asset_job_def().execute_in_process(raise_on_error=False)
    assert not result.success
    assert not (tmp_path / "published").exists()


def result_of(check, folder):
    resources = {"warehouse": Warehouse(folder / "servanda.duckdb"), "bodies": BodyStore(folder / "bodies")}
    return check(**{name: value for name, value in resources.items() if name in check.required_resource_keys})


@pytest.mark.parametrize("check", GUARANTEES, ids=lambda check: next(iter(check.check_specs)).name)
def test_the_guarantees_hold_of_an_empty_state(check, tmp_path):
    result = result_of(check, tmp_path)
    assert (result.passed, result.metadata["found"].value) == (True, 0)


def test_a_text_without_its_raw_body_is_warned_of(warehouse, tmp_path):
    store = BodyStore(tmp_path / "bodies")
    missing = result_of(raw_bodies, tmp_path)
    assert (missing.passed, missing.severity) == (False, dg.AssetCheckSeverity.WARN)
    with warehouse.open() as session:
        session.rows("UPDATE articles SET body_hash = ?", store.keep(b"body"))
    assert result_of(raw_bodies, tmp_path).passed


def test_checks_are_named_as_sentences():
    names = {spec.name for check in SCHEMA_CHECKS for spec in check.check_specs}
    assert {"articles_keep_their_schema", "status_keeps_its_schema"} <= names


def test_an_item_whose_article_is_gone_is_found(tmp_path):
    warehouse = Warehouse(tmp_path / "servanda.duckdb")
    now = datetime(2026, 1, 1, tzinfo=UTC)
    with warehouse.open() as session:
        session.rows("INSERT INTO listings VALUES ('l', 'i', 's', 'http://e/', NULL, '', NULL, NULL, ?, 'b')", now)
        session.rows("INSERT INTO extractions VALUES ('p', 'i', ?, 'whole', 'stored', '', NULL, 'a-gone', 1)", now)
    failed = {next(iter(check.check_specs)).name for check in GUARANTEES if not result_of(check, tmp_path).passed}
    assert failed == {"stored_items_have_an_article"}
