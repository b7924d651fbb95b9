"""Numbers as they are written, in three languages, and what each of them counts."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from servanda.model.vocabulary import Language
from servanda.reading.counts import counts_of
from servanda.reading.lexicon import lexicon
from servanda.reading.numbers import numbers_of
from servanda.reading.sentence import Sentence
from servanda.reading.sentences import Span
from servanda.reading.text import plain


def sentence(text, language="en"):
    return Sentence(plain(text), Span(0, len(text), 0), lexicon(Language(language)))


@pytest.mark.parametrize(
    ("language", "text", "bounds"),
    [
        ("en", "6,060 bodies", (6060, 6060)),
        ("en", "1.212 bodies", (1212, 1212)),
        ("en", "one thousand prisoners", (1000, 1000)),
        ("en", "a thousand prisoners", (1000, 1000)),
        ("en", "two hundred and fifty prisoners", (250, 250)),
        ("en", "twenty-seven bodies", (27, 27)),
        ("en", "twelve hundred bodies", (1200, 1200)),
        ("en", "at least 1,000 prisoners", (1000, None)),
        ("en", "no fewer than a thousand people", (1000, None)),
        ("en", "more than 7,000 people", (7000, None)),
        ("en", "up to 3,000 bodies", (None, 3000)),
        ("en", "no more than 200 people", (None, 200)),
        ("en", "about 250 prisoners", (250, 250)),
        ("en", "between 1,000 and 1,200 soldiers", (1000, 1200)),
        ("en", "two or three days", (2, 3)),
        ("en", "24 to 48 hours", (24, 48)),
        ("en", "several hundred children", (200, 999)),
        ("en", "dozens of prisoners", (24, 99)),
        ("uk", "1212 тіл", (1212, 1212)),
        ("uk", "6 тисяч тіл", (6000, 6000)),
        ("uk", "шість тисяч тіл", (6000, 6000)),
        ("uk", "по тисячі полонених", (1000, 1000)),
        ("uk", "щонайменше 1000 осіб", (1000, None)),
        ("uk", "понад сім тисяч українців", (7000, None)),
        ("uk", "тисячу двісті тіл", (1200, 1200)),
        ("uk", "семеро дітей", (7, 7)),
        ("ru", "3 612 тел", (3612, 3612)),
        ("ru", "6 тыс. тел", (6000, 6000)),
        ("ru", "1,2 тыс. тел", (1200, 1200)),
        ("ru", "не менее тысячи человек", (1000, None)),
        ("ru", "более десяти тысяч тел", (10000, None)),
        ("ru", "до трёх тысяч тел", (None, 3000)),
        ("ru", "два-три дня", (2, 3)),
        ("ru", "троих детей", (3, 3)),
        ("en", "half of the 6,000 bodies", (3000, 3000)),
        ("en", "more than half of the 6,000 bodies", (3000, None)),
        ("en", "half a dozen children", (6, 6)),
        ("en", "2000 bodies", (2000, 2000)),
        ("uk", "півтори тисячі тіл", (1500, 1500)),
        ("uk", "двадцятеро цивільних", (20, 20)),
        ("uk", "на 24–48 годин", (24, 48)),
        ("ru", "полторы тысячи тел", (1500, 1500)),
        ("ru", "три десятка жителей", (30, 30)),
        ("ru", "более двух сотен тел", (200, None)),
        ("ru", "тридцатидневное перемирие", (30, 30)),
        ("ru", "трёхдневную паузу", (3, 3)),
    ],
)
def test_a_number_with_its_bounds(language, text, bounds):
    numbers = numbers_of(sentence(text, language))
    assert [(n.low, n.high) for n in numbers] == [bounds]


@pytest.mark.parametrize(
    ("language", "text", "wanted"),
    [
        ("en", "1,212 bodies were returned", [(1212, "body", False)]),
        ("en", "Russia handed over 1,248 more servicemen", [(1248, "people", False)]),
        ("en", "they swapped 84 for 84", [(84, "bare", True)]),
        ("en", "a thousand prisoners each", [(1000, "captive", True)]),
        ("en", "245 of the drones were downed", [(245, None, False)]),
        ("en", "in 2022 they met", []),
        ("en", "prisoners aged 18 to 25 were freed", []),
        ("en", "20 Russian children went home", [(20, "child", False)]),
        ("uk", "обмін «390 на 390»", [(390, "bare", True)]),
        ("uk", "звільнили по 390 полонених", [(390, "captive", True)]),
        ("uk", "пошкоджено 12 будинків", [(12, None, False)]),
        ("ru", "передали 1000 тел", [(1000, "body", False)]),
        ("ru", "прошло 12 месяцев", [(12, "month_unit", False)]),
        ("ru", "сбиты 94 беспилотника", [(94, None, False)]),
        ("ru", "тридцатидневное перемирие", [(30, "day", False)]),
        ("ru", "девятерых украинская сторона отпустила", [(9, "bare", False)]),
        ("uk", "на рахунку 800 млрд доларів", [(800, None, False)]),
        ("en", "a boy of nine was brought home", [(1, "child", False)]),
    ],
)
def test_what_a_number_counts(language, text, wanted):
    assert [(c.number.value, c.noun, c.per_side) for c in counts_of(sentence(text, language), [])] == wanted


@given(st.integers(min_value=1, max_value=9_999_999), st.sampled_from([",", ".", " ", "\u00a0", "\u202f", ""]))
def test_any_thousands_mark_gives_the_same_number(number, mark):
    written = f"{number:,}".replace(",", mark)
    found = numbers_of(sentence(f"{written} bodies"))
    assert [n.low for n in found] == [number]
