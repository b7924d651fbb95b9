"""On which days it took place, or is to take place."""

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import pairwise

from servanda.model.vocabulary import Kind, Scope, Stage
from servanda.reading.days import Days
from servanda.reading.decisions.judge import Judge, Option
from servanda.reading.decisions.surroundings import bucket
from servanda.reading.draft import Draft
from servanda.reading.found import Reading
from servanda.reading.when import Stretch, of_agreement, of_saying

_NEXT = timedelta(days=1)


def decided_days(
    judge: Judge, reading: Reading, place: int, kind: Kind, stage: Stage, scope: Scope, grammar: Stretch, before: Draft | None,
    value: int | None, *, numbered: bool,
) -> Stretch:  # fmt: skip
    """The first and last day of a statement, out of the days named in the sentence, carried over, or that of publication."""
    choices: dict[Stretch, dict[str, None]] = {}
    what = f"stage={stage.value}" if scope is not Scope.CUMULATIVE else "cumulative"

    def add(stretch: Stretch, *features: str) -> None:
        choices.setdefault(stretch, {}).update(dict.fromkeys(f"{feature} {what}" for feature in features))

    published, context = reading.context.published, reading.context
    named = _named(reading, place, stage, scope)
    shape = f"named={min(len(named), 2)}"
    for rank, (stretch, features) in enumerate(named):
        add(stretch, *features, f"day rank={min(rank, 2)}")
    add((None, None), "null", f"null {shape}", f"null kind={kind.value}", f"null numbered={numbered} {shape}",
        f"null carried={context.last is not None}", f"null dated={context.dated} new={context.paragraph_is_new} {shape}",
        f"null before={before is not None}", f"null going={_goes_on(reading, place)} {shape} numbered={numbered}",
        f"null complete={reading.sentence.has('stage.complete') or reading.sentence.has('flag.all_for_all')} {shape}",
        f"null denied={reading.sentence.has('stage.deny')} {shape}", f"null lead={context.paragraph == 0} {shape}")  # fmt: skip
    today: Stretch = (None, published) if scope is Scope.CUMULATIVE else (published, published)
    # A list is handed over once and told of for months: where no day was told at all, it was not handed over today.
    if kind is not Kind.CHILD_LIST or named or context.spoken is not None or context.dated:
        add(today, "today", f"today {shape}", f"today lead={context.paragraph == 0} {shape}", f"today kind={kind.value}",
            f"today dated={context.dated}", f"today carried={context.last is not None} {shape}")  # fmt: skip
    if scope is Scope.CUMULATIVE:
        start = context.since.get(kind)
        if start is not None:
            add((start, published), "since", f"since {shape}")
    elif context.last is not None:
        add((context.first, context.last), "carried", f"carried {shape}", f"carried topic={context.topic is kind} {shape}",
            f"carried that={reading.sentence.has('time.that_day')}", f"carried before={before is not None}")  # fmt: skip
    if before is not None:
        add(
            (before.first, before.last),
            "before",
            f"before {shape}",
            f"before same={before.stage is stage} scope={before.scope.value}",
        )
    spoken = context.spoken
    if spoken is not None and scope is not Scope.CUMULATIVE:
        stretch = (spoken.first, spoken.last if spoken.last is not None or stage is not Stage.PERFORMED else spoken.first)
        add(stretch, "spoken", f"spoken {shape}", f"spoken new={context.paragraph_is_new} {shape}",
            f"spoken that={reading.sentence.has('time.that_day')}", f"spoken when={_when(spoken, published)} {shape}",
            f"spoken before={before is not None} carried={context.last is not None}")  # fmt: skip
    for stretch, how in _leaning(reading, kind, scope):
        add(stretch, how, f"{how} {shape}")
    told = context.seen.get(value) if value is not None else None
    if told is not None and told.kind is kind:
        add((told.first, told.last), "told", f"told same={told.stage is stage} {shape}")
    main = context.main_event
    if main is not None:
        add((main.first, main.last), "main", f"main same={main.kind is kind} {shape} dated={context.dated}",
            f"main same={main.kind is kind} new={context.paragraph_is_new} lead={context.paragraph == 0}")  # fmt: skip
    add(grammar, "grammar", f"grammar {shape}", f"grammar kind={kind.value}")
    return judge.choose("dates", [Option(stretch, tuple(features)) for stretch, features in choices.items()], grammar)


def _leaning(reading: Reading, kind: Kind, scope: Scope) -> Iterator[tuple[Stretch, str]]:
    """Days told by those that the article has told of before, and by which words."""
    spoken = reading.context.spoken
    if spoken is not None and scope is not Scope.CUMULATIVE:
        for stretch, how in _against(reading, spoken):
            yield stretch, f"against {how}"
    for stretch, how in _over(reading, kind):
        yield stretch, f"over {how}"


def _against(reading: Reading, spoken: Days) -> list[tuple[Stretch, str]]:
    """ "ten days earlier", "the next day": counted from the day told of before."""
    base = spoken.last or spoken.first
    if base is None:
        return []
    published = reading.context.published
    found: list[tuple[Stretch, str]] = []
    for days in reading.days:
        if days.first is not None and days.first == days.last and _is_counted_back(reading, days):
            day = base - (published - days.first)
            found.append(((day, day), "back"))
    if reading.sentence.has("time.day_later"):
        found.append(((base + _NEXT, base + _NEXT), "later"))
    if reading.sentence.has("time.yesterday"):
        found.append(((base - _NEXT, base - _NEXT), "eve"))
    if spoken.first != spoken.last and reading.sentence.has("time.that_day"):
        found.append(((base, base), "last"))  # "on the same day", of a stretch: its last
    for days in reading.days:
        if days.first is not None and days.first.year != base.year and days.last is not None:
            moved = (_in_year(days.first, base.year), _in_year(days.last, base.year))
            found.append((moved, "year"))
    return found


def _goes_on(reading: Reading, place: int) -> bool:
    """ "Swaps go on": the verb of taking place nearest to a token is told of no day, for it is in the present."""
    tag, distance = reading.sentence.near("verb.happen", place)
    if tag is None or distance > _CLAUSE:
        return False
    marks = reading.sentence.tokens[tag.start].marks
    return bool(marks & {"present", "base", "gerund"}) and not marks & {"past", "future"}


_CLAUSE = 8


def _over(reading: Reading, kind: Kind) -> list[tuple[Stretch, str]]:
    """ "over these two days", "both exchanges", and the day that a round was told by before."""
    context, sentence = reading.context, reading.sentence
    found: list[tuple[Stretch, str]] = []
    for low in _lengths(reading):
        more = timedelta(days=low - 1)
        found.append(((context.published - more, context.published), "today"))
        if context.spoken is not None and context.spoken.last is not None:
            found.append(((context.spoken.last - more, context.spoken.last), "spoken"))
    told = context.done_on.get(kind, ())
    nouns = {tag.start for name in ("kind.exchange_noun", "act.exchange", "noun.body") for tag in sentence.tagged(name)}
    if len(told) > 1 and any(tag.end in nouns for tag in sentence.tagged("share.both")):
        found.append(((min(told[-2:]), max(told[-2:])), "both"))
    if context.bargain is not None and kind is Kind.TALKS:
        found.append(((context.bargain, context.bargain), "round"))
    return found


def _lengths(reading: Reading) -> list[int]:
    """The lengths in days that a sentence names."""
    spans = [c.number.low for c in reading.counts if c.noun == "day" and c.number.low == c.number.high]
    return [low for low in spans if low is not None and 2 <= low <= _LONGEST][:1]


def _is_counted_back(reading: Reading, days: Days) -> bool:
    return any(days.start < tag.start < days.end for tag in reading.sentence.tagged("noun"))


def _in_year(day: date, year: int) -> date:
    return day.replace(year=year, day=min(day.day, 28) if day.month == 2 else day.day)


def _named(reading: Reading, place: int, stage: Stage, scope: Scope) -> list[tuple[Stretch, list[str]]]:
    """The days of the sentence, nearest first, each as a stretch, with what speaks for it."""
    sentence, published = reading.sentence, reading.context.published
    done = stage is Stage.PERFORMED
    listed = [(days, "past") for days in reading.days] + [(days, "ahead") for days in reading.ahead if days not in reading.days]

    def far(days: Days) -> int:
        low, high = min(days.start, place), max(days.start, place)
        return high - low + sentence.crossed(low, high)

    found = []
    for days, mode in sorted(listed, key=lambda choice: far(choice[0])):
        between = [c for c in reading.counts if c.noun is not None and min(days.start, place) < c.place < max(days.start, place)]
        other = sum(1 for d, _ in listed if d.start != days.start and min(days.start, place) <= d.start < max(days.start, place))
        when = _when(days, published)
        way = "before" if days.start < place else "behind"
        saying = of_saying(reading, days)
        features = [
            "day",
            f"day side={way} far={bucket(abs(days.start - place))}",
            f"day cost={bucket(far(days))}",
            f"day agreement={of_agreement(sentence, days)}",
            f"day saying={saying}",
            f"day saying={saying} when={when}",
            f"day when={when}",
            f"day numbers between={min(2, len(between))} side={way}",
            f"day days between={min(2, other)}",
            f"day opens={days.start <= 2}",
            f"day mode={mode} when={when}",
        ]
        for stretch, how in _as_stretches(days, published, done=done, scope=scope):
            found.append((stretch, [*features, f"day as={how}", f"day as={how} when={when}"]))
        found.extend((stretch, [*features, f"day as={how}"]) for stretch, how in _lasting(reading, days))
    found.extend(_combined([days for days, mode in listed if mode == ("past" if done else mode)], place))
    return found


def _lasting(reading: Reading, days: Days) -> list[tuple[Stretch, str]]:
    """ "wound up on Thursday after two days": the day named is the last, or the first, of so many."""
    if days.first is None or days.first != days.last:
        return []
    found: list[tuple[Stretch, str]] = []
    for low in _lengths(reading):
        more = timedelta(days=low - 1)
        found += [((days.first - more, days.first), "ends"), ((days.first, days.first + more), "begins")]
    return found


_LONGEST = 10


def _combined(listed: list[Days], place: int) -> list[tuple[Stretch, list[str]]]:
    """ "began on 9 June and went on until 4 July": two days of a sentence as one stretch."""
    found: list[tuple[Stretch, list[str]]] = []
    for first, second in pairwise(sorted(listed, key=lambda days: days.start)):
        start, end = first.first or first.last, second.last or second.first
        if start is not None and end is not None and start < end:
            near = "close" if second.start - first.end <= 4 else "far"
            kinds = f"{first.last is None or first.first is None}.{second.first is None or second.last is None}"
            features = ["pair", f"pair {near}", f"pair open={kinds}", f"pair around={first.start < place < second.start}"]
            found.append(((start, end), features))
    return found


def _as_stretches(days: Days, published: date, *, done: bool, scope: Scope) -> list[tuple[Stretch, str]]:
    if scope is Scope.CUMULATIVE:
        ways: list[tuple[Stretch, str]] = [((days.first, days.last), "closed"), ((None, days.last), "until")]
        if days.first is not None:
            ways.append(((days.first, published), "since"))
        return ways
    if done:
        last = days.last if days.last is not None else days.first
        return [((days.first, last), "stretch" if days.first is not None else "end"), ((last, last), "last")]
    return [((days.first, days.last), "stretch")]


def _when(days: Days, published: date) -> str:
    if days.first is None:
        return "deadline"
    if days.last is None:
        return "start" + ("" if days.first <= published else ".future")
    shape = "single" if days.first == days.last else "span"
    if days.first > published:
        return shape + (".tomorrow" if days.first - published <= _NEXT else ".future")
    return shape + (".today" if days.last >= published else ".past")
