"""Who hands over and who receives."""

from servanda.model.vocabulary import Kind, Language, Speaker, Stage
from servanda.reading.acts import Act
from servanda.reading.decisions.judge import Judge, Option
from servanda.reading.decisions.surroundings import bucket, side
from servanda.reading.draft import Draft
from servanda.reading.found import Reading
from servanda.reading.lexicon import Tag
from servanda.reading.roles import BOTH, TO_RUSSIA, TO_UKRAINE, Direction, other_way
from servanda.reading.sentence import Sentence
from servanda.reading.subjects import subject_of

_HOMES = {TO_UKRAINE: ("russia", "ukraine"), TO_RUSSIA: ("ukraine", "russia")}
_OURS = {"ukraine": Speaker.UKRAINE, "russia": Speaker.RUSSIA}


def decided_direction(
    judge: Judge,
    reading: Reading,
    place: int,
    kind: Kind,
    stage: Stage,
    act: Act | None,
    speaker: Speaker | None,
    grammar: Direction,
    before: Draft | None,
    *,
    numbered: bool,
    each: bool,
    value: int | None,
) -> Direction:
    """The direction of a hand-over. Features are of giver and receiver, so that what is learnt of one side holds of the other."""
    marks = _Marks(reading, place, kind, stage, act, speaker, grammar, before, numbered, each, value)
    options = [Option(way, marks.one_way(way)) for way in (TO_UKRAINE, TO_RUSSIA)]
    options.append(Option(BOTH, marks.both()))
    return judge.choose("direction", options, grammar)


class _Marks:
    """The features of each direction of one candidate."""

    def __init__(
        self,
        reading: Reading,
        place: int,
        kind: Kind,
        stage: Stage,
        act: Act | None,
        speaker: Speaker | None,
        grammar: Direction,
        before: Draft | None,
        numbered: bool,
        each: bool,
        value: int | None,
    ) -> None:
        self.reading, self.place, self.kind, self.stage, self.act = reading, place, kind, stage, act
        self.speaker, self.grammar, self.before, self.numbered, self.each = speaker, grammar, before, numbered, each
        self.acts = "noact" if act is None else f"{act.frame}.{_voice(reading.sentence, act)}"
        self.subject = subject_of(reading.sentence, act.tag) if act is not None else None
        self.told = reading.context.seen.get(value) if value is not None else None

    def one_way(self, way: Direction) -> list[str]:
        giver, receiver = _HOMES[way]
        sentence, context, place, acts = self.reading.sentence, self.reading.context, self.place, self.acts
        kind = self.kind.value
        features = [
            f"one grammar={self._relation(self.grammar, way)}",
            f"one grammar={self._relation(self.grammar, way)} kind={kind}",
            f"one kind={kind} act={acts}",
            f"one kind={kind} act={acts} stage={self.stage.value}",
            f"one kind={kind} numbered={self.numbered}",
            f"one to={receiver} kind={kind}",
            f"one each={self.each}",
        ]
        for name, party in (("giver", giver), ("receiver", receiver)):
            before = _last_before(sentence, party, self.act.tag if self.act else None, place)
            if before is not None:
                features.append(f"one {name} subject act={acts}")
                features.append(f"one {name} subject far={bucket(sentence.distance(before, self.act.tag.start if self.act else place))} act={acts}")
                features.append(f"one {name} last={self._is_last(before)} act={acts}")
            behind = _next_behind(sentence, party, place)
            if behind is not None:
                features.append(f"one {name} behind act={acts}")
            for group in ("home", "source", "agent", "nation"):
                near = sentence.nearest(f"{group}.{party}", place)
                if near is not None:
                    features.append(f"one {name} {group} {side(near, place)}{bucket(sentence.distance(near, place))}")
                    features.append(f"one {name} {group} act={acts}")
            features.extend(f"one {name} {mark}" for mark in self._governed(party))
            if self.subject is not None and self.subject.side is _OURS[party]:
                features.append(f"one {name} subject of act={acts} {self.subject.how}")
                features.append(f"one {name} subject of act={acts} kind={kind}")
            if self.speaker is _OURS[party]:
                features.append(f"one {name} speaks act={acts} kind={kind}")
                features.append(f"one {name} speaks own={sentence.has('home.own')} here={sentence.has('home.here')}")
            if self.reading.voice.article.outlet is _OURS[party]:
                features.append(f"one {name} outlet act={acts} kind={kind}")
                features.append(f"one {name} outlet own={sentence.has('home.own')} here={sentence.has('home.here')} speaker={self.speaker is None}")
            if sentence.has(f"party.{party}"):
                features.append(f"one {name} present act={acts}")
        back = sentence.has("home.other_way")
        if self.before is not None:
            features.append(f"one before={self._relation(self.before.direction, way)} back={back}")
            features.append(f"one before={self._relation(self.before.direction, way)} act={acts}")
        if context.direction is not None:
            features.append(f"one context={self._relation(context.direction, way)} back={back} party={sentence.has('party')}")
            features.append(f"one context={self._relation(context.direction, way)} act={acts} topic={context.topic is self.kind}")
        if self.told is not None and self.told.kind is self.kind:
            features.append(f"one told={self._relation(self.told.direction, way)}")
        return list(dict.fromkeys(features))

    def _governed(self, party: str) -> list[str]:
        """Under which preposition and in which case a side stands, on either side of the number."""
        sentence, place = self.reading.sentence, self.place
        english = sentence.lexicon.language is Language.ENGLISH
        found = []
        for tag in sentence.tagged(f"party.{party}"):
            if sentence.distance(tag, place) > _NEAR or tag.end - tag.start > 1:
                continue
            before = sentence.tokens[tag.start - 1].form if tag.start else "^"
            if before in ("the", "a"):
                before = sentence.tokens[tag.start - 2].form if tag.start > 1 else "^"
            marks = sentence.tokens[tag.start].marks
            cases = "any" if english else "+".join(sorted(marks & _CASES)) or "any"
            noun = "adjective" if "adjective" in marks or (english and sentence.tokens[tag.start].form in _ADJECTIVES) else "noun"
            preposition = before if before in _PREPOSITIONS else "none"
            found.append(f"under {preposition} {noun} act={self.acts}")
            found.append(f"under {preposition} {noun} case={cases}")
            found.append(f"case={cases} {noun} {'before' if tag.end <= place else 'behind'} act={self.acts}")
        return found

    def both(self) -> list[str]:
        sentence, context, acts, kind = self.reading.sentence, self.reading.context, self.acts, self.kind.value
        parties = sentence.has("party.russia") + sentence.has("party.ukraine")
        return [
            "both",
            f"both grammar={self.grammar == BOTH}",
            f"both grammar={self.grammar == BOTH} kind={kind}",
            f"both kind={kind} act={acts}",
            f"both kind={kind} stage={self.stage.value} numbered={self.numbered}",
            f"both kind={kind} numbered={self.numbered}",
            f"both each={self.each}",
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

    def _is_last(self, tag: Tag) -> bool:
        limit = self.act.tag.start if self.act else self.place
        return not any(tag.end <= other.start and other.end <= limit for other in self.reading.sentence.tagged("party"))


def _voice(sentence: Sentence, act: Act) -> str:
    marks = sentence.tokens[act.tag.start].marks
    if "passive" in marks or "impersonal" in marks:
        return "passive"
    before = [token.form for token in sentence.tokens[max(0, act.tag.start - 3) : act.tag.start]]
    return "passive" if "past" in marks and any(form in _BE for form in before) else "active"


_NEAR = 14
_CASES = frozenset({"nominative", "genitive", "dative", "accusative", "instrumental"})
_ADJECTIVES = frozenset({"russian", "ukrainian"})
_PREPOSITIONS = frozenset(
    {"to", "from", "of", "by", "for", "in", "into", "with", "between", "в", "во", "у", "на", "из", "із", "з", "с", "со", "зі", "до",
     "от", "від", "к", "для", "между", "між"}
)  # fmt: skip
_BE = {"is", "are", "was", "were", "be", "been", "being"}


def _last_before(sentence: Sentence, party: str, act: Tag | None, place: int) -> Tag | None:
    limit = act.start if act is not None else place
    before = [tag for tag in sentence.tagged(f"party.{party}") if tag.end <= limit]
    return before[-1] if before else None


def _next_behind(sentence: Sentence, party: str, place: int) -> Tag | None:
    return next((tag for tag in sentence.tagged(f"party.{party}") if place < tag.start <= place + 10), None)
