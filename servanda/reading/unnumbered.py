"""Statements without a number: a cue of a kind with a stage of its own, and answers that lean on the sentence before."""

from collections.abc import Iterator
from dataclasses import replace

from servanda.model.vocabulary import Kind, Stage
from servanda.reading.acts import Act, Tense, act_near
from servanda.reading.bare import bare_draft
from servanda.reading.draft import Draft
from servanda.reading.found import Reading
from servanda.reading.meetings import leaning_meetings, meetings
from servanda.reading.sentence import Sentence
from servanda.reading.stages import happened, stage_of, will_happen
from servanda.reading.terms import all_for_all
from servanda.reading.truces import truces

HEADS = (
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
    for kind, name in HEADS:
        if kind in counted or not _spoken_of(sentence, kind, name) or (kind is Kind.CHILD_RETURN and Kind.CHILD_LIST in counted):
            continue
        if kind is Kind.PRISONER_EXCHANGE and Kind.BODY_REPATRIATION in counted and not _of_the_living(sentence):
            continue  # "to exchange 6,000 bodies"
        yield from _without_number(reading, kind, name, beside_counts=bool(counted))


def _of_the_living(sentence: Sentence) -> bool:
    return sentence.has("noun.captive") or sentence.has("category") or sentence.has("flag.all_for_all") or sentence.has("source")


def _spoken_of(sentence: Sentence, kind: Kind, name: str) -> bool:
    return sentence.has(name) or (kind is Kind.TALKS and (sentence.has("kind.round") or sentence.has("kind.further")))


def _without_number(reading: Reading, kind: Kind, name: str, *, beside_counts: bool) -> Iterator[Draft]:
    sentence = reading.sentence
    if kind is Kind.TALKS:
        yield from meetings(reading, beside_counts=beside_counts)
        return
    head = sentence.tagged(name)[0]
    if kind is Kind.CEASEFIRE:
        yield from truces(reading)
    elif kind is not Kind.CHILD_LIST or _list_handled(sentence):
        act = act_near(sentence, head.start, 30)
        single = stage_of(sentence, head.start, act, None) if act is not None or sentence.has("stage") else None
        if _accused(sentence) and sentence.has("stage.deny"):
            for cue, said in (("stage.postpone", Stage.POSTPONED), ("stage.deny", Stage.DENIED)):
                yield bare_draft(reading, kind, said, sentence.tagged(cue)[0].start, "act.unnumbered", act)
        elif single is not None and _stated(sentence, kind, single, act):
            yield bare_draft(reading, kind, single, head.start, "act.unnumbered", act)


def _accused(sentence: Sentence) -> bool:
    """Whether a putting off is told of, and not only denied («не переносила» is a denial by itself)."""
    denials = sentence.tagged("stage.deny")
    return any(not any(no.start < tag.end and tag.start < no.end for no in denials) for tag in sentence.tagged("stage.postpone"))


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
    if act is not None and any(0 <= act.tag.start - tag.end <= 6 for tag in sentence.tagged("flag.question")):
        return False  # "did not say how many had been exchanged"
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
    if kind is Kind.CHILD_RETURN:
        return act is not None and act.tense is Tense.DONE and not act.negated and _of_group(sentence, act)
    return kind is Kind.CHILD_LIST and act is not None and act.tense is Tense.DONE


def _of_group(sentence: Sentence, act: Act) -> bool:
    """ "one more group of children was brought out": so many are told of, though not how many."""
    return any(tag.end <= act.tag.start and sentence.distance(tag, act.tag.start) <= 6 for tag in sentence.tagged("flag.group"))


def _firm(sentence: Sentence, act: Act | None) -> bool:
    undertaken = act is not None and act.frame != "noun" and act.tense is Tense.OPEN and _under_a_promise(sentence, act)
    ahead = undertaken or (act is not None and will_happen(sentence, act.tag.start))
    return ahead or sentence.has("flag.all_for_all") or sentence.has("category") or (act is not None and act.tense is Tense.AHEAD)


def _under_a_promise(sentence: Sentence, act: Act) -> bool:
    """ "have agreed to swap prisoners": an infinitive right under a verb of undertaking."""
    return any(
        0 < act.tag.start - tag.end <= 3 and not any(sentence.breaks[tag.end : act.tag.start])
        for tag in sentence.tagged("stage.promise")
    )


def answer(reading: Reading) -> Iterator[Draft]:
    """ "The Russians would not accept it": a refusal that leans on what was asked for in the sentence before."""
    sentence, context = reading.sentence, reading.context
    leaning = list(leaning_meetings(reading))
    yield from leaning
    if (
        not leaning
        and context.topic in (Kind.CEASEFIRE, Kind.TALKS)
        and context.topic_stage is Stage.PROPOSED
        and sentence.has("stage.refuse")
        and not sentence.has("noun")
    ):
        draft = bare_draft(reading, context.topic, Stage.REFUSED, sentence.tagged("stage.refuse")[0].start, "refusal.leaning")
        yield replace(draft, low=context.topic_low, high=context.topic_high)
