"""The eight feeds as readers get them: over HTTP, parsed by feedparser (JSON Feed by json), each with all its articles."""

import json
import tomllib
from calendar import timegm
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from io import BytesIO

import feedparser
import httpx
import pytest

from newsroom.corpus import Corpus, Outlet
from newsroom.delivery import DELIVERIES, FeedForm
from newsroom.serve import Sample
from newsroom.wording import first_sentence

VERSIONS = {
    FeedForm.RSS2: "rss20",
    FeedForm.RSS2_CONTENT: "rss20",
    FeedForm.RSS2_GUID: "rss20",
    FeedForm.RSS1: "rss10",
    FeedForm.ATOM: "atom10",
}


@dataclass(frozen=True)
class Entry:
    url: str
    title: str
    summary: str
    published: datetime


def expected(corpus: Corpus, outlet: Outlet, served: Sample) -> list[Entry]:
    return [
        Entry(served.built.pages[a.id], a.title, first_sentence(a.text, a.language), a.published.astimezone(UTC))
        for a in corpus.of(outlet)
    ]


def read_json(body: bytes) -> list[Entry]:
    feed = json.loads(body)
    assert feed["version"] == "https://jsonfeed.org/version/1.1"
    assert all(item["content_text"] and item["id"] for item in feed["items"])
    return [Entry(i["url"], i["title"], i["summary"], datetime.fromisoformat(i["date_published"])) for i in feed["items"]]


def read_xml(body: bytes, content_type: str, form: FeedForm, home: str) -> list[Entry]:
    parsed = feedparser.parse(BytesIO(body), response_headers={"content-type": content_type})
    assert not parsed.bozo, parsed.get("bozo_exception")
    assert parsed.version == VERSIONS[form]
    assert parsed.feed.link == home
    # feedparser calls RSS 1.0's dc:date `updated`, and knows no `published` there.
    dates = [entry.get("published_parsed") or entry.updated_parsed for entry in parsed.entries]
    return [
        Entry(entry.link, entry.title, entry.summary, datetime.fromtimestamp(timegm(date), UTC))
        for entry, date in zip(parsed.entries, dates, strict=True)
    ]


@pytest.mark.parametrize("outlet_id", list(DELIVERIES))
def test_a_feed_lists_all_articles_newest_first(outlet_id: str, served: Sample, corpus: Corpus, client: httpx.Client) -> None:
    outlet = next(outlet for outlet in corpus.outlets if outlet.id == outlet_id)
    form = DELIVERIES[outlet_id].form
    response = client.get(served.built.feeds[outlet_id])
    assert response.headers["Content-Type"] == DELIVERIES[outlet_id].feed_type
    if form is FeedForm.JSON:
        entries = read_json(response.content)
    else:
        entries = read_xml(response.content, response.headers["Content-Type"], form, f"{served.base_url}/{outlet_id}/")
    assert entries == expected(corpus, outlet, served)
    assert entries == sorted(entries, key=lambda entry: entry.published, reverse=True)


def test_every_form_of_feed_is_there_and_all_articles_are_in_them(corpus: Corpus) -> None:
    assert {delivery.form for delivery in DELIVERIES.values()} == set(FeedForm)
    assert {outlet.id for outlet in corpus.outlets} == set(DELIVERIES)
    assert sum(len(corpus.of(outlet)) for outlet in corpus.outlets) == len(corpus.articles) == 72


def test_full_text_and_guids(served: Sample, corpus: Corpus, client: httpx.Client) -> None:
    body = client.get(served.built.feeds["dnipro-wire"]).content
    full = feedparser.parse(BytesIO(body))
    newest = next(a for a in corpus.articles if served.built.pages[a.id] == full.entries[0].link)
    assert full.entries[0].content[0].value.count("<p>") == len(newest.paragraphs)
    assert body.count(b'<guid isPermaLink="true">') == len(full.entries) == 10

    body = client.get(served.built.feeds["slobidskyi-visnyk"]).content
    wordpress = feedparser.parse(BytesIO(body))
    assert body.count(b'<guid isPermaLink="false">') == len({entry.id for entry in wordpress.entries}) == 11
    assert all("/?p=" in entry.id for entry in wordpress.entries)


def test_a_feed_says_when_it_was_last_changed_without_the_clock(served: Sample, corpus: Corpus, client: httpx.Client) -> None:
    for outlet in corpus.outlets:
        changed = parsedate_to_datetime(client.get(served.built.feeds[outlet.id]).headers["Last-Modified"])
        assert changed == corpus.of(outlet)[0].published


def test_sources_name_all_feeds(served: Sample, corpus: Corpus) -> None:
    sources = tomllib.loads(served.sources.read_text(encoding="utf-8"))
    assert sources["network"]["allow"] == [served.base_url.removeprefix("http://")]
    assert sources["network"]["pause"] == 0
    rows = {row["id"]: row for row in sources["source"]}
    assert list(rows) == [outlet.id for outlet in corpus.outlets]
    for outlet in corpus.outlets:
        row = rows[outlet.id]
        assert (row["outlet"], row["language"], row["alignment"]) == (outlet.name, outlet.language, outlet.alignment)
        assert row["url"] == served.built.feeds[outlet.id]
        assert row["sample"] is True
        assert "invented" in row["note"]
