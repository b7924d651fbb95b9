"""Readings are appended: a reader that agrees with the one before adds a reading and no statement."""

from datetime import UTC, datetime

import pytest

from assets.rows import frame_of
from assets.statements import read_all
from servanda.model.statement import Statement
from servanda.model.vocabulary import Kind, Scope, Stage
from tests.casebook import Told, store
from warehouse.database import Warehouse

NOW = datetime(2026, 1, 1, tzinfo=UTC)
TEXT = "text"  # of the casebook's articles


def statement(quote=TEXT, start=0, **fields):
    given = {"kind": Kind.TALKS, "stage": Stage.PERFORMED, "scope": Scope.EVENT, "rule": "r"} | fields
    return Statement(**given, quote=quote, char_start=start, char_end=start + len(quote))


@pytest.fixture
def session(tmp_path):
    with Warehouse(tmp_path / "servanda.duckdb").open() as session:
        store(session, [Told("kyiv", "2025-06-02", (), article_id="a-1"), Told("moscow", "2025-06-03", (), article_id="a-2")])
        yield session


def test_what_is_found_again_is_no_new_statement(session):
    first, _ = read_all(session, lambda _: (statement(),), "1", NOW)
    again, _ = read_all(session, lambda _: (statement(rule="another"),), "2", NOW)
    same, _ = read_all(session, lambda _: pytest.fail("it was read"), "2", NOW)
    assert (first["statements"], again["statements"], same["statements"]) == (2, 0, 0)
    assert (first["readings"], again["readings"], same["readings"]) == (2, 2, 0)


def test_another_number_is_another_statement(session):
    read_all(session, lambda _: (statement(),), "1", NOW)
    new, _ = read_all(session, lambda _: (statement(count_min=1),), "2", NOW)
    assert new["statements"] == 2


def test_nothing_found_is_a_reading_too(session):
    assert read_all(session, lambda _: (), "1", NOW) == ({"statements": 0, "readings": 2}, [])


def test_a_quote_that_does_not_stand_in_the_text_is_refused_by_name(session):
    new, failed = read_all(session, lambda a: (statement("texT"),) if a.id == "a-1" else (statement(),), "1", NOW)
    assert new == {"statements": 1, "readings": 1}
    assert failed[0].startswith("article a-1")
    assert "does not stand at 0" in failed[0]


def test_an_article_on_which_the_reader_fails_is_named_and_read_again(session):
    def faulty(article):
        if article.id == "a-1":
            raise RuntimeError("no")
        return ()

    assert read_all(session, faulty, "1", NOW)[1] == ["article a-1 (a-1): RuntimeError: no"]
    assert read_all(session, lambda _: (), "1", NOW)[0]["readings"] == 1


def test_rows_with_one_key_become_one():
    row = {"article_id": "a", "copy_of": "a", "similarity": 1.0}
    assert frame_of("copies", [row, row | {"similarity": 0.5}]).rows() == [("a", "a", 1.0)]
