"""The whole way on the newsroom: the reader's statements through the ledger give the books that the record gives."""

from datetime import date

import polars as pl
import pytest

from servanda.reading.reader import read_statements
from tests.casebook import Told, newsroom, warehouse
from tests.eval.scoring import labelled
from warehouse.ledger_run import recompute
from warehouse.standings import status_on

JUNE = "body_repatriation.2025-06-02.russia-ukraine"


def _as_fields(statement):
    def plain(value):
        return value.isoformat() if isinstance(value, date) else list(value) if isinstance(value, tuple) else value

    return {
        name: plain(getattr(statement, name))
        for name in statement.__slots__
        if name not in ("part", "char_start", "char_end", "rule")
    }


@pytest.fixture(scope="module")
def session(tmp_path_factory):
    read = {item.article.id: tuple(_as_fields(s) for s in read_statements(item.article)) for item in labelled()}
    told = [Told(**{**{f: getattr(t, f) for f in t.__dataclass_fields__}, "statements": read[t.article_id]}) for t in newsroom()]
    with warehouse(tmp_path_factory.mktemp("read"), told) as opened:
        yield opened


def test_every_hand_over_of_bodies_in_june_is_read_with_both_sides_figures(session):
    events = recompute(session, date(2026, 3, 31)).events.filter(
        (pl.col("kind") == "body_repatriation")
        & pl.coalesce("date_from", "date_to").is_between(date(2025, 6, 1), date(2025, 6, 30))
        & ~pl.col("closed_total")
    )
    found = (
        events.sort("to_party", "date_to")
        .select("to_party", pl.col("date_to").cast(str), "count_by_giver", "count_by_receiver")
        .rows()
    )
    assert found == [
        ("russia", "2025-06-11", None, 27),
        ("russia", "2025-06-16", None, 51),
        ("ukraine", "2025-06-11", 1212, 1212),
        ("ukraine", "2025-06-13", 1200, 1200),
        ("ukraine", "2025-06-14", 1200, 1200),
        ("ukraine", "2025-06-15", 1200, 1200),
        ("ukraine", "2025-06-16", 1248, 1245),
    ]


@pytest.mark.parametrize(("day", "status"), [("2025-06-05", "promised"), ("2025-06-12", "reported"), ("2025-06-16", "fulfilled")])
def test_the_six_thousand_bodies_on_their_days(session, day, status):
    found = status_on(session, [date.fromisoformat(day)])
    assert found.filter(pl.col("obligation_id") == JUNE)["status"].to_list() == [status]


def test_all_for_all_is_never_fulfilled_by_counting(session):
    found = status_on(session, [date(2026, 3, 31)]).filter(pl.col("all_for_all"))
    assert len(found) > 0
    assert "fulfilled" not in found["status"].to_list()
