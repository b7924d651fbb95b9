"""Generated worlds of articles, and what they tell: for the properties of the ledger (`test_ledger_properties.py`).

A world is a handful of outlets that tell of a few weeks: small pools of days, numbers and categories, so that accounts meet,
differ, repeat and contradict each other. Planning the ledger's queries costs far more than their rows, so a world is large and
examples are few. More of them, other ones each time: `SERVANDA_MORE_WORLDS=200 pytest tests/warehouse/test_ledger_properties.py`.
"""

import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from zoneinfo import ZoneInfo

import polars as pl
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st

from tests.casebook import DEFAULTS, Told, said, warehouse
from warehouse.database import Session
from warehouse.ledger_run import BOOKS
from warehouse.models import bound, in_order

KYIV = ZoneInfo("Europe/Kyiv")
FIRST, LAST = date(2025, 6, 1), date(2025, 6, 21)
END = date(2025, 7, 10)
"""The day as of which the books of a whole world are kept: after its last deadline."""

OUTLETS = ("kyiv", "moscow", "ankara", "london", "paris")
BODIES, PRISONERS, RETURNS, LISTS, TRUCE, TALKS = (
    "body_repatriation",
    "prisoner_exchange",
    "child_return",
    "child_list",
    "ceasefire",
    "talks",
)
KINDS = (PRISONERS, PRISONERS, PRISONERS, BODIES, BODIES, BODIES, RETURNS, LISTS, TRUCE, TALKS)
STAGES = (*("performed",) * 6, *("promised",) * 3, "proposed", "proposed", "refused", "postponed", "denied")
COUNTS = {
    PRISONERS: (84, 100, 103, 300, 1000),
    BODIES: (500, 1000, 1003, 1200, 6000),
    RETURNS: (1, 7, 9),
    LISTS: (31, 339),
    TRUCE: (3, 30),
}
WAYS = {LISTS: ("ua>ru", "ua>ru", "ru>ua"), TRUCE: ("both", "both", "ru", "ua"), TALKS: ("",)}
CATEGORIES = ([], [], [], ["civilians"], ["severely_wounded"], ["aged_18_25", "civilians"])
SPEAKERS = ("ukraine", "russia", "ukraine", "russia", "mediator", "other", None, None)
AGREEMENTS = (("2025-06-02", "Istanbul"), ("2025-06-02", None), ("2025-06-10", "Istanbul"), ("2025-06-10", "Abu Dhabi"))

ACCOUNTS = ("giver", "receiver", "mediator")
TOLD_OF_EACH = {"giver": {"giver"}, "receiver": {"receiver"}, "both": {"giver", "receiver"}, "outlets": set(), "none": set()}

MORE = int(os.environ.get("SERVANDA_MORE_WORLDS", "0"))
"""So many worlds a property, and other ones every time, in search of what the few that CI looks at do not show."""


def some(worlds_of_ci: int) -> settings:
    """Settings for so many examples: the same at every run and shown as they are; more are searched for, and made small."""
    phases = [Phase.explicit, Phase.generate, *([Phase.shrink] if MORE else [])]
    quiet = list(HealthCheck)
    return settings(
        max_examples=MORE or worlds_of_ci, deadline=None, derandomize=not MORE, phases=phases, suppress_health_check=quiet
    )


# Worlds


class World(list[Told]):
    """The articles of a world; shown a line each, so that a failing one can be read and told again in a test."""

    def __repr__(self) -> str:
        return "".join(f"\n{line}" for line in map(line_of, self))


def line_of(told: Told) -> str:
    """Where and when, and of each statement the fields that say something."""
    copied = f" copy of {told.copy_of}" if told.copy_of else ""
    fields = [
        {name: value for name, value in one.items() if name != "quote" and value != DEFAULTS.get(name)} for one in told.statements
    ]
    return f"{told.id} v{told.version} {told.outlet} {told.at:%Y-%m-%d %H:%M} seen {told.first_seen:%Y-%m-%d}{copied}: {fields}"


def chance(draw: st.DrawFn, one_in: int) -> bool:
    """True once in so many draws, and false in the simplest example."""
    return draw(st.integers(0, one_in - 1)) == one_in - 1


def iso(day: date) -> str:
    return day.isoformat()


def days_of(draw: st.DrawFn, stage: str, told_on: date) -> str:
    """When it took place or is to take place, as ``said`` takes it: a day, a window, a deadline, or nothing."""
    near = told_on - timedelta(draw(st.integers(0, 3)))
    if stage == "performed":
        return draw(
            st.sampled_from([iso(near), iso(near), iso(near), f"{iso(near - timedelta(2))}..{iso(near)}", f"..{iso(near)}", ""])
        )
    ahead = told_on + timedelta(draw(st.integers(1, 6)))
    return draw(st.sampled_from(["", "", f"..{iso(ahead)}", f"{iso(told_on)}..{iso(ahead)}", iso(ahead)]))


def bounds_of(draw: st.DrawFn, kind: str) -> dict[str, object]:
    """The number: exact, none, "at least", "up to", or from one to another."""
    if kind == TALKS or chance(draw, 5):
        return {"count_min": None, "count_max": None}
    count = draw(st.sampled_from(COUNTS[kind]))
    form = draw(st.sampled_from(["exact", "exact", "exact", "exact", "least", "most", "range"]))
    return {
        "count_min": None if form == "most" else count,
        "count_max": {"exact": count, "least": None, "most": count, "range": count + 50}[form],
    }


def running_total(draw: st.DrawFn, told_on: date) -> dict[str, object]:
    """The scope and the days of a total "so far", with or without a start."""
    start = draw(st.sampled_from([None, "2025-06-01", "2025-06-03", "2025-06-10"]))
    end = iso(told_on)
    return {"scope": "cumulative", "date_from": start if start is None or start <= end else None, "date_to": end}


@st.composite
def statements(draw: st.DrawFn, told_on: date) -> dict[str, object]:
    """One thing that an article of that day may say."""
    kind, stage = draw(st.sampled_from(KINDS)), draw(st.sampled_from(STAGES))
    way = draw(st.sampled_from(WAYS.get(kind, ("ru>ua", "ru>ua", "ua>ru", "ua>ru", "both", "both", "both", ""))))
    fields = bounds_of(draw, kind) | {"speaker": draw(st.sampled_from(SPEAKERS))}
    if way == "both" and kind != TRUCE:
        fields["per_side"] = draw(st.booleans())
    if kind == PRISONERS:
        fields["categories"] = draw(st.sampled_from(CATEGORIES))
        fields["all_for_all"] = chance(draw, 5)
    if kind == LISTS:
        fields["list_act"] = draw(st.sampled_from(["handed", "checked"]))
    if kind == RETURNS:
        fields["from_list"] = draw(st.booleans())
    told = [(on, at) for on, at in AGREEMENTS if on <= iso(told_on)]
    if told and chance(draw, 3):
        fields["agreed_on"], fields["agreed_at"] = draw(st.sampled_from(told))
    elif chance(draw, 6):
        fields["agreed_at"] = draw(st.sampled_from(["Istanbul", "Abu Dhabi"]))
    if stage == "denied":
        fields["denies"] = draw(st.sampled_from(["performed", "promised", "postponed"]))
    if stage == "performed":
        fields["completes"] = chance(draw, 6)
    on = days_of(draw, stage, told_on)
    if stage == "performed" and kind in {PRISONERS, BODIES, RETURNS} and chance(draw, 5):
        fields |= running_total(draw, told_on)
        on = ""
    return said(kind, stage, way=way, on=on) | {"quote": f"{kind} {stage}"} | fields


@st.composite
def articles(draw: st.DrawFn, number: int) -> Told:
    """An article of some outlet, of one of three hours, so that several are of the same moment."""
    day = FIRST + timedelta(draw(st.integers(0, (LAST - FIRST).days)))
    published = datetime.combine(day, time(draw(st.sampled_from([9, 12, 18]))), KYIV)
    told = draw(st.lists(statements(day), min_size=1, max_size=4))
    return Told(
        outlet=draw(st.sampled_from(OUTLETS)),
        day=iso(day),
        statements=tuple(told),
        article_id=f"a-{number:02}",
        published=published,
        first_seen=published.astimezone(UTC) + timedelta(minutes=5),
    )


def reprint(article: Told, outlet: str, later: timedelta, name: str = "") -> Told:
    """A copy of an article in another outlet, the same statements, some time later."""
    published = article.at + later
    return replace(
        article,
        outlet=outlet,
        day=iso(published.astimezone(KYIV).date()),
        copy_of=article.id,
        article_id=name or article.id + "-copy",
        published=published,
        first_seen=published.astimezone(UTC) + timedelta(minutes=5),
    )


@st.composite
def reprints(draw: st.DrawFn, article: Told) -> Told:
    """Some copy of an article."""
    outlet = draw(st.sampled_from([outlet for outlet in OUTLETS if outlet != article.outlet]))
    return reprint(article, outlet, timedelta(hours=draw(st.sampled_from([1, 24, 72, 200]))))


@st.composite
def corrections(draw: st.DrawFn, article: Told) -> Told:
    """A later version of an article, seen some days after it: other statements, or fewer."""
    seen = article.at + timedelta(days=draw(st.integers(1, 5)))
    kept = article.statements[1:]
    return replace(
        article,
        statements=(*kept, draw(statements(date.fromisoformat(article.day)))) if draw(st.booleans()) else kept,
        version=2,
        first_seen=seen.astimezone(UTC),
    )


@st.composite
def worlds(draw: st.DrawFn, corrected: bool = True) -> World:
    """Articles of a few weeks, with some reprints and some corrected versions."""
    size = draw(st.integers(1, 30))
    originals = [draw(articles(number)) for number in range(size)]
    copies = [draw(reprints(article)) for article in originals if chance(draw, 6)]
    versions = [draw(corrections(article)) for article in originals if corrected and chance(draw, 8)]
    return World(originals + copies + versions)


# Worlds told by hand: what few of the others hold


def heard(outlet: str, day: str, *told: dict[str, object]) -> Told:
    return Told(outlet, day, told, first_seen=datetime.fromisoformat(day + "T20:00:00Z"))


def bodies(stage: str, count: int | None = None, **fields: object) -> dict[str, object]:
    return said(BODIES, stage, count, **({"way": "ru>ua"} | fields))


def gave(day: int, count: int, speaker: str = "ukraine", since: int = 0) -> dict[str, object]:
    """Bodies handed over on a day of June, or on the days since another."""
    on = f"2025-06-{since:02}..2025-06-{day:02}" if since else f"2025-06-{day:02}"
    return bodies("performed", count, on=on, speaker=speaker)


PROMISED = heard("moscow", "2025-06-03", bodies("promised", 1000, speaker="russia"))
OVERFLOWING = World(
    [PROMISED, *(heard("kyiv", f"2025-06-{day:02}", gave(day, 600), gave(day, 603, "russia")) for day in (4, 6, 8, 10))]
)
RAISED = World(
    [
        PROMISED,
        heard("kyiv", "2025-06-05", gave(5, 300), gave(5, 301, "russia")),
        heard("moscow", "2025-06-09", *(gave(9, 900, side, since=4) | {"scope": "cumulative"} for side in ("russia", "ukraine"))),
    ]
)
COVERED = World(
    [PROMISED, heard("moscow", "2025-06-09", gave(9, 900, "russia", since=4)), heard("kyiv", "2025-06-14", gave(5, 300))]
)


# Books


@contextmanager
def holding(world: Iterable[Told]) -> Iterator[Session]:
    """A warehouse that holds a world, for the length of the block."""
    with TemporaryDirectory() as folder, warehouse(Path(folder), world) as session:
        yield session


def kept(session: Session, day: date = END) -> dict[str, pl.DataFrame]:
    """The books as of a day by their names, without the history, whose planning costs three times as much as all the rest."""
    order = in_order(BOOKS)
    for name in order:
        session.rows(f"CREATE OR REPLACE TEMP TABLE {name} AS {bound(name, day)}")
    frames = {name: session.frame(f"SELECT * FROM temp.{name}") for name in BOOKS}
    for name in reversed(order):
        session.rows(f"DROP TABLE temp.{name}")
    return frames


def books(world: Iterable[Told], day: date = END) -> dict[str, pl.DataFrame]:
    with holding(world) as session:
        return kept(session, day)


def in_their_order(frame: pl.DataFrame) -> pl.DataFrame:
    return frame.sort([name for name, kind in frame.schema.items() if kind != pl.List(pl.String)])


def differences(one: dict[str, pl.DataFrame], other: dict[str, pl.DataFrame], without: tuple[str, ...] = ()) -> str:
    """The rows of one set of books that the other has not, and the reverse; nothing where they are the same row for row."""
    found = []
    for name in one:
        first, second = (in_their_order(side[name].drop(without, strict=False)) for side in (one, other))
        if not first.equals(second):
            rows, others = (list(map(repr, side.rows(named=True))) for side in (first, second))
            found += [f"{name} - {row}" for row in rows if row not in others]
            found += [f"{name} + {row}" for row in others if row not in rows]
            found += [f"{name}: {len(rows)} and {len(others)} rows"]
    return "\n".join(found)


def told_in(world: Iterable[Told], day: date = END) -> list[Told]:
    """The articles in force as of a day: of each the last version that counts by then."""
    force: dict[str, Told] = {}
    for article in sorted(world, key=lambda told: told.version):
        if counts_from(article) <= day:
            force[article.id] = article
    return list(force.values())


def counts_from(article: Told) -> date:
    """The day from which a version counts: the first from its publication, a corrected one from when it was seen."""
    moment = article.at if article.version == 1 or article.first_seen is None else max(article.at, article.first_seen)
    return moment.astimezone(KYIV).date()


@dataclass(frozen=True)
class Side:
    """A performance that a statement tells of, in one direction: whose account it is and the number that it gives."""

    statement_id: str
    kind: str
    scope: str
    giver: str | None
    receiver: str | None
    account: str
    number: int | None
    date_from: date | None
    agreed_on: date | None
    bare: bool
    """A declaration that all is done, which tells of no occasion."""


def performances(session: Session, world: Iterable[Told], day: date = END) -> list[Side]:
    """What the statements in force tell as done, by the codebook alone: worked out without the ledger's SQL."""
    force = {(article.id, article.version) for article in told_in(world, day)}
    rows = session.frame("SELECT * FROM statements WHERE stage = 'performed'").rows(named=True)
    return [side for row in rows if (row["article_id"], row["version"]) in force for side in sides_of(row)]


def sides_of(row: dict[str, object]) -> Iterator[Side]:
    swap = row["from_party"] == "both" and row["kind"] not in {TRUCE, TALKS}
    ways = [("russia", "ukraine"), ("ukraine", "russia")] if swap else [(row["from_party"], row["to_party"])]
    days = ("count_min", "date_from", "date_to", "list_act")
    for first, second in ways:
        # Whoever received a list owes its check, and whoever gave it is the one who receives it.
        giver, receiver = (second, first) if row["list_act"] == "checked" else (first, second)
        known = {receiver: "receiver", giver: "giver", "mediator": "mediator"} if row["speaker"] else {}
        yield Side(
            statement_id=row["statement_id"],
            kind=row["kind"],
            scope=row["scope"],
            giver=giver,
            receiver=receiver,
            account=known.get(row["speaker"], "outlets"),
            number=None if swap and not row["per_side"] else row["count_min"],
            date_from=row["date_from"],
            agreed_on=row["agreed_on"],
            bare=row["completes"] and all(row[name] is None for name in days),
        )


# 1. Arrival
