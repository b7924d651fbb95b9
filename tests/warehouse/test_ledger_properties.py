"""What the ledger owes whatever is told: properties over generated worlds (design: rules, guarantees 2 and 7)."""

import random
from collections import defaultdict
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import polars as pl
import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from tests.casebook import Told, said, store
from tests.warehouse.worlds import (
    ACCOUNTS,
    COVERED,
    END,
    FIRST,
    LAST,
    LISTS,
    OUTLETS,
    OVERFLOWING,
    PRISONERS,
    RAISED,
    TOLD_OF_EACH,
    TRUCE,
    World,
    bodies,
    books,
    counts_from,
    differences,
    heard,
    holding,
    kept,
    performances,
    some,
    worlds,
)
from warehouse.database import Warehouse
from warehouse.ledger_run import recompute
from warehouse.standings import keep


def agreements(*told: dict[str, object]) -> World:
    """Ten agreements, of which each of these statements is told once, all at the same moment."""
    return World(heard("kyiv", "2025-06-11", one | {"agreed_on": f"2025-06-{day:02}"}) for day in range(1, 11) for one in told)


HANDED, CHECKED = (
    said(LISTS, "promised", 339, way="ua>ru", speaker="ukraine", list_act=list_act) for list_act in ("handed", "checked")
)
TIED = {
    "the deadline": agreements(*(bodies("promised", 1000, date_to=f"2025-06-{day}") for day in range(12, 17))),
    "the place": agreements(
        *(
            said(PRISONERS, "promised", 1000, way="ru>ua", agreed_at=place)
            for place in ("Abu Dhabi", "Doha", "Istanbul", "Jeddah")
        )
    ),
    "what is done with the list": World(
        [
            *agreements(HANDED, CHECKED),
            *(
                heard("kyiv", f"2025-06-{day + 10}", HANDED | {"stage": "performed", "scope": "event"} | days)
                for day in range(1, 11)
                for days in [
                    {"agreed_on": f"2025-06-{day:02}", "date_from": f"2025-06-{day + 10}", "date_to": f"2025-06-{day + 10}"}
                ]
            ),
        ]
    ),
}


@pytest.mark.parametrize("world", TIED.values(), ids=TIED)
def test_what_ties_is_settled_alike_in_any_order(world):
    """Terms that several statements of the same moment give differently: ten chances in a world, in three orders of arrival."""
    expected = books(world)
    for seed in range(3):
        assert not differences(expected, books(random.Random(seed).sample(world, len(world))))


@some(4)
@given(worlds(), st.randoms(use_true_random=False), st.integers(1, 3))
@example(World(told for world in TIED.values() for told in world), random.Random(1), 1)
def test_any_order_of_arrival_and_any_split_into_runs_give_the_same_ledger(world, chance_of, runs):
    """Articles come in any order, in one run or several, each of which keeps the books; rows are stored in any order."""
    with holding(world) as session:
        expected = dict(recompute(session, END).tables())
    shuffled = [replace(told, statements=tuple(chance_of.sample(told.statements, len(told.statements)))) for told in world]
    chance_of.shuffle(shuffled)
    with TemporaryDirectory() as folder:
        for run in range(runs):
            with Warehouse(Path(folder) / "servanda.duckdb").open() as session:
                store(session, shuffled[run::runs])
                computed = recompute(session, END)
                # What is kept of a run's days must serve the next one, whatever came in between.
                keep(session, computed.standings)
                found = dict(computed.tables())
    assert not differences(expected, found)


# 2. Outlets


def without_outlet(world: World, outlet: str) -> World:
    """What is left when an outlet says nothing; of its reprints elsewhere the earliest is then the original."""
    left = [told for told in world if told.outlet != outlet]
    ids = {told.id for told in left}
    heirs: dict[str, Told] = {}
    for told in sorted(left, key=lambda told: (told.at, told.id)):
        if told.copy_of is not None and told.copy_of not in ids:
            heirs.setdefault(told.copy_of, told)
    return World(
        replace(told, copy_of=None if heirs[told.copy_of] is told else heirs[told.copy_of].id) if told.copy_of in heirs else told
        for told in left
    )


def events_of(events: pl.DataFrame) -> dict[tuple[str, str | None, str | None], dict[str, object]]:
    """The event that each statement tells of in each direction."""
    return {
        (statement, event["from_party"], event["to_party"]): event
        for event in events.rows(named=True)
        for statement in event["statement_ids"]
    }


def borne_out_at_most(corroboration: str, events: list[dict[str, object]]) -> bool:
    """Whether it is not above what these events have together.

    The order: outlets below giver and receiver (neither of which is above the other), these below both, and both below external,
    which any account of a mediator makes.
    """
    ranks = [str(event["corroboration"]) for event in events]
    together = set().union(*(TOLD_OF_EACH.get(rank, set()) for rank in ranks))
    return "external" in ranks or (corroboration != "external" and TOLD_OF_EACH[corroboration] <= together)


@some(7)
@given(worlds(), st.sampled_from(OUTLETS))
def test_without_an_outlet_no_event_is_better_borne_out(world, outlet):
    """An event is compared with the event that held its statements before.

    Where the outlet had told several events apart, or was alone in telling of the event that an undated report spoke of, what is
    left of them may be one event: it is compared with these together.
    """
    left = without_outlet(world, outlet)
    assume(len(left) < len(world))
    before = events_of(books(world)["events"])
    for event in books(left)["events"].rows(named=True):
        sides = [(statement, event["from_party"], event["to_party"]) for statement in event["statement_ids"]]
        sources = list({before[side]["event_id"]: before[side] for side in sides}.values())
        assert borne_out_at_most(event["corroboration"], sources), (event, sources)
        assert event["witnesses"] <= sum(source["witnesses"] for source in sources), (event, sources)


# 3. Amounts


@some(6)
@given(worlds())
def test_every_number_of_an_event_was_told_by_that_account_of_that_event(world):
    with holding(world) as session:
        events = kept(session)["events"].rows(named=True)
        told = defaultdict(set)
        for side in performances(session, world):
            told[side.statement_id, side.giver, side.receiver, side.account].add(side.number)
    for event in events:
        for account in (*ACCOUNTS, "outlets"):
            numbers = {
                number
                for statement in event["statement_ids"]
                for number in told[statement, event["from_party"], event["to_party"], account]
            }
            assert event[f"count_by_{account}"] in (numbers - {None} or {None}), (account, event, numbers)


@some(7)
@given(worlds())
@example(RAISED)
def test_what_was_delivered_is_what_its_events_sum_to_or_what_a_total_says(world):
    """By each account apart: the sum of its numbers for the events that fill the obligation, or a greater total that it gives.

    A total of the same kind and direction, of no other agreement, and that starts on the promise's day or later. Null where
    neither is told.
    """
    with holding(world) as session:
        kept_books = kept(session)
        sides = performances(session, world)
    closed = {key for key, event in events_of(kept_books["events"]).items() if event["closed_total"]}
    totals = [
        side
        for side in sides
        if side.number is not None
        and side.date_from is not None
        and (side.scope == "cumulative" or (side.statement_id, side.giver, side.receiver) in closed)
    ]
    agreed = dict(kept_books["commitments"].select("commitment_id", "agreed_on").rows())
    for row in kept_books["status"].rows(named=True):
        filling = [event for event in kept_books["events"].rows(named=True) if event["obligation_id"] == row["obligation_id"]]
        for account in ACCOUNTS:
            numbers = [event[f"count_by_{account}"] for event in filling if event[f"count_by_{account}"] is not None]
            fitting = {
                side.number
                for side in totals
                if (side.kind, side.giver, side.receiver, side.account)
                == (row["kind"], row["from_party"], row["to_party"], account)
                and side.date_from >= row["made_on"]
                and side.agreed_on in {None, agreed[row["commitment_id"]]}
            }
            total = sum(numbers) if numbers else None
            delivered = row[f"delivered_by_{account}"]
            allowed = {total} | ({number for number in fitting if number > (total or 0)} if filling else set())
            assert delivered in allowed, (account, row, filling, fitting)


# 4. As of a day


@some(4)
@given(worlds(), st.integers(3, (LAST - FIRST).days))
def test_the_books_as_of_a_day_know_nothing_of_what_was_told_later(world, after):
    """The same with all articles stored and with those alone that counts by then, the history too."""
    day = FIRST + timedelta(after)
    with holding([told for told in world if counts_from(told) <= day]) as session:
        early = dict(recompute(session, day).tables())
        store(session, [told for told in world if counts_from(told) > day])
        late = dict(recompute(session, day).tables())
    assert not differences(early, late)


@some(7)
@given(worlds(), st.integers(3, (LAST - FIRST).days))
@example(COVERED, 9)
def test_an_event_once_told_is_told_later_too(world, after):
    """Under the same id, or its statements have gone to other events of the same kind and direction.

    To one, where it was found to be the same, or to several, where a later report tells apart. What a correction took back
    is not asked for.
    """
    day = FIRST + timedelta(after)
    with holding(world) as session:
        early, late = kept(session, day)["events"], kept(session)["events"]
        stands = {side.statement_id for side in performances(session, world)}
    later, ids = events_of(late), set(late["event_id"])
    for event in early.rows(named=True):
        still = [statement for statement in event["statement_ids"] if statement in stands]
        heirs = [later.get((statement, event["from_party"], event["to_party"])) for statement in still]
        assert all(heir is not None and heir["kind"] == event["kind"] for heir in heirs), (event, heirs)
        assert event["event_id"] in ids or not still or event["event_id"] not in {heir["event_id"] for heir in heirs}, event


# 5. Allocation


def day_of(event: dict[str, object], first_told: dict[str, date]) -> date:
    """The day in whose order events are taken: its last, or the one on which an undated one was first told."""
    return event["date_to"] or min(first_told[statement] for statement in event["statement_ids"])


@some(6)
@given(worlds())
def test_every_event_fills_one_obligation_of_its_kind_and_direction_at_most(world):
    kept_books = books(world)
    events, status = kept_books["events"], {row["obligation_id"]: row for row in kept_books["status"].rows(named=True)}
    assert events["event_id"].is_unique().all()
    assert events.filter(pl.col("closed_total"))["obligation_id"].null_count() == events["closed_total"].sum()
    for event in events.filter(pl.col("obligation_id").is_not_null()).rows(named=True):
        duty = status[event["obligation_id"]]
        assert duty["kind"] == event["kind"]
        assert duty["to_party"] == event["to_party"]
        assert duty["from_party"] == event["from_party"] or (event["kind"] == TRUCE and duty["from_party"] == "both")
    parties = kept_books["obligations"].select("obligation_id", "from_party", "to_party")
    borne = kept_books["bearings"].filter(pl.col("bearing") == "delivery").join(parties, on="obligation_id")
    assert borne.select("statement_id", "from_party", "to_party").is_unique().all(), "a report fills two obligations"
    filling = {key: event["obligation_id"] for key, event in events_of(events).items() if event["obligation_id"]}
    assert len(borne) == len(filling)


@some(6)
@given(worlds())
@example(OVERFLOWING)
def test_no_event_goes_to_an_obligation_that_was_full_before_it(world):
    """Unless its reports name the agreement, by its day or, where it has none, by its place.

    So every unit goes to one obligation; what overflows is left to others or to none. A truce is left out: its days are no units,
    and one of both sides is filled by reports of either.
    """
    with holding(world) as session:
        kept_books = kept(session)
        rows = session.frame("SELECT * FROM statements").rows(named=True)
    told_on = {(told.id, told.version): counts_from(told) for told in world}
    told = {row["statement_id"]: row for row in rows}
    first_told = {row["statement_id"]: told_on[row["article_id"], row["version"]] for row in rows}
    agreed = dict(kept_books["commitments"].select("commitment_id", "agreed_on").rows())
    numbered = (pl.col("kind") != TRUCE) & ~pl.col("all_for_all") & pl.col("promised_min").is_not_null()
    for row in kept_books["status"].filter(numbered).rows(named=True):
        filling = kept_books["events"].filter(pl.col("obligation_id") == row["obligation_id"]).rows(named=True)
        filled = 0
        for event in sorted(filling, key=lambda event: (day_of(event, first_told), event["event_id"])):
            named = {told[statement][name] for statement in event["statement_ids"] for name in ("agreed_on", "agreed_at")}
            by_name = (agreed[row["commitment_id"]] or row["agreed_at"] or "no name") in named
            assert filled < row["promised_min"] or by_name, (row, filling)
            numbers = [event[f"count_by_{account}"] for account in ("receiver", "mediator", "giver", "outlets")]
            filled += next((number for number in numbers if number is not None), 0)


@some(4)
@given(worlds())
def test_whatever_is_told_as_done_stays_visible_in_an_event(world):
    """Every report of an occasion, in each direction that it speaks of, whether or not it fills a promise."""
    with holding(world) as session:
        told = events_of(kept(session)["events"])
        sides = performances(session, world)
    expected = {(side.statement_id, side.giver, side.receiver) for side in sides if side.scope == "event" and not side.bare}
    assert set(told) == expected
