"""Drafts from the counts of a sentence: one for each number that counts people, bodies, children or names handed over."""

from collections.abc import Iterator
from dataclasses import replace

from servanda.model.vocabulary import Kind, Scope, Stage
from servanda.reading.acts import Act, act_near
from servanda.reading.attribution import joint_speakers, speaker_at
from servanda.reading.categories import with_categories
from servanda.reading.counts import UNITS_OF_TIME, Count
from servanda.reading.decisions.complete import decided_complete
from servanda.reading.decisions.dates import decided_days
from servanda.reading.decisions.direction import HandOver, decided_direction
from servanda.reading.decisions.judge import Judge
from servanda.reading.decisions.kind import decided_kind, kind_features
from servanda.reading.decisions.scope import decided_scope
from servanda.reading.decisions.speaker import decided_speaker
from servanda.reading.decisions.stage import decided_stage, stage_features
from servanda.reading.directions import direction_of_count
from servanda.reading.draft import Draft
from servanda.reading.found import Reading
from servanda.reading.kinds import kind_of_count
from servanda.reading.lexicon import Tag
from servanda.reading.numbers import Number
from servanda.reading.parts import dated_behind, is_part, is_sum, is_the_whole
from servanda.reading.roles import TO_UKRAINE
from servanda.reading.sentence import Sentence
from servanda.reading.shares import same_number
from servanda.reading.stages import stage_of
from servanda.reading.terms import agreement_of, all_for_all, list_act_of
from servanda.reading.when import days_when, of_agreement
from servanda.reading.whose import proposer_of, quoted_speaker


def from_counts(reading: Reading, judge: Judge) -> list[Draft]:
    """A draft for each count of ours; a total's parts are none of their own, and its groups of prisoners are."""
    return with_categories(reading, list(_taken(reading, judge)))


def _taken(reading: Reading, judge: Judge) -> Iterator[Draft]:
    before: Draft | None = None
    part_ends = -9
    for offered in _offered(reading):
        if offered.noun in UNITS_OF_TIME:
            continue  # the days of a truce are told with the truce
        count = _shared(reading, offered, before)
        judge.consider(reading.sentence, count.number.low, count.number.high)
        act = act_near(reading.sentence, count.place)
        ruled, reason = _opinion(reading, count, act, before, part_ends)
        if reason == "part":
            part_ends = count.number.end + 1
        features = kind_features(reading, count, ruled, reason, act, before)
        kind = decided_kind(judge, features, ruled if reason == "taken" else None)
        draft = _decided(reading, judge, count, kind, act, before) if kind is not None else None
        if draft is not None:
            yield draft
            before = draft
            for other in joint_speakers(reading.sentence, draft.speaker, reading.said):
                yield replace(draft, speaker=other)


def _offered(reading: Reading) -> list[Count]:
    """The counts of a sentence; "the same number" gives again the one before it, of the sentence or of those before."""
    again = [_told_again(reading, tag) for tag in same_number(reading.sentence)[:1]]
    fresh = [
        c
        for c in again
        if c is not None
        and not any(other.number.start < c.number.end + 4 and c.number.start - 4 < other.number.end for other in reading.counts)
    ]
    return sorted([*reading.counts, *fresh, *_of_the_list(reading)], key=lambda count: count.number.start)


def _of_the_list(reading: Reading) -> list[Count]:
    """ "each name would be checked", "it was handed over on Monday": the list told of before, with its number of names."""
    sentence, listed = reading.sentence, reading.context.listed
    own = any(count.noun in ("child", "name", "bare") for count in reading.counts)
    if listed is None or own:
        return []
    checked = sentence.has("flag.checked")
    meant = [*sentence.tagged("kind.list"), *(sentence.tagged("share.every") if checked else ())]
    told = checked or sentence.has("flag.handed") or (reading.context.topic is Kind.CHILD_LIST and sentence.has("stage"))
    another = sentence.has("flag.russian_list") and listed.direction != TO_UKRAINE
    if not meant or not told or another:
        return []
    return [Count(Number(meant[0].start, meant[0].end, listed.low, listed.high), "listed", per_side=False)]


def _told_again(reading: Reading, tag: Tag) -> Count | None:
    told = reading.context.counted
    before = [count for count in reading.counts if count.noun is not None and count.number.end <= tag.start]
    if before and before[-1].per_side:
        return None  # "157 came home and as many went": said of both already
    if before:
        return Count(replace(before[-1].number, start=tag.start, end=tag.end), "bare", per_side=False)
    return Count(Number(tag.start, tag.end, told.low, told.high), "bare", per_side=False) if told is not None else None


def _shared(reading: Reading, count: Count, before: Draft | None) -> Count:
    """ "84 from each side were freed on the 14th and 146 on the 24th": a number without a noun goes on as the one before it."""
    if before is None or not before.per_side or count.per_side or count.noun != "bare":
        return count
    between = [
        tag
        for name in ("party", "home.other_way")
        for tag in reading.sentence.tagged(name)
        if before.place < tag.start < count.number.end + 2
        and not any(t.start <= tag.start < t.end for t in reading.sentence.tagged("share.each"))
    ]
    return count if between else replace(count, per_side=True)


def _opinion(reading: Reading, count: Count, act: Act | None, before: Draft | None, part_ends: int) -> tuple[Kind | None, str]:
    """What the grammar says that a number counts, and whether it would take it, or why not."""
    kind = kind_of_count(reading.sentence, count, _leaned_on(reading, count, before), reading.main)
    if kind is None or kind is Kind.CEASEFIRE:
        return None, "no kind"
    if is_the_whole(reading, count):
        return kind, "whole"
    if count.number.start - part_ends <= 4 or is_part(reading, before, count):
        return kind, "part"
    if kind is not Kind.CHILD_LIST and _of_another_matter(reading.sentence, count, act):
        return kind, "other matter"
    agreed = count.per_side and reading.sentence.has("stage")
    leans = _carried_stage(reading, count, kind, before) is not None and _may_lean(reading, count, before)
    if act is None and not agreed and not leans and kind is not Kind.CHILD_LIST:
        return kind, "no act"
    if _ruled_stage(reading, count, kind, act, before) is None:
        return kind, "no stage"
    return kind, "taken"


def _ruled_stage(reading: Reading, count: Count, kind: Kind, act: Act | None, before: Draft | None) -> Stage | None:
    """The stage by the grammar alone."""
    carried = _carried_stage(reading, count, kind, before)
    stage = stage_of(reading.sentence, count.place, act, carried, told_with_a_day=_past_day(reading))
    if kind is Kind.CHILD_LIST:
        stage = _stage_of_list(reading, stage, act)
    if kind is Kind.CHILD_RETURN and act is None and not reading.sentence.has("stage"):
        return None
    return stage


def _decided(reading: Reading, judge: Judge, count: Count, kind: Kind, act: Act | None, before: Draft | None) -> Draft | None:
    ruled = _ruled_stage(reading, count, kind, act, before)
    carried = _carried_stage(reading, count, kind, before)
    features = stage_features(reading, count.place, kind, act, ruled, carried, before)
    stage = decided_stage(judge, features, ruled)
    return None if stage is None else _finished(reading, judge, count, kind, stage, act, before)


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


def _finished(
    reading: Reading, judge: Judge, count: Count, kind: Kind, stage: Stage, act: Act | None, before: Draft | None
) -> Draft:
    sentence, place, value = reading.sentence, count.place, count.number.value
    by_rule = speaker_at(sentence, place, reading.said) or quoted_speaker(reading) or proposer_of(reading, stage, place)
    speaker = decided_speaker(judge, reading, place, kind, stage, by_rule, numbered=True)
    way, told_by = direction_of_count(reading, count, kind, act, before, speaker)
    if count.noun == "listed" and reading.context.listed is not None:
        way = reading.context.listed.direction
    if kind is not Kind.CHILD_LIST:
        asked = HandOver(
            reading=reading,
            place=place,
            kind=kind,
            stage=stage,
            act=act,
            speaker=speaker,
            grammar=way,
            before=before,
            value=value,
            each=count.per_side,
            told_by=told_by,
        )
        way = decided_direction(judge, asked)
    scope = _scope(reading, count, stage, before)
    if stage is Stage.PERFORMED:
        scope = decided_scope(judge, reading, count, kind, scope, before)
    days = days_when(reading, place, stage, scope, before, kind, value)
    if stage is Stage.PERFORMED and dated_behind(reading, place) and is_sum(reading, count.number.low, place):
        scope, days = Scope.CUMULATIVE, (reading.context.since.get(kind), reading.context.published)
    first, last = decided_days(judge, reading, place, kind, stage, scope, days, before, value, numbered=True)
    agreed_on, agreed_at = agreement_of(sentence, reading.days)
    done = stage is Stage.PERFORMED
    return Draft(
        place=place,
        rule=f"count.{act.frame if act else 'leaning'}",
        kind=kind,
        stage=stage,
        low=count.number.low,
        high=count.number.high,
        per_side=count.per_side and kind is not Kind.CHILD_LIST,
        scope=scope,
        direction=way,
        first=first,
        last=last,
        speaker=speaker,
        all_for_all=all_for_all(sentence, kind),
        agreed_on=agreed_on,
        agreed_at=agreed_at,
        completes=done and decided_complete(judge, reading, place, kind, scope, value, grammar=sentence.has("stage.complete")),
        denies=Stage.PERFORMED if stage is Stage.DENIED else None,
        list_act=list_act_of(sentence) if kind is Kind.CHILD_LIST else None,
        from_list=kind is Kind.CHILD_RETURN and sentence.has("flag.from_list"),
    )


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
