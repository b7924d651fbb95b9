"""On which days it took place, or is to take place."""

from datetime import date, timedelta

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
    choices: dict[Stretch, list[str]] = {}
    what = f"stage={stage.value}" if scope is not Scope.CUMULATIVE else "cumulative"

    def add(stretch: Stretch, *features: str) -> None:
        choices.setdefault(stretch, []).extend(f"{feature} {what}" for feature in features)

    published, context = reading.context.published, reading.context
    named = _named(reading, place, stage, scope)
    shape = f"named={min(len(named), 2)}"
    for rank, (stretch, features) in enumerate(named):
        add(stretch, *features, f"day rank={min(rank, 2)}")
    add((None, None), "null", f"null {shape}", f"null kind={kind.value}", f"null numbered={numbered} {shape}",
        f"null carried={context.last is not None}", f"null dated={context.dated} new={context.paragraph_is_new} {shape}",
        f"null before={before is not None}", f"null lead={context.paragraph == 0} {shape}")  # fmt: skip
    today: Stretch = (None, published) if scope is Scope.CUMULATIVE else (published, published)
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
        add((before.first, before.last), "before", f"before {shape}", f"before same={before.stage is stage} scope={before.scope.value}")
    spoken = context.spoken
    if spoken is not None and scope is not Scope.CUMULATIVE:
        stretch = (spoken.first, spoken.last if spoken.last is not None or stage is not Stage.PERFORMED else spoken.first)
        add(stretch, "spoken", f"spoken {shape}", f"spoken new={context.paragraph_is_new} {shape}",
            f"spoken that={reading.sentence.has('time.that_day')}", f"spoken when={_when(spoken, published)} {shape}",
            f"spoken before={before is not None} carried={context.last is not None}")  # fmt: skip
    told = context.seen.get(value) if value is not None else None
    if told is not None and told.kind is kind:
        add((told.first, told.last), "told", f"told same={told.stage is stage} {shape}")
    main = context.main_event
    if main is not None:
        add((main.first, main.last), "main", f"main same={main.kind is kind} {shape} dated={context.dated}",
            f"main same={main.kind is kind} new={context.paragraph_is_new} lead={context.paragraph == 0}")  # fmt: skip
    add(grammar, "grammar", f"grammar {shape}", f"grammar kind={kind.value}")
    return judge.choose("dates", [Option(stretch, features) for stretch, features in choices.items()], grammar)


def _named(reading: Reading, place: int, stage: Stage, scope: Scope) -> list[tuple[Stretch, list[str]]]:
    """The days of the sentence, nearest first, each as a stretch, with what speaks for it."""
    sentence, published = reading.sentence, reading.context.published
    done = stage is Stage.PERFORMED
    listed = reading.days if done else reading.ahead

    def far(days: Days) -> int:
        low, high = min(days.start, place), max(days.start, place)
        return high - low + sum(sentence.breaks[low:high])

    found = []
    for days in sorted(listed, key=far):
        between = [c for c in reading.counts if c.noun is not None and min(days.start, place) < c.place < max(days.start, place)]
        other = sum(1 for d in listed if d is not days and min(days.start, place) <= d.start < max(days.start, place))
        features = [
            "day",
            f"day side={'before' if days.start < place else 'behind'} far={bucket(abs(days.start - place))}",
            f"day cost={bucket(far(days))}",
            f"day agreement={of_agreement(sentence, days)}",
            f"day saying={of_saying(reading, days)}",
            f"day saying={of_saying(reading, days)} when={_when(days, published)}",
            f"day when={_when(days, published)}",
            f"day numbers between={min(2, len(between))} side={'before' if days.start < place else 'behind'}",
            f"day days between={min(2, other)}",
            f"day opens={days.start <= 2}",
        ]
        for stretch, how in _as_stretches(days, published, done=done, scope=scope):
            found.append((stretch, [*features, f"day as={how}", f"day as={how} when={_when(days, published)}"]))
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
