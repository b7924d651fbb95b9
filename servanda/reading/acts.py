"""The act that a number or a cue belongs to: the verb or noun of handing over, and whether it is said to have happened."""

from dataclasses import dataclass
from enum import StrEnum

from servanda.reading.lexicon import Tag
from servanda.reading.sentence import Sentence

_IN_A_RELATIVE_CLAUSE = 12
"""What a verb of a relative clause costs: \"the list, which Kyiv gave\" says nothing of when the children come."""
VERBS = ("verb.give", "verb.receive", "verb.come", "verb.mutual")


class Tense(StrEnum):
    """What the act's form says of its time."""

    DONE = "done"
    AHEAD = "ahead"
    OPEN = "open"
    """A noun, or an infinitive under no modal: what governs it decides."""


@dataclass(frozen=True, slots=True)
class Act:
    """A verb or noun of handing over: its frame (``give``, ``receive``, ``come``, ``mutual``, ``noun``) and its tense."""

    frame: str
    tag: Tag
    tense: Tense
    negated: bool


def act_near(sentence: Sentence, place: int, reach: int = 22) -> Act | None:
    """The act nearest to a token; a verb is taken before a noun that is not much nearer."""
    choices: list[tuple[int, int, Act]] = []
    for tag in (
        [tag for name in VERBS for tag in sentence.tagged(name)] + sentence.tagged("act.exchange") + sentence.tagged("act.term")
    ):
        distance = sentence.distance(tag, place)
        if distance > reach:
            continue
        is_noun = tag.name.startswith("act.") or _is_noun(sentence, tag)
        frame = "noun" if is_noun else tag.name.removeprefix("verb.")
        # A longer phrase says more of the same words; a noun has no tense of its own.
        relative = any(0 <= tag.start - pronoun.end <= 1 for pronoun in sentence.tagged("relative"))
        cost = distance + (5 if is_noun else 0) + (0 if tag.start <= place else 1) + (_IN_A_RELATIVE_CLAUSE if relative else 0)
        choices.append(
            (cost, -(tag.end - tag.start), Act(frame, tag, tense_of(sentence, tag, is_noun=is_noun), _negated(sentence, tag)))
        )
    return min(choices, key=lambda choice: (choice[0], choice[1], choice[2].tag.start), default=(0, 0, None))[2]


def passive(sentence: Sentence, act: Act) -> bool:
    """Whether an act is told in the passive: whoever is its subject does not act."""
    marks = sentence.tokens[act.tag.start].marks
    if "passive" in marks or "impersonal" in marks:
        return True
    before = [token.form for token in sentence.tokens[max(0, act.tag.start - 3) : act.tag.start]]
    return sentence.lexicon.language.value == "en" and "past" in marks and any(form in _BE for form in before)


_BE = frozenset({"is", "are", "was", "were", "be", "been", "being"})


def tense_of(sentence: Sentence, tag: Tag, *, is_noun: bool = False) -> Tense:
    """Done, ahead or open, by the form of the phrase's first verb and by what stands before it."""
    if is_noun:
        return Tense.OPEN
    marks = frozenset().union(*(token.marks for token in sentence.tokens[tag.start : tag.end]))
    if sentence.lexicon.language.value == "en":
        return _english(sentence, tag)
    if "past" in marks:
        return Tense.AHEAD if _modal_before(sentence, tag.start, 3, "modal.passive") else Tense.DONE
    if "future" in marks:
        return Tense.AHEAD
    if "infinitive" in marks:
        if _modal_before(sentence, tag.start, 4, "modal.done"):
            return Tense.DONE
        return Tense.AHEAD if _modal_before(sentence, tag.start, 6, "modal.ahead") else Tense.OPEN
    if tag.name == "verb.come" and not marks & {"verb", "infinitive"}:
        return Tense.AHEAD if _modal_before(sentence, tag.start, 6, "modal.ahead") else Tense.DONE  # «вдома», «на волі»
    return Tense.DONE if "present" in marks else Tense.OPEN


def _english(sentence: Sentence, tag: Tag) -> Tense:
    first = sentence.tokens[tag.start]
    if _modal_before(sentence, tag.start, 5, "modal.ahead"):
        return Tense.AHEAD
    if "past" in first.marks or "present" in first.marks:
        return Tense.DONE
    if "gerund" in first.marks:
        return Tense.OPEN
    before = sentence.tokens[tag.start - 1].form if tag.start else ""
    return Tense.OPEN if before == "to" or _modal_before(sentence, tag.start, 4, "modal.to") else Tense.DONE


def _modal_before(sentence: Sentence, place: int, reach: int, name: str) -> bool:
    return any(place - reach <= tag.start < place and not any(sentence.breaks[tag.end : place]) for tag in sentence.tagged(name))


def _negated(sentence: Sentence, tag: Tag) -> bool:
    return any(
        tag.start - 4 <= no.start < tag.start and not any(sentence.breaks[no.end : tag.start])
        for no in sentence.tagged("stage.negation")
    )


def _is_noun(sentence: Sentence, tag: Tag) -> bool:
    """Whether a word that may be verb or noun ("swap", "return") is a noun here, by what stands before it."""
    token = sentence.tokens[tag.start]
    if sentence.lexicon.language.value != "en":
        return "noun" in token.marks and not token.marks & {"verb", "past", "infinitive", "future", "present", "participle"}
    if tag.end - tag.start > 1 or "past" in token.marks or "gerund" in token.marks:
        return False
    before = sentence.tokens[tag.start - 1] if tag.start else None
    if not token.lemmas & _NOUNS_TOO:
        return before is not None and before.form in _BEFORE_NOUNS
    # A word that is as often a noun is a verb only after "to", a modal, or a subject.
    subject = any(
        name.end == tag.start for name in (*sentence.tagged("party"), *sentence.tagged("modal"), *sentence.tagged("share.each"))
    )
    return not (subject or (before is not None and (before.form in ("to", "and", "they", "sides", "countries", "not", "both"))))


_NOUNS_TOO = {"exchange", "swap", "trade", "return", "release", "transfer"}
_BEFORE_NOUNS = {
    "a",
    "an",
    "the",
    "this",
    "that",
    "its",
    "their",
    "of",
    "for",
    "new",
    "next",
    "every",
    "each",
    "another",
    "any",
    "first",
    "second",
    "third",
    "last",
    "final",
    "latest",
    "largest",
    "big",
    "biggest",
    "major",
    "on",
    "in",
    "by",
    "such",
    "no",
    "one",
    "his",
    "sanitary",
}
