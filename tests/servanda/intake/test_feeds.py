"""Feeds of all forms, whole and broken, friendly and hostile: always entries and a word on what was wrong."""

import json
import time
from datetime import UTC, datetime

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from servanda.intake.feed_entries import Entry, ParsedFeed
from servanda.intake.feeds import parse_feed

URL = "https://site.example/feeds/feed.xml"
TEN = datetime(2025, 6, 2, 7, 0, tzinfo=UTC)
ITEM = (
    "<item><title>Обмін: 1 &amp;amp; 2 &lt;b&gt;усі&lt;/b&gt;</title><link>/a/1</link>"
    '<guid isPermaLink="false">g1</guid><pubDate>Mon, 02 Jun 2025 10:00:00 +0300</pubDate></item>'
)
FIRST = Entry(guid="g1", url="https://site.example/a/1", title="Обмін: 1 & 2 усі", published=TEN, updated=None)
RDF = (
    '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/" '
    'xmlns:dc="http://purl.org/dc/elements/1.1/"><channel rdf:about="x"><title>t</title></channel>'
    '<item rdf:about="/a/1"><title>Т</title><link>https://site.example/a/1</link><dc:date>2025-06-02T10:00:00+03:00</dc:date></item></rdf:RDF>'
)
ATOM = (
    '<feed xmlns="http://www.w3.org/2005/Atom" xml:base="https://other.example/b/"><title>x</title><entry><id>tag:1</id>'
    '<title type="html">Обмін &lt;i&gt;1&lt;/i&gt; &amp;amp; 2</title><link rel="self" href="/self"/><link href="c/1"/>'
    "<published>2025-06-02T10:00:00+03:00</published><updated>2025-06-02T07:30:00Z</updated></entry></feed>"
)


def rss(inner: str, head: str = '<?xml version="1.0"?>') -> str:
    return f'{head}<rss version="2.0"><channel><title>x</title>{inner}</channel></rss>'


def parse(body: bytes | str, content_type: str | None = None, limit: int = 100) -> ParsedFeed:
    return parse_feed(body.encode() if isinstance(body, str) else body, content_type=content_type, url=URL, entries_limit=limit)


def test_rss_2():
    assert parse(rss(ITEM)) == ParsedFeed(entries=(FIRST,))


def test_rss_1():
    (entry,) = parse(RDF).entries
    assert (entry.url, entry.title, entry.published) == ("https://site.example/a/1", "Т", TEN)


def test_atom():
    feed = parse(ATOM)
    assert feed == ParsedFeed(
        entries=(
            Entry(
                guid="tag:1",
                url="https://other.example/b/c/1",
                title="Обмін 1 & 2",
                published=TEN,
                updated=datetime(2025, 6, 2, 7, 30, tzinfo=UTC),
            ),
        )
    )


@pytest.mark.parametrize("version", ["https://jsonfeed.org/version/1", "https://jsonfeed.org/version/1.1"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_json_feed(version, encoding):
    items = [
        {"id": "1", "url": "/a/1", "title": "Обмін <b>1</b>", "date_published": "2025-06-02T10:00:00+03:00"},
        {"id": 7, "external_url": "https://x.example/7", "date_modified": "2025-06-02T10:00:00+03:00"},
        {"id": "https://x.example/8"},
        {"id": "9", "url": "javascript:alert(1)", "title": None, "date_published": 5},
    ]
    feed = parse(json.dumps({"version": version, "items": items}).encode(encoding), "application/feed+json")
    assert feed.usable
    assert feed.problem == ""
    assert [entry.url for entry in feed.entries] == [
        "https://site.example/a/1",
        "https://x.example/7",
        "https://x.example/8",
        None,
    ]
    assert [entry.guid for entry in feed.entries] == ["1", "7", "https://x.example/8", "9"]
    assert feed.entries[0].title == "Обмін 1"
    assert feed.entries[0].published == feed.entries[1].updated == TEN


@pytest.mark.parametrize(
    ("body", "words"),
    [
        (b"", "empty"),
        (b" \n\xef\xbb\xbf", "empty"),
        (b"<!DOCTYPE html><html><body><a href='/x'>y</a></body></html>", "HTML page"),
        (b"<html><head><title>Just a moment...</title></head></html>", "HTML page"),
        (b"hello", "no feed"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "no feed"),
        (b'{"items":', "not well-formed JSON"),
        (b'{"error": "x"}', "no JSON Feed"),
        (b"[1, 2]", "no JSON Feed"),
        (b'{"items": [1, 2]}', "no objects"),
        (b'{"items":' + b"[" * 100_000, "not well-formed JSON"),
        (b'<rss version="2.0"><channel><title>x', "no entry could be read"),
        (b"\x00" * 5000, "empty"),
        (bytes(range(256)) * 20, "no feed"),
    ],
)
def test_what_is_no_feed(body, words):
    feed = parse(body)
    assert not feed.usable
    assert feed.entries == ()
    assert words in feed.problem


def test_a_feed_without_entries_is_well():
    assert parse(rss("")) == ParsedFeed()
    assert parse('{"version": "https://jsonfeed.org/version/1", "items": []}') == ParsedFeed()


def test_a_broken_feed_is_read_all_the_same():
    feed = parse(rss(f"{ITEM}\n<item><title>a & b</title><link>/2?a=1&b=2</link></item>{ITEM}"))
    assert [entry.url for entry in feed.entries] == [FIRST.url, "https://site.example/2?a=1&b=2", FIRST.url]
    assert feed.problem.startswith("not well-formed XML at line 2: ")
    assert feed.problem.endswith("3 entries were read all the same")


def test_half_an_entry_is_left_out():
    whole = rss(f"{ITEM}<item><title>b</title><link>https://site.example/long-name</link></item>")
    for cut in range(whole.index("long-name"), whole.rindex("</item>")):
        feed = parse(whole[:cut])
        assert feed.entries == (FIRST,)
        assert "left out" in feed.problem
    assert len(parse(whole[: whole.rindex("</channel>")]).entries) == 2


def test_more_entries_than_the_limit():
    feed = parse(rss(ITEM * 7), limit=5)
    assert (len(feed.entries), feed.cut, feed.usable) == (5, True, True)
    assert "7 entries" in feed.problem
    assert not parse(rss(ITEM * 5), limit=5).cut


@pytest.mark.parametrize(
    ("item", "guid", "url"),
    [
        ("<item><title>t</title></item>", None, None),
        ("<item><link>/1</link></item>", None, "https://site.example/1"),
        ("<item><link>?p=1</link></item>", None, "https://site.example/feeds/feed.xml?p=1"),
        ("<item><link>//x.example/1</link></item>", None, "https://x.example/1"),
        ("<item><link> https://x.example/a\n b </link></item>", None, "https://x.example/a%20b"),
        ("<item><guid>https://x.example/1</guid></item>", "https://x.example/1", "https://x.example/1"),
        ('<item><guid isPermaLink="false">https://x.example/1</guid></item>', "https://x.example/1", None),
        ("<item><link>javascript:alert(1)</link></item>", None, None),
        ("<item><link>file:///etc/passwd</link></item>", None, None),
        ("<item><link>ftp://x.example/</link></item>", None, None),
        ("<item><link>http://[bad/</link></item>", None, None),
    ],
)
def test_links_and_guids(item, guid, url):
    (entry,) = parse(rss(item)).entries
    assert (entry.guid, entry.url) == (guid, url)


@pytest.mark.parametrize(
    ("date", "published"),
    [
        ("Mon, 02 Jun 2025 10:00:00 +0300", TEN),
        ("Mon, 02 Jun 2025 10:00:00 MSK", TEN),
        ("Mon, 02 Jun 2025 07:00:00 GMT", TEN),
        ("2025-06-02T10:00:00+03:00", TEN),
        ("2025-06-02 10:00", TEN),
        ("Fri, 01 Jan 2117 00:00:00 GMT", datetime(2117, 1, 1, tzinfo=UTC)),
        ("учора", None),
        ("", None),
    ],
)
def test_dates(date, published):
    (entry,) = parse(rss(f"<item><link>/1</link><pubDate>{date}</pubDate></item>")).entries
    assert entry.published == published


def test_titles_are_one_line_of_plain_text():
    title = "<![CDATA[<script>alert(1)</script> a\n &quot;b&quot; <img src=x onerror=alert(1)> \u202ec\u200b]]>"
    (entry,) = parse(rss(f"<item><title>{title}</title></item>")).entries
    assert entry.title == 'alert(1) a "b" c'
    (entry,) = parse(rss("<item><title>a\x00b\x1bc</title></item>")).entries
    assert entry.title == "abc"


@pytest.mark.parametrize(
    ("encoding", "content_type"),
    [
        ("windows-1251", None),
        ("windows-1251", "application/xml"),
        ("windows-1251", "text/xml; charset=utf-8"),
        ("koi8-u", "text/xml"),
        ("utf-16", None),
        ("utf-8", "text/xml"),
        ("utf-8", "application/rss+xml; charset=UTF-8"),
    ],
)
def test_encodings(encoding, content_type):
    body = rss(ITEM, f'<?xml version="1.0" encoding="{encoding}"?>').encode(encoding)
    assert parse(body, content_type).entries == (FIRST,)


def test_entities_are_inert(tmp_path):
    secret = tmp_path / "secret"
    secret.write_text("SECRET")
    entry = "<item><title>a &x; b</title><link>/1</link></item>"
    for declaration in (f'<!ENTITY x SYSTEM "{secret.as_uri()}">', f'<!ENTITY % p SYSTEM "{secret.as_uri()}"> %p;'):
        feed = parse(rss(entry, f'<?xml version="1.0"?><!DOCTYPE rss [{declaration}]>'))
        assert "SECRET" not in repr(feed)
    include = f'<xi:include xmlns:xi="http://www.w3.org/2001/XInclude" href="{secret.as_uri()}" parse="text"/>'
    xinclude = f"<item><title>{include}</title></item>"
    assert "SECRET" not in repr(parse(rss(xinclude)))


def test_a_billion_laughs_are_not_laughed():
    levels = "".join(f'<!ENTITY {chr(98 + n)} "{f"&{chr(97 + n)};" * 10}">' for n in range(10))
    began = time.monotonic()
    feed = parse(rss("<item><title>a &k; b</title><link>/1</link></item>", f'<!DOCTYPE rss [<!ENTITY a "ha">{levels}]>'))
    assert time.monotonic() - began < 10
    assert len(repr(feed)) < 2000


@settings(max_examples=150, deadline=None)
@given(
    st.binary(max_size=400)
    | st.text(max_size=300).map(str.encode)
    | st.binary(max_size=60).map(lambda b: rss(ITEM).encode()[:200] + b)
)
@example(b"<rss><channel><item>" + b"<a>" * 3000)
@example(b'{"items":[{"url":"http://[","title":{"a":1}}]}')
def test_nothing_is_ever_raised(body):
    feed = parse(body)
    assert feed.usable or feed.problem


def test_markup_without_end_takes_no_time():
    began = time.monotonic()
    parse(rss(f"<item><title><![CDATA[{'<!--' * 500_000}]]></title></item>"))
    parse(b"<!---->" * 100_000)
    assert time.monotonic() - began < 10
