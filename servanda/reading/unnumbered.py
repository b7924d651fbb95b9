"""Statements without a number: a cue of a kind with a stage of its own, and answers that lean on the sentence before."""

from collections.abc import Iterator
from dataclasses import replace

from servanda.model.vocabulary import Kind, Stage
from servanda.reading.acts import Act, Tense, act_near
from servanda.reading.bare import bare_draft
from servanda.reading.draft import Draft
from servanda.reading.found import Reading
from servanda.reading.meetings import meetings
from servanda.reading.sentence import Sentence
from servanda.reading.stages import happened, stage_of
from servanda.reading.terms import all_for_all
from servanda.reading.truces import truce_stages

_HEADS = (
    (Kind.PRISONER_EXCHANGE, "kind.prisoner_exchange"),
    (Kind.BODY_REPATRIATION, "kind.body_repatriation"),
    (Kind.CEASEFIRE, "kind.ceasefire"),
    (Kind.TALKS, "kind.talks"),
    (Kind.CHILD_LIST, "kind.child_list"),
    (Kind.CHILD_RETURN, "kind.child"),
)


def uncounted(reading: Reading, counted: set[Kind]) -> Iterator[Draft]:
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
            yield bare_draft(reading, kind, stage, head.start, "truce.cue")
    elif kind is not Kind.CHILD_LIST or _list_handled(sentence):
        act = act_near(sentence, head.start, 30)
        single = stage_of(sentence, head.start, act, None) if act is not None or sentence.has("stage") else None
        both = sentence.has("stage.postpone") and sentence.has("stage.deny")
        stages: list[Stage | None] = [Stage.POSTPONED, Stage.DENIED] if both else [single]
        for said in stages:
            if said is not None and _stated(sentence, kind, said, act):
                yield bare_draft(reading, kind, said, head.start, "act.unnumbered", act)


def _list_handled(sentence: Sentence) -> bool:
    """Whether a list of children is handed over or checked in the sentence, and not only spoken of."""
    acts = sentence.tagged("flag.handed") + sentence.tagged("flag.checked")
    return sentence.has("noun.child") and any(
        sentence.distance(tag, act.start) <= 7 for tag in sentence.tagged("kind.list") for act in acts
    )


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
        done = (
            act is not None
            and act.tense is Tense.DONE
            and (act.frame in ("mutual", "come") or grouped or sentence.has("category"))
        )
        held = any(happened(sentence, tag.start) for tag in sentence.tagged("kind.exchange_noun"))
        mutual = act is not None and act.frame == "mutual" and act.tense is Tense.DONE and not act.negated
        return mutual or (done and sentence.has("party")) or held
    return kind is Kind.CHILD_LIST and act is not None and act.tense is Tense.DONE


def _firm(sentence: Sentence, act: Act | None) -> bool:
    return sentence.has("flag.all_for_all") or sentence.has("category") or (act is not None and act.tense is Tense.AHEAD)


def answer(reading: Reading) -> Iterator[Draft]:
    """ "The Russians would not accept it": a refusal that leans on what was asked for in the sentence before."""
    sentence, context = reading.sentence, reading.context
    if (
        context.topic in (Kind.CEASEFIRE, Kind.TALKS)
        and context.topic_stage is Stage.PROPOSED
        and sentence.has("stage.refuse")
        and not sentence.has("noun")
    ):
        draft = bare_draft(reading, context.topic, Stage.REFUSED, sentence.tagged("stage.refuse")[0].start, "refusal.leaning")
        yield replace(draft, low=context.topic_low, high=context.topic_high)
