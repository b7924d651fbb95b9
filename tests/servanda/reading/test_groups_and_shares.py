"""Groups of prisoners by number, numbers that hold for each side, days told in a row: grammar alone, no weights."""

from datetime import date

import pytest

from servanda.model.vocabulary import Kind, Language, Stage
from servanda.reading.categories import with_categories
from servanda.reading.context import Context
from servanda.reading.counts import counts_of
from servanda.reading.dates import days_of
from servanda.reading.draft import Draft
from servanda.reading.found import analyse
from servanda.reading.lexicon import lexicon
from servanda.reading.quotation import quotations_of
from servanda.reading.sentence import Sentence
from servanda.reading.sentences import Span
from servanda.reading.voices import voices_of

DAY = date(2025, 6, 20)


def sentence(language, text):
    return Sentence(text, Span(0, len(text), 0), lexicon(Language(language)))


def groups(language, text, *taken):
    """The groups of each number of ``taken``, as if these were stated."""
    told = sentence(language, text)
    voice = voices_of([], [told], quotations_of(text), None)[0]
    reading = analyse(told, Context(published=DAY), None, voice)
    stated = [count for count in reading.counts if count.number.value in taken]
    drafts = [
        Draft(place=c.place, rule="", kind=Kind.PRISONER_EXCHANGE, stage=Stage.PERFORMED, low=c.number.low, high=c.number.high)
        for c in stated
    ]
    return {draft.low: [str(category) for category in draft.categories] for draft in with_categories(reading, drafts)}


GROUPS = [
    ("en", "Forty soldiers and 12 civilians went home.", {40: [], 12: ["civilians"]}),
    ("uk", "Додому поїхали 40 бійців і 12 цивільних.", {40: [], 12: ["civilians"]}),
    ("ru", "Домой уехали 40 бойцов и 12 гражданских.", {40: [], 12: ["civilians"]}),
    ("en", "Forty prisoners went home, 12 of them civilians.", {40: ["civilians"]}),
    ("uk", "Додому поїхали 40 полонених, з них 12 цивільних.", {40: ["civilians"]}),
    ("ru", "Домой уехали 40 пленных, из них 12 гражданских.", {40: ["civilians"]}),
    ("en", "On Monday 40 went home, civilians among them, and on Tuesday 15.", {40: ["civilians"], 15: []}),
    ("ru", "Киев забрал 31 раненого, Москва — 15.", {31: ["severely_wounded"], 15: ["severely_wounded"]}),
]


@pytest.mark.parametrize(("language", "text", "wanted"), GROUPS, ids=[text for _, text, _ in GROUPS])
def test_a_group_belongs_to_its_own_number(language, text, wanted):
    assert groups(language, text, *wanted) == wanted


EACH = [
    ("en", "Each country is to free no fewer than 700 prisoners.", {700: True}),
    ("en", "Each of the 212 names will be checked.", {212: False}),
    ("uk", "Погодили обміняти не менше ніж по 700 полонених.", {700: True}),
    ("ru", "Условились обменять не менее чем по 700 пленных.", {700: True}),
    ("en", "The ministry took back 93 soldiers and released as many Ukrainians.", {93: True}),
    ("en", "Ukraine received 93 bodies on Friday, and the ministry in Moscow confirmed the number.", {93: False}),
    ("en", "In all 88 Russian servicemen came home and 88 Ukrainian servicemen left.", {88: True}),
    ("en", "Zelensky spoke of 900 people on each side, with a possible 300 more.", {900: True}),
]


@pytest.mark.parametrize(("language", "text", "wanted"), EACH, ids=[text for _, text, _ in EACH])
def test_a_number_that_holds_for_each_side(language, text, wanted):
    assert {c.number.value: c.per_side for c in counts_of(sentence(language, text), [])} == wanted


def test_what_may_be_added_widens_the_number():
    count = counts_of(sentence("ru", "Обменяют по 900 человек и, возможно, ещё 300."), [])[0]
    assert (count.number.low, count.number.high) == (900, 1200)


def test_a_dateline_is_no_range_of_numbers():
    told = sentence("en", "SUMY REGION, June 15 — Eighty prisoners came home.")
    days = [(days.start, days.end) for days in days_of(told, DAY)]
    assert [c.number.value for c in counts_of(told, days)] == [80]


ROWS = [
    ("en", "They swapped on 10, 12 and 17 June.", (10, 17)),
    ("en", "They swapped on June 10th, 12th and 17th.", (10, 17)),
    ("en", "They swapped on Monday, Tuesday and Thursday.", (16, 19)),
    ("uk", "Мінялися десятого, дванадцятого й сімнадцятого червня.", (10, 17)),
    ("ru", "Менялись 10-го, 12-го и 17 июня.", (10, 17)),
]


@pytest.mark.parametrize(("language", "text", "wanted"), ROWS, ids=[text for _, text, _ in ROWS])
def test_days_in_a_row_are_one_stretch(language, text, wanted):
    assert [(d.first, d.last) for d in days_of(sentence(language, text), DAY)] == [
        (date(2025, 6, wanted[0]), date(2025, 6, wanted[1]))
    ]


def test_the_day_that_a_deal_dates_from_is_no_beginning():
    (day,) = days_of(sentence("en", "The pledge dates from 10 June."), DAY)
    assert day.first == day.last == date(2025, 6, 10)


def test_two_days_of_two_acts_stay_apart():
    told = days_of(sentence("en", "On 10 June 55 came home, and on 12 June 71."), DAY)
    assert [day.first for day in told] == [date(2025, 6, 10), date(2025, 6, 12)]
