"""The worked queries of `docs/sql.md` answer what stands there (`python -m tests.pipelines.sql_document STATE` renews it)."""

import pytest

from tests.pipelines.sql_document import answer, worked


def test_there_are_ten_worked_queries():
    assert len(worked()) >= 10


@pytest.mark.parametrize(("query", "expected"), worked(), ids=[query.splitlines()[0][:60] for query, _ in worked()])
def test_a_worked_query_answers_what_stands_there(ran, query, expected):
    assert answer(ran.state, query) == expected
