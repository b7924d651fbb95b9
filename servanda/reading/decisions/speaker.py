"""Whose word a statement is."""

from collections.abc import Iterator

from servanda.model.vocabulary import Kind, Language, Speaker, Stage
from servanda.reading.attribution import governing
from servanda.reading.decisions.judge import Judge, Option
from servanda.reading.decisions.surroundings import bucket
from servanda.reading.found import Reading
from servanda.reading.lexicon import Tag
from servanda.reading.sentence import Sentence
from servanda.reading.subjects import subject_of

_SIDES = (Speaker.UKRAINE, Speaker.RUSSIA, Speaker.MEDIATOR, Speaker.OTHER)
_CUES = {
    Stage.PROPOSED: "stage.propose",
    Stage.REFUSED: "stage.refuse",
    Stage.PROMISED: "stage.promise",
    Stage.DENIED: "stage.deny",
    Stage.POSTPONED: "stage.postpone",
}


def decided_speaker(
    judge: Judge, reading: Reading, place: int, kind: Kind, stage: Stage, grammar: Speaker | None, *, numbered: bool
) -> Speaker | None:
    """The side whose word it is; None where the outlet says it in its own voice."""
    asked = _Asked(reading, place, kind, stage, grammar, numbered)
    options: list[Option[Speaker | None]] = [Option(side, asked.of(side)) for side in _SIDES]
    options.append(Option(None, asked.of_nobody()))
    return judge.choose("speaker", options, grammar)


class _Asked:
    """The features of each side, for one candidate."""

    def __init__(self, reading: Reading, place: int, kind: Kind, stage: Stage, grammar: Speaker | None, numbered: bool) -> None:
        sentence, voice = reading.sentence, reading.voice
        self.reading, self.place, self.kind, self.stage, self.grammar = reading, place, kind, stage, grammar
        self.numbered = numbered
        self.sentence, self.voice = sentence, voice
        self.said = bool(reading.said)
        self.inside = voice.in_quotation(sentence.tokens[place].start)
        self.quoted = f"{voice.how if self.inside or voice.quoted else 'out'}.{self.inside}"
        self.pronoun = sentence.has("say.person") or sentence.has("say.pronoun")
        self.verb = sentence.has("say.verb") or sentence.has("say.according")
        self.countries = {tag.start for tag in sentence.tagged("party")}
        cue = _CUES.get(stage)
        self.cue = sentence.nearest(cue, place) if cue else None
        subject = subject_of(sentence, self.cue) if self.cue is not None else None
        self.cue_how = subject.how if subject is not None else "none"
        self.cue_subject = None if subject is None else voice.carried if subject.side is None else subject.side
        self.governor = governing(sentence, place, reading.said)
        self.outlet = voice.article.outlet
        self.new = reading.context.paragraph_is_new
        self.where = f"new={self.new} said={self.said}"

    def of(self, side: Speaker) -> list[str]:
        return [*self._attributed(side), *self._named(side), *self._carried(side), *self._of_article(side)]

    def _attributed(self, side: Speaker) -> Iterator[str]:
        sentence, place, reading = self.sentence, self.place, self.reading
        stage, ruled = self.stage.value, self.grammar is side
        said = [a for a in reading.said if a.speaker is side]
        yield f"side={'side' if side in (Speaker.UKRAINE, Speaker.RUSSIA) else side.value}"
        yield f"grammar={ruled}"
        yield f"grammar={ruled} stage={stage}"
        yield f"said={len(said) > 0} of={min(len(reading.said), 2)}"
        if ruled:
            yield f"grammar how={'said' if said else 'carried'} quoted={self.quoted}"
            yield f"grammar kind={self.kind.value} stage={stage}"
        if said:
            nearest = min(reading.said, key=lambda a: abs(a.place - place))
            own = min(said, key=lambda a: abs(a.place - place))
            low, high = min(own.place, place), max(own.place, place)
            yield f"said nearest={nearest.speaker is side} of={min(len(reading.said), 3)}"
            yield f"said first={reading.said[0].speaker is side} of={min(len(reading.said), 3)}"
            yield f"said far={bucket(high - low)}{'b' if own.place < place else 'a'}"
            yield f"said crossed={min(3, sum(w > 3 for w in sentence.breaks[low:high]))}"
            verb_inside = self.voice.in_quotation(sentence.tokens[own.place].start)
            yield f"said verb quoted={verb_inside} place quoted={self.inside}"
            yield f"said stage={stage} kind={'h' if self.numbered else self.kind.value}"
        if self.governor is not None and self.governor[0] is side:
            yield f"governs {self.governor[1]}"
            yield f"governs {self.governor[1]} of={min(len(reading.said), 3)} quoted={self.inside}"
            yield f"governs stage={stage} kind={'h' if self.numbered else self.kind.value}"
        elif self.governor is not None and said:
            yield f"governed by another of={min(len(reading.said), 3)}"

    def _named(self, side: Speaker) -> Iterator[str]:
        sentence, stage = self.sentence, self.stage.value
        mentions = [
            tag for tag in sentence.tagged(f"speaker.{side.value}") if tag.start not in self.countries or tag.end - tag.start > 1
        ]
        if mentions:
            best = min(mentions, key=lambda tag: sentence.distance(tag, self.place))
            yield f"named stage={stage} said={self.said}"
            yield f"named opens={best.start <= 3} verb={self.verb}"
            yield f"named stage={stage} kind={'h' if self.numbered else self.kind.value}"
            yield f"named case={_case(sentence, best)} said={self.said}"
            yield f"named {'before' if best.end <= self.place else 'behind'} {bucket(sentence.distance(best, self.place))}"
        elif sentence.has(f"speaker.{side.value}"):
            yield f"country stage={stage} said={self.said}"
        if self.cue is not None and self.cue_subject is side:
            yield f"cue subject stage={stage} {self.cue_how}"
            yield f"cue subject stage={stage} said={self.said}"
            yield f"cue subject said={self.said} kind={'h' if self.numbered else self.kind.value} {self.cue_how}"
        elif self.cue is not None and (mentions or sentence.has(f"speaker.{side.value}")):
            yield f"cue other stage={stage} subject={self.cue_subject is not None}"

    def _carried(self, side: Speaker) -> Iterator[str]:
        voice = self.voice
        if voice.quoted is side:
            yield f"quoted how={voice.how} inside={self.inside}"
            yield f"quoted how={voice.how} said={self.said}"
        if voice.carried is side:
            yield f"carried quoted={self.quoted} said={self.said}"
            yield f"carried pronoun={self.pronoun} verb={self.verb} said={self.said}"
            yield f"carried {self.where} quoted={self.quoted}"
            yield f"carried days={bool(self.reading.days)} said={self.said} numbered={self.numbered}"
            yield f"carried stage={self.stage.value} said={self.said} new={self.new}"
            yield f"carried dash={self.sentence.text[:1] in '–-'} {self.where}"
        if voice.last is side:
            yield f"last {self.where} short={len(self.sentence.tokens) <= 8}"
            yield f"last numbered={self.numbered} days={bool(self.reading.days)} said={self.said}"
            yield f"last stage={self.stage.value} said={self.said}"
            yield f"last named={self.sentence.has('speaker')} said={self.said}"
        for rank, past in enumerate(voice.past):
            if past is side:
                yield f"past {rank} {self.where}"
                break

    def _of_article(self, side: Speaker) -> Iterator[str]:
        article, voice = self.voice.article, self.voice
        we = f"we={voice.we} all={min(article.we, 3)} answers={article.answers}"
        if article.outlet is side:
            yield f"outlet {we}"
            yield f"outlet we={voice.we} said={self.said} past={len(voice.past) > 0}"
        if article.narrator is side:
            yield f"narrator we={voice.we} said={self.said} asks={self.sentence.text.rstrip('*_')[-1:] == '?'}"
            yield f"narrator answers={article.answers} said={self.said}"
        if article.first is side:
            yield f"first {we}"
            yield f"first said={self.said} past={len(voice.past) > 0}"
            yield f"first outlet={article.outlet is side} we={min(article.we, 2)} said={self.said}"
        if article.byline is side:
            yield f"byline said={self.said} we={voice.we}"
            yield f"byline outlet={article.outlet is side}"

    def of_nobody(self) -> list[str]:
        reading, voice, stage = self.reading, self.voice, self.stage.value
        said = min(len(reading.said), 2)
        article = voice.article
        return [
            "nobody",
            f"nobody grammar={self.grammar is None}",
            f"nobody grammar={self.grammar is None} stage={stage}",
            f"nobody said={said}",
            f"nobody said={said} stage={stage}",
            f"nobody said={said} quoted={self.quoted}",
            f"nobody kind={self.kind.value} stage={stage}",
            f"nobody numbered={self.numbered} days={bool(reading.days)} said={said}",
            f"nobody verb={self.verb} said={said}",
            f"nobody pronoun={self.sentence.has('say.person')} said={said}",
            f"nobody last={voice.last is not None} new={self.new} said={said}",
            f"nobody lead={reading.context.paragraph == 0} said={said}",
            f"nobody far={'none' if not reading.said else bucket(min(abs(a.place - self.place) for a in reading.said))}",
            f"nobody governed={'none' if self.governor is None else self.governor[1]}",
            f"nobody narrated={article.narrator is not None} said={said}",
            f"nobody subject={self.cue_how} stage={stage} said={said}",
            f"nobody we={voice.we} all={min(article.we, 3)} answers={article.answers}",
            f"nobody outlet={article.outlet is not None} all={min(article.we, 2)} said={said}",
            f"nobody byline={article.byline is not None} said={said}",
            f"nobody cue={self.cue is not None} stage={stage} said={said}",
        ]


def _case(sentence: Sentence, tag: Tag) -> str:
    """Whether a name may be a subject by its form; English tells it by place alone."""
    if sentence.lexicon.language is Language.ENGLISH:
        before = sentence.tokens[tag.start - 1].form if tag.start else ""
        return "oblique" if before in _PREPOSITIONS else "any"
    marks = sentence.tokens[tag.start].marks
    if "nominative" in marks:
        return "subject"
    return "oblique" if marks & {"genitive", "dative", "instrumental", "accusative"} else "any"


_PREPOSITIONS = {"of", "to", "from", "with", "by", "for", "in", "on", "at", "against", "between", "via", "through"}
