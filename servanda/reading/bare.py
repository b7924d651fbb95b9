"""A draft without a number: what the cue of a kind and a stage tell by themselves."""

from servanda.model.vocabulary import Kind, Party, Scope, Speaker, Stage
from servanda.reading.acts import Act
from servanda.reading.attribution import speaker_at
from servanda.reading.draft import Draft
from servanda.reading.found import Reading
from servanda.reading.roles import BOTH, TO_RUSSIA, TO_UKRAINE, Direction, direction_of
from servanda.reading.sentence import Sentence
from servanda.reading.terms import agreement_of, all_for_all, categories_of, list_act_of, russian_list
from servanda.reading.when import days_when
from servanda.reading.whose import proposer_of, quoted_speaker, reported


def bare_draft(reading: Reading, kind: Kind, stage: Stage, place: int, rule: str, act: Act | None = None) -> Draft:
    """A draft of a kind and a stage at a token, with all that the sentence tells beside a number."""
    sentence = reading.sentence
    scope = Scope.EVENT if stage is Stage.PERFORMED else Scope.TARGET
    first, last = days_when(reading, place, stage, scope, None, kind, None)
    agreed_on, agreed_at = agreement_of(sentence, reading.days)
    proposer = proposer_of(reading, stage, place)
    speaker = speaker_at(sentence, place, reading.said) or quoted_speaker(reading) or proposer
    if kind in (Kind.CEASEFIRE, Kind.TALKS) and proposer is not None and not reported(reading):
        speaker = proposer
    return Draft(
        place=place,
        rule=rule,
        kind=kind,
        stage=stage,
        scope=scope,
        direction=_bare_direction(reading, kind, stage, place, act, speaker),
        first=first,
        last=last,
        speaker=speaker,
        categories=categories_of(sentence, kind),
        all_for_all=all_for_all(sentence, kind),
        agreed_on=agreed_on,
        agreed_at=agreed_at,
        completes=stage is Stage.PERFORMED and sentence.has("stage.complete") and kind is not Kind.TALKS,
        denies=_denied_stage(sentence) if stage is Stage.DENIED else None,
        list_act=list_act_of(sentence) if kind is Kind.CHILD_LIST else None,
        from_list=kind is Kind.CHILD_RETURN and sentence.has("flag.from_list"),
    )


def _bare_direction(
    reading: Reading, kind: Kind, stage: Stage, place: int, act: Act | None, speaker: Speaker | None
) -> Direction:
    if kind is Kind.TALKS:
        return (None, None)
    if kind is Kind.CEASEFIRE:
        refuser = {Speaker.RUSSIA: Party.RUSSIA, Speaker.UKRAINE: Party.UKRAINE}.get(speaker) if speaker else None
        return (refuser if stage is Stage.REFUSED and refuser else Party.BOTH, None)
    if kind is Kind.CHILD_LIST:
        return TO_UKRAINE if russian_list(reading.sentence) else TO_RUSSIA
    found = direction_of(reading.sentence, place, kind, act, per_side=False)
    return found or (BOTH if kind is Kind.PRISONER_EXCHANGE else TO_UKRAINE)


def _denied_stage(sentence: Sentence) -> Stage:
    return Stage.POSTPONED if sentence.has("stage.postpone") else Stage.PERFORMED
