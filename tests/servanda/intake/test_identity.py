"""Identity: one item or two, one article or two."""

import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from servanda.intake.identity import article_id, body_hash, item_id, normalise_url, text_hash, web_address

SAME = [
    ("https://Site.Example/A/1", "HTTPS://site.example:443/A/1#top"),
    ("http://site.example", "http://site.example:80/"),
    ("https://site.example/a", "https://site.example/a?utm_source=rss&utm_medium=feed&fbclid=1&UTM_Campaign=x"),
    ("https://site.example/a?p=1", "https://site.example/a?utm_source=rss&p=1&gclid=2"),
    ("https://site.example/a", "https://site.example/a?"),
    ("https://site.example/новини", "https://site.example/%D0%BD%D0%BE%D0%B2%D0%B8%D0%BD%D0%B8"),
    ("https://site.example/%7Euser/%d0%bd", "https://site.example/~user/%D0%BD"),
    ("https://новини.example/a", "https://xn--b1amarcd.example/a"),
    ("https://user:secret@site.example/a", "https://site.example/a"),
    ("https://site.example./a", "https://site.example/a"),
    (" https://site.example/a\n", "https://site.example/a"),
]
DIFFERENT = [
    ("https://site.example/a", "https://site.example/A"),
    ("https://site.example/a", "https://site.example/a/"),
    ("https://site.example/?p=1", "https://site.example/?p=2"),
    ("https://site.example/?P=1", "https://site.example/?p=1"),
    ("https://site.example/?a=1&b=2", "https://site.example/?b=2&a=1"),
    ("https://site.example/?id=1&lang=uk", "https://site.example/?id=1&lang=ru"),
    ("https://site.example/?id=1&source=a", "https://site.example/?id=1&source=b"),
    ("https://site.example/a", "https://site.example:8443/a"),
    ("https://site.example/a", "https://www.site.example/a"),
    ("https://site.example/a%2Fb", "https://site.example/a/b"),
    ("https://site.example/?q=a%26b", "https://site.example/?q=a&b"),
]


@pytest.mark.parametrize(("one", "other"), SAME)
def test_one(one, other):
    assert normalise_url(one) == normalise_url(other)
    assert item_id("s", one, "g") == item_id("t", other, "h")
    assert article_id(one) == article_id(other)


@pytest.mark.parametrize(("one", "other"), DIFFERENT)
def test_two(one, other):
    assert normalise_url(one) != normalise_url(other)
    assert item_id("s", one, "g") != item_id("s", other, "g")
    assert article_id(one) != article_id(other)


def test_http_and_https_are_one_item_with_two_addresses():
    assert normalise_url("http://site.example/a") != normalise_url("https://site.example/a")
    assert item_id("s", "http://site.example/a", None) == item_id("s", "https://site.example/a", None)


def test_without_a_link_the_guid_counts_within_its_source_then_the_title():
    assert item_id("s", None, "g") == item_id("s", None, "g", "another title")
    assert item_id("s", None, "g") != item_id("t", None, "g")
    assert item_id("s", None, None, "a") != item_id("s", None, None, "b")
    assert len({item_id("s", None, "x"), item_id("s", None, None, "x"), item_id("s", "x", None)}) == 3


def test_forms():
    assert article_id("https://site.example/a").startswith("a-")
    assert len(item_id("s", "https://site.example/a", None)) == 22
    assert text_hash("мир") == body_hash("мир".encode()) == hashlib.sha256("мир".encode()).hexdigest()
    assert text_hash("\ud800")


@pytest.mark.parametrize(
    "text", ["", "mailto:a@b", "ftp://x.example/", "javascript:1", "http://", "http://x:99999/", "http://[::1", "#a"]
)
def test_no_web_address(text):
    assert web_address(text) is None
    assert normalise_url(text) == text


@given(
    st.text(max_size=40)
    | st.builds(
        "{}://{}{}/{}?{}#{}".format,
        st.sampled_from(["http", "https", "HTTP", "ftp"]),
        st.text(min_size=1, max_size=12),
        st.sampled_from(["", ":80", ":443", ":8080", ":x", "."]),
        st.text(max_size=12),
        st.text(max_size=12) | st.just("utm_source=x&a=%zz&b"),
        st.text(max_size=4),
    )
)
def test_normalising_is_idempotent_and_never_raises(url):
    once = normalise_url(url)
    assert normalise_url(once) == once
    assert item_id("s", url, url)
