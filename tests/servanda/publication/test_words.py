from datetime import date

import pytest

from servanda.model.vocabulary import Alignment, Category, ItemState, Kind, ListAct, Party, Speaker, Stage
from servanda.publication import words
from servanda.publication.errors import PublicationError


@pytest.mark.parametrize(
    ("table", "vocabulary"),
    [
        (words.KINDS, Kind),
        (words.UNITS, Kind),
        (words.CATEGORIES, Category),
        (words.PARTIES, Party),
        (words.SPEAKERS, Speaker),
        (words.STAGES, Stage),
        (words.ALIGNMENTS, Alignment),
        (words.LIST_ACTS, ListAct),
    ],
)
def test_every_value_has_a_word(table: dict[str, object], vocabulary: type) -> None:
    assert set(table) == {member.value for member in vocabulary}


def test_statuses_flags_and_states_have_all_their_words() -> None:
    assert set(words.STATUSES) == set(words.SIGNS) == set(words.STATUS_MEANINGS)
    assert set(words.FLAGS) == set(words.FLAG_MEANINGS)
    assert set(words.STATES) == set(ItemState) - {ItemState.STORED}


def test_a_value_without_a_word_is_an_error() -> None:
    with pytest.raises(PublicationError, match=r"no word for 'parole'.*words\.py"):
        words.word(words.KINDS, "parole")


@pytest.mark.parametrize(
    ("first", "last", "said"),
    [
        (date(2025, 6, 2), date(2025, 6, 2), "2 June 2025"),
        (date(2025, 6, 2), date(2025, 6, 9), "2–9 June 2025"),
        (date(2025, 6, 30), date(2025, 7, 1), "30 June – 1 July 2025"),
        (date(2024, 12, 31), date(2025, 1, 1), "31 December 2024 – 1 January 2025"),
        (None, date(2025, 6, 9), "9 June 2025"),
        (None, None, "day not told"),
    ],
)
def test_days(first: date | None, last: date | None, said: str) -> None:
    assert words.days(first, last) == said


@pytest.mark.parametrize(
    ("least", "most", "said"),
    [
        (6000, 6000, "6,000 bodies"),
        (1, 1, "1 body"),
        (0, 0, "0 bodies"),
        (200, 999, "200 to 999 bodies"),
        (1200, None, "at least 1,200 bodies"),
        (None, 20, "up to 20 bodies"),
        (None, None, ""),
    ],
)
def test_counted(least: int | None, most: int | None, said: str) -> None:
    assert words.counted("body_repatriation", least, most) == said


@pytest.mark.parametrize(
    ("value", "said"), [(0.9999, "99.9%"), (1.0, "100%"), (1.0095, "100.9%"), (0.0, "0%"), (0.29, "29%"), (0.0378, "3.7%")]
)
def test_a_share_is_cut_and_never_rounded_up(value: float, said: str) -> None:
    assert words.share(value) == said


@pytest.mark.parametrize(
    ("kind", "giver", "receiver", "said"),
    [
        ("child_return", "russia", "ukraine", "Russia → Ukraine"),
        ("child_return", None, "russia", "Side not named → Russia"),
        ("child_return", None, None, "Sides not named"),
        ("prisoner_exchange", "both", "both", "Both sides, to each other"),
        ("ceasefire", "russia", None, "Russia"),
        ("talks", None, None, "Both sides"),
    ],
)
def test_direction(kind: str, giver: str | None, receiver: str | None, said: str) -> None:
    assert words.direction(kind, giver, receiver) == said
