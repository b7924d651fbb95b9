"""Points in time as they are written, and what stands for a missing zone or time of day."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from servanda.intake.dates import read_moment

SUMMER = datetime(2025, 6, 2, 7, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "at", "exact"),
    [
        ("2025-06-02T10:00:00+03:00", SUMMER, True),
        ("2025-06-02T10:00:00.123456+03:00", SUMMER, True),
        ("2025-06-02T10:00:00.1234567+0300", SUMMER, True),
        ("2025-06-02T07:00Z", SUMMER, True),
        ("2025-06-02 10:00 +03", SUMMER, True),
        ("2025-06-02T10:00:00EEST", SUMMER, True),
        ("20250602T070000Z", SUMMER, True),
        ("2025-06-02T01:30:00-05:30", SUMMER, True),
        ("Mon, 02 Jun 2025 10:00:00 +0300", SUMMER, True),
        ("Mon, 2 Jun 2025 07:00 GMT", SUMMER, True),
        ("02 Jun 2025 10:00:00 +03:00", SUMMER, True),
        ("Mon, 02 Jun 2025 10:00:00 (MSK)", SUMMER, True),
        ("2025-06-02T10:00:00", SUMMER, False),
        ("2025-01-15 12:00", datetime(2025, 1, 15, 10, 0, tzinfo=UTC), False),
        ("Mon, 02 Jun 2025 10:00:00", SUMMER, False),
        ("2025-06-02", datetime(2025, 6, 1, 21, 0, tzinfo=UTC), False),
        ("2025-06-02T24:00:00Z", datetime(2025, 6, 3, tzinfo=UTC), True),
        ("2016-12-31T23:59:60Z", datetime(2016, 12, 31, 23, 59, 59, tzinfo=UTC), True),
    ],
)
def test_read(text, at, exact):
    moment = read_moment(text)
    assert moment
    assert (moment.at, moment.exact) == (at, exact)
    assert moment.at.tzinfo is UTC


@pytest.mark.parametrize(
    "text", ["", "yesterday", "2025", "2025-13-01", "2025-06-31", "0001-01-01", "9999-01-01", "10:00", "2025-06-02T99:00Z"]
)
def test_not_read(text):
    assert read_moment(text) is None


@given(st.text(max_size=60) | st.text(alphabet="0123456789-:T+Z JunMon,GMT", max_size=40))
def test_never_raises(text):
    read_moment(text)


@given(st.datetimes(datetime(1970, 1, 2), datetime(2199, 1, 1)))  # noqa: DTZ001
def test_what_python_writes_is_read_back(moment):
    written = moment.replace(microsecond=0, tzinfo=UTC)
    for text in (written.isoformat(), written.strftime("%a, %d %b %Y %H:%M:%S +0000")):
        read = read_moment(text)
        assert read
        assert read.at == written
