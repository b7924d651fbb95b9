"""From feeds to articles: nothing listed is lost, nothing is counted twice, and a fault stays where it is."""

import json
import os
import signal
from datetime import timedelta

import dagster as dg
import pytest

from assets.articles import articles
from assets.feeds import feeds
from assets.items import items
from assets.pages import pages
from assets.sources import sources
from assets.statements import statements
from assets.told import FAILED, NOTED
from servanda.intake.feed_entries import ParsedFeed
from tests.site import PARAGRAPH


def damage(pipeline):
    for path in pipeline.state.bodies.folder.rglob("*.gz"):
        path.write_bytes(b"damaged")


def test_an_item_becomes_an_article_once(pipeline):
    pipeline.site.feed("/wire.xml", "/a", "/b", etag='"1"')
    pipeline.site.page("/a")
    pipeline.site.page("/b", PARAGRAPH.replace("1,212", "909").replace("Wednesday", "Friday"))
    assert pipeline.run() == {FAILED: [], NOTED: []}
    first = {
        table: pipeline.frame(f"SELECT * FROM {table} ORDER BY ALL") for table in ("listings", "pages", "articles", "attempts")
    }
    pipeline.run()
    assert [path for path in pipeline.site.paths() if path != "/wire.xml"].count("/a") == 1
    for table, frame in first.items():
        assert pipeline.frame(f"SELECT * FROM {table} ORDER BY ALL").equals(frame), table
    assert pipeline.frame("SELECT count(*) FROM fetches WHERE outcome = 'not_modified'").item() == 1


def test_validators_are_sent_only_when_the_items_are_durable(pipeline):
    pipeline.site.feed("/wire.xml", "/a", etag='"1"')
    pipeline.site.page("/a")
    pipeline.run(sources, feeds)  # and is killed before the body is parsed
    pipeline.run(feeds)
    assert ["if-none-match" in headers for path, headers in pipeline.site.asked if path == "/wire.xml"] == [False, False]
    pipeline.run()
    pipeline.run()
    assert pipeline.site.asked[-1][1]["if-none-match"] == '"1"'
    assert pipeline.items() == [("/a", "stored", "")]


def test_a_feed_is_not_asked_again_within_its_time(pipeline):
    pipeline.every = timedelta(hours=1)
    pipeline.site.feed("/wire.xml", "/a")
    pipeline.run(sources, feeds)
    pipeline.run(sources, feeds)
    assert pipeline.site.paths().count("/wire.xml") == 1


def test_a_faulty_source_stops_no_other_and_is_named(pipeline):
    pipeline.paths = {"wire": "/wire.xml", "down": "/down.xml", "page": "/page.xml", "broken": "/broken.xml", "gone": "/gone.xml"}
    pipeline.site.feed("/wire.xml", "/a")
    pipeline.site.page("/a")
    pipeline.site.set("/down.xml", "", 503)
    pipeline.site.page("/page.xml")
    pipeline.site.feed("/broken.xml", "/b", "/c")
    pipeline.site.set("/broken.xml", pipeline.site.routes["/broken.xml"][1].decode().partition("/c</title>")[0])
    pipeline.site.page("/b", PARAGRAPH.replace("1,212", "5"))
    told = pipeline.run()[FAILED]
    assert [line.split(": ")[0] for line in told] == ["source down", "source gone", "source broken", "source page"]
    assert "503" in told[0]
    assert "404" in told[1]
    assert "not well-formed XML" in told[2]
    assert "the answer is an HTML page" in told[3]
    assert [(path, state) for path, state, _ in pipeline.items()] == [("/a", "stored"), ("/b", "stored")]
    assert pipeline.run()[FAILED] == told, "a fault that lasts is told in each run"


def test_an_article_that_failed_is_tried_again_when_the_feed_lists_it_no_more(pipeline):
    pipeline.site.feed("/wire.xml", "/a", "/b")
    pipeline.site.page("/b", PARAGRAPH.replace("1,212", "5"))
    pipeline.site.set("/a", "", 503)
    assert "503" in pipeline.run()[FAILED][0]
    assert pipeline.items()[0][:2] == ("/a", "pending")
    pipeline.site.feed("/wire.xml", "/b")
    pipeline.site.page("/a")
    assert pipeline.run() == {FAILED: [], NOTED: []}
    assert pipeline.items()[0] == ("/a", "stored", "")


def test_a_page_that_is_gone_is_refused_with_its_reason(pipeline):
    pipeline.site.feed("/wire.xml", "/a")
    pipeline.run()
    assert pipeline.items() == [("/a", "refused", "the server answered 404 Not Found")]
    pipeline.run()
    assert pipeline.site.paths().count("/a") == 1


def test_a_page_without_text_is_tried_thrice_and_then_refused(pipeline):
    pipeline.site.feed("/wire.xml", "/a")
    pipeline.site.set("/a", "<html><body><div id='root'></div><script src='app.js'></script></body></html>")
    states = []
    for _ in range(4):
        pipeline.run()
        states.append(pipeline.items()[0][1])
    assert states == ["pending", "pending", "refused", "refused"]
    assert "given up after 3 tries" in pipeline.items()[0][2]
    assert pipeline.site.paths().count("/a") == 3


def test_a_page_whose_text_comes_late_is_stored(pipeline):
    pipeline.site.feed("/wire.xml", "/a")
    pipeline.site.set("/a", "<html><body><p>Soon.</p></body></html>")
    pipeline.run()
    pipeline.site.page("/a")
    pipeline.run()
    assert pipeline.items() == [("/a", "stored", "")]


def test_a_changed_listing_brings_a_new_version_and_only_if_the_text_changed(pipeline):
    pipeline.site.feed("/wire.xml", "/a")
    pipeline.site.page("/a")
    pipeline.run()
    pipeline.site.feed("/wire.xml", "/a", titles={"/a": "Corrected"})
    pipeline.run()
    assert pipeline.frame("SELECT version FROM articles")["version"].to_list() == [1]
    pipeline.site.feed("/wire.xml", "/a", titles={"/a": "Corrected twice"})
    pipeline.site.page("/a", PARAGRAPH.replace("1,212", "1,200"))
    pipeline.run()
    rows = pipeline.frame("SELECT article_id, version, text FROM articles ORDER BY version").rows()
    assert [version for _, version, _ in rows] == [1, 2]
    assert len({article for article, _, _ in rows}) == 1
    assert "1,200" in rows[1][2]


@pytest.mark.parametrize(
    ("text", "told"),
    [("To read on, please accept our cookies and those of all of our partners.", "the stored version stays"), ("", "no text")],
)
def test_a_page_that_turns_short_or_empty_replaces_nothing(pipeline, text, told):
    pipeline.site.feed("/wire.xml", "/a")
    pipeline.site.page("/a", PARAGRAPH * 2)
    pipeline.run()
    before = pipeline.frame("SELECT * FROM articles")
    pipeline.site.feed("/wire.xml", "/a", titles={"/a": "Corrected"})
    pipeline.site.page("/a", text)
    (line,) = pipeline.run()[FAILED]
    assert told in line
    assert pipeline.frame("SELECT * FROM articles").equals(before)
    assert pipeline.items() == [("/a", "stored", "")]
    pipeline.site.page("/a", PARAGRAPH.replace("1,212", "1,200"))
    pipeline.run()
    assert pipeline.frame("SELECT max(version) FROM articles").item() == 2


def test_what_is_pending_is_fetched_though_the_feed_answers_304(pipeline):
    pipeline.site.feed("/wire.xml", "/a", etag='"1"')
    pipeline.site.set("/a", "", 503)
    pipeline.run()
    pipeline.site.page("/a")
    pipeline.run()
    assert pipeline.frame("SELECT outcome FROM fetches WHERE purpose = 'feed' ORDER BY started_at")["outcome"].to_list() == [
        "ok",
        "not_modified",
    ]
    assert pipeline.items() == [("/a", "stored", "")]


def test_guids_that_rotate_make_no_new_items(pipeline):
    pipeline.site.page("/a")
    for guid in range(3):
        entry = f"<item><title>a</title><link>{pipeline.site.base}/a</link><guid isPermaLink='false'>{guid}</guid></item>"
        pipeline.site.set("/wire.xml", f"<rss version='2.0'><channel>{entry}</channel></rss>")
        pipeline.run()
    assert pipeline.items() == [("/a", "stored", "")]
    assert pipeline.frame("SELECT version FROM articles")["version"].to_list() == [1]


def test_a_feed_that_takes_too_long_to_read_is_named_and_read_again(pipeline, monkeypatch):
    pipeline.site.feed("/wire.xml", "/a")
    pipeline.site.page("/a")
    given_up = ParsedFeed(problem="reading the feed took more than 20 seconds", usable=False, given_up=True)
    with monkeypatch.context() as patched:
        patched.setattr("assets.items.parse_feeds", lambda feeds, **_: [given_up for _ in feeds])
        told = pipeline.run()
    assert told[FAILED] == ["source wire: reading the feed took more than 20 seconds; the next run tries again"]
    assert pipeline.items() == []
    pipeline.run()
    assert pipeline.items() == [("/a", "stored", "")]


def test_a_correction_that_could_not_be_fetched_is_fetched_later(pipeline):
    pipeline.site.feed("/wire.xml", "/a")
    pipeline.site.page("/a")
    pipeline.run()
    pipeline.site.feed("/wire.xml", "/a", titles={"/a": "Corrected"})
    pipeline.site.set("/a", "", 503)
    pipeline.run()
    assert pipeline.items() == [("/a", "stored", "")]
    pipeline.site.page("/a", PARAGRAPH.replace("1,212", "1,200"))
    pipeline.run()
    assert pipeline.frame("SELECT max(version) FROM articles").item() == 2


@pytest.mark.parametrize("canonical", ["/", "/section"])
def test_pages_that_name_one_canonical_address_stay_articles_of_their_own(pipeline, canonical):
    pipeline.site.feed("/wire.xml", "/a", "/b")
    head = f"<link rel='canonical' href='{pipeline.site.base}{canonical}'>"
    pipeline.site.page("/a", head=head)
    pipeline.site.page("/b", PARAGRAPH.replace("1,212", "909"), head=head)
    pipeline.run()
    rows = pipeline.frame("SELECT article_id, version FROM articles").rows()
    assert (len({article for article, _ in rows}), {version for _, version in rows}) == (2, {1})


def test_one_page_by_two_feeds_is_one_item(pipeline):
    pipeline.paths = {"wire": "/wire.xml", "other": "/other.xml"}
    pipeline.site.feed("/wire.xml", "/a?utm_source=rss")
    pipeline.site.feed("/other.xml", "/a")
    pipeline.site.page("/a")
    pipeline.run()
    assert pipeline.items() == [("/a", "stored", "")]
    assert pipeline.frame("SELECT count(*) FROM articles").item() == 1


def test_sources_that_are_configured_no_more_stay_disabled(pipeline):
    pipeline.run(sources)
    pipeline.paths = {"new": "/new.xml"}
    pipeline.run(sources)
    assert pipeline.frame("SELECT source_id, enabled FROM sources ORDER BY 1").rows() == [("new", True), ("wire", False)]


def test_a_time_of_publication_in_the_future_is_not_believed(pipeline):
    pipeline.site.feed("/wire.xml", "/a")
    pipeline.site.page("/a", head="<meta property='article:published_time' content='2999-01-01T00:00:00+00:00'>")
    pipeline.run()
    assert pipeline.frame("SELECT published_by FROM articles").item() == "feed"


def test_a_damaged_feed_body_is_named_and_mended_by_the_next_fetch(pipeline):
    pipeline.site.feed("/wire.xml", "/a")
    pipeline.site.page("/a")
    pipeline.run(sources, feeds)
    damage(pipeline)
    told = pipeline.run(items)[FAILED]
    assert "source wire: " in told[0]
    assert "the stored body cannot be read" in told[0]
    assert pipeline.items() == []
    assert pipeline.run() == {FAILED: [], NOTED: []}
    assert pipeline.items() == [("/a", "stored", "")]


@pytest.mark.parametrize("changed", [False, True])
def test_a_page_whose_body_is_lost_before_it_was_read_is_fetched_again(pipeline, changed):
    pipeline.site.feed("/wire.xml", "/a")
    pipeline.site.page("/a")
    pipeline.run(sources, feeds, items, pages)
    damage(pipeline)
    assert "the next run fetches the page again" in pipeline.run(articles)[FAILED][0]
    pipeline.site.page("/a", PARAGRAPH.replace("1,212", "1,200") if changed else PARAGRAPH)
    assert pipeline.run(feeds, items, pages, articles) == {FAILED: [], NOTED: []}
    assert pipeline.items() == [("/a", "stored", "")]
    asked = pipeline.site.paths().count("/a")
    pipeline.run()
    assert pipeline.site.paths().count("/a") == asked


def test_hostile_entries_stop_no_other_source(pipeline):
    pipeline.paths = {"wire": "/wire.xml", "hostile": "/hostile.json"}
    pipeline.site.feed("/wire.xml", "/a")
    pipeline.site.page("/a")
    entries = [
        {"id": "\ud800", "url": pipeline.site.base + "/b", "title": "half \ud83d of a character \x00\x1b[31m"},
        {"id": "x" * 100_000, "url": "javascript:alert(1)", "title": 5, "date_published": "9999-12-31T23:59:59-12:00"},
        {"id": None, "url": pipeline.site.base + "/\udfff?\x00", "date_published": "0001-01-01T00:00:00+14:00"},
    ]
    feed = {"version": "https://jsonfeed.org/version/1.1", "title": "t", "items": entries}
    pipeline.site.set("/hostile.json", json.dumps(feed), headers={"Content-Type": "application/feed+json"})
    pipeline.site.page("/b", "&#xD800;&#0;\x00\x1b[31m " + PARAGRAPH.replace("1,212", "77"), title="\x00&#xDFFF;=cmd()")
    pipeline.run(sources, feeds, items, pages, articles, statements)
    assert {path: state for path, state, _ in pipeline.items() if path in {"/a", "/b"}} == {"/a": "stored", "/b": "stored"}
    assert pipeline.frame("SELECT count(*) FROM readings").item() == 2


def test_an_interrupted_run_is_taken_up_where_it_ended(pipeline):
    class Interrupt:
        def begin(self, what, total): ...

        def end(self): ...

        def advance(self):
            os.kill(os.getpid(), signal.SIGINT)

    links = [f"/{number}" for number in range(5)]
    pipeline.site.feed("/wire.xml", *links)
    for number, link in enumerate(links):
        pipeline.site.page(link, PARAGRAPH.replace("1,212", str(100 + number)))
    quiet, pipeline.progress = pipeline.progress, Interrupt()
    with pytest.raises(dg.Failure, match="interrupted"):
        pipeline.run()
    pipeline.progress = quiet
    assert pipeline.run() == {FAILED: [], NOTED: []}
    assert [state for _, state, _ in pipeline.items()] == ["stored"] * 5
    assert pipeline.frame("SELECT count(*), count(DISTINCT item_id) FROM articles").rows() == [(5, 5)]
