"""The stage of what is said: offered, undertaken, done, put off, turned down, denied."""

from servanda.model.vocabulary import Stage
from servanda.reading.acts import Act, Tense
from servanda.reading.lexicon import Tag
from servanda.reading.sentence import Sentence

_CUES = (
    ("stage.refuse", Stage.REFUSED),
    ("stage.deny", Stage.DENIED),
    ("stage.postpone", Stage.POSTPONED),
    ("stage.propose", Stage.PROPOSED),
    ("stage.promise", Stage.PROMISED),
)
_REACH = 16


def stage_of(
    sentence: Sentence, place: int, act: Act | None, carried: Stage | None, *, told_with_a_day: bool = False
) -> Stage | None:
    """The stage of the act at a token. None where nothing tells it and nothing is carried over."""
    anchor = act.tag.start if act is not None else place
    governing = _governing(sentence, anchor, place)
    if act is not None and act.tense is Tense.DONE:
        # A finite past verb says that it happened, unless a denial or a refusal governs it.
        if act.negated:
            return Stage.DENIED if governing is Stage.DENIED else None
        if _promised_itself(sentence, place, act):
            return Stage.PROMISED
        if _wanted(sentence, act):
            return Stage.PROPOSED
        return governing if governing is Stage.DENIED and _subordinate(sentence, anchor) else Stage.PERFORMED
    if act is not None and act.tense is Tense.AHEAD:
        return (
            governing
            if governing in (Stage.REFUSED, Stage.PROPOSED, Stage.POSTPONED, Stage.DENIED)
            and _adjacent(sentence, anchor, governing)
            else Stage.PROMISED
        )
    if act is not None and act.tag.name == "act.term":
        return Stage.PROMISED
    if governing is not None:
        return Stage.PERFORMED if governing is Stage.PROMISED and _just_done(sentence, anchor) else governing
    return _ungoverned(sentence, anchor, act, carried, told_with_a_day=told_with_a_day)


def _ungoverned(
    sentence: Sentence, anchor: int, act: Act | None, carried: Stage | None, *, told_with_a_day: bool
) -> Stage | None:
    """The stage where no cue tells it: of a verb of taking place, of a past day, of the noun alone, or carried over."""
    if will_happen(sentence, anchor):
        return Stage.PROMISED
    ahead = sentence.has("modal.ahead")
    if told_with_a_day and carried in (None, Stage.PROMISED) and not ahead:
        return Stage.PERFORMED
    named = carried is None and act is not None and act.frame == "noun" and not ahead
    return Stage.PERFORMED if named or happened(sentence, anchor) else carried


def _just_done(sentence: Sentence, anchor: int) -> bool:
    """ "announced that they had completed a swap": a finite verb of carrying out outweighs the announcing."""
    done = [
        tag for tag in sentence.tagged("verb.happen") if 0 <= anchor - tag.end <= 5 and not any(sentence.breaks[tag.end : anchor])
    ]
    return any("past" in sentence.tokens[tag.start].marks for tag in done) and not sentence.has("modal.ahead")


def _promised_itself(sentence: Sentence, place: int, act: Act) -> bool:
    """ "6,057 of the 6,000 promised by Russia arrived": what directly follows the number says more of it than the verb."""
    tags = [
        tag
        for tag in sentence.tagged("stage.promise")
        if 1 <= tag.start - place <= 5
        and not any(sentence.breaks[place : tag.start])
        and not any(token.is_number for token in sentence.tokens[place + 1 : tag.start])
    ]
    return any(abs(tag.start - place) < sentence.distance(act.tag, place) for tag in tags)


def _wanted(sentence: Sentence, act: Act) -> bool:
    """ "want the prisoners released": a participle under a verb of wanting."""
    between = [(tag.end, act.tag.start) for tag in sentence.tagged("stage.wish") if 0 < act.tag.start - tag.end <= 4]
    return any(
        not any(sentence.breaks[a:b]) and not any("be" in token.lemmas for token in sentence.tokens[a:b]) for a, b in between
    )


def happened(sentence: Sentence, place: int) -> bool:
    """Whether a verb of taking place, in the past, stands near a token."""
    near = [tag for tag in sentence.tagged("verb.happen") if sentence.distance(tag, place) <= 12]
    finite = [
        tag
        for tag in near
        if sentence.tokens[tag.start].marks & {"past", "present", "base"}
        and not (tag.start and sentence.tokens[tag.start - 1].form == "to")
    ]
    return bool(finite) and not sentence.has("modal.ahead")


def will_happen(sentence: Sentence, place: int) -> bool:
    """Whether a verb of taking place, in the future, stands near a token: «обмен состоится»."""
    return any(
        "future" in sentence.tokens[tag.start].marks and sentence.distance(tag, place) <= 8
        for tag in sentence.tagged("verb.happen")
    )


def _governing(sentence: Sentence, anchor: int, place: int) -> Stage | None:
    """The cue nearest to the act or to the number; one before it is taken before one behind it."""
    best: tuple[int, int, Stage] | None = None
    for rank, (name, stage) in enumerate(_CUES):
        for tag in sentence.tagged(name):
            if _undone(sentence, tag, stage) or (stage is Stage.PROMISED and _urged(sentence, tag)):
                continue
            if tag.start == anchor or (stage is Stage.PROMISED and _of_another_number(sentence, tag.start, place)):
                continue
            distance = min(sentence.distance(tag, anchor), sentence.distance(tag, place)) + (
                4 if tag.start > max(anchor, place) else 0
            )
            if distance <= _REACH and (best is None or (distance, rank) < best[:2]):
                best = (distance, rank, stage)
    if best and best[2] is Stage.PROMISED and _put_off(sentence, anchor):
        return Stage.POSTPONED
    return best[2] if best else None


def _put_off(sentence: Sentence, anchor: int) -> bool:
    """ "the swap planned for Saturday has been put off": the main verb outweighs what the noun was planned for."""
    return any(
        0 < tag.start - anchor <= _REACH
        and not any(sentence.breaks[anchor : tag.start])
        and not _undone(sentence, tag, Stage.POSTPONED)
        for tag in sentence.tagged("stage.postpone")
    )


def _urged(sentence: Sentence, cue: Tag) -> bool:
    """ "urged Putin to agree": an undertaking in the infinitive under a verb of asking is none."""
    token, before = sentence.tokens[cue.start], sentence.tokens[cue.start - 1].form if cue.start else ""
    infinitive = before == "to" or "infinitive" in token.marks
    return infinitive and any(
        0 < cue.start - tag.end <= 5 and not any(sentence.breaks[tag.end : cue.start]) for tag in sentence.tagged("stage.propose")
    )


def _undone(sentence: Sentence, cue: Tag, stage: Stage) -> bool:
    """ "has not stalled", "did not refuse": a negation right before takes a turning down or putting off back."""
    return stage in (Stage.POSTPONED, Stage.REFUSED) and any(
        cue.start - 3 <= no.start < cue.start and not any(sentence.breaks[no.end : cue.start])
        for no in sentence.tagged("stage.negation")
    )


def _of_another_number(sentence: Sentence, cue: int, place: int) -> bool:
    """ "6,000 promised by Russia": a cue right behind another number says nothing of this one."""
    return any(sentence.tokens[j].is_number and j != place for j in range(max(0, cue - 2), cue)) and abs(place - cue) > 2


def _adjacent(sentence: Sentence, anchor: int, stage: Stage) -> bool:
    name = next(name for name, of in _CUES if of is stage)
    tag = sentence.nearest(name, anchor)
    return tag is not None and tag.start < anchor and sentence.distance(tag, anchor) <= 8


def _subordinate(sentence: Sentence, anchor: int) -> bool:
    tag = sentence.nearest("stage.deny", anchor)
    return tag is not None and tag.start < anchor and sentence.distance(tag, anchor) <= 8
