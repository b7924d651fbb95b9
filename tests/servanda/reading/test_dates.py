"""Days: relative and year-less ones, resolved against the day of publication (Monday 16 June 2025)."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from servanda.model.vocabulary import Language
from servanda.reading.dates import days_of
from servanda.reading.lexicon import lexicon
from servanda.reading.sentence import Sentence
from servanda.reading.sentences import Span
from servanda.reading.text import plain

MONDAY = date(2025, 6, 16)


def days(text, language="en", published=MONDAY, **kwargs):
    sentence = Sentence(plain(text), Span(0, len(text), 0), lexicon(Language(language)))
    return [
        tuple(None if d is None else d.isoformat() for d in (day.first, day.last))
        for day in days_of(sentence, published, **kwargs)
    ]


@pytest.mark.parametrize(
    ("language", "text", "first", "last"),
    [
        ("en", "on 11 June they came", "2025-06-11", "2025-06-11"),
        ("en", "on June 11, 2024, they came", "2024-06-11", "2024-06-11"),
        ("en", "on Friday they came", "2025-06-13", "2025-06-13"),
        ("en", "on Monday they came", "2025-06-16", "2025-06-16"),
        ("en", "yesterday they came", "2025-06-15", "2025-06-15"),
        ("en", "between 11 and 16 June", "2025-06-11", "2025-06-16"),
        ("en", "between June 20 and 30", "2025-06-20", "2025-06-30"),
        ("en", "last week they came", "2025-06-09", "2025-06-15"),
        ("en", "since 11 June", "2025-06-11", None),
        ("en", "five days earlier", "2025-06-11", "2025-06-11"),
        ("en", "in December they came", "2024-12-01", "2024-12-31"),
        ("uk", "у середу, 11 червня", "2025-06-11", "2025-06-11"),
        ("uk", "у п’ятницю", "2025-06-13", "2025-06-13"),
        ("uk", "сьогодні", "2025-06-16", "2025-06-16"),
        ("uk", "минулого тижня", "2025-06-09", "2025-06-15"),
        ("uk", "7–8 червня", "2025-06-07", "2025-06-08"),
        ("ru", "в четверг", "2025-06-12", "2025-06-12"),
        ("ru", "с 23 по 25 мая", "2025-05-23", "2025-05-25"),
        ("ru", "17 июля 2024 года", "2024-07-17", "2024-07-17"),
        ("ru", "до конца июня", None, "2025-06-30"),
        ("ru", "на прошлой неделе", "2025-06-09", "2025-06-15"),
        ("en", "on Aug. 14 they came", "2024-08-14", "2024-08-14"),
        ("en", "two weeks ago", "2025-06-02", "2025-06-02"),
        ("en", "since the beginning of June", "2025-06-01", None),
        ("en", "in February last year", "2024-02-01", "2024-02-29"),
        ("en", "in the first week of June", "2025-06-01", "2025-06-07"),
        ("uk", "від початку червня", "2025-06-01", None),
        ("uk", "у січні", "2025-01-01", "2025-01-31"),
        ("uk", "третього червня", "2025-06-03", "2025-06-03"),
        ("ru", "двадцать шестого мая", "2025-05-26", "2025-05-26"),
        ("ru", "пятого и шестого июня", "2025-06-05", "2025-06-06"),
        ("ru", "с февраля прошлого года", "2024-02-01", None),
    ],
)
def test_a_day_of_the_past(language, text, first, last):
    assert (first, last) in days(text, language)


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("next week", "2025-06-23", "2025-06-29"),
        ("on Thursday", "2025-06-19", "2025-06-19"),
        ("on 23 July", "2025-07-23", "2025-07-23"),
        ("by the end of August", None, "2025-08-31"),
        ("before the end of the month", None, "2025-06-30"),
        ("before the year is out", None, "2025-12-31"),
    ],
)
def test_a_day_ahead(text, first, last):
    assert (first, last) in days(text, future=True)


@given(
    st.dates(date(2022, 1, 1), date(2026, 12, 31)),
    st.sampled_from(["on Friday", "yesterday", "last month", "on 29 February", "31 June"]),
)
def test_no_day_raises_and_the_past_is_not_ahead(published, text):
    for first, last in days(text, published=published):
        assert first is None or last is None or first <= last
        assert last is None or last <= published.isoformat() or "February" in text


def test_a_day_without_its_month_is_of_the_month_told_of():
    assert days("on the 19th they came", told=date(2025, 5, 20)) == [("2025-05-19", "2025-05-19")]
