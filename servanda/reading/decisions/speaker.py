"""Whose word a statement is."""

from servanda.model.vocabulary import Kind, Speaker, Stage
from servanda.reading.decisions.judge import Judge, Option
from servanda.reading.decisions.surroundings import bucket
from servanda.reading.found import Reading
from servanda.reading.lexicon import Tag
from servanda.reading.sentence import Sentence

_SIDES = (Speaker.UKRAINE, Speaker.RUSSIA, Speaker.MEDIATOR, Speaker.OTHER)
_CUES = {Stage.PROPOSED: "stage.propose", Stage.REFUSED: "stage.refuse", Stage.PROMISED: "stage.promise", Stage.DENIED: "stage.deny",
         Stage.POSTPONED: "stage.postpone"}  # fmt: skip


def decided_speaker(
    judge: Judge, reading: Reading, place: int, kind: Kind, stage: Stage, grammar: Speaker | None, *, numbered: bool
) -> Speaker | None:
    """The side whose word it is; None where the outlet says it in its own voice."""
    options: list[Option[Speaker | None]] = [
        Option(side, _features_of(reading, place, kind, stage, grammar, side, numbered)) for side in _SIDES
    ]
    options.append(Option(None, _features_of_nobody(reading, place, kind, stage, grammar, numbered)))
    return judge.choose("speaker", options, grammar)


def _features_of(
    reading: Reading, place: int, kind: Kind, stage: Stage, grammar: Speaker | None, side: Speaker, numbered: bool
) -> list[str]:
    sentence, context = reading.sentence, reading.context
    mentions = _persons(sentence, side)
    said = [a for a in reading.said if a.speaker is side]
    quoted = context.in_quotation or sentence.text[:1] == '"'
    pronoun = sentence.has("say.pronoun") or sentence.has("say.person")
    verb = sentence.has("say.verb") or sentence.has("say.according")
    stages = stage.value
    features = [
        f"side={'side' if side in (Speaker.UKRAINE, Speaker.RUSSIA) else side.value}",
        f"grammar={grammar is side}",
        f"grammar={grammar is side} stage={stages}",
        f"said={len(said) > 0} of={min(len(reading.said), 2)}",
    ]
    if grammar is side:
        features.append(f"grammar how={'said' if said else 'carried'} quoted={quoted}")
        features.append(f"grammar kind={kind.value} stage={stages}")
    if said:
        nearest = min(reading.said, key=lambda a: abs(a.place - place))
        own = min(said, key=lambda a: abs(a.place - place))
        features.append(f"said nearest={nearest.speaker is side}")
        features.append(f"said first={reading.said[0].speaker is side}")
        features.append(f"said far={bucket(abs(own.place - place))}{'b' if own.place < place else 'a'}")
        features.append(f"said crossed={min(3, sum(w > 3 for w in sentence.breaks[min(own.place, place):max(own.place, place)]))}")
    if mentions:
        best = min(mentions, key=lambda tag: sentence.distance(tag, place))
        features.append(f"named stage={stages} said={bool(reading.said)}")
        features.append(f"named opens={best.start <= 3} verb={verb}")
        features.append(f"named said={bool(said)} verb={verb}")
        cue = _CUES.get(stage)
        at = sentence.nearest(cue, place) if cue else None
        if at is not None:
            before = [tag for tag in mentions if tag.end <= at.start and at.start - tag.end <= 8]
            features.append(f"named cue={'before' if before else 'else'} stage={stages}")
            nearest_any = _nearest_before(sentence, at)
            features.append(f"cue subject={nearest_any is side} stage={stages}")
            features.append(f"cue subject={nearest_any is side} said={bool(reading.said)} kind={'h' if numbered else kind.value}")
    elif _named(sentence, side):
        features.append(f"country stage={stages} said={bool(reading.said)}")
        cue = _CUES.get(stage)
        at = sentence.nearest(cue, place) if cue else None
        if at is not None:
            features.append(f"cue subject={_nearest_before(sentence, at) is side} stage={stages} country")
    if context.speaker is side:
        features.append(f"carried quoted={quoted} said={bool(reading.said)}")
        features.append(f"carried pronoun={pronoun} verb={verb} said={bool(reading.said)}")
        features.append(f"carried new={context.paragraph_is_new} said={bool(reading.said)} quoted={quoted}")
        features.append(f"carried days={bool(reading.days)} said={bool(reading.said)} numbered={numbered}")
        features.append(f"carried dash={sentence.text[:1] in '–-'}")
    if context.said_last is side:
        features.append(f"last new={context.paragraph_is_new} said={bool(reading.said)} short={len(sentence.tokens) <= 8}")
        features.append(f"last numbered={numbered} days={bool(reading.days)} said={bool(reading.said)}")
        features.append(f"last stage={stages} said={bool(reading.said)}")
    return features


def _features_of_nobody(
    reading: Reading, place: int, kind: Kind, stage: Stage, grammar: Speaker | None, numbered: bool
) -> list[str]:
    sentence, context = reading.sentence, reading.context
    said = min(len(reading.said), 2)
    quoted = context.in_quotation or sentence.text[:1] == '"'
    return [
        "nobody",
        f"nobody grammar={grammar is None}",
        f"nobody grammar={grammar is None} stage={stage.value}",
        f"nobody said={said}",
        f"nobody said={said} stage={stage.value}",
        f"nobody said={said} quoted={quoted}",
        f"nobody kind={kind.value} stage={stage.value}",
        f"nobody numbered={numbered} days={bool(reading.days)} said={said}",
        f"nobody verb={sentence.has('say.verb') or sentence.has('say.according')} said={said}",
        f"nobody pronoun={sentence.has('say.person')} said={said}",
        f"nobody last={context.said_last is not None} new={context.paragraph_is_new} said={said}",
        f"nobody lead={context.paragraph == 0} said={said}",
        f"nobody far={'none' if not reading.said else bucket(min(abs(a.place - place) for a in reading.said))}",
    ]


def _named(sentence: Sentence, side: Speaker) -> bool:
    return sentence.has(f"speaker.{side.value}")


def _persons(sentence: Sentence, side: Speaker) -> list[Tag]:
    """The persons and bodies of a side, without bare names of its country."""
    countries = {tag.start for tag in sentence.tagged("party") if tag.end - tag.start == 1}
    return [tag for tag in sentence.tagged(f"speaker.{side.value}") if tag.start not in countries or tag.end - tag.start > 1]


def _nearest_before(sentence: Sentence, cue: Tag) -> Speaker | None:
    """The side named last before a cue: its subject, as a rule."""
    named = [(tag.end, side) for side in _SIDES for tag in sentence.tagged(f"speaker.{side.value}") if tag.end <= cue.start]
    return max(named, key=lambda choice: choice[0])[1] if named else None


