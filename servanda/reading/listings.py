"""Days told in a row: "on 11, 13 and 14 June", "on Monday, Tuesday and Saturday".

One act told of several days runs from the first to the last of them.
"""

from collections.abc import Sequence
from typing import NamedTuple

from servanda.reading.days import Days
from servanda.reading.numbers import digits
from servanda.reading.sentence import Sentence

_FEWEST = 3
_AND = frozenset({"and", "и", "і", "й", "та"})
_ENDINGS = frozenset({"st", "nd", "rd", "th", "-", "го", "е", "of", "числа"})
_LONGEST = 31


class Row(NamedTuple):
    """Days of one month in a row: ``tokens`` up to ``end``."""

    end: int
    days: list[int]
    month: int


def row_of_days(sentence: Sentence, place: int) -> Row | None:
    """ "11, 13 and 14 June", "June 9, 10 and 12", «девятого, десятого и двенадцатого июня»: three days or more of one month."""
    month = _month(sentence, place)
    here = place + (month is not None)
    numbers: list[int] = []
    last_link = ""
    while (value := _day(sentence, here)) is not None and (not numbers or value > numbers[-1]):
        numbers.append(value)
        here = _past_endings(sentence, here + 1)
        end = here
        if here >= len(sentence.tokens) or sentence.tokens[here].form not in _AND | {","}:
            break
        if last_link in _AND:
            break
        last_link = sentence.tokens[here].form
        here += 1
        if last_link == "," and here < len(sentence.tokens) and sentence.tokens[here].form in _AND:
            last_link, here = sentence.tokens[here].form, here + 1
    if len(numbers) < _FEWEST or last_link not in _AND:
        return None
    if month is None:
        month, end = _month(sentence, end), end + 1
    return Row(end, numbers, month) if month is not None else None


def _month(sentence: Sentence, place: int) -> int | None:
    return sentence.entries[place].month if place < len(sentence.tokens) else None


def _day(sentence: Sentence, place: int) -> int | None:
    if place >= len(sentence.tokens):
        return None
    token = sentence.tokens[place]
    value = digits(token.form) if token.is_number else sentence.entries[place].ordinal
    return int(value) if value is not None and value == int(value) and 1 <= value <= _LONGEST else None


def _past_endings(sentence: Sentence, place: int) -> int:
    """ "9th", «9-го»."""
    while place < len(sentence.tokens) and sentence.tokens[place].form in _ENDINGS:
        place += 1
    return place


def rows_joined(sentence: Sentence, found: Sequence[Days]) -> list[Days]:
    """ "Monday, Tuesday, Thursday and Saturday": three days or more in a row, with "and" before the last, as one stretch."""
    joined: list[Days] = []
    row: list[Days] = []
    for days in found:
        if row and not _goes_on(sentence, row[-1], days):
            joined.extend(_as_one(sentence, row))
            row = []
        row.append(days)
    joined.extend(_as_one(sentence, row))
    return joined


def _goes_on(sentence: Sentence, before: Days, days: Days) -> bool:
    between = [token.form for token in sentence.tokens[before.end : days.start]]
    single = before.first is not None and before.first == before.last and days.first is not None and days.first == days.last
    return single and bool(between) and all(form in _AND or form in (",", "on", "в", "во", "у", "на") for form in between)


def _as_one(sentence: Sentence, row: list[Days]) -> list[Days]:
    if len(row) < _FEWEST or not any(token.form in _AND for token in sentence.tokens[row[-2].end : row[-1].start]):
        return row
    told = [days.first for days in row if days.first is not None]
    return [Days(row[0].start, row[-1].end, min(told), max(told))]
