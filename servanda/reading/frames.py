"""Who the words of a clause make the giver and the receiver: the roles of a frame, whatever its verb (Fillmore's case frames).

"Ukraine received", "was returned to Ukraine", "Russia gave Ukraine", "came home from Russia" and "the bodies of Ukrainian
soldiers" all say the same of a hand-over: Ukraine received. Each such sign is a vote for a direction; the decision weighs them.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from servanda.model.vocabulary import Language, Speaker
from servanda.reading.acts import Act, act_near, passive
from servanda.reading.clauses import Clause, clause_at
from servanda.reading.lexicon import Tag
from servanda.reading.roles import nation_at
from servanda.reading.sentence import Sentence

PARTIES = ("russia", "ukraine")
_OTHER = {"russia": "ukraine", "ukraine": "russia"}
_SIDE = {Speaker.RUSSIA: "russia", Speaker.UKRAINE: "ukraine"}
_FROM = frozenset({"from", "з", "із", "зі", "с", "со", "из", "від", "от", "у"})
_TO = frozenset({"to", "into", "в", "во", "у", "на", "до", "к", "for"})
_BY = frozenset({"by"})
_UNDER = frozenset(
    {"of", "with", "for", "in", "on", "at", "against", "between", "via", "through", "over", "about", "than", "as", "after",
     "before", "upon", "under", "toward", "towards", "without", "during", "inside", "near",
     "о", "об", "про", "при", "між", "между", "по", "за", "під", "под", "над", "без", "через", "щодо", "после", "після"}
) | _FROM | _TO | _BY  # fmt: skip
_DASHES = frozenset({"–", "-", ":"})
"""«Российской — 171»: an adjective whose noun ("side") is left out."""
_DETERMINERS = frozenset({"the", "a", "an", "its", "their", "both"})
_SIDES = frozenset({"side", "authority", "government", "сторона", "бік", "влада", "власть", "власти", "уряд", "правительство"})


@dataclass(frozen=True, slots=True)
class Vote:
    """A sign that a side received; ``name``: which. A giver's sign is a vote for the other side."""

    name: str
    receiver: str


@dataclass(frozen=True, slots=True)
class Frame:
    """The clause of a number: its bounds, its act, and the voice of the act."""

    start: int
    end: int
    act: Act | None
    passive: bool
    borrowed: bool
    """Whether the act stands in a clause before, which lends it («Киев забрал тысячу, Москва — 24»)."""
    own: tuple[int, int]
    """The bounds of the number's own stretch, between two marks."""


def frame_at(sentence: Sentence, clauses: Sequence[Clause], place: int) -> Frame:
    """The frame that the words at a token belong to."""
    first, last = clause_at(clauses, place)
    start, end = clauses[first].start, clauses[last].end
    act = act_near(sentence, place, 40)
    if act is not None and not start <= act.tag.start < end:
        others = [
            tag for name in ("verb.give", "verb.receive", "verb.come", "verb.mutual") for tag in sentence.within(name, start, end)
        ]
        if others:
            nearest = min(others, key=lambda tag: sentence.distance(tag, place))
            act = act_near(sentence, nearest.start, 0)
    here = next((clause for clause in clauses if clause.start <= place < clause.end), clauses[-1])
    lends = act is not None and not here.start <= act.tag.start < here.end
    return Frame(start, end, act, act is not None and passive(sentence, act), lends, (here.start, here.end))


def votes(sentence: Sentence, frame: Frame, place: int, ours: Sequence[Speaker | None]) -> Iterator[Vote]:
    """Every sign of who received. ``ours``: the sides that may say "our" and "home", the likeliest first."""
    verb = frame.act.frame if frame.act is not None else "none"
    mentions = sorted(
        (sentence.distance(tag, place), tag.start, party, tag)
        for party in PARTIES
        for tag in sentence.tagged(f"party.{party}")
        if frame.start <= tag.start < frame.end
    )
    beside = {
        party
        for _, start, party, tag in mentions
        if frame.own[0] <= start < frame.own[1] and _subject(sentence, frame, tag, place)
    }
    named = False
    for _, start, party, tag in mentions:
        if beside and frame.borrowed and not frame.own[0] <= start < frame.own[1]:
            continue  # the other side's part of «Киев забрал тысячу, Москва — 24»
        found = list(_of_mention(sentence, frame, tag, party, verb, place))
        named = named or any(vote.name.startswith(("subject", "parallel")) for vote in found)
        yield from found
    if not named and verb in ("give", "receive") and frame.act is not None and not frame.passive:
        shared = _shared(sentence, frame)
        if shared is not None:
            yield Vote("shared", shared if verb == "receive" else _OTHER[shared])
    nation = nation_at(sentence, place)
    if nation is not None:
        yield Vote("nation", nation)
    for party in PARTIES:
        if any(frame.start <= tag.start < frame.end for tag in sentence.tagged(f"source.{party}")):
            yield Vote("source", _OTHER[party])
    side = next((_SIDE[one] for one in ours if one in _SIDE), None)
    if side is not None:
        if any(abs(tag.start - place) <= 5 for tag in sentence.tagged("home.own")):
            yield Vote("own", side)
        if any(frame.start <= tag.start < frame.end for tag in sentence.tagged("home.here")):
            yield Vote("home", side)


def _of_mention(sentence: Sentence, frame: Frame, tag: Tag, party: str, verb: str, place: int) -> Iterator[Vote]:
    """What the place and the form of a side's name say."""
    tokens = sentence.tokens
    before = _before(sentence, tag)
    marks = tokens[tag.start].marks
    english = sentence.lexicon.language is Language.ENGLISH
    adjective = ("adjective" in marks and "noun" not in marks) or (english and _english_adjective(sentence, tag))
    headless = not english and tag.end < len(tokens) and tokens[tag.end].form in _DASHES
    if adjective and tag.end < len(tokens) and (headless or tokens[tag.end].lemmas & _SIDES):
        adjective, marks = False, marks | tokens[tag.end].marks
    if before in _BY or (not english and "instrumental" in marks and before not in _UNDER and frame.passive):
        yield Vote("agent", party if verb == "receive" else _OTHER[party])
        return
    if before in _FROM and (english or marks & {"genitive"}):
        yield Vote("from", _OTHER[party])
        return
    if before in _TO:
        if english or before in ("до", "к") or "accusative" in marks:
            yield Vote("to", party)
        return
    if before in _UNDER or adjective:
        return
    if not english and "dative" in marks and "nominative" not in marks:
        yield Vote("dative", party)
        return
    if _subject(sentence, frame, tag, place):
        yield from _of_subject(frame, party, verb)
    elif english and verb == "give" and frame.act is not None and 0 <= tag.start - frame.act.tag.end <= 1:
        yield Vote("dative", party)  # "gave Ukraine"


def _of_subject(frame: Frame, party: str, verb: str) -> Iterator[Vote]:
    """What a side says of itself by being the subject."""
    given = party if frame.passive else _OTHER[party]
    if frame.borrowed and verb in ("give", "receive", "come"):
        yield Vote("parallel", given if verb == "give" else party)
    elif verb == "give":
        yield Vote("subject.passive" if frame.passive else "subject.give", given)
    elif verb in ("receive", "come", "none"):
        yield Vote(f"subject.{verb}", party)


def _subject(sentence: Sentence, frame: Frame, tag: Tag, place: int) -> bool:
    """Whether a name may be the subject: by its case, in English by its place."""
    if sentence.lexicon.language is not Language.ENGLISH:
        return "nominative" in sentence.tokens[tag.start].marks and _before(sentence, tag) not in _UNDER
    verb = frame.act.tag.start if frame.act is not None and not frame.borrowed else place
    return tag.end <= verb and _before(sentence, tag) not in _UNDER and not _english_adjective(sentence, tag)


def _english_adjective(sentence: Sentence, tag: Tag) -> bool:
    return sentence.tokens[tag.start].form in ("russian", "ukrainian") and tag.end - tag.start == 1


def _shared(sentence: Sentence, frame: Frame) -> str | None:
    """ "Russia handed over 1,000 bodies and received 26": the nearest subject of the clauses before."""
    best = max(
        (
            (tag.start, party)
            for party in PARTIES
            for tag in sentence.tagged(f"party.{party}")
            if tag.end <= frame.start and _subject(sentence, frame, tag, frame.start)
        ),
        default=None,
    )
    return best[1] if best is not None else None


def _before(sentence: Sentence, tag: Tag) -> str:
    """The word before a name, an article left out."""
    tokens, place = sentence.tokens, tag.start - 1
    while place >= 0 and (
        tokens[place].form in _DETERMINERS or ("adjective" in tokens[place].marks and not tokens[place].form.isascii())
    ):
        place -= 1
    return tokens[place].form if place >= 0 else ""
