"""Days: every relative and year-less date of a sentence, resolved against the day of publication."""

import calendar
from datetime import date, timedelta
from functools import lru_cache

from servanda.reading.days import Days
from servanda.reading.listings import row_of_days, rows_joined
from servanda.reading.numbers import digits
from servanda.reading.sentence import Sentence
from servanda.reading.stretches import both_single, compared, numbered_day, weekdays_of_weeks


def days_of(sentence: Sentence, published: date, *, future: bool = False, told: date | None = None) -> list[Days]:
    """The days that a sentence names, in order.

    ``future``: a weekday or a year-less day may lie ahead. ``told``: the day told of before, whose month "on the 19th" means.
    """
    found: list[Days] = []
    place = 0
    for here in sentence.dated:
        if here < place:
            continue
        place = here
        days = (
            _row(sentence, place, published, future=future)
            or _calendar_day(sentence, place, published, future=future)
            or _day_later(sentence, place, found)
            or _relative(sentence, place, published, future=future)
            or numbered_day(sentence, place, found, told or published)
        )
        if days is None:
            continue
        place = days.end
        if not compared(sentence, days):
            found.append(_governed(sentence, days, future=future))
    return _spans(sentence, rows_joined(sentence, weekdays_of_weeks(found)))


def _row(sentence: Sentence, place: int, published: date, *, future: bool) -> Days | None:
    row = row_of_days(sentence, place)
    if row is None:
        return None
    return _resolved(place, row.end, row.days, row.month, _told_year(sentence, row.end, published), published, future=future)


def _calendar_day(sentence: Sentence, place: int, published: date, *, future: bool) -> Days | None:
    """ "16 May", "May 16", "20–30 June", "June 20 and 30", with or without a year; a month alone with a year or a preposition."""
    tokens, entries = sentence.tokens, sentence.entries
    numbers: list[int] = []
    month, year, here = None, None, place
    while here < len(tokens) and here < place + 9:
        token = tokens[here]
        value = digits(token.form) if token.is_number else _ordinal(sentence, here)
        named = entries[here].month
        if named is not None and month is None and (token.capital or sentence.lexicon.language.value != "en"):
            month = named
        elif (
            value is not None
            and value == int(value)
            and 1 <= value <= 31
            and len(numbers) < 2
            and year is None
            and "," not in token.form
        ):
            numbers.append(int(value))
        elif value is not None and month is not None and 2014 <= value <= 2035:
            year = int(value)
        elif (
            numbers
            and here > place
            and token.form in _DAY_LINKS
            and here + 1 < len(tokens)
            and (tokens[here + 1].is_number or entries[here + 1].ordinal is not None or _is_month(sentence, here + 1))
        ) or (
            month is not None
            and token.form in (",", ".")
            and here + 1 < len(tokens)
            and tokens[here + 1].is_number
            and ((digits(tokens[here + 1].form) or 0) > 2013 or (token.form == "." and not numbers))
        ):
            pass
        elif token.form in ("st", "nd", "rd", "th", "of", "-го", "числа"):
            if here == place:
                return None
        else:
            break
        here += 1
    if month is None or not (numbers or _alone(sentence, place, year)):
        return None
    while here > place and tokens[here - 1].form in (*_DAY_LINKS, ","):
        here -= 1
    if entries[place].ordinal is not None and place and entries[place - 1].number in _TENS:
        place -= 1  # «двадцать шестого»
    if year is None:
        year = _told_year(sentence, here, published)
    return _resolved(place, here, numbers, month, year, published, future=future)


def _told_year(sentence: Sentence, end: int, published: date) -> int | None:
    """ "in February last year", «с февраля прошлого года»."""
    for name, year in (("time.last_year", published.year - 1), ("time.this_year", published.year)):
        if any(0 <= tag.start - end <= 1 for tag in sentence.tagged(name)):
            return year
    return None


def _ordinal(sentence: Sentence, place: int) -> float | None:
    """The day that an ordinal word is: «пятого», «двадцать шестого» (its tens stand before it, and are added)."""
    value = sentence.entries[place].ordinal
    if value is None:
        return None
    tens = sentence.entries[place - 1].number if place else None
    return value + tens if tens in _TENS and value < 10 else value


_TENS = (20, 30)
_DAY_LINKS = {"–", "-", "and", "to", "и", "і", "й", "та", "по", "до"}


def _is_month(sentence: Sentence, place: int) -> bool:
    return sentence.entries[place].month is not None


def _alone(sentence: Sentence, place: int, year: int | None) -> bool:
    """Whether a month without a day is meant as a time: after a preposition, or with a year."""
    before = sentence.tokens[place - 1].form if place else ""
    return (
        year is not None
        or before
        in (
            "in",
            "у",
            "в",
            "of",
            "during",
            "за",
            "к",
            "до",
            "кінця",
            "конца",
            "last",
            "since",
            "с",
            "з",
            "із",
            "від",
            "от",
            "that",
            "through",
            "throughout",
            "until",
            "by",
        )
        or (place == 0 and sentence.tokens[0].form not in _WORDS_TOO)
        or (not sentence.tokens[place].form.isascii() and _is_noun(sentence, place))
    )


_WORDS_TOO = {"may", "march", "mar"}


def _is_noun(sentence: Sentence, place: int) -> bool:
    return "noun" in sentence.tokens[place].marks or "adjective" not in sentence.tokens[place].marks


def _resolved(
    start: int, end: int, numbers: list[int], month: int, year: int | None, published: date, *, future: bool
) -> Days | None:
    near = _year_of(month, numbers[0] if numbers else None, published, future=future) if year is None else year
    try:
        if not numbers:
            return Days(start, end, date(near, month, 1), date(near, month, calendar.monthrange(near, month)[1]))
        first = date(near, month, numbers[0])
        last = date(near, month, numbers[-1])
    except ValueError:
        return None
    return Days(start, end, min(first, last), max(first, last))


def _year_of(month: int, day: int | None, published: date, *, future: bool) -> int:
    """The year of a day without one: the nearest in the past, or the nearest at all where it may lie ahead."""
    ahead = 200 if future else 45
    candidate = date(published.year, month, min(day or 1, 28))
    if (candidate - published).days > ahead:
        return published.year - 1
    if future and (published - candidate).days > 200:
        return published.year + 1
    return published.year


def _relative(sentence: Sentence, place: int, published: date, *, future: bool) -> Days | None:
    names = {tag.name: tag for tag in sentence.tagged("time") if tag.start == place}
    for name, (first, last) in _fixed(published).items():
        if name in names:
            return Days(place, names[name].end, first, last)
    earlier = _days_earlier(sentence, place, published)
    if earlier is not None:
        return earlier
    weekday = sentence.entries[place].weekday
    if weekday is not None:
        return _on_weekday(sentence, place, weekday, published, future=future)
    for name, step in (("time.last", -1), ("time.next", 1), ("time.this", 0)):
        if name in names:
            stretch = _stretch(sentence, names[name].end, step, published)
            if stretch is not None:
                return Days(place, names[name].end + 1, *stretch)
    return None


@lru_cache(maxsize=64)
def _fixed(published: date) -> dict[str, tuple[date | None, date | None]]:
    """The stretches that a phrase means by itself, counted from the day of publication; the first name that fits is meant."""
    day = timedelta(days=1)
    month_end = date(published.year, published.month, calendar.monthrange(published.year, published.month)[1])
    return {
        "time.day_before_yesterday": (published - 2 * day, published - 2 * day),
        "time.yesterday": (published - day, published - day),
        "time.today": (published, published),
        "time.tomorrow": (published + day, published + day),
        "time.year_start": (date(published.year, 1, 1), None),
        "time.war_start": (_FULL_SCALE_WAR, None),
        "time.past_day": (published - day, published),
        "time.month_end": (None, month_end),
        "time.year_end": (None, date(published.year, 12, 31)),
    }


def _day_later(sentence: Sentence, place: int, found: list[Days]) -> Days | None:
    """ "on 23 May ... and a day later": counted from the day named before it in the sentence."""
    tag = next((tag for tag in sentence.tagged("time.day_later") if tag.start == place), None)
    base = next((days.last for days in reversed(found) if days.last), None)
    if tag is None or base is None:
        return None
    return Days(place, tag.end, base + timedelta(days=1), base + timedelta(days=1))


_FULL_SCALE_WAR = date(2022, 2, 24)


def _days_earlier(sentence: Sentence, place: int, published: date) -> Days | None:
    """ "five days earlier", "three days ago"."""
    tokens = sentence.tokens
    if place + 2 >= len(tokens):
        return None
    token = tokens[place]
    value = digits(token.form) if token.is_number else sentence.entries[place].number
    if value is None or not 0 < value < 60 or value != int(value):
        return None
    unit = next((tag for name in ("noun.day", "noun.week") for tag in sentence.tagged(name) if tag.start == place + 1), None)
    back = {tag.start: tag.end for name in ("time.ago", "time.earlier") for tag in sentence.tagged(name)}
    if unit is None or unit.end not in back:
        return None
    day = published - timedelta(days=int(value) * (7 if unit.name == "noun.week" else 1))
    return Days(place, back[unit.end], day, day)


def _on_weekday(sentence: Sentence, place: int, weekday: int, published: date, *, future: bool) -> Days:
    """A weekday is the last one that was, today included; ahead of a future verb or after "next" it is the coming one."""
    before = {tag.name for tag in sentence.tagged("time") if tag.end == place}
    back = (published.isoweekday() - weekday) % 7
    day = published - timedelta(days=back)
    if "time.next" in before or (future and day < published):
        day += timedelta(days=7)
    elif "time.last" in before and back == 0:
        day -= timedelta(days=7)
    return Days(place, place + 1, day, day)


def _stretch(sentence: Sentence, place: int, step: int, published: date) -> tuple[date, date] | None:
    monday = published - timedelta(days=published.isoweekday() - 1)
    names = {tag.name for tag in sentence.tagged("time") if tag.start == place}
    if "time.week" in names:
        first = monday + timedelta(days=7 * step)
        return first, first + timedelta(days=6)
    if "time.weekend" in names:
        first = monday + timedelta(days=5 + 7 * (step if step < 0 or published.isoweekday() >= 6 else 0))
        return first, first + timedelta(days=1)
    if "time.month" in names:
        month = published.month + step
        year, month = published.year + (month - 1) // 12, (month - 1) % 12 + 1
        last = date(year, month, calendar.monthrange(year, month)[1])
        return date(year, month, 1), min(last, published) if step == 0 else last
    return None


def _governed(sentence: Sentence, days: Days, *, future: bool) -> Days:
    """A deadline after "by" or "until", the end of a month, a beginning after "from"; "as of" is an end, in the past."""
    before = {tag.name for tag in sentence.tagged("time") if tag.end == days.start}
    starts = [tag for tag in sentence.tagged("time.start_of") if tag.end == days.start]
    if starts and _is_whole_month(days) and any(tag.end == starts[0].start for tag in sentence.tagged("time.from")):
        return Days(starts[0].start, days.end, days.first, None)
    if _is_whole_month(days) and days.first and any(tag.end == days.start for tag in sentence.tagged("time.first_week")):
        return Days(days.start, days.end, days.first, days.first + timedelta(days=6))
    ends = [tag for tag in sentence.tagged("time.end_of") if tag.end == days.start]
    start = min((tag.start for tag in ends), default=days.start)
    if ends or "time.by" in before:
        return Days(start, days.end, None, days.last)
    if "time.as_of" in before:
        return Days(days.start, days.end, days.first, None) if future else Days(days.start, days.end, None, days.last)
    dates_from = any(
        tag.end == days.start and origin.end == tag.start
        for tag in sentence.tagged("time.from")
        for origin in sentence.tagged("time.origin")
    )  # "the pledge dates from 16 May": the day it was made
    if "time.from" in before and not dates_from and (days.first == days.last or _is_whole_month(days)):
        return Days(days.start, days.end, days.first, None)
    return days


def _is_whole_month(days: Days) -> bool:
    return days.first is not None and days.last is not None and days.first.day == 1 and (days.last + timedelta(days=1)).day == 1


def _spans(sentence: Sentence, found: list[Days]) -> list[Days]:
    """Two days with "and", "to" or a dash between them after "between" or "from" are one stretch."""
    joined: list[Days] = []
    opened = {tag.end for tag in sentence.tagged("time.between")} | {tag.end for tag in sentence.tagged("time.from")}
    for days in found:
        before = joined[-1] if joined else None
        linked = before is not None and days.start - before.end == 1 and sentence.tokens[before.end].form in _DAY_LINKS
        first = before.first or before.last if before is not None else None
        if (
            before is not None
            and linked
            and first
            and days.last
            and (before.start in opened or sentence.tokens[before.end].form in ("–", "-") or both_single(before, days))
            and first < days.last
        ):
            joined[-1] = Days(before.start, days.end, first, days.last)
        else:
            joined.append(days)
    return joined
