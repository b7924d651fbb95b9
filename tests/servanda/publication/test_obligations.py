"""What an obligation's row says: what was promised, the share and whose numbers it goes by, the bars."""

from dataclasses import replace
from datetime import date

import pytest

from servanda.publication.obligations import bars, basis, grouped, obligation_view, share
from servanda.publication.rows import Standing

ROW = Standing(
    obligation_id="body_repatriation.1.russia-ukraine",
    commitment_id="body_repatriation.1",
    kind="body_repatriation",
    from_party="russia",
    to_party="ukraine",
    categories=[],
    all_for_all=False,
    promised_min=3000,
    promised_max=3000,
    made_on=date(2025, 6, 16),
    due_on=None,
    agreed_at=None,
    status="promised",
    undertaking="promised",
    delivery="none",
    corroboration="none",
    delivered_by_giver=None,
    delivered_by_receiver=None,
    delivered_by_mediator=None,
    share=None,
    flags=[],
    last_event_on=None,
    agreed_on=None,
    starts_on=None,
    closed_on=None,
)


@pytest.mark.parametrize(
    ("terms", "said"),
    [
        ({}, "3,000 bodies"),
        ({"promised_max": None}, "at least 3,000 bodies"),
        ({"promised_min": None, "promised_max": None}, "no number named"),
        ({"all_for_all": True}, "all for all (3,000 bodies named)"),
        ({"all_for_all": True, "promised_min": None, "promised_max": None}, "all for all"),
        ({"kind": "talks", "promised_min": None}, "a further round"),
    ],
)
def test_promised(terms: dict[str, object], said: str) -> None:
    assert obligation_view(replace(ROW, **terms)).promised == said


@pytest.mark.parametrize(
    ("standing", "said", "by"),
    [
        ({}, "no number told yet", ""),
        ({"share": 0.5, "delivered_by_receiver": 1500}, "50% of 3,000", ""),
        ({"share": 0.0, "delivered_by_receiver": 0}, "0% of 3,000", ""),
        ({"share": 0.5, "delivered_by_giver": 1500, "corroboration": "giver"}, "50% of 3,000", "by the giver’s word alone"),
        ({"share": 0.5, "corroboration": "outlets"}, "50% of 3,000", "the receiver gives no number"),
        (
            {"share": 1.0, "delivered_by_giver": 2000, "delivered_by_receiver": 2000},
            "100% of 3,000",
            "3,000 counted: 1,000 of them by outlets, with no number from the receiver",
        ),
        (
            {"share": 1.0, "delivered_by_receiver": 2000, "delivered_by_mediator": 1000},
            "100% of 3,000",
            "3,000 counted: 1,000 of them by mediators or outlets, with no number from the receiver",
        ),
        ({"promised_max": None, "share": 0.5, "delivered_by_receiver": 1500}, "50% of at least 3,000", ""),
        ({"all_for_all": True}, "no number to compare", ""),
        ({"undertaking": "refused", "status": "refused"}, "not promised", ""),
        ({"kind": "ceasefire"}, "not counted", ""),
    ],
)
def test_a_share_tells_whose_numbers_it_goes_by(standing: dict[str, object], said: str, by: str) -> None:
    row = replace(ROW, **standing)
    assert (share(row), basis(row)) == (said, by)


def test_bars_stand_on_one_scale_and_keep_no_account_apart_from_0() -> None:
    over = bars(replace(ROW, share=1.01, delivered_by_giver=3030, delivered_by_receiver=0))
    assert [(bar.account, bar.number, bar.length, bar.mark) for bar in over] == [
        ("giver", 3030, "100.00", "99.01"),
        ("receiver", 0, "0.00", "99.01"),
    ]
    assert [bar.number for bar in bars(ROW)] == [None, None]


def test_what_others_add_has_a_bar_of_its_own() -> None:
    told = bars(replace(ROW, share=1.0, delivered_by_giver=2000, delivered_by_receiver=2000))
    assert [(bar.account, bar.length) for bar in told] == [("giver", "66.67"), ("receiver", "66.67"), ("counted", "100.00")]


@pytest.mark.parametrize(
    "standing", [{"all_for_all": True}, {"promised_min": None}, {"undertaking": "proposed"}, {"kind": "talks"}]
)
def test_no_bar_where_nothing_can_be_compared(standing: dict[str, object]) -> None:
    assert bars(replace(ROW, **standing)) == ()


def test_groups_go_by_the_agreement_and_refusals_stand_last() -> None:
    agreed = replace(ROW, agreed_on=date(2025, 6, 2), agreed_at="Istanbul")
    refused = replace(agreed, obligation_id="a.refused", status="refused", undertaking="refused")
    groups = grouped(obligation_view(row) for row in (refused, agreed, ROW))
    assert [(group.day, group.places, len(group.obligations)) for group in groups] == [
        ("16 June 2025", "", 1),
        ("2 June 2025", "Istanbul", 2),
    ]
    assert [view.status for view in groups[1].obligations] == ["Promised", "Refused"]
