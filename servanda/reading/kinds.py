"""The kind of commitment that a number or a cue is about."""

from servanda.model.vocabulary import Kind
from servanda.reading.counts import Count
from servanda.reading.sentence import Sentence

_HUMAN = (Kind.BODY_REPATRIATION, Kind.PRISONER_EXCHANGE, Kind.CHILD_RETURN, Kind.CHILD_LIST)


def kind_of_count(sentence: Sentence, count: Count, carried: Kind | None, main: Kind | None) -> Kind | None:
    """The kind of what a count counts; None where it is none of ours."""
    match count.noun:
        case None:
            return None
        case "day" | "hour" | "week" | "month_unit":
            return Kind.CEASEFIRE if sentence.has("kind.ceasefire") else None
        case "child":
            return Kind.CHILD_LIST if _listed(sentence, count) else Kind.CHILD_RETURN
        case "name" | "listed":
            told = count.noun == "listed"
            return (
                Kind.CHILD_LIST if told or sentence.has("noun.child") or carried in (Kind.CHILD_LIST, Kind.CHILD_RETURN) else None
            )
        case "body":
            return Kind.BODY_REPATRIATION
        case "captive" | "people" if _on_a_list(sentence, count):
            return None
        case "captive" if not _of_bodies(sentence, count) and not _only_of_bodies(sentence):
            return Kind.PRISONER_EXCHANGE
        case "people" if not sentence.has("kind") and _is_a_range(count):
            return None
        case "people" if not sentence.has("kind") and (count.per_side or _own_people(sentence, count)):
            return Kind.PRISONER_EXCHANGE
    if count.noun in ("people", "captive") and _of_bodies(sentence, count):
        return Kind.BODY_REPATRIATION
    if count.noun == "bare" and any(0 <= tag.start - count.number.end <= 3 for tag in sentence.tagged("kind.list")):
        return Kind.CHILD_LIST if sentence.has("noun.child") or carried in (Kind.CHILD_LIST, Kind.CHILD_RETURN) else None
    return _nearest_kind(sentence, count) or _carried(count, carried, main)


def _only_of_bodies(sentence: Sentence) -> bool:
    return sentence.has("kind.body_repatriation") and not sentence.has("kind.prisoner_exchange")


def _is_a_range(count: Count) -> bool:
    return count.number.low != count.number.high and None not in (count.number.low, count.number.high)


def _listed(sentence: Sentence, count: Count) -> bool:
    tag = sentence.nearest("kind.child_list", count.place)
    return tag is not None and sentence.distance(tag, count.number.start) <= 5 and tag.start < count.place


def _on_a_list(sentence: Sentence, count: Count) -> bool:
    """ "a list of 500 prisoners": names on paper, nobody handed over."""
    return any(0 <= count.number.start - tag.end <= 2 for tag in sentence.tagged("kind.list"))


def _own_people(sentence: Sentence, count: Count) -> bool:
    """ "we brought back 60 of our people"."""
    return any(
        0 <= tag.start - count.number.end <= 1 or 0 <= count.number.start - tag.end <= 1 for tag in sentence.tagged("home.own")
    )


def _of_bodies(sentence: Sentence, count: Count) -> bool:
    """ "the bodies of 1,248 more servicemen": the noun of bodies governs the number."""
    return any(0 <= count.number.start - tag.end <= 3 for tag in sentence.tagged("noun.body"))


def _nearest_kind(sentence: Sentence, count: Count) -> Kind | None:
    cues = [
        (sentence.distance(tag, count.place) + (3 if tag.start > count.place else 0), kind)
        for name, kind in (
            ("body_repatriation", Kind.BODY_REPATRIATION),
            ("prisoner_exchange", Kind.PRISONER_EXCHANGE),
            ("child", Kind.CHILD_RETURN),
        )
        for tag in sentence.tagged(f"kind.{name}")
        if not (tag.start <= count.place < tag.end)
    ]
    if count.noun == "people" and not any(kind is Kind.BODY_REPATRIATION for _, kind in cues):
        cues = [cue for cue in cues if cue[1] is Kind.PRISONER_EXCHANGE]
    return min(cues, key=lambda cue: (cue[0], _HUMAN.index(cue[1])))[1] if cues else None


def _carried(count: Count, carried: Kind | None, main: Kind | None) -> Kind | None:
    for kind in (carried, main):
        if kind in (Kind.BODY_REPATRIATION, Kind.PRISONER_EXCHANGE) or (kind is Kind.CHILD_RETURN and count.noun == "bare"):
            return kind
        if kind is Kind.CHILD_LIST and count.noun == "bare":
            return Kind.CHILD_RETURN
    return None
