"""What a sentence states: drafts of statements, before they are set against the rest of the article."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta

from servanda.model.vocabulary import Category, Kind, ListAct, Party, Scope, Speaker, Stage
from servanda.reading.acts import Act, Tense, act_near
from servanda.reading.attribution import Attribution, attributions, speaker_at
from servanda.reading.context import Context
from servanda.reading.counts import Count, counts_of
from servanda.reading.dates import Days, days_of
from servanda.reading.kinds import kind_of_count
from servanda.reading.roles import BOTH, TO_RUSSIA, TO_UKRAINE, Direction, direction_of, other_way
from servanda.reading.sentence import Sentence
from servanda.reading.stages import happened, stage_of
from servanda.reading.terms import agreement_of, all_for_all, categories_of, list_act_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """A statement without its place in the text: ``place`` is the token that it is about, ``rule`` the rule that made it."""

    place: int
    rule: str
    kind: Kind
    stage: Stage
    low: int | None = None
    high: int | None = None
    per_side: bool = False
    scope: Scope = Scope.EVENT
    direction: Direction = (None, None)
    first: date | None = None
    last: date | None = None
    speaker: Speaker | None = None
    categories: tuple[Category, ...] = ()
    all_for_all: bool = False
    agreed_on: date | None = None
    agreed_at: str | None = None
    completes: bool = False
    denies: Stage | None = None
    list_act: ListAct | None = None
    from_list: bool = False


@dataclass(frozen=True, slots=True)
class Reading:
    """A sentence with all that was found in it, against the context in which it stands."""

    sentence: Sentence
    context: Context
    days: list[Days]
    counts: list[Count]
    said: list[Attribution]
    main: Kind | None


def analyse(sentence: Sentence, context: Context, main: Kind | None) -> Reading:
    """Find dates, counts and attributions of a sentence."""
    ahead = sentence.has("modal.ahead") or sentence.has("stage.propose") or any("future" in token.marks for token in sentence.tokens)
    days = days_of(sentence, context.published, future=ahead)
    counts = counts_of(sentence, [(d.start, d.end) for d in days])
    return Reading(sentence, context, days, counts, attributions(sentence, context.speaker), main)


def drafts_of(reading: Reading) -> Iterator[Draft]:
    """The drafts of a sentence: one for each count of ours; else one for each kind that a cue and a stage speak of."""
    if reading.sentence.has("other_matter"):
        return
    counted = list(_from_counts(reading))
    yield from counted
    uncounted = list(_uncounted(reading, {draft.kind for draft in counted}))
    yield from uncounted
    if not counted and not uncounted:
        yield from _answer(reading)


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
        if before is not None and (count.number.start - part_ends <= 4 or _is_part(reading, before, count)):
            part_ends = count.number.end + 1
            continue
        if kind is Kind.CEASEFIRE:
            yield from _truces(reading, count)
            continue
        draft = _counted(reading, count, kind, before)
        if draft is not None:
            yield draft
            before = draft


def _counted(reading: Reading, count: Count, kind: Kind, before: Draft | None) -> Draft | None:
    sentence = reading.sentence
    act = act_near(sentence, count.place)
    if _of_another_matter(sentence, count, act):
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
        return known[0]
    if count.noun == "bare" and reading.context.paragraph_is_new and reading.main is not None:
        return reading.main
    return reading.context.kind


def _carried_stage(reading: Reading, count: Count, kind: Kind, before: Draft | None) -> Stage | None:
    if before is not None:
        return before.stage
    known = reading.context.seen.get(count.number.value)
    if known is not None and known[0] is kind:
        return known[1]
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
    direction = _direction(reading, count, kind, act, before)
    scope = _scope(reading, count, stage)
    first, last = _days(reading, count.place, stage, scope, before)
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
        speaker=speaker_at(sentence, count.place, reading.said) or _quoted_speaker(reading),
        categories=categories_of(sentence, kind),
        all_for_all=all_for_all(sentence, kind),
        agreed_on=agreed_on,
        agreed_at=agreed_at,
        completes=stage is Stage.PERFORMED and sentence.has("stage.complete"),
        denies=Stage.PERFORMED if stage is Stage.DENIED else None,
        list_act=list_act_of(sentence) if kind is Kind.CHILD_LIST else None,
        from_list=kind is Kind.CHILD_RETURN and sentence.has("flag.from_list"),
    )


def _is_part(reading: Reading, before: Draft, count: Count) -> bool:
    """A part of a total that the sentence has given: "390 freed, 120 of them civilians"."""
    tags = reading.sentence.tagged("part_of")
    return any(-2 <= tag.start - count.number.end <= 2 or 0 <= count.number.start - tag.end <= 2 for tag in tags) and before.high is not None


def _of_another_matter(sentence: Sentence, count: Count, act: Act | None) -> bool:
    """Whether a verb of dying, holding or identifying stands nearer to the number than any act of handing over."""
    other = sentence.nearest("stage.kill", count.place)
    if other is None:
        return False
    distance = sentence.distance(other, count.place)
    return distance <= 8 and (act is None or distance < sentence.distance(act.tag, count.place))


def _direction(reading: Reading, count: Count, kind: Kind, act: Act | None, before: Draft | None) -> Direction:
    sentence = reading.sentence
    if kind is Kind.CHILD_LIST:
        return TO_RUSSIA if not _russian_list(sentence) else TO_UKRAINE
    back = sentence.nearest("home.other_way", count.place, 10)
    known = before.direction if before else reading.context.direction
    if back is not None and not count.per_side and known not in (None, (None, None)) and count.noun == "bare":
        return other_way(known if known != BOTH and known is not None else TO_UKRAINE)
    found = direction_of(sentence, count.place, kind, act, per_side=count.per_side)
    if found is not None:
        return found
    if known not in (None, (None, None)) and known is not None:
        return known
    return BOTH if kind is Kind.PRISONER_EXCHANGE else TO_UKRAINE


def _russian_list(sentence: Sentence) -> bool:
    return any(tag.name == "home.russia" for tag in sentence.tagged("home.russia")) or sentence.has("flag.russian_list")


def _scope(reading: Reading, count: Count, stage: Stage) -> Scope:
    if stage is not Stage.PERFORMED:
        return Scope.TARGET
    total = reading.sentence.nearest("total.cumulative", count.place, 9)
    others = [c for c in reading.counts if c is not count and c.noun is not None]
    if total is None or any(reading.sentence.distance(total, c.place) < reading.sentence.distance(total, count.place) for c in others):
        return Scope.EVENT
    return Scope.CUMULATIVE


def _days(reading: Reading, place: int, stage: Stage, scope: Scope, before: Draft | None) -> tuple[date | None, date | None]:
    sentence, context = reading.sentence, reading.context
    usable = [d for d in reading.days if not _of_agreement(sentence, d)]
    near = min(usable, key=lambda d: sum(sentence.breaks[min(d.start, place) : max(d.start, place)]) + abs(d.start - place), default=None)
    if stage is Stage.PERFORMED:
        if scope is Scope.CUMULATIVE:
            start = next((d.first for d in usable if d.first and d.last is None), None)
            return start, context.published
        if near is not None and (near.first or near.last) and (near.first or near.last or context.published) <= context.published:
            return near.first, near.last if near.last is not None else near.first
        if sentence.has("time.that_day") and context.last is not None:
            return context.first, context.last
        if before is not None and before.scope is Scope.EVENT and before.stage is Stage.PERFORMED:
            return before.first, before.last
        if context.last is not None:
            return context.first, context.last
        return context.published, context.published
    if near is not None and stage in (Stage.PROMISED, Stage.PROPOSED) and (near.last or near.first or context.published) >= context.published - timedelta(days=1):
        return near.first, near.last
    return None, None


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
    elif kind is not Kind.CHILD_LIST or sentence.has("noun.child"):
        act = act_near(sentence, head.start, 30)
        stage = stage_of(sentence, head.start, act, None) if act is not None or sentence.has("stage") else None
        stages = [Stage.POSTPONED, Stage.DENIED] if sentence.has("stage.postpone") and sentence.has("stage.deny") else [stage]
        for said in stages:
            if said is not None and _stated(sentence, kind, said, act):
                yield _bare(reading, kind, said, head.start, "act.unnumbered", act)


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
    first, last = _days(reading, place, stage, scope, None)
    agreed_on, agreed_at = agreement_of(sentence, reading.days)
    speaker = speaker_at(sentence, place, reading.said) or _quoted_speaker(reading)
    return Draft(
        place=place, rule=rule, kind=kind, stage=stage, scope=scope,
        direction=_bare_direction(reading, kind, stage, place, act, speaker),
        first=first, last=last, speaker=speaker or _proposer(sentence, kind, stage, place),
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
        side = _proposer(reading.sentence, kind, stage, place) or speaker
        refuser = {Speaker.RUSSIA: Party.RUSSIA, Speaker.UKRAINE: Party.UKRAINE}.get(side) if side else None
        return (refuser if stage is Stage.REFUSED and refuser else Party.BOTH, None)
    if kind is Kind.CHILD_LIST:
        return TO_UKRAINE if _russian_list(reading.sentence) else TO_RUSSIA
    found = direction_of(reading.sentence, place, kind, act, per_side=False)
    return found or (BOTH if kind is Kind.PRISONER_EXCHANGE else TO_UKRAINE)


def _proposer(sentence: Sentence, kind: Kind, stage: Stage, place: int) -> Speaker | None:
    """A proposal or a refusal that the outlet tells in its own voice is the word of the side that made it."""
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
    return Speaker(min(near)[1]) if near else None


def _denied_stage(sentence: Sentence) -> Stage:
    return Stage.POSTPONED if sentence.has("stage.postpone") else Stage.PERFORMED
