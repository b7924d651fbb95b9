"""Ceasefires: so many days asked for, undertaken or turned down."""

from collections.abc import Iterator
from dataclasses import replace

from servanda.model.vocabulary import Kind, Stage
from servanda.reading.bare import bare_draft
from servanda.reading.counts import Count
from servanda.reading.draft import Draft
from servanda.reading.found import Reading
from servanda.reading.sentence import Sentence
from servanda.reading.stages import stage_of


def truces(reading: Reading, count: Count) -> Iterator[Draft]:
    """A truce of so many days; hours are rounded up to days, "a month" is 30."""
    sentence = reading.sentence
    near = sentence.nearest("kind.ceasefire", count.place)
    if near is None or sentence.distance(near, count.place) > 14:
        return
    unit = {"hour": 1 / 24, "week": 7, "month_unit": 30}.get(count.noun or "", 1)
    low, high = (None if bound is None else max(1, -int(-bound * unit // 1)) for bound in (count.number.low, count.number.high))
    for stage in truce_stages(sentence, near.start):
        yield replace(bare_draft(reading, Kind.CEASEFIRE, stage, near.start, "truce.days"), low=low, high=high)


def truce_stages(sentence: Sentence, place: int) -> list[Stage]:
    """A truce may be asked for and turned down in one sentence; both are stated."""
    stage = stage_of(sentence, place, None, None)
    stages: list[Stage] = [] if stage is None or stage in (Stage.PERFORMED, Stage.DENIED) else [stage]
    if stage is Stage.PROMISED and (
        sentence.has("stage.weigh") or not any(-1 <= place - tag.end <= 6 for tag in sentence.tagged("stage.truce"))
    ):
        stages = []
    if sentence.has("stage.refuse") and sentence.has("stage.propose") and stage in (Stage.REFUSED, Stage.PROPOSED):
        stages = [Stage.PROPOSED, Stage.REFUSED]
    return stages
