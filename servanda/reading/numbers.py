"""Numbers as they are written: digits with any thousands mark, words, multipliers, vague quantities, ranges, bounds."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from servanda.reading.lexicon import Lexicon
from servanda.reading.sentence import Sentence
from servanda.reading.tokens import Token, analyse

_GROUPED = re.compile(r"\d{1,3}(?:[ ,.]\d{3})+$")
_LARGEST = 10_000_000


@dataclass(frozen=True, slots=True)
class Number:
    """A number in a sentence: ``tokens[start:end]``, with bounds; None is an open bound."""

    start: int
    end: int
    low: int | None
    high: int | None

    @property
    def value(self) -> int:
        """The number that is written (the bound, where it is one)."""
        return self.low if self.low is not None else self.high or 0


def numbers_of(sentence: Sentence) -> list[Number]:
    """The numbers of a sentence in order, ranges joined and bounds applied."""
    plain = list(_halved(sentence, list(_scan(sentence))))
    return _added([_bounded(sentence, number) for number in _joined(sentence, plain)], sentence)


def _added(numbers: list[Number], sentence: Sentence) -> list[Number]:
    """ "a thousand on each side, with a possible 200 more": from the number to the number and what may be added."""
    added: list[Number] = []
    for number in numbers:
        before = added[-1] if added else None
        maybe = before is not None and any(before.end <= tag.start < number.end for tag in sentence.tagged("bound.possible"))
        if before is not None and maybe and before.low is not None and before.low == before.high and number.high is not None:
            added[-1] = replace(before, high=before.low + number.high)
        else:
            added.append(number)
    return added


def digits(form: str) -> float | None:
    """The value of a digit token: ``6,060``, ``6.060``, ``3 612``, ``1,2``; None for one that is no number of things."""
    if _GROUPED.match(form):
        return float(re.sub(r"[ ,.]", "", form))
    match = re.fullmatch(r"(\d+)(?:[.,](\d+))?", form)
    if match is None or len(match[1]) > 9:
        return None
    return float(f"{match[1]}.{match[2] or 0}")


def _scan(sentence: Sentence) -> Iterator[Number]:
    tokens, entries, vague = sentence.tokens, sentence.entries, sentence.lexicon.vague_words
    place = 0
    for start, (token, entry) in enumerate(zip(tokens, entries, strict=True)):
        if start < place:
            continue
        found = None
        if entry.compound is not None:
            found = Number(start, start + 1, entry.compound[0], entry.compound[0])
        elif not vague.isdisjoint((token.form, *token.lemmas)):
            found = _vague(tokens, start, sentence.lexicon)
        if found is None and token.is_word and "-" in token.form:
            found = _hyphenated_range(tokens, start, sentence.lexicon)
        if found is None and (token.is_number or entry.counts):
            found = _quantity(sentence, start)
        if found is not None:
            yield found
            place = found.end


def _vague(tokens: Sequence[Token], place: int, lexicon: Lexicon) -> Number | None:
    for length in (3, 2, 1):
        words = tokens[place : place + length]
        for key in {" ".join(token.form for token in words), " ".join(min(token.lemmas, default=token.form) for token in words)}:
            if len(words) == length and key in lexicon.vague:
                low, high = lexicon.vague[key]
                return Number(place, place + length, low, high)
    return None


def _quantity(sentence: Sentence, place: int) -> Number | None:
    tokens, entries = sentence.tokens, sentence.entries
    if _is_year(tokens, place) and not _counts_things(sentence, place + 1):
        return None
    total, group, end = 0.0, None, place
    while end < len(tokens):
        token = tokens[end]
        value = digits(token.form) if token.is_number else entries[end].number
        multiplier = entries[end].multiplier
        if value is not None and (
            group is None or (not token.is_number and value < 100 <= group) or (not token.is_number and value < 10 <= group < 100)
        ):
            group = (group or 0) + value
        elif multiplier is not None and not (group is None and end > place and total == 0):
            group = (1 if group is None else group) * multiplier
            if multiplier >= 1000:
                total, group = total + group, None
        elif end > place and token.form == "." and entries[end - 1].multiplier is not None:
            pass  # the point of an abbreviation: "1,2 тыс."
        elif token.form == "and" and end > place and _continues(sentence, end):
            pass
        else:
            break
        end += 1
    amount = total + (group or 0)
    if end == place or amount <= 0 or amount > _LARGEST or amount != int(amount):
        return None
    return Number(place, end, int(amount), int(amount))


def _halved(sentence: Sentence, numbers: list[Number]) -> Iterator[Number]:
    """ "half of the 6,000" is 3,000."""
    halves = sentence.tagged("share.half")
    for number in numbers:
        half = next((tag for tag in halves if 0 <= number.start - tag.end <= _UP_TO_THE_WHOLE), None)
        if half is None or number.low is None or number.low != number.high or number.low % 2 or number.low < _DIVISIBLE:
            yield number
        elif all(not t.is_word or t.form in _FILLERS or "pronoun" in t.marks for t in sentence.tokens[half.end : number.start]):
            yield Number(half.start, number.end, number.low // 2, number.low // 2)
        else:
            yield number


_UP_TO_THE_WHOLE = 3
_DIVISIBLE = 12


def _continues(sentence: Sentence, place: int) -> bool:
    """Whether "and" goes on with the number: "two hundred and fifty"."""
    entries = sentence.entries
    after = entries[place + 1].number if place + 1 < len(entries) else None
    return entries[place - 1].multiplier is not None and after is not None and after < 100


def _counts_things(sentence: Sentence, place: int) -> bool:
    """Whether a word for people, bodies or children stands right behind: "2,000 bodies" is no year, written without its comma."""
    return any(tag.start == place for name in _COUNTED for tag in sentence.tagged(name))


_COUNTED = ("noun.body", "noun.captive", "noun.people", "noun.child")


def _is_year(tokens: Sequence[Token], place: int) -> bool:
    """A bare number of four digits near our time is a year."""
    form = tokens[place].form
    return len(form) == 4 and form.isdigit() and 1990 <= int(form) <= 2035


def _hyphenated_range(tokens: Sequence[Token], place: int, lexicon: Lexicon) -> Number | None:
    """ "два-три": two numbers in one word."""
    parts = tokens[place].form.split("-")
    if len(parts) != 2 or not tokens[place].is_word:
        return None
    bounds = [
        next(
            (
                int(lexicon.numbers[lemma])
                for lemma in (part, *analyse(part, lexicon.language).lemmas)
                if lemma in lexicon.numbers
            ),
            None,
        )
        for part in parts
    ]
    low, high = bounds
    return Number(place, place + 1, low, high) if low is not None and high is not None and low < high < 20 else None


def _joined(sentence: Sentence, numbers: list[Number]) -> list[Number]:
    """Ranges as one number: "two or three", "24 to 48", "20–30"."""
    joined: list[Number] = []
    links = {tag.start for tag in sentence.tagged("time.to")} | {tag.start for tag in sentence.tagged("bound.or")}
    for number in numbers:
        before = joined[-1] if joined else None
        gap = number.start - before.end if before else 0
        if (
            before
            and gap == 1
            and (before.end in links or (sentence.tokens[before.end].form in _DASHES and number.start != sentence.dateline))
            and before.low
            and number.high
            and before.low < number.high <= before.low * 20
        ) or (before and gap == 0 and before.low and number.low and number.low == before.low + 1 and before.low < 20):
            joined[-1] = replace(before, end=number.end, high=number.high)
        else:
            joined.append(number)
    return joined


_DASHES = {"–", "-"}


def _bounded(sentence: Sentence, number: Number) -> Number:
    """The number with the bound that stands before it (or behind: "1,000 or more")."""
    start = number.start
    for _ in range(3):
        tag = max(
            (tag for tag in sentence.tagged("bound") if tag.end in (start, start - 1) and tag.start < start),
            key=lambda t: (t.end, t.start - t.end),
            default=None,
        )
        if tag is None or (tag.end == start - 1 and sentence.tokens[start - 1].form not in _FILLERS):
            break
        longest = min((other.start for other in sentence.tagged(tag.name) if other.end == tag.end), default=tag.start)
        if any(verb.start < tag.end and tag.start < verb.end and verb.start < tag.start for verb in sentence.tagged("verb")):
            break  # "handed over 1,000": the word belongs to the verb
        kind = _kind_of_bound(sentence, tag.end)
        if kind in ("least", "more"):
            return replace(number, start=longest, high=None)
        if kind == "most":
            return replace(number, start=longest, low=None)
        start = longest
    if any(tag.start == number.end and tag.name == "bound.least" for tag in sentence.tagged("bound.least")):
        return replace(number, high=None)
    return replace(number, start=start)


_FILLERS = {"of", "the", "a", "на", "в", "у", "for", "чем", "ніж", "по", "as", "от", "из", "із", "з", "від", "those", "these"}


def _kind_of_bound(sentence: Sentence, end: int) -> str:
    """Of the bounds that end here the longest one's kind: "no more than" is a ceiling, though "more than" ends there too."""
    longest = min((tag for tag in sentence.tagged("bound") if tag.end == end), key=lambda tag: tag.start)
    return longest.name.removeprefix("bound.")
