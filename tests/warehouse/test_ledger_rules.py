"""The rules of the ledger, a case each (design: "Rules of the ledger")."""

from datetime import UTC, datetime

import polars as pl
import pytest

from servanda.publication.outside import file_name
from tests.casebook import Told, keep, said, store, warehouse
from warehouse.ledger_run import recompute

BODIES, PRISONERS = "body_repatriation", "prisoner_exchange"


def june(count=6000, **fields):
    return said(BODIES, "promised", count, way="ru>ua", agreed_on="2025-06-02", agreed_at="Istanbul", speaker="russia", **fields)


def row(frame, **wanted):
    found = frame.filter(*[pl.col(name) == value for name, value in wanted.items()])
    assert len(found) == 1, f"{wanted}: {len(found)} rows of {frame}"
    return found.row(0, named=True)


def obligation(ledger, name):
    return row(ledger.status, obligation_id=name)


JUNE = "body_repatriation.2025-06-02.russia-ukraine"


def test_both_accounts_of_one_hand_over_are_one_event_with_two_numbers(tmp_path):
    books = keep(
        tmp_path,
        [
            Told("kyiv", "2025-06-16", (said(BODIES, "performed", 1245, way="ru>ua", on="2025-06-16", speaker="ukraine"),)),
            Told("moscow", "2025-06-16", (said(BODIES, "performed", 1248, way="ru>ua", on="2025-06-16", speaker="russia"),)),
        ],
    )
    event = row(books.events, kind=BODIES)
    assert (event["count_by_receiver"], event["count_by_giver"], event["count_by_mediator"]) == (1245, 1248, None)
    assert (event["corroboration"], event["witnesses"]) == ("both", 2)


def test_equal_batches_on_neighbouring_days_are_events_apart(tmp_path):
    days = ["2025-06-13", "2025-06-14", "2025-06-15"]
    told = [Told("kyiv", day, (said(BODIES, "performed", 1200, way="ru>ua", on=day, speaker="ukraine"),)) for day in days]
    assert keep(tmp_path, told).events["date_from"].sort().cast(str).to_list() == days


def test_counts_that_one_speaker_gives_apart_for_one_day_are_events_apart(tmp_path):
    soldiers = said(PRISONERS, "performed", 185, way="ru>ua", on="2025-10-02", speaker="ukraine")
    civilians = said(PRISONERS, "performed", 20, way="ru>ua", on="2025-10-02", speaker="ukraine", categories=["civilians"])
    mutual = said(PRISONERS, "performed", 185, way="both", on="2025-10-02", speaker="russia", per_side=True)
    events = keep(tmp_path, [Told("kyiv", "2025-10-02", (soldiers, civilians)), Told("moscow", "2025-10-02", (mutual,))]).events
    to_ukraine = events.filter(pl.col("to_party") == "ukraine").sort("count_by_receiver")
    assert to_ukraine["count_by_receiver"].to_list() == [20, 185]
    assert to_ukraine["count_by_giver"].to_list() == [None, 185]


def test_a_count_of_the_pair_belongs_to_the_pair(tmp_path):
    events = keep(
        tmp_path,
        [Told("ankara", "2026-02-05", (said(PRISONERS, "performed", 314, way="both", on="2026-02-05", speaker="mediator"),))],
    ).events
    assert events["pair_count"].to_list() == [314, 314]
    assert events["count_by_mediator"].to_list() == [None, None]


def test_copies_and_outlets_that_quote_one_speaker_are_one_witness(tmp_path):
    first = Told("ankara", "2025-06-16", (said(BODIES, "performed", 1248, way="ru>ua", on="2025-06-16"),))
    copy = Told("london", "2025-06-17", (said(BODIES, "performed", 1248, way="ru>ua", on="2025-06-16"),), copy_of=first.id)
    quoting = [
        Told(outlet, "2025-06-16", (said(BODIES, "performed", 1248, way="ru>ua", on="2025-06-16", speaker="russia"),))
        for outlet in ("moscow", "paris")
    ]
    assert row(keep(tmp_path, [first, copy, *quoting]).events, kind=BODIES)["witnesses"] == 2


def test_a_window_that_covers_other_events_is_a_closed_total_and_adds_nothing(tmp_path):
    days = [
        said(BODIES, "performed", n, way="ru>ua", on=day, speaker="ukraine")
        for n, day in ((1212, "2025-06-11"), (1200, "2025-06-13"))
    ]
    total = said(BODIES, "performed", 2412, way="ru>ua", on="2025-06-11..2025-06-13", speaker="ukraine")
    books = keep(tmp_path, [Told("kyiv", "2025-06-13", (june(), *days, total))])
    assert row(books.events, count_by_receiver=2412)["closed_total"]
    assert obligation(books, JUNE)["delivered_by_receiver"] == 2412


@pytest.mark.parametrize(
    ("since", "delivered"),
    [("2025-06-11", 6057), ("2025-06-01", 1245), (None, 1245)],
    ids=["starts after the promise: raises the sum", "starts before the promise: raises nothing", "no start: raises nothing"],
)
def test_a_running_total_can_raise_the_sum_and_is_never_added(tmp_path, since, delivered):
    day = said(BODIES, "performed", 1245, way="ru>ua", on="2025-06-16", speaker="ukraine")
    total = said(BODIES, "performed", 6057, way="ru>ua", scope="cumulative", speaker="ukraine") | {
        "date_from": since,
        "date_to": "2025-06-16",
    }
    books = keep(tmp_path, [Told("kyiv", "2025-06-16", (june(), day, total))])
    assert obligation(books, JUNE)["delivered_by_receiver"] == delivered


def test_no_account_is_null_never_zero(tmp_path):
    status = obligation(keep(tmp_path, [Told("moscow", "2025-06-02", (june(),))]), JUNE)
    assert [status[f"delivered_by_{who}"] for who in ("giver", "receiver", "mediator")] == [None, None, None]
    assert (status["status"], status["delivery"], status["corroboration"]) == ("promised", "none", "none")


@pytest.mark.parametrize(
    ("speaker", "status", "corroboration"),
    [("russia", "reported", "giver"), ("ukraine", "fulfilled", "receiver"), ("mediator", "fulfilled", "external")],
)
def test_the_givers_word_alone_fulfils_nothing(tmp_path, speaker, status, corroboration):
    done = said(BODIES, "performed", 6000, way="ru>ua", on="2025-06-16", speaker=speaker)
    found = obligation(keep(tmp_path, [Told("moscow", "2025-06-16", (june(), done))]), JUNE)
    assert (found["status"], found["corroboration"], found["delivery"]) == (status, corroboration, "full")


def test_all_for_all_is_fulfilled_only_when_both_sides_declare_it_complete(tmp_path):
    terms = {
        "way": "both",
        "all_for_all": True,
        "categories": ["severely_wounded"],
        "agreed_on": "2025-06-02",
        "agreed_at": "Istanbul",
    }
    promise = said(PRISONERS, "promised", 1000, per_side=True, speaker="russia", **terms) | {"count_max": None}
    done = said(PRISONERS, "performed", 1100, way="ru>ua", on="2025-07-23", speaker="ukraine")
    over = [said(PRISONERS, "performed", None, completes=True, speaker=who, **terms) for who in ("russia", "ukraine")]
    name = "prisoner_exchange.2025-06-02.russia-ukraine"
    counted = obligation(keep(tmp_path / "a", [Told("kyiv", "2025-07-23", (promise, done))]), name)
    assert counted["status"] == "reported"
    assert "floor_reached" in counted["flags"]
    one = obligation(keep(tmp_path / "b", [Told("kyiv", "2025-07-23", (promise, done, over[0]))]), name)
    assert one["status"] == "reported"
    both = obligation(keep(tmp_path / "c", [Told("kyiv", "2025-07-23", (promise, done, *over))]), name)
    assert both["status"] == "fulfilled"


def test_an_offer_that_the_giver_begins_to_deliver_is_promised_from_that_day(tmp_path):
    offer = said(BODIES, "proposed", 3000, way="ru>ua", speaker="russia")
    first = said(BODIES, "performed", 1000, way="ru>ua", on="2025-07-17", speaker="ukraine")
    articles = [Told("moscow", "2025-06-20", (offer,)), Told("kyiv", "2025-07-17", (first,))]
    name = "body_repatriation.by-russia.3000.russia-ukraine"
    assert obligation(keep(tmp_path / "a", articles, "2025-07-16"), name)["status"] == "proposed"
    after = obligation(keep(tmp_path / "b", articles, "2025-07-17"), name)
    assert (after["status"], after["undertaking"], after["delivered_by_receiver"]) == ("reported", "promised", 1000)


def test_an_offer_restated_with_another_number_is_one_offer(tmp_path):
    offers = [
        Told("moscow", day, (said(BODIES, "proposed", n, way="ru>ua", speaker="russia"),))
        for n, day in ((2239, "2025-06-16"), (3000, "2025-06-20"))
    ]
    assert keep(tmp_path, offers).commitments["promised_min"].to_list() == [3000]


def test_a_demand_is_not_accepted_by_what_comes_besides(tmp_path):
    demand = said(PRISONERS, "proposed", 30, way="ua>ru", speaker="russia", categories=["civilians"])
    some = said(PRISONERS, "performed", 8, way="ua>ru", on="2025-08-24", speaker="russia", categories=["civilians"])
    books = keep(tmp_path, [Told("moscow", "2025-07-23", (demand,)), Told("moscow", "2025-08-24", (some,))])
    assert books.status["status"].to_list() == ["proposed"]
    assert books.events["obligation_id"].to_list() == [None]


def test_a_refusal_stands_until_its_author_returns_to_the_matter(tmp_path):
    offer = said("ceasefire", "proposed", 30, way="both", speaker="ukraine")
    refusal = said("ceasefire", "refused", 30, way="ru", speaker="russia")
    articles = [Told("kyiv", "2025-05-16", (offer, refusal)), Told("london", "2025-06-02", (offer,))]
    assert keep(tmp_path / "a", articles).status["status"].to_list() == ["refused"]
    returned = Told("moscow", "2025-07-01", (said("ceasefire", "proposed", 30, way="both", speaker="russia"),))
    assert keep(tmp_path / "b", [*articles, returned]).status["status"].to_list() == ["proposed"]


def test_a_refusal_of_what_nobody_is_known_to_have_offered_is_not_lost(tmp_path):
    books = keep(tmp_path, [Told("moscow", "2025-08-14", (said(PRISONERS, "refused", 1000, way="ru>ua", speaker="russia"),))])
    assert books.status["status"].to_list() == ["refused"]


def test_a_postponement_accused_and_denied_disputes_no_delivery(tmp_path):
    put_off = said(BODIES, "postponed", way="ru>ua", speaker="russia")
    denied = said(BODIES, "denied", way="ru>ua", speaker="ukraine", denies="postponed")
    articles = [Told("moscow", "2025-06-02", (june(),)), Told("moscow", "2025-06-07", (put_off, denied))]
    assert "postponed" in obligation(keep(tmp_path / "a", articles), JUNE)["flags"]
    came = Told("kyiv", "2025-06-11", (said(BODIES, "performed", 1212, way="ru>ua", on="2025-06-11", speaker="ukraine"),))
    assert not {"postponed", "disputed"} & set(obligation(keep(tmp_path / "b", [*articles, came]), JUNE)["flags"])


def test_a_denied_hand_over_is_disputed(tmp_path):
    done = said(BODIES, "performed", 1000, way="ru>ua", on="2025-06-11", speaker="russia")
    denied = said(BODIES, "denied", way="ru>ua", speaker="ukraine", denies="performed")
    assert "disputed" in obligation(keep(tmp_path, [Told("london", "2025-06-12", (june(), done, denied))]), JUNE)["flags"]


def test_a_stage_of_an_open_promise_is_no_new_commitment(tmp_path):
    stages = (
        said(BODIES, "proposed", 1212, way="ru>ua", speaker="russia"),
        said(BODIES, "promised", way="ru>ua", speaker="ukraine"),
    )
    books = keep(tmp_path, [Told("moscow", "2025-06-02", (june(),)), Told("moscow", "2025-06-07", stages)])
    assert books.commitments["promised_min"].to_list() == [6000]


def test_a_later_agreement_is_not_filled_by_what_came_before_it(tmp_path):
    early = said(PRISONERS, "promised", way="both", all_for_all=True, agreed_on="2025-06-02", agreed_at="Istanbul")
    late = said(PRISONERS, "promised", 1200, way="both", per_side=True, agreed_on="2025-07-23", agreed_at="Istanbul")
    before, after = (
        said(PRISONERS, "performed", n, way="ru>ua", on=day, speaker="ukraine")
        for n, day in ((300, "2025-07-04"), (84, "2025-08-14"))
    )
    books = keep(tmp_path, [Told("kyiv", "2025-08-14", (early, late, before, after))])
    assert obligation(books, "prisoner_exchange.2025-07-23.russia-ukraine")["delivered_by_receiver"] == 84
    assert obligation(books, "prisoner_exchange.2025-06-02.russia-ukraine")["delivered_by_receiver"] == 300


def test_a_list_of_children_is_a_demand_and_only_returns_from_it_fill_it(tmp_path):
    listed = said("child_list", "performed", 339, way="ua>ru", on="2025-06-02", list_act="handed", speaker="russia")
    others = said("child_return", "performed", 7, way="ru>ua", on="2025-08-14", speaker="ukraine")
    few = said("child_return", "performed", 2, way="ru>ua", on="2025-09-01", speaker="ukraine", from_list=True)
    total = said("child_return", "performed", 1625, way="ru>ua", scope="cumulative", speaker="ukraine", date_from="2022-02-24")
    books = keep(tmp_path, [Told("kyiv", "2025-09-23", (listed, others, few, total))])
    demand = obligation(books, "child_return.list.by-russia.2025-06-02.russia-ukraine")
    assert (demand["status"], demand["promised_min"], demand["delivered_by_receiver"]) == ("proposed", 339, 2)
    assert row(books.events, count_by_receiver=7)["obligation_id"] is None


def test_checking_the_list_is_reported_by_its_doers_word_alone(tmp_path):
    promise = said("child_list", "promised", 339, way="ua>ru", list_act="checked", speaker="russia")
    done = said("child_list", "performed", 339, way="ua>ru", list_act="checked", speaker="russia", completes=True)
    status = keep(tmp_path, [Told("moscow", "2025-06-02", (promise,)), Told("moscow", "2025-07-23", (done,))]).status
    assert (status["status"].to_list(), status["corroboration"].to_list()) == (["reported"], ["giver"])


def test_talks_promised_are_fulfilled_when_held_whoever_reports_it(tmp_path):
    promise = said("talks", "promised", agreed_on="2025-05-16", agreed_at="Istanbul")
    held = said("talks", "performed", on="2025-06-02")
    articles = [Told("ankara", "2025-05-16", (promise,)), Told("london", "2025-06-02", (held,))]
    assert keep(tmp_path / "a", articles, "2025-06-01").status["status"].to_list() == ["promised"]
    assert keep(tmp_path / "b", articles, "2025-06-02").status["status"].to_list() == ["fulfilled"]


def test_a_truce_lapses_with_its_last_day_and_is_not_overdue(tmp_path):
    truce = said("ceasefire", "promised", way="ru", on="..2026-02-01", speaker="russia")
    status = keep(tmp_path, [Told("moscow", "2026-01-30", (truce,))]).status.row(0, named=True)
    assert "lapsed" in status["flags"]
    assert "overdue" not in status["flags"]


def test_terms_on_which_the_sides_differ_are_kept_and_flagged(tmp_path):
    mutual = said(
        BODIES, "promised", 6000, way="both", per_side=True, agreed_on="2025-06-02", agreed_at="Istanbul", speaker="ukraine"
    )
    books = keep(tmp_path, [Told("kyiv", "2025-06-02", (mutual,)), Told("moscow", "2025-06-02", (june(),))])
    assert books.commitments["commitment_id"].to_list() == ["body_repatriation.2025-06-02"]
    assert sorted(books.status["obligation_id"]) == [JUNE, "body_repatriation.2025-06-02.ukraine-russia"]
    assert all("terms_differ" in flags for flags in books.status["flags"])


def test_a_deadline_that_passed_is_overdue(tmp_path):
    promise = june() | {"date_to": "2025-06-15"}
    articles = [Told("moscow", "2025-06-02", (promise,))]
    assert "overdue" not in obligation(keep(tmp_path / "a", articles, "2025-06-15"), JUNE)["flags"]
    assert "overdue" in obligation(keep(tmp_path / "b", articles, "2025-06-16"), JUNE)["flags"]


def test_days_are_counted_in_kyiv(tmp_path):
    late = datetime(2025, 6, 10, 22, 30, tzinfo=UTC)  # 01:30 of the 11th in Kyiv
    article = Told("london", "2025-06-11", (june(),), published=late)
    assert keep(tmp_path / "a", [article], "2025-06-10").status.is_empty()
    assert len(keep(tmp_path / "b", [article], "2025-06-11").status) == 1


def test_a_corrected_article_speaks_from_the_day_it_was_seen(tmp_path):
    wrong = said(BODIES, "performed", 1421, way="ru>ua", on="2025-06-11", speaker="ukraine")
    right = said(BODIES, "performed", 1212, way="ru>ua", on="2025-06-11", speaker="ukraine")
    first = Told("kyiv", "2025-06-11", (wrong,), article_id="a-1", first_seen=datetime(2025, 6, 11, 12, tzinfo=UTC))
    second = Told("kyiv", "2025-06-11", (right,), article_id="a-1", version=2, first_seen=datetime(2025, 6, 13, 9, tzinfo=UTC))
    for name, day, count in (("a", "2025-06-12", 1421), ("b", "2025-06-13", 1212)):
        assert row(keep(tmp_path / name, [first, second], day).events, kind=BODIES)["count_by_receiver"] == count


def test_a_newer_reading_replaces_what_an_older_one_found(tmp_path):
    article = Told(
        "kyiv",
        "2025-06-11",
        (said(BODIES, "performed", 1421, way="ru>ua", on="2025-06-11"),),
        article_id="a-1",
        first_seen=datetime(2025, 6, 11, tzinfo=UTC),
    )
    better = Told("kyiv", "2025-06-11", (), article_id="a-1", first_seen=datetime(2025, 6, 12, tzinfo=UTC))
    with warehouse(tmp_path, [article]) as session:
        store(session, [better], reader_version="2")
        assert recompute(session, datetime(2025, 7, 1, tzinfo=UTC).date()).events.is_empty()


def test_the_history_names_the_statement_that_caused_each_change(tmp_path):
    came = Told("kyiv", "2025-06-11", (said(BODIES, "performed", 1212, way="ru>ua", on="2025-06-11", speaker="ukraine"),))
    late = june() | {"date_to": "2025-06-15"}
    history = keep(tmp_path, [Told("moscow", "2025-06-02", (late,)), came], "2025-06-20").status_history
    assert history["status"].to_list() == ["promised", "reported", "reported"]
    assert history["day"].cast(str).to_list() == ["2025-06-02", "2025-06-11", "2025-06-16"]
    assert [cause is None for cause in history["statement_id"]] == [False, False, True]


@pytest.mark.parametrize(
    "fields",
    [
        {"categories": ["severely_wounded", "seriously_ill"], "speaker": "russia"},
        {"categories": ["severely_wounded", "seriously_ill"], "speaker": "russia", "stage": "refused"},
        {"agreed_at": "Washington, D.C.", "speaker": "russia"},
        {"agreed_at": "Türkiye", "speaker": "russia"},
    ],
)
def test_every_obligations_id_can_name_its_page(tmp_path, fields):
    told = said(PRISONERS, "promised", 1200, way="ru>ua") | fields
    books = keep(tmp_path, [Told("moscow", "2025-06-02", (told,))])
    assert len(books.status) == 1
    assert file_name(books.status["obligation_id"][0], ".html").endswith(".html")
