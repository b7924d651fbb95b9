"""What becomes of an item after a try."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from servanda.intake.client import Fetched
from servanda.intake.decision import Decision, decide, decide_unreadable, pause_after
from servanda.model.source import Network
from servanda.model.vocabulary import FetchOutcome, ItemState, Purpose

NOW = datetime(2026, 6, 2, 10, tzinfo=UTC)
NETWORK = Network(contact="x")
URL = "https://site.example/a"
GOOD = Fetched(url=URL, final_url=URL, purpose=Purpose.PAGE, started_at=NOW, status=200, body=b"x", outcome=FetchOutcome.OK)
LATER = replace(GOOD, status=503, outcome=FetchOutcome.RETRY, reason="the server answered 503")


def minutes(decision: Decision) -> float:
    assert decision.next_try_at
    return (decision.next_try_at - NOW).total_seconds() / 60


@pytest.mark.parametrize("outcome", [FetchOutcome.OK, FetchOutcome.NOT_MODIFIED])
def test_stored(outcome):
    assert decide(replace(GOOD, outcome=outcome), tries_before=9, now=NOW, network=NETWORK) == Decision(outcome=ItemState.STORED)


def test_refused():
    gone = replace(GOOD, status=410, outcome=FetchOutcome.REFUSED, reason="the server answered 410 Gone")
    decision = decide(gone, tries_before=0, now=NOW, network=NETWORK)
    assert decision == Decision(outcome=ItemState.REFUSED, reason="the server answered 410 Gone")


def test_pauses_grow_to_the_longest_and_the_tries_end():
    decisions = [decide(LATER, tries_before=n, now=NOW, network=NETWORK) for n in range(NETWORK.tries)]
    assert [d.outcome for d in decisions] == [ItemState.PENDING] * 7 + [ItemState.REFUSED]
    for number, decision in enumerate(decisions[:-1]):
        plain = 15 * 2**number
        assert 0.9 * plain <= minutes(decision) <= 1.1 * plain
        assert decision.reason == LATER.reason
    assert decisions[-1].reason == "given up after 8 tries; the last: the server answered 503"
    assert decisions[-1].next_try_at is None
    assert max(pause_after(n, URL, NETWORK) for n in range(100)) <= timedelta(hours=24)


def test_pauses_are_the_same_for_the_same_address_and_spread_over_others():
    assert pause_after(0, URL, NETWORK) == pause_after(0, URL, NETWORK)
    assert len({pause_after(0, f"{URL}{n}", NETWORK) for n in range(50)}) > 45


@pytest.mark.parametrize(("asked", "least", "most"), [(1, 13.5, 16.5), (120, 120, 120), (100_000, 1440, 1440)])
def test_retry_after_is_honoured_where_it_is_longer(asked, least, most):
    decision = decide(replace(LATER, retry_after=timedelta(minutes=asked)), tries_before=0, now=NOW, network=NETWORK)
    assert least <= minutes(decision) <= most


def test_an_unreadable_page_is_tried_a_few_times():
    decisions = [decide_unreadable(URL, "no text", tries_before=n, now=NOW, network=NETWORK) for n in range(3)]
    assert [d.outcome for d in decisions] == [ItemState.PENDING, ItemState.PENDING, ItemState.REFUSED]
    assert decisions[-1].reason == "given up after 3 tries; the last: no text"
