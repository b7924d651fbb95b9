from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from servanda.publication.books import Books, snapshot_id


def test_sixteen_hex_digits_in_any_order_of_rows_and_columns(books: Books) -> None:
    turned = {name: frame.reverse().select(reversed(frame.columns)) for name, frame in books.tables().items()}
    assert snapshot_id(replace(books, **turned)) == snapshot_id(books)
    assert len(snapshot_id(books)) == 16
    assert int(snapshot_id(books), 16) >= 0


@pytest.mark.parametrize(
    ("table", "columns"),
    [
        ("sources", {"first_seen_at": datetime(2030, 1, 1, tzinfo=UTC)}),
        ("articles", {"first_seen_at": datetime(2030, 1, 1, tzinfo=UTC)}),
        ("items", {"next_try_at": datetime(2030, 1, 1, tzinfo=UTC), "tries": 7}),
        ("fetches", {"url": "https://other.example/", "bytes": 3}),
    ],
)
def test_the_clock_of_a_run_makes_no_difference(
    books: Books, changed: Callable[..., Books], table: str, columns: dict[str, object]
) -> None:
    assert snapshot_id(changed(table, **columns)) == snapshot_id(books)


@pytest.mark.parametrize(
    ("table", "columns"),
    [
        ("events", {"count_by_mediator": 0}),
        ("items", {"reason": "other"}),
        ("articles", {"title": "other"}),
        ("status_history", {"day": date(2025, 6, 3)}),
    ],
)
def test_contents_make_a_difference(books: Books, changed: Callable[..., Books], table: str, columns: dict[str, object]) -> None:
    assert snapshot_id(changed(table, **columns)) != snapshot_id(books)


def test_the_day_and_the_sample_mark_make_a_difference(books: Books) -> None:
    ids = {snapshot_id(b) for b in (books, replace(books, as_of=date(2025, 6, 21)), replace(books, sample=False))}
    assert len(ids) == 3
