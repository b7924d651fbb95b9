"""Whether a number is of one occasion or a running total."""

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
    ]  # fmt: skip
    return Scope(judge.classify("scope", CLASSES, features, grammar.value))
