"""Small feeds of every form and habit, whole and malformed: what each yields, and that only clean entries ever come out."""

import json
import re
import time
from datetime import UTC, datetime

import pytest

from servanda.intake.feed_entries import ParsedFeed
from servanda.intake.feeds import FeedBody, parse_feed, parse_feeds

URL = "https://site.example/feeds/feed.xml"
A = "https://site.example/a"
WORDS = "Обмін полоненими: Україна повернула захисників, їх зустріли рідні"
DIRTY = re.compile("[\x00-\x1f\x7f-\x9f\u200b\ufffd\u202a-\u202e\u2066-\u2069\ud800-\udfff]")


def parse(body: bytes | str, content_type: str | None = None, limit: int = 100) -> ParsedFeed:
    """Parse, and hold the entries against what is promised of every entry."""
    content = body.encode(errors="surrogatepass") if isinstance(body, str) else body
    began = time.monotonic()
    feed = parse_feed(content, content_type=content_type, url=URL, entries_limit=limit)
    assert time.monotonic() - began < 10
    for entry in feed.entries:
        assert entry.url is None or entry.url.lower().startswith(("http://", "https://"))
        assert not any(DIRTY.search(text) for text in (entry.title, entry.url or "", entry.guid or ""))
        assert all(moment is None or moment.tzinfo for moment in (entry.published, entry.updated))
    assert feed.usable or feed.problem
    return feed


def rss(inner: str = "", version: str = "2.0", head: str = '<?xml version="1.0"?>', names: str = "") -> str:
    return f'{head}<rss version="{version}" {names}><channel><title>x</title>{inner}</channel></rss>'


def item(title: str = "T", link: str = A, more: str = "") -> str:
    return f"<item><title>{title}</title><link>{link}</link>{more}</item>"


def rdf(inner: str, space: str = "http://purl.org/rss/1.0/") -> str:
    names = f'xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="{space}" xmlns:dc="http://purl.org/dc/elements/1.1/"'
    return f'<rdf:RDF {names}><channel rdf:about="x"><title>x</title></channel>{inner}</rdf:RDF>'


def atom(inner: str, space: str = "http://www.w3.org/2005/Atom", base: str = "") -> str:
    return f'<feed xmlns="{space}" {base}><title>x</title><entry>{inner}</entry></feed>'


LICENSES = 'xmlns:cc="http://web.resource.org/cc/" xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"'
CONTENT = 'xmlns:content="http://purl.org/rss/1.0/modules/content/"'
ATOM_03 = "http://purl.org/atom/ns#"
FORMS = {
    **{f"rss {v}": rss(item(), v) for v in ("0.91", "0.92", "0.93", "0.94", "2.0", "2.0.1", "2.1", "3", "", "x")},
    "rss 0.90": rdf(item(), "http://my.netscape.com/rdf/simple/0.9/"),
    "rss 0.90 of old": rdf(item(), "http://channel.netscape.com/rdf/simple/0.9/"),
    "rss 1.0": rdf(f'<item rdf:about="{A}"><title>T</title><link>{A}</link></item>'),
    "rss 1.1": f'<Channel xmlns="http://purl.org/net/rss1.1#"><items>{item()}</items></Channel>',
    "rss 0.91 with its dtd": rss(
        item(), "0.91", '<!DOCTYPE rss PUBLIC "-//Netscape//DTD RSS 0.91//EN" "http://my.netscape.com/publish/rss-0.91.dtd">'
    ),
    "rss in a namespace": rss(item(), names='xmlns="http://backend.userland.com/rss2"'),
    "rss without a channel": f'<rss version="2.0">{item()}</rss>',
    "rss with items beside the channel": f'<rss version="2.0"><channel><title>x</title></channel>{item()}</rss>',
    "cdf": f'<CHANNEL HREF="{A}"><TITLE>x</TITLE><ITEM HREF="{A}"><TITLE>T</TITLE></ITEM></CHANNEL>',
    "atom 1.0": atom(f'<title>T</title><link href="{A}"/>'),
    "atom 0.3": atom(f'<title>T</title><link rel="alternate" href="{A}"/>', ATOM_03),
    "atom 0.3 escaped": atom(f'<title mode="escaped" type="text/html">&lt;b&gt;T&lt;/b&gt;</title><link href="{A}"/>', ATOM_03),
    "atom 0.3 base64": atom(f'<title mode="base64">VA==</title><link href="{A}"/>', ATOM_03),
    "atom xhtml": atom(
        f'<title type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><i>T</i></div></title><link href="{A}"/>'
    ),
    "atom cdata": atom(f'<title type="html"><![CDATA[<b>T</b>]]></title><link href="{A}"/>'),
    "atom prefixed": '<a:feed xmlns:a="http://www.w3.org/2005/Atom"><a:entry><a:title>T</a:title>'
    f'<a:link href="{A}"/></a:entry></a:feed>',
    "atom self before alternate": atom(f'<title>T</title><link rel="self" href="/x"/><link rel="alternate" href="{A}"/>'),
    "atom enclosure before alternate": atom(f'<title>T</title><link rel="enclosure" href="/x.mp3"/><link href="{A}"/>'),
    "atom base of the feed": atom('<title>T</title><link href="a"/>', base='xml:base="https://site.example/"'),
    "atom base of the entry": '<feed xmlns="http://www.w3.org/2005/Atom"><entry xml:base="/"><title>T</title>'
    '<link href="a"/></entry></feed>',
    "atom base of the link": atom('<title>T</title><link xml:base="https://site.example/b/" href="../a"/>'),
    "rss base": rss(item(link="a"), names='xml:base="https://site.example/"'),
    "rss relative": rss(item(link="../a")),
    "rss scheme-relative": rss(item(link="//site.example/a")),
    "rss atom:link": rss(f'<item><title>T</title><atom:link href="{A}"/></item>', names='xmlns:atom="http://www.w3.org/2005/Atom"'),
    "rss guid alone": rss(f"<item><title>T</title><guid>{A}</guid></item>"),
    "rss feedburner": rss(
        item(link="https://feeds.example/~r/1", more=f"<feedburner:origLink>{A}</feedburner:origLink>"),
        names='xmlns:feedburner="http://rssnamespace.org/feedburner/ext/1.0"',
    ),
    "rss upper case": f'<RSS VERSION="2.0"><CHANNEL>{item().upper().replace(A.upper(), A)}</CHANNEL></RSS>',
    "rss media": rss(
        item(more='<media:content url="http://x.example/v"/><media:title>no</media:title>'),
        names='xmlns:media="http://search.yahoo.com/mrss/"',
    ),
    "rss itunes": rss(
        item(more="<itunes:title>no</itunes:title><itunes:explicit>x</itunes:explicit>"),
        names='xmlns:itunes="http://www.itunes.com/dtds/podcast-1.0.dtd"',
    ),
    "rss georss": rss(item(more="<georss:point>x y z</georss:point>"), names='xmlns:georss="http://www.georss.org/georss"'),
    "rss georss broken": rss(
        item(more="<georss:polygon>1 2 3</georss:polygon><gml:pos>1</gml:pos>"),
        names='xmlns:georss="http://www.georss.org/georss" xmlns:gml="http://www.opengis.net/gml"',
    ),
    "rss image": rss(f"<image><title>no</title><link>http://no.example</link></image>{item()}"),
    "rss textinput": rss(f"<textInput><title>no</title><link>http://no.example</link></textInput>{item()}"),
    "rss source": rss(item(more='<source url="http://no.example">no</source>')),
    "rss content": rss(item(more="<content:encoded>&lt;p&gt;x</content:encoded>"), names=CONTENT),
    "rss psc": rss(item(more='<psc:chapter start="x"/>'), names='xmlns:psc="http://podlove.org/simple-chapters"'),
    "rss cc": rss(item(more='<cc:license rdf:resource="x"/>'), names=LICENSES),
    "rss instruction": rss(item(), head='<?xml version="1.0"?><?xml-stylesheet href="x"?><!-- c -->'),
    "json": json.dumps({"version": "https://jsonfeed.org/version/1.1", "items": [{"id": "1", "url": A, "title": "T"}]}),
}  # fmt: skip


@pytest.mark.parametrize("form", FORMS)
def test_every_form_lists_its_entry(form):
    (entry,) = parse(FORMS[form]).entries
    assert (entry.url, entry.title) == (A, "T")


DECLARED = '<?xml version="1.0" encoding="{}"?>'
DECLARED_IN = [
    "utf-8", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-32-le", "utf-32-be", "windows-1251", "cp1251", "koi8-u",
    "iso-8859-5", "mac-cyrillic", "utf-7", "utf-8-sig", "cp1125",
]  # fmt: skip


@pytest.mark.parametrize("encoding", DECLARED_IN)
def test_encodings_that_are_declared(encoding):
    words = WORDS if encoding != "iso-8859-5" else WORDS.replace("ґ", "г")
    body = rss(item(words), head=DECLARED.format(encoding.removesuffix("-sig"))).encode(encoding)
    feed = parse(body)
    assert [entry.title for entry in feed.entries] == [words]
    assert feed.problem == ""


@pytest.mark.parametrize(
    ("encoding", "head", "content_type", "doubtful"),
    [
        ("cp1251", "", None, True),
        ("cp1251", '<?xml version="1.0"?>', "application/rss+xml", True),
        ("cp1251", DECLARED.format("utf-8"), None, True),
        ("cp1251", DECLARED.format("x-nonsense"), None, True),
        ("cp1251", "", "text/xml; charset=windows-1251", False),
        ("cp1251", DECLARED.format("windows-1251"), "text/html; charset=utf-8", False),
        ("koi8-u", "", None, True),
        ("koi8-u", "", "text/xml; charset=KOI8-U", False),
        ("utf-8", DECLARED.format("windows-1251"), None, False),
        ("utf-8", "", "text/xml; charset=windows-1251", False),
        ("utf-8", "", "text/xml; charset=iso-8859-1", False),
        ("utf-8", "", "text/xml; charset=us-ascii", False),
        ("utf-8", DECLARED.format("utf-16"), None, False),
        ("utf-8-sig", DECLARED.format("windows-1251"), "text/xml; charset=koi8-r", False),
        ("utf-16", "", None, False),
        ("utf-16", DECLARED.format("utf-8"), None, False),
        ("utf-16-be", "", None, False),
        ("utf-16-le", "", "text/plain", False),
    ],
)
def test_encodings_that_are_not_declared_or_wrongly(encoding, head, content_type, doubtful):
    feed = parse(rss(item(WORDS), head=head).encode(encoding), content_type)
    assert [entry.title for entry in feed.entries] == [WORDS]
    assert ("guessed" in feed.problem) is doubtful, feed.problem


@pytest.mark.parametrize("broken", [b"\xff", b"\x93x\x94", b"\xd1", b"\xed\xa0\x80"])
def test_a_broken_byte_spoils_no_other_character(broken):
    body = rss(item(WORDS + "@") + item(WORDS)).encode().replace(b"@", broken)
    feed = parse(body)
    assert [entry.title for entry in feed.entries][1] == WORDS
    assert "some were lost" in feed.problem


def test_ebcdic_is_left_to_the_parser():
    assert [e.title for e in parse(rss(item(), head=DECLARED.format("cp037")).encode("cp037")).entries] == ["T"]


def test_a_json_feed_in_another_encoding():
    body = json.dumps(
        {"version": "https://jsonfeed.org/version/1", "items": [{"id": 1, "url": A, "title": WORDS}]}, ensure_ascii=False
    )
    feed = parse(body.encode("cp1251"))
    assert [entry.title for entry in feed.entries] == [WORDS]
    assert "guessed" in feed.problem


DATES = {
    "Thu, 05 Jun 2025 08:00:00 GMT": 8, "05 Jun 2025 08:00:00 +0000": 8, "Thu, 5 Jun 2025 11:00:00 +0300": 8,
    "2025-06-05T08:00:00Z": 8, "2025-06-05T11:00+03:00": 8, "20250605T080000Z": 8, "2025-06-05 11:00:00": 8,
    "Thu, 05 Jun 2025 11:00:00 EEST": 8, "Thu, 05 Jun 2025 11:00:00 MSK": 8, "2025-06-05T08:00:00.123456Z": 8,
    "2025-W23-4": None, "четвер, 5 червня 2025": None, "목요일": None, "Πεμ, 05 Ιουν 2025": None, "2025-02-30": None,
    "0": None, "-1": None, "Thu, 05 Jun 99999 08:00:00 GMT": None, "Thu, 32 Jun 2025 08:00:00 GMT": None,
    "2025-06-05T25:61:61Z": None, "x" * 5000: None, "9" * 5000: None, "\u0662\u0660\u0662\u0665": None,
    "Thu, 05 Jun 2025 08:00:00 +9999": None, "2025-06-05T08:00:00+99:99": None, "0000-00-00T00:00:00Z": None,
}  # fmt: skip


@pytest.mark.parametrize("date", DATES)
def test_dates(date):
    (entry,) = parse(rss(item(more=f"<pubDate>{date}</pubDate>"))).entries
    hour = DATES[date]
    assert entry.published == (None if hour is None else datetime(2025, 6, 5, hour, tzinfo=UTC))


TITLES = {
    "&lt;script&gt;alert(1)&lt;/script&gt;T": "alert(1) T",
    "<![CDATA[<style>x{}</style><b onclick='x'>T</b>]]>": "x{} T",
    "&lt;img src=x onerror=alert(1)&gt;T": "T",
    "&lt;a href='javascript:alert(1)'&gt;T&lt;/a&gt;": "T",
    "&lt;!-- c --&gt;T": "T",
    "a &amp;lt; b": "a < b",
    "5 &lt; 6 &gt; 4": "5 < 6 > 4",
    "&amp;nbsp;T&amp;nbsp;": "T",
    "\u202eT\u2066\u200b\ufeff": "T",
    "T\u0085\u009b[31m": "T…›[31m",
    "T\ufffd": "T",
    "&#x9b;T&#x202e;": "›T",
    "T\u2028T\u2029": "T T",
    " T\n\t T ": "T T",
    "e\u0301": "\u00e9",
    "": "",
}


@pytest.mark.parametrize("title", TITLES)
def test_titles(title):
    (entry,) = parse(rss(item(title))).entries
    assert entry.title == TITLES[title]


LINKS = [
    "javascript:alert(1)", "JaVaScRiPt:alert(1)", "java\tscript:alert(1)", "vbscript:x", "data:text/html,x", "mailto:a@b.example",
    "file:///etc/passwd", "ftp://x.example/", "gopher://x.example/", "feed:javascript:x", "http://", "https://[::1",
    "http://x.example:99999/", "tel:1", "urn:x", "about:blank", "http://x" + "y" * 5000, "ldap://x.example/",
]  # fmt: skip


@pytest.mark.parametrize("link", LINKS)
def test_links_that_are_none(link):
    (entry,) = parse(rss(item(link=link))).entries
    assert entry.url is None


MALFORMED = {
    "undeclared entity": rss(item("a&nbsp;b")),
    "bare ampersand": rss(item("a & b")),
    "undeclared namespace": rss(item(more="<itunes:x>1</itunes:x>")),
    "white space before the declaration": "\n " + rss(item()),
    "words before the declaration": "warning: x " + rss(item()),
    "two roots": rss(item()) + "<rss/>",
    "junk at the end": rss(item()) + "\n<!-- x --><script>",
    "unclosed title": rss("<item><title>T<link>https://site.example/a</link></item>"),
    "crossed tags": rss("<item><title><b>T</title></b><link>https://site.example/a</link></item>"),
    "attribute without quotes": rss(item(more="<enclosure url=x length=1>")),
    "attribute twice": rss(item(more='<guid isPermaLink="a" isPermaLink="b">x</guid>')),
    "two hyphens in a comment": rss("<!-- a -- b -->" + item()),
    "cdata within cdata": rss(item("<![CDATA[a<![CDATA[b]]>c]]>")),
    "upper case cdata": rss(item("<![cdata[a]]>")),
}


@pytest.mark.parametrize("fault", MALFORMED)
def test_what_is_malformed_is_read_all_the_same_and_told(fault):
    feed = parse(MALFORMED[fault])
    assert len(feed.entries) == 1
    assert "not well-formed XML" in feed.problem


@pytest.mark.parametrize("character", ["\x0b", "\x1b", "\x00", "&#xD800;", "&#0;", "&#x110000;", "&#27;", "\uffff"])
def test_characters_that_xml_forbids_are_left_out_and_told(character):
    feed = parse(rss(item(f"a{character}b")))
    assert [entry.title for entry in feed.entries] == ["ab"]
    assert feed.problem == "it holds control characters, which XML forbids and which were left out"


def test_an_entity_that_lies_outside_is_told():
    feed = parse(rss(item("a&x;b"), head='<!DOCTYPE rss [<!ENTITY x SYSTEM "file:///etc/passwd">]>'))
    assert len(feed.entries) == 1
    assert "never loaded" in feed.problem


@pytest.mark.parametrize("listed", ["<item/>", "<item />", item(), f"<item><title>T</title><link>{A}</link></item>\n"])
def test_what_lies_beyond_the_limit_is_not_even_parsed(listed):
    began = time.monotonic()
    feed = parse(rss(listed * 40_000), limit=10)
    assert time.monotonic() - began < 3
    assert (len(feed.entries), feed.cut, feed.usable) == (10, True, True)
    assert feed.problem == "the feed lists 40,000 entries, of which the first 10 were taken ([network] feed_entries)"


def test_a_feed_that_wears_the_parser_out_is_given_up_and_holds_up_no_other():
    endless = b"<rss version='2.0'><channel><item><title>" + b"<a>" * 1_500_000
    bodies = [FeedBody(body=body, content_type=None, url=URL, entries_limit=10) for body in (endless, rss(item()).encode())]
    began = time.monotonic()
    given_up, good = parse_feeds(bodies, workers=1, seconds=2.0)
    assert time.monotonic() - began < 30
    assert (given_up.usable, given_up.given_up) == (False, True)
    assert "took more than 2 seconds" in given_up.problem
    assert [entry.url for entry in good.entries] == [A]
