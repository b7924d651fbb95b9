"""Whether it is said to be offered, undertaken, done, put off, turned down or denied."""

from collections.abc import Iterator
from datetime import timedelta

from servanda.model.vocabulary import Kind, Stage
from servanda.reading.acts import Act, tense_of
from servanda.reading.decisions.judge import Judge
from servanda.reading.decisions.surroundings import coarse, near, side
from servanda.reading.draft import Draft
from servanda.reading.found import Reading
from servanda.reading.sentence import Sentence

CLASSES = tuple(stage.value for stage in Stage)
_CUES = (
    "stage.refuse",
    "stage.deny",
    "stage.postpone",
    "stage.propose",
    "stage.promise",
    "stage.complete",
    "stage.truce",
    "stage.weigh",
    "stage.wish",
    "stage.condition",
    "stage.hedge",
    "stage.negation",
    "modal.ahead",
    "modal.passive",
    "modal.done",
    "verb.happen",
    "verb.give",
    "verb.receive",
    "verb.come",
    "verb.mutual",
    "talks.promise",
    "total.cumulative",
    "time.that_day",
    "agreement.noun",
    "agreement.verb",
    "flag.question",
)
_TENSES = ("past", "future", "infinitive", "present", "gerund", "impersonal")
_REACH = 9


def stage_features(
    reading: Reading, place: int, kind: Kind, act: Act | None, grammar: Stage | None, carried: Stage | None, before: Draft | None
) -> list[str]:
    """What speaks for a stage at a token: the grammar's answer, the verb's frame and tense, the cues and days near it."""
    sentence = reading.sentence
    ruled = grammar.value if grammar else "none"
    acts = "noact" if act is None else f"{act.frame}.{act.tense.value}"
    negated = act is not None and act.negated
    features = [
        "bias",
        f"kind={kind.value}",
        f"grammar={ruled}",
        f"grammar={ruled} kind={kind.value}",
        f"grammar={ruled} act={acts}",
        f"act={acts}",
        f"act={acts} negated={negated}",
        f"carried={carried.value if carried else 'none'} act={acts}",
        f"before={before.stage.value if before else 'none'}",
        f"before={before.stage.value if before else 'none'} act={acts}",
        f"topic={reading.context.topic_stage.value if reading.context.topic_stage else 'none'}",
        f"quote={reading.voice.how} {reading.voice.in_quotation(sentence.tokens[place].start)}",
        f"lead={reading.context.paragraph == 0}",
    ]
    anchor = act.tag.start if act is not None else place
    for name in _CUES:
        if not sentence.has(name):
            continue
        where = coarse(sentence, name, place)
        features.append(f"{name}:{where}")
        features.append(f"{name}:{where} kind={kind.value}")
        if act is not None:
            features.append(f"{name}:act.{near(sentence, name, anchor)}")
            features.append(f"{name}:{coarse(sentence, name, anchor)} act={acts}")
    features.extend(_in_clause(reading, place, kind))
    features.extend(_nearest_cues(sentence, place, kind))
    features.extend(_tenses(sentence, place, kind))
    features.extend(f"word {word}" for word in _words(sentence, place, anchor))
    days = list(_days(reading, place))
    features.extend(days)
    features.extend(f"{name} act={acts}" for name in days)
    features.append(_verb(sentence, anchor, -1))
    features.append(_verb(sentence, anchor, 1))
    features.append(f"verb@{'.'.join(sorted(sentence.tokens[anchor].marks & set(_TENSES)))}")
    return features


def decided_stage(judge: Judge, features: list[str], grammar: Stage | None) -> Stage | None:
    """The stage of a count."""
    answer = judge.classify("stage", CLASSES, features, grammar.value if grammar else "none")
    return None if answer == "none" else Stage(answer)


def unnumbered_features(
    reading: Reading, kind: Kind, place: int, act: Act | None, grammar: list[Stage], taken: set[Kind]
) -> list[str]:
    """What speaks for a statement without a number, of a kind, at the word that names it."""
    sentence = reading.sentence
    first = grammar[0] if grammar else None
    features = stage_features(reading, place, kind, act, first, reading.context.topic_stage, None)
    head = sentence.tokens[place]
    features.extend(f"says={stage.value}" for stage in grammar)
    features.append(f"all says={'+'.join(stage.value for stage in grammar)}")
    features.append(f"head={min(head.lemmas, default=head.form)}")
    features.append(f"counted={kind in taken} others={bool(taken - {kind})} kind={kind.value}")
    features.append(f"topic={reading.context.topic is kind} kind={kind.value}")
    features.append(f"main={reading.main is kind} kind={kind.value}")
    features.append(f"party={sentence.has('party')} kind={kind.value}")
    features.append(f"both={_both_parties(sentence)} kind={kind.value}")
    features.append(f"said={bool(reading.said)} kind={kind.value}")
    for name in (
        "kind.further",
        "kind.round",
        "kind.exchange_noun",
        "kind.list",
        "noun.child",
        "noun.captive",
        "flag.all_for_all",
        "category",
        "flag.group",
        "flag.handed",
        "flag.checked",
        "source",
        "home",
        "place",
        "talks.it",
        "talks.leaning",
        "talks.meet",
        "party.mutual",
        "span",
        "stage.kill",
        "other_matter",
    ):
        if sentence.has(name):
            features.append(f"{name}:{coarse(sentence, name, place)} kind={kind.value}")
    return features


def _tenses(sentence: Sentence, place: int, kind: Kind) -> Iterator[str]:
    """Whether the deeds near a token are done, lie ahead, or are open; and whether they are negated."""
    for name in _DEEDS:
        tag, distance = sentence.near(name, place)
        if tag is None or distance > _DEED_REACH:
            continue
        tense = tense_of(sentence, tag).value
        denied = any(tag.start - 3 <= no.start < tag.start for no in sentence.tagged("stage.negation"))
        yield f"deed {name}={tense} {side(tag, place)} negated={denied}"
        yield f"deed {name}={tense} negated={denied} kind={kind.value}"


_DEEDS = ("verb.happen", "talks.meet", "verb.give", "verb.receive", "verb.come", "verb.mutual", "stage.truce", "stage.propose")
_DEED_REACH = 20


def _in_clause(reading: Reading, place: int, kind: Kind) -> Iterator[str]:
    """The act and the cues of the clause that the token stands in."""
    sentence, frame = reading.sentence, reading.frame(place)
    act = "noact" if frame.act is None else f"{frame.act.frame}.{frame.act.tense.value}"
    yield f"clause act={act}"
    yield f"clause act={act} borrowed={frame.borrowed} kind={kind.value}"
    if frame.act is not None and frame.act.negated:
        yield f"clause act={act} negated"
    inside: list[str] = []
    for name in _CLAUSE_CUES:
        if any(frame.start <= tag.start < frame.end for tag in sentence.tagged(name)):
            inside.append(name)
            yield f"clause {name} kind={kind.value}"
            yield f"clause {name} act={act}"
    stages = [name for name in inside if name in _STAGES]
    yield f"clause cues={'+'.join(stages) or 'none'}"
    yield f"clause cues={'+'.join(stages) or 'none'} negated={'stage.negation' in inside} act={act}"


_CLAUSE_CUES = (
    "stage.refuse", "stage.deny", "stage.postpone", "stage.propose", "stage.promise", "talks.promise", "verb.happen",
    "stage.negation", "stage.hedge", "stage.condition", "modal.ahead", "flag.question", "agreement.noun", "total.cumulative",
)  # fmt: skip


def _nearest_cues(sentence: Sentence, place: int, kind: Kind) -> Iterator[str]:
    """The cues of a stage nearest to a token, in order, with their side and whether they are negated."""
    cues = sorted(
        (sentence.distance(tag, place), tag.start, tag.name, side(tag, place))
        for name in _STAGES
        for tag in sentence.tagged(name)
    )
    negations = [tag.end for tag in sentence.tagged("stage.negation")]
    for rank, (_, start, name, where) in enumerate(cues[:3]):
        denied = any(0 <= start - end <= 1 for end in negations)
        yield f"cue{rank}={name}.{where}"
        yield f"cue{rank}={name} negated={denied} kind={kind.value}"
    yield f"cues={'+'.join(sorted({name for _, _, name, _ in cues}))}"


_STAGES = ("stage.refuse", "stage.deny", "stage.postpone", "stage.propose", "stage.promise", "talks.promise", "verb.happen")


def _words(sentence: Sentence, place: int, anchor: int) -> list[str]:
    """The lemmas near the candidate and near its act."""
    tokens = sentence.tokens
    near_by = {*range(max(0, place - _WINDOW), min(len(tokens), place + _WINDOW + 1))}
    near_by |= {*range(max(0, anchor - _WINDOW), min(len(tokens), anchor + _WINDOW + 1))}
    return sorted({min(tokens[i].lemmas, default=tokens[i].form) for i in near_by if tokens[i].is_word})


_WINDOW = 4


def _both_parties(sentence: Sentence) -> bool:
    return sentence.has("party.russia") and sentence.has("party.ukraine")


def _days(reading: Reading, place: int) -> Iterator[str]:
    """Where the nearest day lies against the day of publication."""
    published = reading.context.published
    found = False
    for days in (reading.days, reading.ahead):
        best = min(days, key=lambda d: abs(d.start - place), default=None)
        name = "day" if days is reading.days else "ahead"
        if best is None:
            continue
        found = True
        if best.first is None:
            when = "deadline"
        elif best.last is None:
            when = "start"
        elif best.first > published:
            when = "future"
        elif best.last >= published:
            when = "today" if best.first == best.last else "current"
        else:
            when = "yesterday" if published - best.last == timedelta(days=1) else "past"
        yield f"{name}={when}"
        yield f"{name}={when} {'close' if abs(best.start - place) <= 8 else 'far'}"
    if not found:
        yield "day=none"


def _verb(sentence: Sentence, place: int, step: int) -> str:
    """The tense of the verb nearest to a token on one side."""
    tokens = sentence.tokens
    here = place + step
    for _ in range(_REACH):
        if not 0 <= here < len(tokens):
            break
        marks = tokens[here].marks
        for tense in _TENSES:
            if tense in marks and ("verb" in marks or "infinitive" in marks or tokens[here].form.isascii()):
                return f"verb{step:+d}={tense}"
        here += step
    return f"verb{step:+d}=none"
