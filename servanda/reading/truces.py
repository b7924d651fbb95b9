"""Ceasefires: so many days asked for, undertaken or turned down, and by whom."""

from collections.abc import Iterator
from dataclasses import replace

from servanda.model.vocabulary import Kind, Party, Speaker, Stage
from servanda.reading.bare import bare_draft
from servanda.reading.counts import UNITS_OF_TIME, Count
from servanda.reading.draft import Draft
from servanda.reading.found import Reading
from servanda.reading.lexicon import Tag
from servanda.reading.sentence import Sentence
from servanda.reading.stages import stage_of

_SPEAKERS = {Party.RUSSIA: Speaker.RUSSIA, Party.UKRAINE: Speaker.UKRAINE}
_PARTIES = {speaker: party for party, speaker in _SPEAKERS.items()}
_OPPOSITE = {Party.RUSSIA: Party.UKRAINE, Party.UKRAINE: Party.RUSSIA}
_SPANS = {"week": 7, "month": 30, "day": 1}
_REACH = 14
_DAYS_REACH = 25


def truces(reading: Reading) -> Iterator[Draft]:
    """The truces that the grammar reads out of a sentence."""
    sentence = reading.sentence
    head = truce_head(reading)
    if head is not None:
        for stage in truce_stages(sentence, head.start):
            yield truce_draft(reading, stage, head.start)


def truce_head(reading: Reading) -> Tag | None:
    """The phrase that names a truce: the one nearest to its number of days, else the first."""
    heads = reading.sentence.tagged("kind.ceasefire")
    count = _days_count(reading)
    return (reading.sentence.nearest("kind.ceasefire", count.place) if count is not None else None) or next(iter(heads), None)


def truce_draft(reading: Reading, stage: Stage, place: int) -> Draft:
    """A truce at a stage. Hours are rounded up to days, "a week" is seven and "a month" thirty.

    A refusal without days takes those of what was asked for before.
    """
    context, count = reading.context, _days_count(reading)
    if count is not None:
        unit = {"hour": 1 / 24, "week": 7, "month_unit": 30}.get(count.noun or "", 1)
        bounds = (count.number.low, count.number.high)
        if bounds[0] is None and reading.sentence.has("span.extend"):
            bounds = (bounds[1], bounds[1])  # "prolong it to thirty days"
        low, high = (None if bound is None else max(1, -int(-bound * unit // 1)) for bound in bounds)
    else:
        days = next((days for name, days in _SPANS.items() if reading.sentence.has(f"span.{name}")), None)
        low, high = days, days
        leans = stage is Stage.REFUSED and context.topic is Kind.CEASEFIRE and context.topic_stage is Stage.PROPOSED
        if leans and days is None:
            low, high = context.topic_low, context.topic_high
    rule = "truce.days" if count is not None else "truce.cue"
    return replace(_sided(reading, bare_draft(reading, Kind.CEASEFIRE, stage, place, rule)), low=low, high=high)


def _days_count(reading: Reading) -> Count | None:
    """The number of days, hours, weeks or months that stands by the word for a truce."""
    sentence = reading.sentence
    for count in reading.counts:
        if count.noun in UNITS_OF_TIME:
            near = sentence.nearest("kind.ceasefire", count.place) or sentence.nearest("weak.ceasefire", count.place)
            if near is None and reading.context.topic is Kind.CEASEFIRE:
                return count
            if near is not None and sentence.distance(near, count.place) <= _DAYS_REACH:
                return count
    return None


def truce_stages(sentence: Sentence, place: int) -> list[Stage]:
    """A truce may be asked for and turned down in one sentence; both are stated."""
    if sentence.has("stage.condition"):
        return [Stage.PROPOSED]
    stage = stage_of(sentence, place, None, None)
    declared = any(-3 <= place - tag.end <= 6 for tag in sentence.tagged("stage.truce"))
    if stage is None and declared:
        stage = Stage.PROMISED
    stages: list[Stage] = [] if stage is None or stage in (Stage.PERFORMED, Stage.DENIED) else [stage]
    if stage is Stage.PROMISED and (sentence.has("stage.weigh") or not declared):
        stages = []
    if sentence.has("stage.refuse") and sentence.has("stage.propose") and stage in (Stage.REFUSED, Stage.PROPOSED):
        stages = [Stage.PROPOSED, Stage.REFUSED]
    return stages


def _sided(reading: Reading, draft: Draft) -> Draft:
    """Who is to hold fire: both, or the side that alone undertakes it, or the one that turns it down."""
    match draft.stage:
        case Stage.PROMISED:
            sole = None if _mutual(reading) else _side_before(reading, "stage.truce", draft.place)
            return replace(draft, direction=(sole or Party.BOTH, None))
        case Stage.REFUSED:
            refuser = _refuser(reading, draft)
            said = bool(reading.said) and not _own_verb(reading)
            speaker = draft.speaker if said or refuser is None else _SPEAKERS[refuser]
            return replace(draft, direction=(refuser or Party.BOTH, None), speaker=speaker)
        case Stage.PROPOSED if reading.sentence.has("stage.refuse") and not reading.said:
            refuser = _refuser(reading, draft)
            own = refuser is not None and draft.speaker is _SPEAKERS[refuser]
            return replace(draft, speaker=_SPEAKERS[_OPPOSITE[refuser]]) if refuser is not None and own else draft
        case _:
            return draft


def _mutual(reading: Reading) -> bool:
    return reading.sentence.has("party.mutual") or (
        reading.sentence.has("party.russia")
        and reading.sentence.has("party.ukraine")
        and reading.sentence.has("say.and")
        and any(tag.end - tag.start > 1 for tag in reading.sentence.tagged("party"))
    )


def _refuser(reading: Reading, draft: Draft) -> Party | None:
    """The subject of the verb of refusing; of a passive, whoever did not make the proposal."""
    named = _side_before(reading, "stage.refuse", None)
    if named is not None and not _passive_refusal(reading):
        return named
    proposer = _side_before(reading, "stage.propose", None) or _asker(reading)
    if named is not None and named is not proposer:
        return named
    if proposer is not None:
        return _OPPOSITE[proposer]
    return _PARTIES.get(draft.speaker) if draft.speaker else None


def _passive_refusal(reading: Reading) -> bool:
    tokens = reading.sentence.tokens
    return any(
        any("be" in token.lemmas for token in tokens[max(0, cue.start - 2) : cue.start])
        for cue in reading.sentence.tagged("stage.refuse")
    )


def _asker(reading: Reading) -> Party | None:
    """ "the truce that Kyiv wrote into its memorandum": the side in the clause that hangs on the truce."""
    sentence = reading.sentence
    for that in sentence.tagged("say.that"):
        for party, name in ((Party.RUSSIA, "party.russia"), (Party.UKRAINE, "party.ukraine")):
            if any(tag.start == that.end for tag in sentence.tagged(name)):
                return party
    return None


def _own_verb(reading: Reading) -> bool:
    """Whether the refusal itself is all that is said: "Moscow rejected it", no report by a third."""
    cues = {tag.start for tag in reading.sentence.tagged("stage.refuse")}
    return all(a.place in cues for a in reading.said)


def _side_before(reading: Reading, name: str, place: int | None) -> Party | None:
    """The side that stands as subject before a cue, nearest to it (behind it where the language puts it there)."""
    sentence = reading.sentence
    cues: list[Tag] = sentence.tagged(name)
    best: tuple[int, Party] | None = None
    for cue in cues:
        if place is not None and sentence.distance(cue, place) > _REACH:
            continue
        for party, side in ((Party.RUSSIA, "russia"), (Party.UKRAINE, "ukraine")):
            for tag in (*sentence.tagged(f"speaker.{side}"), *sentence.tagged(f"party.{side}")):
                cost = sentence.distance(tag, cue.start) + (8 if tag.start > cue.start else 0)
                if cost <= _REACH and (best is None or cost < best[0]):
                    best = (cost, party)
    return best[1] if best else None
