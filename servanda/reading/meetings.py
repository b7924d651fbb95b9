"""Rounds of talks and summits: held, to be held, asked for, turned down, put off, denied."""

from collections.abc import Iterator
from dataclasses import replace

from servanda.model.vocabulary import Kind, Stage
from servanda.reading.bare import bare_draft
from servanda.reading.draft import Draft
from servanda.reading.found import Reading
from servanda.reading.lexicon import Tag
from servanda.reading.sentence import Sentence

_REACH = 9
_MAIN_VERB = 30
_CLAUSE = 8
_CUES = (
    ("stage.deny", Stage.DENIED),
    ("stage.refuse", Stage.REFUSED),
    ("stage.postpone", Stage.POSTPONED),
    ("stage.propose", Stage.PROPOSED),
    ("talks.promise", Stage.PROMISED),
)
_SETTLES = (Stage.POSTPONED, Stage.PROMISED, Stage.DENIED)
"""A stage that says all of a meeting; a refusal may stand beside the proposal that it turns down."""


def meetings(reading: Reading, *, beside_counts: bool) -> Iterator[Draft]:
    """Rounds of talks and summits; talks that are only the setting of an agreement are none.

    ``beside_counts``: the sentence tells of numbers handed over; those are asked for, unless a meeting stands right by.
    """
    held = _held(reading)
    if held is not None:
        yield bare_draft(reading, Kind.TALKS, Stage.PERFORMED, held.start, "talks.held")
    heads = reading.sentence.tagged("kind.further")
    for name, stage in _CUES:
        near = beside_counts and stage is Stage.PROPOSED
        head = next((head for head in heads if _of_head(reading.sentence, name, head, 3 if near else _REACH)), None)
        if head is not None:
            yield _said_of(reading, stage, head.start, "talks.cue")
            if stage in _SETTLES:
                break


def leaning_meetings(reading: Reading) -> Iterator[Draft]:
    """ "The Vatican has offered to host it": a meeting spoken of in the sentence before, and meant by a pronoun."""
    sentence, context = reading.sentence, reading.context
    if context.topic is not Kind.TALKS or sentence.has("noun") or not sentence.has("talks.leaning"):
        return
    for name, stage in _CUES[:-1]:
        cues = [cue for cue in sentence.tagged(name) if _undenied(sentence, cue)]
        if cues:
            yield _said_of(reading, stage, cues[0].start, "talks.leaning")
            return
    met = next((tag for tag in sentence.tagged("talks.meet") if _finite_past(sentence, tag)), None)
    if met is not None and reading.days:
        yield bare_draft(reading, Kind.TALKS, Stage.PERFORMED, met.start, "talks.leaning")


def _said_of(reading: Reading, stage: Stage, place: int, rule: str) -> Draft:
    draft = bare_draft(reading, Kind.TALKS, stage, place, rule)
    return replace(draft, denies=Stage.PROMISED) if stage is Stage.DENIED else draft


def _held(reading: Reading) -> Tag | None:
    sentence = reading.sentence
    if not _ours(sentence, reading):
        return None
    for tag in sentence.tagged("kind.round"):
        near = [
            verb
            for verb in sentence.tagged("verb.happen")
            if sentence.distance(verb, tag.start) <= _REACH or verb.start == tag.start
        ]
        if any(_finite_past(sentence, verb) for verb in near):
            return tag
    return None


def _finite_past(sentence: Sentence, verb: Tag) -> bool:
    """Whether a verb tells of the past: no infinitive ("asked for the meeting to be held"), and under no modal."""
    return (
        "past" in sentence.tokens[verb.start].marks
        and not _ahead(sentence, verb.start)
        and not any(verb.start - 3 <= tag.start < verb.start for tag in sentence.tagged("modal.passive"))
    )


def _of_head(sentence: Sentence, name: str, head: Tag, reach: int) -> bool:
    """Whether a cue speaks of a meeting: near it, or far behind it with a pronoun for it ("ruled it out") or as its main verb."""
    for cue in sentence.tagged(name):
        if not _undenied(sentence, cue):
            continue
        if min(sentence.distance(cue, head.start), sentence.distance(head, cue.start)) <= reach:
            return True
        if (
            name == "stage.postpone"
            and 0 < cue.start - head.end <= _MAIN_VERB
            and not any(weight >= _CLAUSE for weight in sentence.breaks[head.end : cue.start])
        ):
            return True
        pronouns = sentence.tagged("talks.it")
        if cue.start > head.end and any(cue.start - 1 <= it.start <= cue.end for it in pronouns):
            return True
    return False


def _undenied(sentence: Sentence, cue: Tag) -> bool:
    return not any(cue.start - 2 <= no.start < cue.start for no in sentence.tagged("stage.negation"))


def _ours(sentence: Sentence, reading: Reading) -> bool:
    return sentence.has("party") or sentence.has("place") or sentence.has("kind.further") or reading.context.topic is Kind.TALKS


def _ahead(sentence: Sentence, place: int) -> bool:
    return any(
        place - 5 <= tag.start < place and not any(sentence.breaks[tag.end : place]) for tag in sentence.tagged("modal.ahead")
    )
