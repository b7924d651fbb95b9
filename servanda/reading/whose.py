"""Whose word a statement is, where no verb of saying tells it."""

from servanda.model.vocabulary import Speaker, Stage
from servanda.reading.found import Reading


def quoted_speaker(reading: Reading) -> Speaker | None:
    """The speaker carried over, where the sentence goes on or opens with his quotation."""
    if reading.voice.quoted is not None or '"' in reading.sentence.text[:1]:
        return reading.voice.quoted or reading.voice.carried
    # "Nineteen went the other way.": too short to stand alone, it goes on with what was said.
    short = len(reading.sentence.tokens) <= _SHORT and not reading.days
    return reading.voice.last if short else None


_SHORT = 6


def reported(reading: Reading) -> bool:
    """Whether the sentence opens as somebody's report: "According to Medinsky, Kyiv asked for a meeting"."""
    opening = {tag.start for tag in reading.sentence.tagged("say.according") if tag.start < _OPENING}
    followed = {tag.start for tag in reading.sentence.tagged("say.that")}
    return any(a.place in opening or any(0 < place - a.place <= 3 for place in followed) for a in reading.said)


_OPENING = 3


def proposer_of(reading: Reading, stage: Stage, place: int) -> Speaker | None:
    """A proposal or a refusal that the outlet tells in its own voice is the word of the side that made it."""
    sentence = reading.sentence
    if stage not in (Stage.PROPOSED, Stage.REFUSED):
        return None
    cue = sentence.nearest("stage.refuse" if stage is Stage.REFUSED else "stage.propose", place)
    if cue is None:
        return None
    pronoun = any(0 <= cue.start - tag.end <= 3 for tag in sentence.tagged("say.pronoun"))
    named = any(tag.start < cue.start for side in ("ukraine", "russia", "mediator") for tag in sentence.tagged(f"speaker.{side}"))
    if pronoun and not named and reading.voice.carried is not None:
        return reading.voice.carried
    near = [
        (sentence.distance(tag, cue.start) + (3 if tag.start > cue.start else 0), side)
        for side in ("ukraine", "russia", "mediator")
        for tag in sentence.tagged(f"speaker.{side}")
    ]
    before = [choice for choice in near if choice[0] <= 12]
    if not before and any(0 <= cue.start - tag.end <= 3 for tag in sentence.tagged("say.pronoun")):
        return reading.voice.carried
    return Speaker(min(before)[1]) if before else None
