"""The distinct statements of an article: a fact that the headline, the lede and a quotation repeat is one."""

from collections.abc import Iterable
from dataclasses import replace

from servanda.model.statement import Statement
from servanda.model.vocabulary import Kind


def distinct(found: Iterable[Statement]) -> tuple[Statement, ...]:
    """The statements without their repetitions, in order.

    Two of one kind, stage and count are one where what one of them tells (its speaker, its days) the other does not contradict;
    the one that tells more is kept, so that a fact told in the outlet's own voice and by a speaker is the speaker's.
    """
    kept: list[Statement] = []
    for statement in found:
        for place, other in enumerate(kept):
            if _same_fact(statement, other):
                kept[place] = _fuller(other, statement)
                break
        else:
            kept.append(statement)
    return tuple(kept)


def _same_fact(one: Statement, other: Statement) -> bool:
    core = (one.kind, one.stage, one.count_min, one.count_max, one.from_party, one.to_party, one.scope)
    if core != (other.kind, other.stage, other.count_min, other.count_max, other.from_party, other.to_party, other.scope):
        return False
    days = (one.date_from, one.date_to) == (other.date_from, other.date_to)
    if days and one.speaker == other.speaker:
        return True
    told = one.count_min is not None or one.count_max is not None or one.kind in (Kind.CEASEFIRE, Kind.TALKS)
    return (
        told
        and (one.speaker == other.speaker or one.speaker is None or other.speaker is None)
        and (days or _silent(one) or _silent(other))
    )


def _silent(statement: Statement) -> bool:
    return statement.date_from is None and statement.date_to is None


def _fuller(first: Statement, second: Statement) -> Statement:
    """The one that tells more, with what only the other one tells."""
    better, lesser = (second, first) if _told(second) > _told(first) else (first, second)
    if _silent(better) and not _silent(lesser):
        better = replace(better, date_from=lesser.date_from, date_to=lesser.date_to)
    agreed = better if better.agreed_on or better.agreed_at else lesser
    return replace(
        better,
        agreed_on=agreed.agreed_on,
        agreed_at=agreed.agreed_at,
        completes=first.completes or second.completes,
        categories=tuple(sorted({*first.categories, *second.categories})),
    )


def _told(statement: Statement) -> int:
    return 2 * (statement.speaker is not None) + (not _silent(statement))
