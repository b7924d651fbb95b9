"""Who hands over and who receives."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from servanda.model.vocabulary import Kind, Speaker, Stage
from servanda.reading.acts import Act
from servanda.reading.decisions.judge import Judge, Option
from servanda.reading.draft import Draft
from servanda.reading.found import Reading
from servanda.reading.frames import Frame, Vote, votes
from servanda.reading.roles import BOTH, TO_RUSSIA, TO_UKRAINE, Direction, other_way
from servanda.reading.sentence import Sentence
from servanda.reading.subjects import Subject, subject_of

_HOMES = {TO_UKRAINE: ("russia", "ukraine"), TO_RUSSIA: ("ukraine", "russia")}
_OURS = {"ukraine": Speaker.UKRAINE, "russia": Speaker.RUSSIA}


def decided_direction(judge: Judge, hand_over: "HandOver") -> Direction:
    """The direction of a hand-over. Features are of giver and receiver, so that what is learnt of one side holds of the other."""
    if hand_over.as_many is not None:
        return hand_over.as_many
    options = [Option(way, hand_over.one_way(way)) for way in (TO_UKRAINE, TO_RUSSIA)]
    options.append(Option(BOTH, hand_over.both()))
    return judge.choose("direction", options, hand_over.grammar)


@dataclass(frozen=True, kw_only=True)
class HandOver:
    """A candidate whose direction is asked for, with the features of each.

    ``place``: the token that it is about. ``grammar``: what the grammar says, and ``told_by`` by what. ``before``: the draft
    before it in the sentence. ``value``: its number, where it has one, which holds for ``each`` side or not.
    """

    reading: Reading
    place: int
    kind: Kind
    stage: Stage
    act: Act | None
    speaker: Speaker | None
    grammar: Direction
    before: Draft | None = None
    value: int | None = None
    each: bool = False
    told_by: str = "bare"

    @property
    def numbered(self) -> bool:
        """Whether it has a number."""
        return self.value is not None

    @cached_property
    def twice(self) -> bool:
        """Whether its number stands in the sentence more than once: so many one way, and as many the other."""
        return self.numbered and sum(count.number.value == self.value for count in self.reading.counts) > 1

    @cached_property
    def acts(self) -> str:
        """The act's frame and voice."""
        return "noact" if self.act is None else f"{self.act.frame}.{_voice(self.reading.sentence, self.act)}"

    @cached_property
    def subject(self) -> Subject | None:
        """The subject of the act."""
        return subject_of(self.reading.sentence, self.act.tag) if self.act is not None else None

    @cached_property
    def frame(self) -> Frame:
        """The clause of the number and its act."""
        return self.reading.frame(self.place)

    @cached_property
    def votes(self) -> list[Vote]:
        """The signs of who received."""
        article = self.reading.voice.article
        ours = (self.speaker, self.reading.voice.carried, article.narrator, article.outlet)
        return list(votes(self.reading.sentence, self.frame, self.place, ours))

    @property
    def as_many(self) -> Direction | None:
        """Where a number is only leaned on ("the Russians took as many"), the words of its clause tell the way, if they agree."""
        sentence = self.reading.sentence
        if self.each or not sentence.has("say.same") or any(count.number.value == self.value for count in self.reading.counts):
            return None
        receivers = {vote.receiver for vote in self.votes if vote.name in _OF_THE_CLAUSE}
        if len(receivers) != 1 or sentence.has("party.mutual"):
            return None
        return TO_RUSSIA if receivers == {"russia"} else TO_UKRAINE

    @cached_property
    def told(self) -> Draft | None:
        """What was told of the same number before."""
        return self.reading.context.seen.get(self.value) if self.value is not None else None

    def one_way(self, way: Direction) -> list[str]:
        """What speaks for a hand-over in one direction."""
        giver, receiver = _HOMES[way]
        kind, acts, known = self.kind.value, self.acts, self._relation(self.grammar, way)
        features = [
            f"one grammar={known}",
            f"one grammar={known} kind={kind}",
            f"one kind={kind} act={acts}",
            f"one kind={kind} act={acts} stage={self.stage.value}",
            f"one kind={kind} numbered={self.numbered}",
            f"one to={receiver} kind={kind}",
            f"one each={self.each}",
            f"one grammar={known} by={self.told_by}",
            f"one grammar={known} by={self.told_by} act={acts}",
            f"one twice={self.twice} same={self.reading.sentence.has('say.same')}",
            *self._combined(way, known),
        ]
        for name, party in (("giver", giver), ("receiver", receiver)):
            features.extend(f"one {name} {mark}" for mark in self._voiced(party))
        features.extend(self._leaning(way))
        features.extend(self._voted(receiver))
        return list(dict.fromkeys(features))

    def _voted(self, receiver: str) -> Iterator[str]:
        """The signs for a receiver and against him, by name and counted."""
        given = {vote.name: vote.receiver == receiver for vote in reversed(self.votes)}  # the nearest of a name counts
        frame = self.frame
        verb = "none" if frame.act is None else frame.act.frame
        for name, agrees in given.items():
            yield f"vote {name}={agrees}"
            yield f"vote {name}={agrees} kind={self.kind.value}"
        net = sum(1 if agrees else -1 for agrees in given.values())
        yield f"votes={max(-2, min(2, net))}"
        yield f"votes={max(-2, min(2, net))} verb={verb} borrowed={frame.borrowed}"
        best = next((name for name in _FIRMEST if name in given), "none")
        yield f"vote firmest={best} {given.get(best)} verb={verb}"

    def _combined(self, way: Direction, known: str) -> Iterator[str]:
        """The subject of the act, the speaker and the outlet together: each alone says little of who gave."""
        subject = self._role(way, self.subject.side if self.subject is not None else None)
        speaker = self._role(way, self.speaker)
        outlet = self._role(way, self.reading.voice.article.outlet)
        yield f"one subject={subject} speaker={speaker} act={self.acts}"
        yield f"one subject={subject} speaker={speaker} grammar={known}"
        yield f"one subject={subject} grammar={known} act={self.acts}"
        yield f"one speaker={speaker} outlet={outlet} grammar={known} by={self.told_by}"
        yield f"one subject={subject} outlet={outlet} act={self.acts} kind={self.kind.value}"

    def _role(self, way: Direction, side: Speaker | None) -> str:
        giver, receiver = _HOMES[way]
        return "giver" if side is _OURS[giver] else "receiver" if side is _OURS[receiver] else "none" if side is None else "third"

    def _voiced(self, party: str) -> Iterator[str]:
        """Whether a side speaks, or the outlet is its own: whoever says "home" means his own."""
        sentence, kind = self.reading.sentence, self.kind.value
        own = f"own={sentence.has('home.own')} here={sentence.has('home.here')}"
        if self.speaker is _OURS[party]:
            yield f"speaks act={self.acts} kind={kind}"
            yield f"speaks {own}"
        if self.reading.voice.article.outlet is _OURS[party]:
            yield f"outlet act={self.acts} kind={kind}"
            yield f"outlet {own} speaker={self.speaker is None}"

    def _leaning(self, way: Direction) -> Iterator[str]:
        """How the direction stands to that told before, in this sentence or the last."""
        sentence, context, acts = self.reading.sentence, self.reading.context, self.acts
        back = sentence.has("home.other_way")
        if self.before is not None:
            known = self._relation(self.before.direction, way)
            yield f"one before={known} back={back}"
            yield f"one before={known} act={acts}"
        if context.direction is not None:
            known = self._relation(context.direction, way)
            yield f"one context={known} back={back} party={sentence.has('party')}"
            yield f"one context={known} act={acts} topic={context.topic is self.kind}"
        if self.told is not None and self.told.kind is self.kind:
            yield f"one told={self._relation(self.told.direction, way)}"

    def both(self) -> list[str]:
        """What speaks for a hand-over in both directions."""
        sentence, context, acts, kind = self.reading.sentence, self.reading.context, self.acts, self.kind.value
        parties = sentence.has("party.russia") + sentence.has("party.ukraine")
        verb = "none" if self.frame.act is None else self.frame.act.frame
        return [
            "both",
            f"both votes={len({vote.receiver for vote in self.votes})} verb={verb}",
            f"both votes={'+'.join(sorted({vote.name for vote in self.votes})[:3])}",
            f"both grammar={self.grammar == BOTH}",
            f"both grammar={self.grammar == BOTH} kind={kind}",
            f"both kind={kind} act={acts}",
            f"both kind={kind} stage={self.stage.value} numbered={self.numbered}",
            f"both kind={kind} numbered={self.numbered}",
            f"both each={self.each}",
            f"both twice={self.twice} same={sentence.has('say.same')} act={acts}",
            f"both same={sentence.has('say.same')} kind={kind}",
            f"both grammar={self.grammar == BOTH} by={self.told_by}",
            f"both source={sentence.has('source')} act={acts} same={sentence.has('say.same')}",
            f"both mutual={sentence.has('party.mutual')} kind={kind}",
            f"both ways={sentence.has('party.both_ways')}",
            f"both parties={parties} act={acts}",
            f"both exchange={sentence.has('kind.exchange_noun')} act={acts} parties={parties}",
            f"both home={sentence.has('home.here') or sentence.has('home.own')} act={acts}",
            f"both source={sentence.has('source')}",
            f"both nation={sentence.has('nation')} act={acts}",
            f"both before={'none' if self.before is None else self.before.direction == BOTH}",
            f"both context={'none' if context.direction is None else context.direction == BOTH} act={acts}",
            f"both told={'none' if self.told is None else self.told.direction == BOTH}",
            f"both category={sentence.has('category')} all={sentence.has('flag.all_for_all')} stage={self.stage.value}",
        ]

    def _relation(self, known: Direction, way: Direction) -> str:
        return "same" if known == way else "both" if known == BOTH else "other" if known == other_way(way) else "none"


def _voice(sentence: Sentence, act: Act) -> str:
    marks = sentence.tokens[act.tag.start].marks
    if "passive" in marks or "impersonal" in marks:
        return "passive"
    before = [token.form for token in sentence.tokens[max(0, act.tag.start - 3) : act.tag.start]]
    return "passive" if "past" in marks and any(form in _BE for form in before) else "active"


_OF_THE_CLAUSE = frozenset({"subject.give", "subject.receive", "dative", "to", "agent"})
_FIRMEST = (
    "source",
    "agent",
    "dative",
    "to",
    "from",
    "subject.give",
    "subject.receive",
    "nation",
    "own",
    "parallel",
    "shared",
    "home",
    "subject.passive",
    "subject.come",
    "subject.none",
)
"""The signs, the firmest first."""
_BE = {"is", "are", "was", "were", "be", "been", "being"}
