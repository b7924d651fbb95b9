"""A reprint is no news: properties over generated worlds (design: one text is one witness)."""

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from tests.casebook import Told, said, store
from tests.warehouse.worlds import (
    TALKS,
    TRUCE,
    World,
    bodies,
    differences,
    heard,
    holding,
    kept,
    reprint,
    reprints,
    some,
    worlds,
)


def assert_a_reprint_changes_nothing(world: list[Told], copy: Told) -> None:
    """Events with their counts and witnesses, commitments, status and what was delivered; only ids of statements may be added."""
    with holding(world) as session:
        before = kept(session)
        store(session, [copy])
        after = kept(session)
    del before["bearings"], after["bearings"]
    assert not differences(before, after, without=("statement_ids",))


@st.composite
def reprinted(draw: st.DrawFn) -> tuple[World, Told]:
    """A world, and a reprint of one of its articles that is not in it yet."""
    world = draw(worlds(corrected=False))
    original = draw(st.sampled_from([told for told in world if told.copy_of is None]))
    return world, replace(draw(reprints(original)), article_id="z-copy")


def then_reprinted(*told: Told) -> tuple[World, Told]:
    """Some articles, of which an outlet in London prints the first again eight days later."""
    return World(told), reprint(told[0], "london", timedelta(days=8), "z-copy")


REPRINTED = {
    "of two numbers told once each, the reprinted one becomes the later and wins": then_reprinted(
        heard("kyiv", "2025-06-05", bodies("performed", 1000, on="2025-06-05", speaker="ukraine")),
        heard("paris", "2025-06-06", bodies("performed", 1003, on="2025-06-05", speaker="ukraine")),
    ),
    "a text of the giver's outlets in an independent one bears out: fulfilled": then_reprinted(
        heard("moscow", "2025-06-05", bodies("performed", 1000, on="2025-06-05")),
        heard("moscow", "2025-06-06", bodies("performed", 1000, on="2025-06-05")),
        heard("moscow", "2025-06-03", bodies("promised", 1000, speaker="russia")),
    ),
    "an offer reprinted after its refusal reopens it: refused becomes proposed": then_reprinted(
        heard("moscow", "2025-06-03", said(TRUCE, "proposed", 30, way="both", speaker="russia")),
        heard("moscow", "2025-06-05", said(TRUCE, "refused", 30, way="ru", speaker="russia")),
    ),
    "a refusal reprinted after its author returned stands again: proposed becomes refused": then_reprinted(
        heard("moscow", "2025-06-03", said(TRUCE, "refused", 30, way="ru", speaker="russia")),
        heard("moscow", "2025-06-05", said(TRUCE, "proposed", 30, way="both", speaker="russia")),
    ),
    "a postponement reprinted after the delivery postpones again": then_reprinted(
        heard("moscow", "2025-06-03", bodies("promised", 1000, speaker="russia"), bodies("postponed", speaker="russia")),
        heard("kyiv", "2025-06-05", bodies("performed", 500, on="2025-06-05", speaker="ukraine")),
    ),
    "an undated report reprinted after another hand-over tells of that one: receiver becomes both": then_reprinted(
        heard("moscow", "2025-06-04", bodies("performed", 500, speaker="russia")),
        heard("kyiv", "2025-06-04", bodies("performed", 500, on="2025-06-04", speaker="ukraine")),
        heard("kyiv", "2025-06-06", bodies("performed", 500, on="2025-06-06", speaker="ukraine")),
    ),
    "an old deadline reprinted replaces the new one": then_reprinted(
        heard("moscow", "2025-06-03", bodies("promised", 1000, speaker="russia", date_to="2025-06-08")),
        heard("moscow", "2025-06-05", bodies("promised", 1000, speaker="russia", date_to="2025-06-20")),
    ),
    "a place that one text names twice wins over three texts, once it is reprinted": then_reprinted(
        heard(
            "kyiv",
            "2025-06-04",
            *(
                bodies("promised", 1000, agreed_on="2025-06-02", agreed_at="Abu Dhabi", speaker=side)
                for side in ("russia", "ukraine")
            ),
        ),
        *(
            heard(outlet, "2025-06-04", bodies("promised", 1000, agreed_on="2025-06-02", agreed_at="Istanbul"))
            for outlet in ("moscow", "ankara", "paris")
        ),
    ),
    "next talks reprinted after the round that was meant are another promise": then_reprinted(
        heard("kyiv", "2025-06-03", said(TALKS, "promised")),
        heard("kyiv", "2025-06-05", said(TALKS, "performed", on="2025-06-05")),
    ),
    "a denial reprinted after another promise disputes that": then_reprinted(
        heard(
            "kyiv",
            "2025-06-03",
            bodies("promised", 1000, agreed_on="2025-06-02"),
            bodies("denied", denies="performed", speaker="ukraine"),
        ),
        heard("kyiv", "2025-06-10", bodies("promised", 1200, agreed_on="2025-06-10")),
    ),
    "a reprint breaks the silence": then_reprinted(heard("kyiv", "2025-05-08", bodies("promised", 1000, speaker="russia"))),
}


@pytest.mark.parametrize("case", REPRINTED.values(), ids=REPRINTED)
def test_a_reprint_is_no_news(case):
    assert_a_reprint_changes_nothing(*case)


@some(7)
@given(reprinted())
@example(next(iter(REPRINTED.values())))
def test_a_reprint_changes_nothing_but_lists_of_statements(case):
    assert_a_reprint_changes_nothing(*case)
