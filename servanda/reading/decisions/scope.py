"""Whether a number is of one occasion or a running total."""

from collections.abc import Iterator

from servanda.model.vocabulary import Kind, Scope
from servanda.reading.counts import Count
from servanda.reading.decisions.judge import Judge
from servanda.reading.decisions.surroundings import near, size
from servanda.reading.draft import Draft
from servanda.reading.found import Reading

CLASSES = (Scope.EVENT.value, Scope.CUMULATIVE.value)


def decided_scope(judge: Judge, reading: Reading, count: Count, kind: Kind, grammar: Scope, before: Draft | None) -> Scope:
    """The scope of a number that is said to have been handed over."""
    sentence, context, place = reading.sentence, reading.context, count.place
    days = min(reading.days, key=lambda d: abs(d.start - place), default=None)
    shape = (
        "none"
        if days is None
        else "start"
        if days.last is None
        else "end"
        if days.first is None
        else "single"
        if days.first == days.last
        else "stretch"
    )
    larger = any((other.number.value or 0) > count.number.value for other in reading.counts if other.noun is not None)
    features = [
        "bias",
        f"grammar={grammar.value}",
        f"kind={kind.value}",
        f"grammar={grammar.value} kind={kind.value}",
        f"total={near(sentence, 'total.cumulative', place)}",
        f"asof={near(sentence, 'total.as_of', place)}",
        f"days={shape}",
        f"days={shape} total={sentence.has('total')}",
        f"days={shape} far={days is not None and abs(days.start - place) > 8}",
        f"before={before.scope.value if before else 'none'} noun={count.noun}",
        f"topic={context.topic_scope.value if context.topic_scope else 'none'}",
        f"size={size(count.number.value)} kind={kind.value}",
        f"larger={larger}",
        f"bounds={count.number.low == count.number.high}",
        f"since={near(sentence, 'time.from', place)}",
        f"war={sentence.has('time.war_start') or sentence.has('time.year_start')}",
        f"lead={context.paragraph == 0}",
        f"each={count.per_side}",
        *_of_the_total(reading, count),
    ]  # fmt: skip
    return Scope(judge.classify("scope", CLASSES, features, grammar.value))


def _of_the_total(reading: Reading, count: Count) -> Iterator[str]:
    """Which word of totals stands in the number's clause, and whether a day stands right beside the number."""
    sentence, frame = reading.sentence, reading.frame(count.place)
    inside = [tag for tag in sentence.tagged("total.cumulative") if frame.start <= tag.start < frame.end]
    beside = [
        days for days in reading.days if min(abs(days.start - count.number.end), abs(count.number.start - days.end)) <= _BESIDE
    ]
    own = "none" if not beside else "single" if all(days.first == days.last for days in beside) else "stretch"
    yield f"clause total={bool(inside)} day beside={own}"
    for tag in inside:
        words = "+".join(min(word.lemmas, default=word.form) for word in sentence.tokens[tag.start : tag.end])
        yield f"total word={words}"
        yield f"total side={'before' if tag.end <= count.number.start else 'behind'} opens={tag.start <= 2} day beside={own}"
    topic = reading.context.topic_scope
    yield f"short={len(sentence.tokens) <= _SHORT} topic={topic.value if topic else 'none'} noun={count.noun}"


_BESIDE = 4
_SHORT = 9
