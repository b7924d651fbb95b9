"""Rounds of talks and summits: held, or to be held."""

from collections.abc import Iterator

from servanda.model.vocabulary import Kind, Stage
from servanda.reading.bare import bare_draft
from servanda.reading.draft import Draft
from servanda.reading.found import Reading
from servanda.reading.sentence import Sentence


def meetings(reading: Reading) -> Iterator[Draft]:
    """Rounds of talks and summits: held, or to be held; talks that are only the setting of an agreement are none."""
    sentence = reading.sentence
    for tag in sentence.tagged("kind.round"):
        near = [
            verb for verb in sentence.tagged("verb.happen") if sentence.distance(verb, tag.start) <= 9 or verb.start == tag.start
        ]
        if any("past" in sentence.tokens[verb.start].marks and not _ahead(sentence, verb.start) for verb in near) and _ours(
            sentence, reading
        ):
            yield bare_draft(reading, Kind.TALKS, Stage.PERFORMED, tag.start, "talks.held")
            break
    for name, stage in (
        ("stage.refuse", Stage.REFUSED),
        ("stage.postpone", Stage.POSTPONED),
        ("stage.propose", Stage.PROPOSED),
        ("talks.promise", Stage.PROMISED),
    ):
        heads = sentence.tagged("kind.further")
        cues = sentence.tagged(name)
        close = [
            h for h in heads if any(sentence.distance(cue, h.start) <= 9 or sentence.distance(h, cue.start) <= 9 for cue in cues)
        ]
        if close:
            yield bare_draft(reading, Kind.TALKS, stage, close[0].start, "talks.cue")
            if stage is not Stage.PROPOSED:
                break


def _ours(sentence: Sentence, reading: Reading) -> bool:
    return sentence.has("party") or sentence.has("place") or sentence.has("kind.further") or reading.context.topic is Kind.TALKS


def _ahead(sentence: Sentence, place: int) -> bool:
    return any(
        place - 5 <= tag.start < place and not any(sentence.breaks[tag.end : place]) for tag in sentence.tagged("modal.ahead")
    )
