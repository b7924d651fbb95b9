"""What each number of a sentence counts: people, bodies, children, names, days of a truce, or something that is none of ours."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from servanda.model.vocabulary import Language
from servanda.reading.numbers import Number, numbers_of
from servanda.reading.sentence import Sentence
from servanda.reading.shares import for_each, pairs_of

OURS = ("body", "people", "captive", "child", "name", "day", "hour", "week", "month_unit")
UNITS_OF_TIME = ("day", "hour", "week", "month_unit")
_REACH = 5
_OLDEST = 110
_THINGS = ("body", "people", "captive", "child", "name")
_OF_A_NOUN_PHRASE = {"noun", "adjective", "participle", "pronoun", "ordinal"}
_ENDS_A_NOUN_PHRASE = {",", ".", ";", ":", "–", "(", ")", '"', "?", "!", "—"}


@dataclass(frozen=True, slots=True)
class Count:
    """A number and what it counts.

    ``noun`` is the class of the thing counted; ``bare`` where no noun follows, so that it leans on what was said before;
    None where it counts something else, or is a date, an age or an ordinal. ``per_side``: it holds for each side.
    """

    number: Number
    noun: str | None
    per_side: bool

    @property
    def place(self) -> int:
        """The token by which distances are measured."""
        return self.number.end - 1


def counts_of(sentence: Sentence, taken: Sequence[tuple[int, int]]) -> list[Count]:
    """The counts of a sentence. ``taken``: token ranges that are dates; numbers in them count nothing."""
    numbers = [n for n in numbers_of(sentence) if not any(n.start < end and start < n.end for start, end in taken)]
    numbers = [n for n in numbers if not _is_an_age_or_year(sentence, n)]
    pairs = pairs_of(sentence, numbers)
    skipped = {id(second) for _, second in pairs}
    paired = {id(first): second for first, second in pairs}
    counts = []
    for number in numbers:
        if id(number) not in skipped:
            end = paired[id(number)].end if id(number) in paired else number.end
            noun = _noun_of(sentence, number, end)
            if id(number) in paired and noun in (None, "bare"):
                noun = "bare"
            counts.append(Count(number, noun, id(number) in paired or for_each(sentence, number, end)))
    return sorted([*_summed(sentence, counts), *_lone_children(sentence, counts)], key=lambda count: count.number.start)


def _lone_children(sentence: Sentence, counts: list[Count]) -> list[Count]:
    """ "a boy of nine", «девочку вернули»: one child, told without a number."""
    found: list[Count] = []
    for tag in sentence.tagged("noun.one_child"):
        beside = any(count.number.start - 3 <= tag.end and tag.start <= count.number.end + 4 for count in (*counts, *found))
        if not beside:
            found.append(Count(Number(tag.start, tag.end, 1, 1), "child", per_side=False))
    return found


def _summed(sentence: Sentence, counts: list[Count]) -> list[Count]:
    """ "six boys and a girl", "four girls and three boys": children told by sex are one number."""
    links = {tag.start for tag in sentence.tagged("say.and")}
    summed: list[Count] = []
    for count in counts:
        before = summed[-1] if summed else None
        if (
            before is not None
            and before.noun == count.noun == "child"
            and before.number.low == before.number.high
            and any(place in links for place in range(before.number.end, count.number.start))
            and count.number.start - before.number.end <= 3
        ):
            total = (before.number.low or 0) + (count.number.low or 0)
            summed[-1] = replace(before, number=replace(before.number, end=count.number.end, low=total, high=total))
        else:
            summed.append(count)
    return [_with_one_more(sentence, count, links) for count in summed]


def _with_one_more(sentence: Sentence, count: Count, links: set[int]) -> Count:
    """ "… and a girl"."""
    nouns = [tag for tag in sentence.tagged("noun.child") if 0 <= tag.start - count.number.end <= 1]
    if count.noun != "child" or not nouns or nouns[0].end not in links or count.number.low != count.number.high:
        return count
    after = nouns[0].end + 1
    single = any(tag.start in (after, after + 1) for tag in sentence.tagged("noun.one_child"))
    total = (count.number.low or 0) + 1
    return replace(count, number=replace(count.number, low=total, high=total)) if single else count


def _noun_of(sentence: Sentence, number: Number, end: int) -> str | None:
    if any(tag.start == number.start for tag in sentence.tagged("noun.day")):
        return "day"  # «добу-дві»
    compound = sentence.entries[number.start].compound
    if compound is not None:
        return compound[1]
    noun = noun_after(sentence, end)
    if noun in (None, "bare"):
        noun = (_noun_before(sentence, number.start) if noun == "bare" else None) or noun
    compared = any(tag.start == number.end for tag in sentence.tagged("bound.more") if tag.end - tag.start > 1)
    lone_one = number.value == 1 and not sentence.tokens[number.start].is_number and noun == "bare"
    return None if compared or lone_one else noun


def noun_after(sentence: Sentence, place: int) -> str | None:
    """The class of the noun that a number before ``place`` counts; ``bare`` where none follows; None for another noun."""
    tokens = sentence.tokens
    stops = {tag.start for tag in sentence.tagged("stop")}
    unknown = False
    english = sentence.lexicon.language is Language.ENGLISH
    for offset in range(_REACH):
        here = place + offset
        if here < len(tokens) and here > place and (tokens[here].is_number or sentence.entries[here].counts):
            return "bare"
        classes = [tag for tag in sentence.tagged("noun") if tag.start == here]
        if classes:
            longest = max(classes, key=lambda tag: (tag.end, tag.name == "noun.body"))
            name = longest.name.removeprefix("noun.")
            if name == "people" and any(tag.start == longest.end for tag in sentence.tagged("noun")):
                continue  # "20 Russian children": the adjective of a nation before the noun
            return name if name in OURS else None
        if here == place < len(tokens) and _counts_acts(sentence, here):
            return None  # "10 exchanges"
        if _ends_here(sentence, place, here, stops):
            return None if unknown and english else "bare"
        if here == place and tokens[here].form == "-":
            continue  # «30-дневное»
        if not english and (not tokens[here].marks & _OF_A_NOUN_PHRASE or _is_not_counted(sentence, here)):
            return "bare"  # «девятерых украинская сторона отпустит»: the noun is no part of the number's phrase
        unknown = unknown or tokens[here].form not in ("of", "the", "more", "such", "other")
        if "noun" in tokens[here].marks and not tokens[here].marks & {"adjective", "participle", "pronoun"}:
            return None
    return None


def _ends_here(sentence: Sentence, place: int, here: int, stops: set[int]) -> bool:
    """Whether the noun phrase that a number opens has ended: at a mark, at a verb, or at a word that is no part of one."""
    tokens = sentence.tokens
    if here >= len(tokens) or tokens[here].form in _ENDS_A_NOUN_PHRASE or _verb_ends(sentence, here):
        return True
    of_the = tokens[here].form == "the" and here > place and tokens[here - 1].form == "of"
    return here in stops and tokens[here].form not in ("of", "more") and not of_the


def _is_not_counted(sentence: Sentence, place: int) -> bool:
    """Whether a Slavic word cannot be what a number counts: a noun in no case that numbers govern, or a side."""
    marks = sentence.tokens[place].marks
    governed = marks & {"genitive", "dative", "instrumental", "accusative"}
    if any(tag.start == place for tag in sentence.tagged("party")) and "noun" in marks:
        return True
    return bool(marks & {"noun", "adjective"}) and not governed


def _counts_acts(sentence: Sentence, place: int) -> bool:
    marks = sentence.tokens[place].marks
    return (
        any(tag.start == place for tag in sentence.tagged("act.exchange"))
        and bool(marks & {"present", "plural"})
        and ("noun" in marks or "present" in marks)
    )


def _verb_ends(sentence: Sentence, place: int) -> bool:
    """Whether a verb of handing over, taking place or promising ends the noun phrase here, with no noun right behind it."""
    if any(tag.start == place + 1 for tag in sentence.tagged("noun")):
        return False  # "1,000 wounded soldiers", "1,000 freed men"
    names = ("verb", "stage.promise") if sentence.lexicon.language is Language.ENGLISH else ("verb.happen", "stage.promise")
    return any(tag.start == place for name in names for tag in sentence.tagged(name))


def _noun_before(sentence: Sentence, place: int) -> str | None:
    """A noun that the number follows: "the bodies of 1,248", "тел — 1212"."""
    linked = place >= 1 and sentence.tokens[place - 1].form in ("of", "–", ":")
    tags = [tag for tag in sentence.tagged("noun") if tag.end == place or (linked and tag.end == place - 1)]
    classes = [(tag.name.removeprefix("noun."), tag.end == place) for tag in tags]
    # Over a dash only things are counted: "the next day – 50 more" are not fifty days.
    return next((name for name, close in classes if name in OURS and (close or name in _THINGS)), None)


def _is_an_age_or_year(sentence: Sentence, number: Number) -> bool:
    tokens = sentence.tokens
    ages = any(tag.start <= number.start and number.end <= tag.end for tag in sentence.tagged("category.aged_18_25"))
    following = tokens[number.end] if number.end < len(tokens) else None
    named = following is not None and following.is_word and following.form in ("st", "nd", "rd", "th")
    # "19-го": digits with an ending are an ordinal.
    ending = following is not None and following.form == "-" and following.start == tokens[number.end - 1].end
    named = named or (ending and not any(tag.start == number.end + 1 for tag in sentence.tagged("noun")))
    ordinal = number.end - number.start == 1 and "ordinal" in tokens[number.start].marks
    aged = number.value < _OLDEST and any(tag.end == number.start for tag in sentence.tagged("age"))
    # "a boy of nine"
    aged = aged or (
        number.start > 0
        and tokens[number.start - 1].form == "of"
        and any(tag.end == number.start - 1 for tag in sentence.tagged("noun.one_child"))
    )
    return ages or named or ordinal or aged
