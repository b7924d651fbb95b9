"""When what is said took place, or is to take place."""

from datetime import date, timedelta

from servanda.model.vocabulary import Kind, Scope, Stage
from servanda.reading.days import Days
from servanda.reading.draft import Draft
from servanda.reading.found import Reading
from servanda.reading.sentence import Sentence

Stretch = tuple[date | None, date | None]
"""First and last day; None is open or unknown."""


def days_when(
    reading: Reading, place: int, stage: Stage, scope: Scope, before: Draft | None, kind: Kind, value: int | None
) -> Stretch:
    """When the act took place, or is to take place."""
    if stage is Stage.PERFORMED:
        return _done_days(reading, place, scope, before, kind, value)
    if stage is Stage.DENIED:
        return None, None
    usable = [d for d in reading.ahead if not of_agreement(reading.sentence, d) and not of_saying(reading, d)]
    near = _nearest_days(reading.sentence, usable, place)
    if near is None:
        return None, None
    published = reading.context.published
    if stage is Stage.POSTPONED and _planned(reading.sentence, near):
        return near.first, near.last
    today_too = stage is Stage.PROMISED and reading.sentence.has("modal.ahead")
    earliest = published if today_too else published + timedelta(days=1)
    deadline = near.first is None and stage is Stage.PROMISED
    return (near.first, near.last) if deadline or (near.last or near.first or published) >= earliest else (None, None)


def _planned(sentence: Sentence, days: Days) -> bool:
    """ "that was to take place on 5 March", «намеченное на пятницу»: the day for which it had been planned."""
    return any(0 <= days.start - tag.end <= 5 for tag in sentence.tagged("stage.promise")) or any(
        0 <= days.start - tag.end <= 3 for tag in sentence.tagged("talks.promise")
    )


def _done_days(reading: Reading, place: int, scope: Scope, before: Draft | None, kind: Kind, value: int | None) -> Stretch:
    sentence, context = reading.sentence, reading.context
    usable = [d for d in reading.days if not of_agreement(sentence, d)]
    near = _nearest_days(sentence, usable, place)
    if scope is Scope.CUMULATIVE:
        own = [d for d in usable if not _of_another_count(reading, d, place)]
        return _total_days(reading, _nearest_days(sentence, own, place), before, kind)
    if near is not None and (near.first or near.last or context.published) <= context.published:
        return near.first, near.last if near.last is not None else near.first
    if sentence.has("time.that_day") and context.last is not None:
        return context.first or context.last, context.last
    if before is not None and before.scope is Scope.EVENT and before.stage is Stage.PERFORMED:
        return before.first, before.last
    told = context.seen.get(value) if value is not None else None
    if told is not None and told.kind is kind and told.stage is Stage.PERFORMED and told.scope is Scope.EVENT:
        return told.first, told.last
    if context.last is not None:
        return context.first, context.last
    if kind is Kind.CHILD_LIST:
        return None, None  # a list is told of long after it was handed over
    if context.dated and before is None:
        return None, None
    main = context.main_event
    return (main.first, main.last) if main is not None and main.kind is kind else (context.published, context.published)


def _of_another_count(reading: Reading, days: Days, place: int) -> bool:
    """ "1,245 on Monday and 6,057 overall": a single day right behind another number is that number's."""
    return days.first == days.last and any(
        count.noun is not None and count.place != place and 0 <= days.start - count.number.end <= 2 for count in reading.counts
    )


def _total_days(reading: Reading, near: Days | None, before: Draft | None, kind: Kind) -> Stretch:
    """A total runs from where the text gives its start to the day of publication, or to the day that it names."""
    published = reading.context.published
    if near is None:
        if before is not None and before.scope is Scope.CUMULATIVE:
            return before.first, before.last
        return reading.context.since.get(kind), published
    if near.last is None or near.last >= published:
        return near.first, published
    return (None, near.last) if near.first == near.last or near.first is None else (near.first, published)


def _nearest_days(sentence: Sentence, days: list[Days], place: int) -> Days | None:
    """The days nearest to a token; those before it are taken before those behind it."""
    return min(
        days,
        key=lambda d: (
            sum(sentence.breaks[min(d.start, place) : max(d.start, place)])
            + abs(d.start - place)
            + (6 if d.start > place + 2 else 0)
        ),
        default=None,
    )


def of_saying(reading: Reading, days: Days) -> bool:
    """Whether a day says when somebody spoke: it stands by the verb of saying, or in the line that names the place of writing."""
    dateline = days.end < 9 and any(token.form == "–" for token in reading.sentence.tokens[days.end : days.end + 2])
    if days.first is None:
        return False  # nobody speaks by a deadline
    said = {a.place for a in reading.said} | {tag.start for tag in reading.sentence.tagged("say.public")}
    return dateline or any(_beside(reading.sentence, days, place) for place in said)


def _beside(sentence: Sentence, days: Days, place: int) -> bool:
    """Whether a day stands in one clause with a verb of saying; before it, also at a distance where no act lies between."""
    if any(sentence.breaks[min(place, days.start) : max(place, days.start)]):
        return False
    far = 0 < place - days.end <= 12 and not any(
        tag.start < place and tag.end > days.end for name in ("verb", "act") for tag in sentence.tagged(name)
    )
    return -4 <= days.start - place <= 4 or far


def of_agreement(sentence: Sentence, days: Days) -> bool:
    """Whether a day is that of an agreement named beside it: "the deal of 2 June", "agreed on 16 May"."""
    if days.first is None:
        return False
    noun = any(sentence.distance(tag, days.start) <= 5 for tag in sentence.tagged("agreement.noun"))
    return noun or any(sentence.distance(tag, days.start) <= 2 for tag in sentence.tagged("agreement.verb"))


def of_round(sentence: Sentence, days: Days) -> bool:
    """Whether a day is that of a round of talks named right beside it: "Wednesday's talks", «переговоры 23 июля»."""
    rounds = [*sentence.tagged("kind.round"), *sentence.tagged("kind.talks"), *sentence.tagged("weak.talks")]
    return any(0 <= tag.start - days.end <= 1 or 0 <= days.start - tag.end <= 1 for tag in rounds)
