"""The client and robots.txt: asked once a site, obeyed, and what its odd answers mean."""

import time
from datetime import timedelta

import pytest

from servanda.model.vocabulary import FetchOutcome, Purpose
from tests.servanda.intake.asking import page

OK, RETRY, REFUSED = FetchOutcome.OK, FetchOutcome.RETRY, FetchOutcome.REFUSED


def test_robots_txt_is_asked_once_and_obeyed(client, hostile):
    rules = b"User-agent: *\nDisallow: /\n\nUser-agent: servanda\nDisallow: /private\nAllow: /private/open\n"
    hostile.routes |= {
        "/robots.txt": hostile.answer(200, rules),
        "/a": hostile.answer(200, b"a"),
        "/private/open": hostile.answer(200, b"b"),
    }
    assert page(client, f"{hostile.base}/a").outcome is OK
    assert page(client, f"{hostile.base}/private/open").outcome is OK
    refused = page(client, f"{hostile.base}/private/x")
    assert refused.outcome is REFUSED
    assert "robots.txt" in refused.reason
    assert hostile.paths() == ["/robots.txt", "/a", "/private/open"]
    assert [(f.url, f.purpose, f.status) for f in client.log] == [(f"{hostile.base}/robots.txt", Purpose.ROBOTS, 200)]


def test_robots_txt_rules_the_target_of_a_redirect(client, hostile):
    hostile.routes |= {
        "/robots.txt": hostile.answer(200, b"User-agent: *\nDisallow: /no"),
        "/a": hostile.answer(302, Location="/no"),
    }
    assert page(client, f"{hostile.base}/a").outcome is REFUSED
    assert "/no" not in hostile.paths()


@pytest.mark.parametrize(
    ("status", "outcome"), [(404, OK), (403, OK), (401, OK), (410, OK), (429, RETRY), (500, RETRY), (503, RETRY), (304, OK)]
)
def test_robots_txt_by_status(client, hostile, status, outcome):
    hostile.routes |= {"/robots.txt": hostile.answer(status, Retry_After="60"), "/a": hostile.answer(200, b"a")}
    got = page(client, f"{hostile.base}/a")
    assert got.outcome is outcome
    assert ("/a" in hostile.paths()) is (outcome is OK)
    if outcome is RETRY:
        assert got.retry_after == timedelta(seconds=60)
        assert "robots.txt" in got.reason


def test_robots_txt_that_times_out_closes_the_site_for_now(client, hostile):
    hostile.routes |= {"/robots.txt": lambda request: time.sleep(1), "/a": hostile.answer(200, b"a")}
    assert [page(client, f"{hostile.base}/a").outcome for _ in range(2)] == [RETRY, RETRY]
    assert hostile.paths() == ["/robots.txt"]


def test_odd_robots_txt(client, hostile):
    hostile.routes["/a"] = hostile.answer(200, b"a")
    hostile.routes["/robots.txt"] = hostile.answer(200, b"User-agent: *\nDisallow: /a\n" + b"#" * 600_000)
    assert page(client, f"{hostile.base}/a").outcome is REFUSED


def test_redirected_robots_txt(client, hostile):
    hostile.routes |= {
        "/a": hostile.answer(200, b"a"),
        "/robots.txt": hostile.answer(301, Location="/r2"),
        "/r2": hostile.answer(200, b"User-agent: *\nDisallow: /a\n"),
    }
    assert page(client, f"{hostile.base}/a").outcome is REFUSED


@pytest.mark.parametrize("robots", ["loop", "empty", "page"])
def test_robots_txt_that_says_nothing_allows(client, hostile, robots):
    hostile.routes["/a"] = hostile.answer(200, b"a")
    hostile.routes["/robots.txt"] = {
        "loop": hostile.answer(302, Location="/robots.txt"),
        "empty": hostile.answer(200, b""),
        "page": hostile.answer(200, b"<!doctype html><title>Not found</title>"),
    }[robots]
    assert page(client, f"{hostile.base}/a").outcome is OK
