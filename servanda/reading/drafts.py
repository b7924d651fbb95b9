"""What a sentence states: drafts of statements, before they are set against the rest of the article."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta

from servanda.model.vocabulary import Category, Kind, ListAct, Party, Scope, Speaker, Stage
from servanda.reading.acts import Act, Tense, act_near
from servanda.reading.attribution import Attribution, attributions, joint_speakers, speaker_at
from servanda.reading.context import Context
from servanda.reading.draft import Draft
from servanda.reading.counts import Count, counts_of
from servanda.reading.dates import Days, days_of
from servanda.reading.kinds import kind_of_count
from servanda.reading.lexicon import Tag
from servanda.reading.roles import BOTH, TO_RUSSIA, TO_UKRAINE, Direction, direction_of, other_way, own_side, party_beside
from servanda.reading.sentence import Sentence
from servanda.reading.stages import happened, stage_of
from servanda.reading.terms import agreement_of, all_for_all, categories_of, list_act_of


Stretch = tuple[date | None, date | None]


@dataclass(frozen=True, slots=True)
class Reading:
    """A sentence with all that was found in it, against the context in which it stands."""

    sentence: Sentence
    context: Context
    days: list[Days]
    """The days named, as a report of the past means them."""
    ahead: list[Days]
    """The same as a promise means them: a weekday is the coming one."""
    counts: list[Count]
    said: list[Attribution]
    main: Kind | None


def analyse(sentence: Sentence, context: Context, main: Kind | None) -> Reading:
    """Find dates, counts and attributions of a sentence."""
    days = days_of(sentence, context.published)
    counts = counts_of(sentence, [(d.start, d.end) for d in days])
    return Reading(sentence, context, days, days_of(sentence, context.published, future=True), counts, attributions(sentence, context.speaker), main)


def drafts_of(reading: Reading) -> Iterator[Draft]:
    """The drafts of a sentence: one for each count of ours; else one for each kind that a cue and a stage speak of."""
    if reading.sentence.has("other_matter"):
        return
    counted = list(_from_counts(reading))
    yield from counted
    uncounted = list(_uncounted(reading, {draft.kind for draft in counted}))
    yield from uncounted
    if not counted:
        yield from _confirmed(reading)
    if not counted and not uncounted:
        yield from _answer(reading)


def _confirmed(reading: Reading) -> Iterator[Draft]:
    """ "The ministry gave an identical number": the hand-over told before, by another's account."""
    told = reading.context.counted
    if told is None or not reading.sentence.has("say.same"):
        return
    place = reading.sentence.tagged("say.same")[0].start
    for speaker in {a.speaker for a in reading.said} - {told.speaker}:
        yield replace(told, speaker=speaker, rule="count.confirmed", place=place, completes=False)


def _answer(reading: Reading) -> Iterator[Draft]:
    """ "The Russians would not accept it": a refusal that leans on what was asked for in the sentence before."""
    sentence, context = reading.sentence, reading.context
    if context.topic in (Kind.CEASEFIRE, Kind.TALKS) and context.topic_stage is Stage.PROPOSED and sentence.has("stage.refuse") and not sentence.has("noun"):
        draft = _bare(reading, context.topic, Stage.REFUSED, sentence.tagged("stage.refuse")[0].start, "refusal.leaning")
        yield replace(draft, low=context.topic_low, high=context.topic_high)


def _from_counts(reading: Reading) -> Iterator[Draft]:
    before: Draft | None = None
    part_ends = -9
    for count in reading.counts:
        kind = kind_of_count(reading.sentence, count, _leaned_on(reading, count, before), reading.main)
        if kind is None:
            continue
        if count.number.start - part_ends <= 4 or _is_part(reading, before, count):
            part_ends = count.number.end + 1
            continue
        if kind is Kind.CEASEFIRE:
            yield from _truces(reading, count)
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
    if stage is None and kind is Kind.CHILD_LIST:
        stage = Stage.PERFORMED
    if stage is None or (kind in (Kind.CHILD_RETURN, Kind.CHILD_LIST) and act is None and not sentence.has("stage")):
        return None
    return _finished(reading, count, kind, stage, act, before)


def _leaned_on(reading: Reading, count: Count, before: Draft | None) -> Kind | None:
    """The kind that a count leans on: of the same number told before, else of the count before it, else of the sentences before."""
    if before is not None:
        return before.kind
    known = reading.context.seen.get(count.number.value)
    if count.noun == "bare" and known is not None:
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
    return any((d.last or d.first or published) <= published and not _of_agreement(reading.sentence, d) for d in reading.days)


def _may_lean(reading: Reading, count: Count, before: Draft | None) -> bool:
    """Whether a count without an act of its own may take it from what came before: it names its thing, a day, the other way or a total."""
    sentence = reading.sentence
    signs = bool(reading.days) or count.per_side or sentence.has("home.other_way") or sentence.has("total") or sentence.has("party")
    return before is not None or count.noun != "bare" or (signs and count.number.value > 12)


def _finished(reading: Reading, count: Count, kind: Kind, stage: Stage, act: Act | None, before: Draft | None) -> Draft:
    sentence = reading.sentence
    speaker = speaker_at(sentence, count.place, reading.said) or _quoted_speaker(reading) or _proposer(reading, stage, count.place)
    direction = _direction(reading, count, kind, act, before, speaker)
    scope = _scope(reading, count, stage, before)
    first, last = _days(reading, count.place, stage, scope, before, kind, count.number.value)
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
    beside = any(-2 <= tag.start - count.number.end <= 2 or 0 <= count.number.start - tag.end <= 2 for tag in reading.sentence.tagged("part_of"))
    return (beside and before.high is not None) or _adds_up(reading, before, count)


def _adds_up(reading: Reading, before: Draft, count: Count) -> bool:
    """ "390 home: 270 soldiers and 120 civilians": numbers behind a total that add up to it are its parts."""
    behind = [c for c in reading.counts if c.number.start > before.place and c.noun is not None]
    return len(behind) >= 2 and count in behind and before.low is not None and sum(c.number.value for c in behind) == before.low


def _of_another_matter(sentence: Sentence, count: Count, act: Act | None) -> bool:
    """Whether a verb of dying, holding or identifying stands nearer to the number than any act of handing over."""
    other = sentence.nearest("stage.kill", count.place)
    if other is None:
        return False
    distance = sentence.distance(other, count.place)
    return distance <= 8 and (act is None or distance < sentence.distance(act.tag, count.place))


def _direction(reading: Reading, count: Count, kind: Kind, act: Act | None, before: Draft | None, speaker: Speaker | None) -> Direction:
    sentence = reading.sentence
    if kind is Kind.CHILD_LIST:
        return TO_UKRAINE if _russian_list(sentence) else TO_RUSSIA
    known = before.direction if before else reading.context.direction
    back = sentence.nearest("home.other_way", count.place, 10)
    if back is not None and not count.per_side and known and known != (None, None) and count.noun == "bare":
        return other_way(known if known != BOTH else TO_UKRAINE)
    if not count.per_side:
        beside = party_beside(sentence, count.number.start, act) or own_side(sentence, speaker, count.number.start, count.number.end)
        if beside is not None:
            return beside
    found = direction_of(sentence, count.place, kind, act, per_side=count.per_side)
    if found is not None:
        return found
    told = reading.context.seen.get(count.number.value)
    if told is not None and told.kind is kind:
        return told.direction
    if known and known != (None, None) and reading.context.topic is kind:
        return known
    return BOTH if kind is Kind.PRISONER_EXCHANGE else TO_UKRAINE


def _russian_list(sentence: Sentence) -> bool:
    return sentence.has("flag.russian_list")


def _scope(reading: Reading, count: Count, stage: Stage, before: Draft | None) -> Scope:
    """A total where a word of totals stands by the number, or its days have only a start; a bare number goes on as the one before it."""
    if stage is not Stage.PERFORMED:
        return Scope.TARGET
    sentence = reading.sentence
    own_days = [d for d in reading.days if sentence.distance(Tag("", d.start, d.end), count.place) <= 6]
    if count.noun == "bare" and before is not None and before.scope is Scope.CUMULATIVE and not own_days:
        return Scope.CUMULATIVE
    if any(d.last is None and d.first is not None for d in reading.days) and not any(d.last is not None for d in own_days):
        return Scope.CUMULATIVE
    total = sentence.nearest("total.cumulative", count.place, 9)
    others = [c for c in reading.counts if c is not count and c.noun is not None]
    if total is None or any(sentence.distance(total, c.place) < sentence.distance(total, count.place) for c in others):
        return Scope.CUMULATIVE if sentence.has("total.as_of") else Scope.EVENT
    return Scope.CUMULATIVE


def _days(reading: Reading, place: int, stage: Stage, scope: Scope, before: Draft | None, kind: Kind, value: int | None) -> Stretch:
    """When the act took place, or is to take place."""
    if stage is Stage.PERFORMED:
        return _done_days(reading, place, scope, before, kind, value)
    if stage not in (Stage.PROMISED, Stage.PROPOSED):
        return None, None
    usable = [d for d in reading.ahead if not _of_agreement(reading.sentence, d) and not _of_saying(reading, d)]
    near = _nearest_days(reading.sentence, usable, place)
    if near is not None and (near.last or near.first or reading.context.published) >= reading.context.published - timedelta(days=1):
        return near.first, near.last
    return None, None


def _done_days(reading: Reading, place: int, scope: Scope, before: Draft | None, kind: Kind, value: int | None) -> Stretch:
    sentence, context = reading.sentence, reading.context
    usable = [d for d in reading.days if not _of_agreement(sentence, d)]
    near = _nearest_days(sentence, usable, place)
    if scope is Scope.CUMULATIVE:
        return _total_days(reading, near, before)
    if near is not None and (near.first or near.last or context.published) <= context.published:
        return near.first, near.last if near.last is not None else near.first
    if sentence.has("time.that_day") and context.last is not None:
        return context.first, context.last
    if before is not None and before.scope is Scope.EVENT and before.stage is Stage.PERFORMED:
        return before.first, before.last
    told = context.seen.get(value) if value is not None else None
    if told is not None and told.kind is kind and told.stage is Stage.PERFORMED and told.scope is Scope.EVENT:
        return told.first, told.last
    if context.last is not None:
        return context.first, context.last
    if kind is Kind.CHILD_LIST:
        return None, None  # a list is told of long after it was handed over
    main = context.main_event
    return (main.first, main.last) if main is not None and main.kind is kind else (context.published, context.published)


def _total_days(reading: Reading, near: Days | None, before: Draft | None) -> Stretch:
    """A total runs from where the text gives its start to the day of publication, or to the day that it names."""
    published = reading.context.published
    if near is None:
        return (before.first, before.last) if before is not None and before.scope is Scope.CUMULATIVE else (None, published)
    if near.last is None or near.last >= published:
        return near.first, published
    return (None, near.last) if near.first == near.last or near.first is None else (near.first, published)


def _nearest_days(sentence: Sentence, days: list[Days], place: int) -> Days | None:
    """The days nearest to a token; those before it are taken before those behind it."""
    return min(
        days,
        key=lambda d: sum(sentence.breaks[min(d.start, place) : max(d.start, place)]) + abs(d.start - place) + (6 if d.start > place else 0),
        default=None,
    )


def _of_saying(reading: Reading, days: Days) -> bool:
    """Whether a day says when somebody spoke: it stands by the verb of saying, or in the line that names the place of writing."""
    dateline = days.end < 9 and any(token.form == "–" for token in reading.sentence.tokens[days.end : days.end + 2])
    return dateline or any(-4 <= days.start - a.place <= 4 and not any(reading.sentence.breaks[min(a.place, days.start) : max(a.place, days.start)]) for a in reading.said)


def _of_agreement(sentence: Sentence, days: Days) -> bool:
    return any(sentence.distance(tag, days.start) <= 5 for tag in sentence.tagged("agreement"))


def _quoted_speaker(reading: Reading) -> Speaker | None:
    return reading.context.speaker if reading.context.in_quotation or '"' in reading.sentence.text[:1] else None


def _truces(reading: Reading, count: Count) -> Iterator[Draft]:
    """A truce of so many days; hours are rounded up to days, "a month" is 30."""
    sentence = reading.sentence
    near = sentence.nearest("kind.ceasefire", count.place)
    if near is None or sentence.distance(near, count.place) > 14:
        return
    unit = {"hour": 1 / 24, "week": 7, "month_unit": 30}.get(count.noun or "", 1)
    low, high = (None if bound is None else max(1, -int(-bound * unit // 1)) for bound in (count.number.low, count.number.high))
    for stage in truce_stages(sentence, near.start):
        yield replace(_bare(reading, Kind.CEASEFIRE, stage, near.start, "truce.days"), low=low, high=high)


def truce_stages(sentence: Sentence, place: int) -> list[Stage]:
    """A truce may be asked for and turned down in one sentence; both are stated."""
    stage = stage_of(sentence, place, None, None)
    stages = [] if stage in (None, Stage.PERFORMED, Stage.DENIED) or stage is None else [stage]
    if stage is Stage.PROMISED and not any(-1 <= place - tag.end <= 6 for tag in sentence.tagged("stage.truce")):
        stages = []
    if sentence.has("stage.refuse") and sentence.has("stage.propose") and stage in (Stage.REFUSED, Stage.PROPOSED):
        stages = [Stage.PROPOSED, Stage.REFUSED]
    return stages


_HEADS = (
    (Kind.PRISONER_EXCHANGE, "kind.prisoner_exchange"),
    (Kind.BODY_REPATRIATION, "kind.body_repatriation"),
    (Kind.CEASEFIRE, "kind.ceasefire"),
    (Kind.TALKS, "kind.talks"),
    (Kind.CHILD_LIST, "kind.child_list"),
    (Kind.CHILD_RETURN, "kind.child"),
)


def _uncounted(reading: Reading, counted: set[Kind]) -> Iterator[Draft]:
    """Statements without a number: a cue of a kind with a stage of its own."""
    sentence = reading.sentence
    for kind, name in _HEADS:
        if kind in counted or not sentence.has(name) or (kind is Kind.CHILD_RETURN and Kind.CHILD_LIST in counted):
            continue
        yield from _without_number(reading, kind, name)


def _without_number(reading: Reading, kind: Kind, name: str) -> Iterator[Draft]:
    sentence = reading.sentence
    head = sentence.tagged(name)[0]
    if kind is Kind.TALKS:
        yield from meetings(reading)
    elif kind is Kind.CEASEFIRE:
        for stage in truce_stages(sentence, head.start):
            yield _bare(reading, kind, stage, head.start, "truce.cue")
    elif kind is not Kind.CHILD_LIST or _list_handled(sentence):
        act = act_near(sentence, head.start, 30)
        stage = stage_of(sentence, head.start, act, None) if act is not None or sentence.has("stage") else None
        stages = [Stage.POSTPONED, Stage.DENIED] if sentence.has("stage.postpone") and sentence.has("stage.deny") else [stage]
        for said in stages:
            if said is not None and _stated(sentence, kind, said, act):
                yield _bare(reading, kind, said, head.start, "act.unnumbered", act)


def _list_handled(sentence: Sentence) -> bool:
    """Whether a list of children is handed over or checked in the sentence, and not only spoken of."""
    acts = sentence.tagged("flag.handed") + sentence.tagged("flag.checked")
    return sentence.has("noun.child") and any(sentence.distance(tag, act.start) <= 7 for tag in sentence.tagged("kind.list") for act in acts)


def _stated(sentence: Sentence, kind: Kind, stage: Stage, act: Act | None) -> bool:
    """Whether a stage without a number is said firmly enough to be a statement."""
    match stage:
        case Stage.PERFORMED:
            return _performed_without_number(sentence, kind, act)
        case Stage.PROMISED:
            return _firm(sentence, act)
        case Stage.PROPOSED:
            return kind is Kind.CHILD_RETURN or all_for_all(sentence, kind)
        case _:
            return True


def _performed_without_number(sentence: Sentence, kind: Kind, act: Act | None) -> bool:
    if kind is Kind.PRISONER_EXCHANGE:
        grouped = act is not None and any(sentence.distance(tag, act.tag.start) <= 6 for tag in sentence.tagged("act.group"))
        done = act is not None and act.tense is Tense.DONE and (act.frame in ("mutual", "come") or grouped or sentence.has("category"))
        held = any(happened(sentence, tag.start) for tag in sentence.tagged("kind.exchange_noun"))
        mutual = act is not None and act.frame == "mutual" and act.tense is Tense.DONE and not act.negated
        return mutual or (done and sentence.has("party")) or held
    return kind is Kind.CHILD_LIST and act is not None and act.tense is Tense.DONE


def _firm(sentence: Sentence, act: Act | None) -> bool:
    return sentence.has("flag.all_for_all") or sentence.has("category") or (act is not None and act.tense is Tense.AHEAD)


def meetings(reading: Reading) -> Iterator[Draft]:
    """Rounds of talks and summits: held, or to be held; talks that are only the setting of an agreement are none."""
    sentence = reading.sentence
    for tag in sentence.tagged("kind.round"):
        near = [verb for verb in sentence.tagged("verb.happen") if sentence.distance(verb, tag.start) <= 9 or verb.start == tag.start]
        if any("past" in sentence.tokens[verb.start].marks and not _ahead(sentence, verb.start) for verb in near) and _ours(sentence, reading):
            yield _bare(reading, Kind.TALKS, Stage.PERFORMED, tag.start, "talks.held")
            break
    for name, stage in (("stage.refuse", Stage.REFUSED), ("stage.postpone", Stage.POSTPONED), ("stage.propose", Stage.PROPOSED), ("talks.promise", Stage.PROMISED)):
        heads = sentence.tagged("kind.further")
        cues = sentence.tagged(name)
        close = [h for h in heads if any(sentence.distance(cue, h.start) <= 9 or sentence.distance(h, cue.start) <= 9 for cue in cues)]
        if close:
            yield _bare(reading, Kind.TALKS, stage, close[0].start, "talks.cue")
            if stage is not Stage.PROPOSED:
                break


def _ours(sentence: Sentence, reading: Reading) -> bool:
    return sentence.has("party") or sentence.has("place") or sentence.has("kind.further") or reading.context.topic is Kind.TALKS


def _ahead(sentence: Sentence, place: int) -> bool:
    return any(place - 5 <= tag.start < place and not any(sentence.breaks[tag.end : place]) for tag in sentence.tagged("modal.ahead"))


def _bare(reading: Reading, kind: Kind, stage: Stage, place: int, rule: str, act: Act | None = None) -> Draft:
    sentence = reading.sentence
    scope = Scope.EVENT if stage is Stage.PERFORMED else Scope.TARGET
    first, last = _days(reading, place, stage, scope, None, kind, None)
    agreed_on, agreed_at = agreement_of(sentence, reading.days)
    proposer = _proposer(reading, stage, place)
    speaker = speaker_at(sentence, place, reading.said) or _quoted_speaker(reading) or proposer
    if kind in (Kind.CEASEFIRE, Kind.TALKS) and proposer is not None:
        speaker = proposer
    return Draft(
        place=place, rule=rule, kind=kind, stage=stage, scope=scope,
        direction=_bare_direction(reading, kind, stage, place, act, speaker),
        first=first, last=last, speaker=speaker,
        categories=categories_of(sentence, kind), all_for_all=all_for_all(sentence, kind), agreed_on=agreed_on, agreed_at=agreed_at,
        completes=stage is Stage.PERFORMED and sentence.has("stage.complete") and kind is not Kind.TALKS,
        denies=_denied_stage(sentence) if stage is Stage.DENIED else None,
        list_act=list_act_of(sentence) if kind is Kind.CHILD_LIST else None,
        from_list=kind is Kind.CHILD_RETURN and sentence.has("flag.from_list"),
    )  # fmt: skip


def _bare_direction(reading: Reading, kind: Kind, stage: Stage, place: int, act: Act | None, speaker: Speaker | None) -> Direction:
    if kind is Kind.TALKS:
        return (None, None)
    if kind is Kind.CEASEFIRE:
        refuser = {Speaker.RUSSIA: Party.RUSSIA, Speaker.UKRAINE: Party.UKRAINE}.get(speaker) if speaker else None
        return (refuser if stage is Stage.REFUSED and refuser else Party.BOTH, None)
    if kind is Kind.CHILD_LIST:
        return TO_UKRAINE if _russian_list(reading.sentence) else TO_RUSSIA
    found = direction_of(reading.sentence, place, kind, act, per_side=False)
    return found or (BOTH if kind is Kind.PRISONER_EXCHANGE else TO_UKRAINE)


def _proposer(reading: Reading, stage: Stage, place: int) -> Speaker | None:
    """A proposal or a refusal that the outlet tells in its own voice is the word of the side that made it."""
    sentence = reading.sentence
    if stage not in (Stage.PROPOSED, Stage.REFUSED):
        return None
    cue = sentence.nearest("stage.refuse" if stage is Stage.REFUSED else "stage.propose", place)
    if cue is None:
        return None
    near = [
        (sentence.distance(tag, cue.start) + (3 if tag.start > cue.start else 0), side)
        for side in ("ukraine", "russia", "mediator")
        for tag in sentence.tagged(f"speaker.{side}")
    ]
    before = [choice for choice in near if choice[0] <= 12]
    if not before and any(0 <= cue.start - tag.end <= 3 for tag in sentence.tagged("say.pronoun")):
        return reading.context.speaker
    return Speaker(min(before)[1]) if before else None


def _denied_stage(sentence: Sentence) -> Stage:
    return Stage.POSTPONED if sentence.has("stage.postpone") else Stage.PERFORMED
