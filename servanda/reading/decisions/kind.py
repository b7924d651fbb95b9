"""What a number counts: prisoners, bodies, children, names of a list, or nothing of ours."""

from collections.abc import Iterator

from servanda.model.vocabulary import Kind
from servanda.reading.acts import Act
from servanda.reading.counts import Count
from servanda.reading.decisions.judge import Judge
from servanda.reading.decisions.surroundings import bucket, coarse, near, size, words_around
from servanda.reading.draft import Draft
from servanda.reading.found import Reading

NONE = "none"
CLASSES = (NONE, Kind.PRISONER_EXCHANGE.value, Kind.BODY_REPATRIATION.value, Kind.CHILD_RETURN.value, Kind.CHILD_LIST.value)
_CUES = (
    "kind.prisoner_exchange",
    "kind.body_repatriation",
    "kind.child",
    "kind.list",
    "kind.ceasefire",
    "noun.captive",
    "noun.body",
    "noun.child",
    "category",
    "stage.kill",
    "total.cumulative",
    "flag.handed",
    "flag.checked",
    "part_of",
    "share.each",
    "other_matter",
    "flag.group",
)


def kind_features(
    reading: Reading, count: Count, grammar: Kind | None, reason: str, act: Act | None, before: Draft | None
) -> list[str]:
    """What speaks for a kind: the grammar's answer and its reason, the noun, the cues near the number, what was told before."""
    sentence, context, place = reading.sentence, reading.context, count.place
    ruled = grammar.value if grammar else NONE
    told = context.seen.get(count.number.value)
    kinds = {
        "context": context.kind.value if context.kind else NONE,
        "topic": context.topic.value if context.topic else NONE,
        "main": reading.main.value if reading.main else NONE,
        "before": before.kind.value if before else NONE,
        "told": told.kind.value if told else NONE,
    }
    acts = "noact" if act is None else f"{act.frame}.{act.tense.value}"
    features = [
        "bias",
        f"grammar={ruled}",
        f"reason={reason}",
        f"grammar={ruled} reason={reason}",
        f"noun={count.noun}",
        f"noun={count.noun} reason={reason}",
        f"noun={count.noun} act={acts}",
        f"act={acts}",
        f"size={size(count.number.value)}",
        f"size={size(count.number.value)} noun={count.noun}",
        f"bounds={_bounds(count)}",
        f"each={count.per_side}",
        f"lead={context.paragraph == 0}",
        f"days={bool(reading.days)}",
        f"party={sentence.has('party')}",
        f"stage={sentence.has('stage')}",
        f"language={sentence.lexicon.language.value}",
        f"before={before is not None} part={near(sentence, 'part_of', place)[:6]}",
    ]
    if act is not None:
        features.append(f"actfar={bucket(sentence.distance(act.tag, place))}")
        features.append(f"act={acts} negated={act.negated}")
    for name, kind in kinds.items():
        if kind != NONE:
            features.append(f"{name}={kind}")
            features.append(f"{name}={kind} noun={count.noun}")
            features.append(f"{name}={kind} grammar={ruled} reason={reason}")
    features.append(f"each={count.per_side} noun={count.noun} act={acts}")
    features.append(f"grammar={ruled} reason={reason} noun={count.noun}")
    features.append(f"grammar={ruled} reason={reason} act={acts}")
    features.append(f"grammar={ruled} noun={count.noun} kill={coarse(sentence, 'stage.kill', place)}")
    features.append(f"days={bool(reading.days)} party={sentence.has('party')} noun={count.noun} reason={reason}")
    for name in _CUES:
        where = coarse(sentence, name, place)
        if where != "none":
            features.append(f"{name}:{where}")
            features.append(f"{name}:{near(sentence, name, place)}")
            features.append(f"{name}:{where} noun={count.noun}")
    features.extend(_in_clause(reading, count))
    features.extend(_next_noun(reading, count))
    features.extend(words_around(sentence, count.number.start, count.number.end))
    return features


def decided_kind(judge: Judge, features: list[str], grammar: Kind | None) -> Kind | None:
    """The kind of a count; None where it is none of ours."""
    answer = judge.classify("kind", CLASSES, features, grammar.value if grammar else NONE)
    return None if answer == NONE else Kind(answer)


def _in_clause(reading: Reading, count: Count) -> Iterator[str]:
    """The act and the cues of the clause that the number stands in."""
    sentence, frame = reading.sentence, reading.frame(count.place)
    act = "noact" if frame.act is None else f"{frame.act.frame}.{frame.act.tense.value}"
    yield f"clause act={act} noun={count.noun}"
    yield f"clause act={act} borrowed={frame.borrowed}"
    names = [name for name in _CLAUSE_CUES if any(frame.start <= tag.start < frame.end for tag in sentence.tagged(name))]
    for name in names:
        yield f"clause {name} noun={count.noun}"
        yield f"clause {name} act={act}"
    yield f"clause of={'+'.join(name for name in names if name in _THINGS) or 'none'} act={act}"


_THINGS = ("kind.prisoner_exchange", "kind.body_repatriation", "kind.child", "kind.list", "stage.kill")
_CLAUSE_CUES = (*_THINGS, "party", "noun.other", "say.verb", "stage", "total.cumulative", "category")


def _bounds(count: Count) -> str:
    low, high = count.number.low, count.number.high
    return "open" if low is None or high is None else "exact" if low == high else "range"


def _next_noun(reading: Reading, count: Count) -> list[str]:
    """The classes of the words right behind the number."""
    sentence, end = reading.sentence, count.number.end
    told = ("noun.", "nation.", "verb.", "stop")
    return [
        f"next{tag.start - end}:{tag.name}" for tag in sentence.tags if end <= tag.start <= end + 2 and tag.name.startswith(told)
    ]
