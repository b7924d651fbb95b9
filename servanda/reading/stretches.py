"""Days set against each other: a weekday within the week named beside it, a numbered day within its month."""

from datetime import date, timedelta

from servanda.reading.days import Days
from servanda.reading.numbers import digits
from servanda.reading.sentence import Sentence

_NEAR = 3


def numbered_day(sentence: Sentence, place: int, found: list[Days], published: date) -> Days | None:
    """ "on the 19th", «19-го»: a day of the month named last, or of the month of publication."""
    token = sentence.tokens[place]
    value = digits(token.form) if token.is_number else None
    ends = [tag.end for tag in sentence.tagged("time.numbered") if place < tag.start <= place + 2]
    if value is None or not ends or value != int(value) or not 1 <= value <= 31:
        return None
    counts_things = any(
        tag.start == max(ends)
        for name in ("noun.other", "noun.captive", "kind.exchange_noun", "kind.round")
        for tag in sentence.tagged(name)
    )
    months = [days.first for days in found if days.first is not None]
    if counts_things or (token.form.isascii() and sentence.tokens[place + 1].is_word and not _opened(sentence, place)):
        return None
    month = months[-1] if months else published
    try:
        day = date(month.year, month.month, int(value))
    except ValueError:
        return None
    return Days(place, max(ends), day, day)


def _opened(sentence: Sentence, place: int) -> bool:
    """ "19th" is a day only after "on the"; «19-го», with its dash, is one by itself."""
    return any(tag.end == place for tag in sentence.tagged("time.on_the"))


def weekdays_of_weeks(found: list[Days]) -> list[Days]:
    """ "last week, on Thursday", "Thursday of last week": the weekday is that of the week named beside it."""
    kept: list[Days] = []
    for days in found:
        before = kept[-1] if kept else None
        if before is not None and days.start - before.end <= _NEAR:
            week, day = (before, days) if _is_week(before) else (days, before)
            if week.first is not None and day.first is not None and _is_week(week) and _is_single(day):
                that = week.first + timedelta(days=day.first.isoweekday() - 1)
                kept[-1] = Days(before.start, days.end, that, that)
                continue
        kept.append(days)
    return kept


def compared(sentence: Sentence, days: Days) -> bool:
    """ "the first since April", "the largest since 2022": a day that measures, and on which nothing was done."""
    since = [tag for tag in sentence.tagged("time.from") if tag.end == days.start]
    return any(
        0 <= start.start - tag.end <= _NEAR and not any(sentence.breaks[tag.end : start.start])
        for start in since
        for tag in sentence.tagged("time.comparison")
    )


def both_single(before: Days, days: Days) -> bool:
    """ "on Wednesday and Thursday": two days of one act."""
    return _is_single(before) and _is_single(days)


def _is_single(days: Days) -> bool:
    return days.first is not None and days.first == days.last


def _is_week(days: Days) -> bool:
    return days.first is not None and days.last == days.first + timedelta(days=6) and days.first.isoweekday() == 1
