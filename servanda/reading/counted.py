"""Drafts from the counts of a sentence: one for each number that counts people, bodies, children or names handed over."""

from collections.abc import Iterator
from dataclasses import replace

from servanda.model.vocabulary import Kind, Scope, Stage
from servanda.reading.acts import Act, Tense, act_near
from servanda.reading.attribution import joint_speakers, speaker_at
from servanda.reading.counts import Count
from servanda.reading.directions import direction_of_count
from servanda.reading.draft import Draft
from servanda.reading.found import Reading
from servanda.reading.kinds import kind_of_count
from servanda.reading.lexicon import Tag
from servanda.reading.roles import BOTH, direction_of
from servanda.reading.sentence import Sentence
from servanda.reading.stages import stage_of
from servanda.reading.terms import agreement_of, all_for_all, categories_of, list_act_of
from servanda.reading.truces import truces
from servanda.reading.when import days_when, of_agreement
from servanda.reading.whose import proposer_of, quoted_speaker


def from_counts(reading: Reading) -> Iterator[Draft]:
    """A draft for each count of ours; a total's parts are none of their own."""
    before: Draft | None = None
    part_ends = -9
    for count in reading.counts:
        kind = kind_of_count(reading.sentence, count, _leaned_on(reading, count, before), reading.main)
        if kind is None or _is_the_whole(reading, count):
            continue
        if count.number.start - part_ends <= 4 or _is_part(reading, before, count):
            part_ends = count.number.end + 1
            continue
        if kind is Kind.CEASEFIRE:
            yield from truces(reading, count)
            continue
        draft = _counted(reading, count, kind, before)
        if draft is not None:
            yield draft
            before = draft
            for other in joint_speakers(reading.sentence, draft.speaker):
                yield replace(draft, speaker=other)


def _counted(reading: Reading, count: Count, kind: Kind, before: Draft | None) -> Draft | None:
    sentence = reading.sentence
    act = act_near(sentence, count.place)
    if kind is not Kind.CHILD_LIST and _of_another_matter(sentence, count, act):
        return None
    carried = _carried_stage(reading, count, kind, before)
    agreed = count.per_side and sentence.has("stage")
    if act is None and not agreed and (carried is None or not _may_lean(reading, count, before)) and kind is not Kind.CHILD_LIST:
        return None
    stage = stage_of(sentence, count.place, act, carried, told_with_a_day=_past_day(reading))
    if kind is Kind.CHILD_LIST:
        stage = _stage_of_list(reading, stage, act)
    if stage is None or (kind is Kind.CHILD_RETURN and act is None and not sentence.has("stage")):
        return None
    return _finished(reading, count, kind, stage, act, before)


def _stage_of_list(reading: Reading, stage: Stage | None, act: Act | None) -> Stage | None:
    """A list is handed over or checked; one that is only counted ("it held 339 names") leans on what was told of it."""
    sentence = reading.sentence
    handled = sentence.tagged("flag.handed") + sentence.tagged("flag.checked")
    if stage is None and handled:
        ahead = any(
            place - 3 <= tag.start < place for place in (tag.start for tag in handled) for tag in sentence.tagged("modal.ahead")
        )
        return Stage.PROMISED if ahead else Stage.PERFORMED
    if stage is None or (act is None and not handled and not sentence.has("stage")):
        return reading.context.stage if reading.context.topic is Kind.CHILD_LIST else None
    return stage


def _leaned_on(reading: Reading, count: Count, before: Draft | None) -> Kind | None:
    """The kind that a count leans on: of the same number told before, else of what stands before it."""
    if before is not None:
        return before.kind
    known = reading.context.seen.get(count.number.value)
    # A round number is no name: in the middle of a paragraph it leans on what was said last.
    telling = reading.context.paragraph_is_new or count.number.value % 100 != 0
    if count.noun == "bare" and known is not None and telling:
        return known.kind
    if count.noun == "bare" and reading.context.paragraph_is_new and reading.main is not None:
        return reading.main
    return reading.context.kind


def _carried_stage(reading: Reading, count: Count, kind: Kind, before: Draft | None) -> Stage | None:
    if before is not None:
        return before.stage
    known = reading.context.seen.get(count.number.value)
    if known is not None and known.kind is kind:
        return known.stage
    return reading.context.stage if reading.context.topic is kind else None


def _past_day(reading: Reading) -> bool:
    published = reading.context.published
    return any((d.last or d.first or published) <= published and not of_agreement(reading.sentence, d) for d in reading.days)


def _may_lean(reading: Reading, count: Count, before: Draft | None) -> bool:
    """Whether a count without an act of its own may take one from before: it names its thing, a day, a side or a total."""
    sentence = reading.sentence
    signs = (
        bool(reading.days) or count.per_side or sentence.has("home.other_way") or sentence.has("total") or sentence.has("party")
    )
    return before is not None or count.noun != "bare" or (signs and count.number.value > 12)


def _finished(reading: Reading, count: Count, kind: Kind, stage: Stage, act: Act | None, before: Draft | None) -> Draft:
    sentence = reading.sentence
    speaker = (
        speaker_at(sentence, count.place, reading.said) or quoted_speaker(reading) or proposer_of(reading, stage, count.place)
    )
    direction = direction_of_count(reading, count, kind, act, before, speaker)
    scope = _scope(reading, count, stage, before)
    first, last = days_when(reading, count.place, stage, scope, before, kind, count.number.value)
    if stage is Stage.PERFORMED and _dated_behind(reading, count.place) and _is_sum(reading, count.number.low, count.place):
        scope, first, last = Scope.CUMULATIVE, reading.context.since.get(kind), reading.context.published
    agreed_on, agreed_at = agreement_of(sentence, reading.days)
    return Draft(
        place=count.place,
        rule=f"count.{act.frame if act else 'leaning'}",
        kind=kind,
        stage=stage,
        low=count.number.low,
        high=count.number.high,
        per_side=count.per_side,
        scope=scope,
        direction=direction,
        first=first,
        last=last,
        speaker=speaker,
        categories=categories_of(sentence, kind),
        all_for_all=all_for_all(sentence, kind),
        agreed_on=agreed_on,
        agreed_at=agreed_at,
        completes=stage is Stage.PERFORMED and sentence.has("stage.complete"),
        denies=Stage.PERFORMED if stage is Stage.DENIED else None,
        list_act=list_act_of(sentence) if kind is Kind.CHILD_LIST else None,
        from_list=kind is Kind.CHILD_RETURN and sentence.has("flag.from_list"),
    )


def _is_part(reading: Reading, before: Draft | None, count: Count) -> bool:
    """A part of a total that the sentence has given: "390 freed, 120 of them civilians"."""
    if before is None:
        return any(tag.start == count.number.end and tag.end - tag.start > 1 for tag in reading.sentence.tagged("part_of.freed"))
    beside = any(
        -2 <= tag.start - count.number.end <= 2 or 0 <= count.number.start - tag.end <= 2
        for tag in reading.sentence.tagged("part_of")
    )
    return (beside and before.high is not None) or _adds_up(reading, before, count)


def _is_the_whole(reading: Reading, count: Count) -> bool:
    """ "five of the 339": the number that a part is taken of is told of, not stated; "6,057 of the 6,000 promised" is."""
    sentence, start = reading.sentence, count.number.start
    part = any(other.number.end <= start - 1 and start - other.number.end <= 3 for other in reading.counts)
    taken = any(tag.end == start for tag in sentence.tagged("part_of.whole"))
    promised = any(0 <= tag.start - count.number.end <= 3 for tag in sentence.tagged("stage.promise"))
    return part and taken and not promised


def _adds_up(reading: Reading, before: Draft, count: Count) -> bool:
    """ "390 home: 270 soldiers and 120 civilians": numbers behind a total that add up to it are its parts.

    Parts with days of their own ("27 on Wednesday and 51 by Monday") are hand-overs, and stated.
    """
    return (
        not _dated_behind(reading, before.place)
        and count.number.start > before.place
        and _is_sum(reading, before.low, before.place)
    )


def _dated_behind(reading: Reading, place: int) -> bool:
    return any(d.start > place for d in reading.days)


def _is_sum(reading: Reading, value: int | None, place: int) -> bool:
    behind = [c.number.value for c in reading.counts if c.number.start > place and c.noun is not None]
    return len(behind) >= 2 and sum(behind) == value


def _of_another_matter(sentence: Sentence, count: Count, act: Act | None) -> bool:
    """Whether a verb of dying, holding or identifying stands nearer to the number than any act of handing over."""
    other = sentence.nearest("stage.kill", count.place)
    if other is None:
        return False
    distance = sentence.distance(other, count.place)
    return distance <= 8 and (act is None or distance < sentence.distance(act.tag, count.place))


def _scope(reading: Reading, count: Count, stage: Stage, before: Draft | None) -> Scope:
    """A total where a word of totals stands by the number, or its days have only a start; a bare number goes on so."""
    if stage is not Stage.PERFORMED:
        return Scope.TARGET
    sentence = reading.sentence
    own_days = [d for d in reading.days if sentence.distance(Tag("", d.start, d.end), count.place) <= 6]
    if count.noun == "bare" and before is not None and before.scope is Scope.CUMULATIVE and not own_days:
        return Scope.CUMULATIVE
    if any(d.last is None and d.first is not None for d in reading.days) and not any(d.last is not None for d in own_days):
        return Scope.CUMULATIVE
    if before is None and reading.context.topic_scope is Scope.CUMULATIVE and sentence.has("home.other_way") and not reading.days:
        return Scope.CUMULATIVE
    total = _total_word(sentence, count)
    others = [c for c in reading.counts if c is not count and c.noun is not None]
    if total is None or any(sentence.distance(total, c.place) < sentence.distance(total, count.place) for c in others):
        return Scope.CUMULATIVE if sentence.has("total.as_of") else Scope.EVENT
    return Scope.CUMULATIVE


def _total_word(sentence: Sentence, count: Count) -> Tag | None:
    """The word of totals nearest to a count; "already home" tells of an arrival, not of a total."""
    homes = {tag.start for name in ("home.here", "verb.come") for tag in sentence.tagged(name)}
    near = [
        tag for tag in sentence.tagged("total.cumulative") if sentence.distance(tag, count.place) <= 9 and tag.end not in homes
    ]
    return min(near, key=lambda tag: (sentence.distance(tag, count.place), tag.start), default=None)


def confirmed(reading: Reading) -> Iterator[Draft]:
    """ "The ministry gave an identical number": the hand-over told before, by another's account, or another one as large."""
    told = reading.context.counted
    if told is None or not reading.sentence.has("say.same"):
        return
    place = reading.sentence.tagged("say.same")[0].start
    act = act_near(reading.sentence, place, 6)
    if act is not None and act.tense is Tense.DONE:
        turned = direction_of(reading.sentence, place, told.kind, act, per_side=False)
        other_way_too = turned is not None and told.direction not in (turned, BOTH)
        if other_way_too or (reading.days and not reading.said):
            speaker = speaker_at(reading.sentence, place, reading.said) or quoted_speaker(reading)
            first, last = days_when(reading, place, told.stage, told.scope, None, told.kind, None)
            direction = turned if turned is not None and other_way_too else told.direction
            again = replace(told, direction=direction, speaker=speaker, first=first, last=last, completes=False)
            yield replace(again, rule="count.same", place=place)
            return
    accounts = dict.fromkeys(a.speaker for a in reading.said if a.speaker is not told.speaker)
    for other in accounts:
        yield replace(told, speaker=other, rule="count.confirmed", place=place, completes=False)
