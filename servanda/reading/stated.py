"""Statements without a number: for each kind that a sentence speaks of, which stages it states."""

from collections.abc import Iterator
from dataclasses import replace

from servanda.model.vocabulary import Kind, Scope, Stage
from servanda.reading.acts import Act, act_near
from servanda.reading.bare import bare_draft
from servanda.reading.decisions.complete import decided_complete
from servanda.reading.decisions.dates import decided_days
from servanda.reading.decisions.direction import HandOver, decided_direction
from servanda.reading.decisions.judge import Judge
from servanda.reading.decisions.speaker import decided_speaker
from servanda.reading.decisions.stage import CLASSES, unnumbered_features
from servanda.reading.draft import Draft
from servanda.reading.found import Reading
from servanda.reading.sentence import Sentence
from servanda.reading.truces import truce_draft, truce_head
from servanda.reading.unnumbered import HEADS, answer, uncounted

_DIRECTED = (Kind.PRISONER_EXCHANGE, Kind.BODY_REPATRIATION, Kind.CHILD_RETURN)
_WEAK = {Kind.CEASEFIRE: "weak.ceasefire", Kind.TALKS: "weak.talks", Kind.PRISONER_EXCHANGE: "weak.exchange"}
"""Words that may speak of a kind, and as often do not."""
_ONLY_WITH_A_STAGE = (Kind.BODY_REPATRIATION, Kind.CHILD_LIST)
"""Kinds that are told without a number only where something is said of their stage."""
_LEANT_ON = (Kind.PRISONER_EXCHANGE, Kind.CHILD_RETURN, Kind.CEASEFIRE, Kind.TALKS)
_LEANING = ("stage", "talks.leaning", "talks.it", "talks.meet", "verb.happen")


def stated(reading: Reading, judge: Judge, counted: list[Draft]) -> Iterator[Draft]:
    """A draft for each kind and stage that the sentence states without a number (a truce with its days is one of them)."""
    ruled = list(uncounted(reading, {draft.kind for draft in counted}))
    if not counted and not ruled:
        ruled = list(answer(reading))
    taken = {draft.kind for draft in counted}
    for kind, name in HEADS:
        drafts = {draft.stage: draft for draft in ruled if draft.kind is kind}
        place = _place(reading, kind, name)
        if place is None and not drafts:
            continue
        if place is None:
            place = next(iter(drafts.values())).place
        judge.consider(reading.sentence, kind)
        act = act_near(reading.sentence, place, 30)
        features = unnumbered_features(reading, kind, place, act, list(drafts), taken)
        for answered in judge.affirm("unnumbered", CLASSES, features, [stage.value for stage in drafts]):
            stage = Stage(answered)
            judge.consider(reading.sentence, kind, stage)
            yield _settled(reading, judge, drafts.get(stage) or _fresh(reading, kind, stage, place, act), act)


def _place(reading: Reading, kind: Kind, name: str) -> int | None:
    """The token that names the kind; of a kind only leaned on the first word that says something of it."""
    sentence = reading.sentence
    if kind is Kind.CEASEFIRE:
        head = truce_head(reading)
    elif kind is Kind.TALKS:
        head = next((tag for group in ("kind.further", "kind.round", name) for tag in sentence.tagged(group)), None)
    else:
        head = next(iter(sentence.tagged(name)), None)
    if head is not None and (kind not in _ONLY_WITH_A_STAGE or sentence.has("stage")):
        return head.start if kind in (Kind.CEASEFIRE, Kind.TALKS) or _said_of_something(sentence) else None
    if head is not None or not sentence.has("stage"):
        return None
    if kind in _WEAK:
        head = next(iter(sentence.tagged(_WEAK[kind])), None)
    if head is None and reading.context.topic is kind and kind in _LEANT_ON:
        head = next((tag for group in _LEANING for tag in sentence.tagged(group)), None)
    return head.start if head is not None else None


def _said_of_something(sentence: Sentence) -> bool:
    """Whether anything is offered, undertaken, done or turned down at all."""
    return any(sentence.has(name) for name in ("stage", "modal.ahead", "verb", "act", "talks.promise"))


def _fresh(reading: Reading, kind: Kind, stage: Stage, place: int, act: Act | None) -> Draft:
    if kind is Kind.CEASEFIRE:
        return truce_draft(reading, stage, place)
    draft = bare_draft(reading, kind, stage, place, "act.decided", act)
    return replace(draft, denies=Stage.PROMISED) if kind is Kind.TALKS and stage is Stage.DENIED else draft


def _settled(reading: Reading, judge: Judge, draft: Draft, act: Act | None) -> Draft:
    """A draft with its speaker, direction and days decided."""
    kind, stage, place = draft.kind, draft.stage, draft.place
    speaker = decided_speaker(judge, reading, place, kind, stage, draft.speaker, numbered=False)
    way = draft.direction
    if kind in _DIRECTED:
        asked = HandOver(reading=reading, place=place, kind=kind, stage=stage, act=act, speaker=speaker, grammar=way)
        way = decided_direction(judge, asked)
    scope = Scope.EVENT if stage is Stage.PERFORMED else Scope.TARGET
    first, last = decided_days(judge, reading, place, kind, stage, scope, (draft.first, draft.last), None, None, numbered=False)
    completes = stage is Stage.PERFORMED and kind not in (Kind.TALKS, Kind.CEASEFIRE)
    if completes:
        completes = decided_complete(judge, reading, place, kind, scope, None, grammar=draft.completes)
    return replace(draft, speaker=speaker, direction=way, first=first, last=last, completes=completes)
