"""Feeds that move, close, or ask to be left alone; robots.txt from run to run; one request for one address."""

from datetime import UTC, datetime

import pytest

from assets.feeds import feeds
from assets.items import items
from assets.pages import pages
from assets.sources import sources
from assets.told import FAILED, NOTED
from tests.site import PARAGRAPH


def moved(pipeline, status=301, target="/new.xml"):
    pipeline.site.set("/wire.xml", "", status, {"Location": target})
    pipeline.site.feed("/new.xml", "/a")
    pipeline.site.page("/a")


@pytest.mark.parametrize(("status", "asked"), [(301, ["/new.xml"]), (308, ["/new.xml"]), (302, ["/wire.xml", "/new.xml"])])
def test_a_feed_that_moved_for_good_is_asked_where_it_is(pipeline, status, asked):
    moved(pipeline, status)
    pipeline.run()
    pipeline.site.asked.clear()
    pipeline.run()
    assert pipeline.site.paths() == asked
    assert pipeline.items() == [("/a", "stored", "")]


def test_a_move_to_what_is_no_feed_is_not_remembered(pipeline):
    moved(pipeline)
    pipeline.site.page("/new.xml")
    pipeline.run()
    pipeline.site.asked.clear()
    pipeline.run()
    assert pipeline.site.paths() == ["/wire.xml", "/new.xml"]


def test_a_feed_whose_new_place_is_gone_is_asked_at_the_old_one_again(pipeline):
    moved(pipeline)
    pipeline.run()
    pipeline.site.set("/new.xml", "", 404)
    pipeline.run()
    pipeline.site.feed("/wire.xml", "/a")
    assert pipeline.run() == {FAILED: [], NOTED: []}
    assert pipeline.site.paths()[-1] == "/wire.xml"


def test_moves_in_a_circle_end(pipeline):
    moved(pipeline)
    pipeline.run()
    pipeline.site.set("/new.xml", "", 301, {"Location": "/wire.xml"})
    pipeline.site.feed("/wire.xml", "/a")
    assert pipeline.run() == {FAILED: [], NOTED: []}
    assert pipeline.run() == {FAILED: [], NOTED: []}


def test_a_feed_that_is_gone_for_good_is_asked_no_more_and_told_each_time(pipeline):
    pipeline.site.set("/wire.xml", "", 410)
    assert "410 Gone" in pipeline.run(sources, feeds)[FAILED][0]
    told = pipeline.run(sources, feeds)
    assert told[FAILED] == []
    assert "gone for good (410 Gone on" in told[NOTED][0]
    assert pipeline.site.paths() == ["/wire.xml"]
    pipeline.paths = {"wire": "/new.xml"}
    pipeline.site.feed("/new.xml", "/a")
    assert pipeline.run(sources, feeds) == {FAILED: [], NOTED: []}


@pytest.mark.parametrize("status", [429, 503])
def test_a_feed_that_asks_to_be_left_alone_is_left_alone_over_runs(pipeline, status):
    pipeline.site.set("/wire.xml", "", status, {"Retry-After": "3600"})
    pipeline.run(sources, feeds)
    told = pipeline.run(sources, feeds)[FAILED]
    assert f"{status}" in told[0]
    assert "it is not asked before" in told[0]
    assert pipeline.site.paths() == ["/wire.xml"]


def test_a_busy_feed_is_asked_at_growing_pauses(pipeline):
    pipeline.first_retry_minutes = 60
    pipeline.site.set("/wire.xml", "", 503)
    pipeline.run(sources, feeds)
    with pipeline.state.warehouse.open() as session:
        session.rows("UPDATE fetches SET started_at = started_at - INTERVAL 1 DAY, not_before = not_before - INTERVAL 1 DAY")
    pipeline.run(sources, feeds)
    found = pipeline.frame(
        "SELECT epoch(not_before - started_at) / 60 AS pause FROM fetches WHERE purpose = 'feed' ORDER BY started_at"
    )
    first, second = found["pause"].to_list()
    assert 53 < first < 67
    assert 107 < second < 133


def test_one_address_of_two_sources_is_asked_once(pipeline):
    pipeline.paths = {"wire": "/wire.xml", "twin": "/wire.xml"}
    pipeline.site.feed("/wire.xml", "/a", etag='"1"')
    pipeline.site.page("/a")
    pipeline.run()
    assert pipeline.site.paths() == ["/wire.xml", "/a"]
    assert pipeline.frame("SELECT DISTINCT source_id FROM listings ORDER BY 1")["source_id"].to_list() == ["twin", "wire"]
    pipeline.run()
    assert pipeline.site.paths().count("/wire.xml") == 2


def test_robots_txt_is_asked_once_a_day(pipeline):
    pipeline.site.set("/robots.txt", "User-agent: Servanda\nDisallow: /secret\n")
    pipeline.site.feed("/wire.xml", "/a", "/secret/b")
    pipeline.site.page("/a")
    pipeline.site.page("/secret/b")
    pipeline.run()
    pipeline.run()
    asked = [path for path, _ in pipeline.site.asked]
    assert asked.count("/robots.txt") == 1
    assert "/secret/b" not in asked
    with pipeline.state.warehouse.open() as session:
        session.rows("UPDATE fetches SET started_at = started_at - INTERVAL 25 HOUR")
    pipeline.run()
    assert [path for path, _ in pipeline.site.asked].count("/robots.txt") == 2


def test_a_site_whose_robots_txt_is_down_costs_its_items_no_try(pipeline):
    pipeline.site.feed("/wire.xml", "/a")
    pipeline.run(sources, feeds, items)
    with pipeline.state.warehouse.open() as session:
        session.rows("UPDATE fetches SET started_at = started_at - INTERVAL 25 HOUR WHERE purpose = 'robots'")
    pipeline.site.set("/robots.txt", "", 500)
    for _ in range(10):
        pipeline.run(pages)
    assert pipeline.frame("SELECT state, tries FROM items").rows() == [("pending", 0)]
    assert "robots.txt could not be read" in pipeline.items()[0][2]
    assert "/a" not in pipeline.site.paths()
    pipeline.site.set("/robots.txt", "")
    pipeline.site.page("/a", PARAGRAPH)
    pipeline.run()
    assert pipeline.items() == [("/a", "stored", "")]


def test_a_gap_in_a_feeds_window_is_a_row_and_told(pipeline):
    pipeline.site.feed("/wire.xml", "/a")
    pipeline.run(sources, feeds, items)
    pipeline.site.feed("/wire.xml", "/b", "/c")
    told = pipeline.run(sources, feeds, items)[NOTED]
    assert told[0].startswith("source wire: a gap: none of its 2 entries was known, so others may have passed unseen since ")
    assert pipeline.run(sources, feeds, items)[NOTED] == []
    assert pipeline.frame("SELECT source_id, entries, last_listed_at < noticed_at FROM gaps").rows() == [("wire", 2, True)]
    assert pipeline.frame("SELECT max(noticed_at) FROM gaps").item() <= datetime.now(UTC)
