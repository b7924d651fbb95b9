"""The context after a sentence."""

from datetime import date

from servanda.model.vocabulary import Kind, Scope, Stage
from servanda.reading.context import Context
from servanda.reading.days import Days
from servanda.reading.draft import Draft
from servanda.reading.found import Reading
from servanda.reading.roles import Direction
from servanda.reading.when import of_agreement, of_round

_KINDS = (
    ("kind.body_repatriation", Kind.BODY_REPATRIATION),
    ("kind.prisoner_exchange", Kind.PRISONER_EXCHANGE),
    ("kind.child", Kind.CHILD_RETURN),
)


def after(reading: Reading, drafts: list[Draft]) -> Context:
    """What the next sentence may lean on: the last statement's terms, else the kind spoken of; and who spoke."""
    context = reading.context
    context = context._replace(
        dated=context.dated or bool(reading.days),
        spoken=_spoken(reading, drafts) or context.spoken,
        listed=next((d for d in reversed(drafts) if d.kind is Kind.CHILD_LIST and _numbered(d)), context.listed),
        bargain=_bargain(reading, drafts) or context.bargain,
        done_on=_done_on(context, drafts),
    )
    if drafts:
        last = drafts[-1]
        first_event = next(
            (d for d in drafts if d.stage is Stage.PERFORMED and d.scope is Scope.EVENT and d.low is not None and d.last), None
        )
        first = next((d for d in drafts if d.stage is Stage.PERFORMED and d.last), last)
        return context._replace(
            kind=last.kind if last.kind not in (Kind.TALKS, Kind.CEASEFIRE) else context.kind,
            stage=last.stage,
            seen=_seen(context, drafts),
            main_event=context.main_event or first_event,
            counted=next(
                (
                    d
                    for d in reversed(drafts)
                    if d.low is not None and d.stage is Stage.PERFORMED and d.kind is not Kind.CEASEFIRE
                ),
                context.counted,
            ),
            topic=last.kind,
            topic_stage=last.stage,
            topic_low=last.low,
            topic_high=last.high,
            topic_scope=last.scope,
            since=_since(context, drafts),
            direction=_known(last.direction) or context.direction,
            first=first.first if first.stage is Stage.PERFORMED else context.first,
            last=first.last if first.stage is Stage.PERFORMED else context.last,
        )
    kind = next((kind for name, kind in _KINDS if reading.sentence.has(name)), context.kind)
    return context._replace(kind=kind)


def _spoken(reading: Reading, drafts: list[Draft]) -> Days | None:
    """The last day that the sentence names; the day of an agreement, or of a promise, is none on which anything was done."""
    if drafts and all(draft.stage is not Stage.PERFORMED for draft in drafts):
        return None
    return next((days for days in reversed(reading.days) if not of_agreement(reading.sentence, days)), None)


def _numbered(draft: Draft) -> bool:
    return draft.low is not None or draft.high is not None


def _bargain(reading: Reading, drafts: list[Draft]) -> date | None:
    """The day of an agreement that the sentence names, or of a round that it tells of."""
    agreed = reading.sentence.has("agreement") and any(draft.stage is Stage.PROMISED for draft in drafts)
    struck = [
        days.first
        for days in reading.days
        if days.first is not None
        and days.first == days.last
        and days.first <= reading.context.published
        and (agreed or of_agreement(reading.sentence, days) or of_round(reading.sentence, days))
    ]
    held = [draft.last for draft in drafts if draft.kind is Kind.TALKS and draft.stage is Stage.PERFORMED and draft.last]
    return next(iter([*struck, *held]), None)


def _done_on(context: Context, drafts: list[Draft]) -> dict[Kind, tuple[date, ...]]:
    told = dict(context.done_on)
    for draft in drafts:
        day = draft.first
        if draft.stage is Stage.PERFORMED and day is not None and day == draft.last and day not in told.get(draft.kind, ()):
            told[draft.kind] = (*told.get(draft.kind, ()), day)
    return told


def _known(direction: Direction) -> Direction | None:
    return direction if direction != (None, None) else None


def _since(context: Context, drafts: list[Draft]) -> dict[Kind, date]:
    """The start of the totals of each kind: the one given first stands."""
    given = {d.kind: d.first for d in drafts if d.scope is Scope.CUMULATIVE and d.first is not None}
    return {**given, **context.since}


def _seen(context: Context, drafts: list[Draft]) -> dict[int, Draft]:
    """Every number told so far; the first telling of it is kept."""
    told = {
        n: d for d in reversed(drafts) for n in (d.low, d.high) if n is not None and d.kind not in (Kind.TALKS, Kind.CEASEFIRE)
    }
    return {**told, **context.seen}
