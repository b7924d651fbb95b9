"""Whether what was done is said to be the whole of what was undertaken."""

from collections.abc import Iterator

from servanda.model.vocabulary import Kind, Scope, Stage
from servanda.reading.decisions.judge import Judge
from servanda.reading.decisions.surroundings import coarse, near
from servanda.reading.found import Reading

CLASSES = ("False", "True")
_CUE = "stage.complete"
_BESIDE = ("flag.all_for_all", "agreement.noun", "stage.promise", "stage.negation", "modal.ahead", "total.cumulative", "part_of")


def decided_complete(
    judge: Judge, reading: Reading, place: int, kind: Kind, scope: Scope, value: int | None, *, grammar: bool
) -> bool:
    """Whether a performance is told as the end of an undertaking. ``grammar``: whether a word of completing stands at all."""
    return judge.classify("completes", CLASSES, list(_features(reading, place, kind, scope, value)), str(grammar)) == "True"


def _features(reading: Reading, place: int, kind: Kind, scope: Scope, value: int | None) -> Iterator[str]:
    sentence, context, frame = reading.sentence, reading.context, reading.frame(place)
    numbered = value is not None
    cues = sentence.tagged(_CUE)
    cue, distance = sentence.near(_CUE, place)
    yield "bias"
    yield f"cue={cue is not None}"
    yield f"cue={cue is not None} kind={kind.value} numbered={numbered}"
    yield f"scope={scope.value} cue={cue is not None}"
    yield f"lead={context.paragraph == 0} cue={cue is not None}"
    told = context.seen.get(value) if value is not None else None
    yield f"told={told.stage.value if told is not None else 'none'} cue={cue is not None}"
    promised = [d.low for d in context.seen.values() if d.kind is kind and d.stage is Stage.PROMISED and d.low is not None]
    if value is not None and promised:
        yield f"reached={value >= max(promised)} cue={cue is not None} scope={scope.value}"
    for name in _BESIDE:
        if sentence.has(name):
            yield f"{name} cue={cue is not None}"
            yield f"{name}:{coarse(sentence, name, place)} cue={cue is not None}"
    if cue is None:
        return
    inside = frame.start <= cue.start < frame.end
    yield f"cue {near(sentence, _CUE, place)}"
    yield f"cue inside={inside} numbered={numbered}"
    yield f"cue inside={inside} far={distance > 8}"
    denied = any(0 <= cue.start - no.end <= 2 for no in sentence.tagged("stage.negation"))
    yield f"cue denied={denied}"
    for tag in cues:
        words = sentence.tokens[tag.start : tag.end]
        said = "+".join(min(word.lemmas, default=word.form) for word in words)
        yield f"cue word={said}"
        yield f"cue word={said} agreement={sentence.has('agreement')} numbered={numbered}"
        adjective = any("adjective" in word.marks for word in words)
        ahead = any(tag.start == noun.start - 1 for noun in sentence.tagged("noun"))
        yield f"cue adjective={adjective or ahead}"
        if tag.end < len(sentence.tokens):
            after = sentence.tokens[tag.end]
            yield f"cue next={min(after.lemmas, default=after.form)}"
