"""Pages to texts: encodings, what a page says of itself, and what must not come into the text."""

import json
from datetime import UTC, datetime

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from newsroom.corpus import Article, load_corpus
from newsroom.delivery import DELIVERIES
from newsroom.pages import environment, render_page
from servanda.intake.extraction import Extracted, Page, extract, extract_many
from servanda.model.vocabulary import Extraction, Language

URL = "https://site.example/news/1"
ONE = "Росія та Україна домовилися обміняти тисячу полонених на тисячу, повідомив у п’ятницю міністр оборони після переговорів."
TWO = "Дату обміну сторони вже знають, але поки що не розголошують. Родини просять не вірити спискам у Телеграмі, кажуть у штабі."
TEN = datetime(2025, 6, 2, 7, 0, tzinfo=UTC)


def html(body: str = "", head: str = "", language: str = "uk") -> str:
    article = body or f"<p>{ONE}</p><p>{TWO}</p>"
    return (
        f'<!DOCTYPE html><html lang="{language}"><head>{head}</head><body><nav><a href="/">Головна</a></nav>'
        f"<article><h1>Заголовок статті</h1>{article}</article><footer>Про нас</footer></body></html>"
    )


def read(page: str | bytes, content_type: str | None = "text/html; charset=utf-8") -> Extracted:
    return extract(page.encode() if isinstance(page, str) else page, content_type=content_type, url=URL)


def one_line_each(article: Article) -> str:
    return "\n\n".join(" ".join(paragraph.split()) for paragraph in article.paragraphs)


def sample_pages() -> list[tuple[Article, Page]]:
    corpus, templates, base = load_corpus(), environment(), "http://127.0.0.1:8900"
    outlets = {outlet.id: outlet for outlet in corpus.outlets}
    pages = []
    for article in corpus.articles:
        delivery = DELIVERIES[article.outlet]
        text = render_page(templates, corpus, outlets[article.outlet], article, base)
        body = text.encode(delivery.charset, "xmlcharrefreplace")
        pages.append((article, Page(body=body, content_type=delivery.page_type, url=base + article.path)))
    return pages


def test_all_pages_of_the_newsroom_to_the_letter():
    pages = sample_pages()
    assert len(pages) >= 72
    found = extract_many([page for _, page in pages], workers=2, seconds=20)
    for (article, page), got in zip(pages, found, strict=True):
        assert got.text == one_line_each(article), article.id
        assert got.title == " ".join(article.title.split())
        assert got.language == article.language
        assert (got.extraction, got.reason, got.doubtful) == (Extraction.WHOLE, "", False)
        assert got.canonical_url in {None, page.url}
        assert got.published is not None
        if got.published_exact:
            assert got.published == article.published
        else:
            # One outlet writes its times without a zone.
            assert article.outlet == "volzhskaya-lenta"
            assert abs(got.published - article.published).total_seconds() <= 3600


@pytest.mark.parametrize(
    ("encoding", "header", "meta", "told", "doubtful"),
    [
        ("utf-8", "utf-8", "", "utf-8", False),
        ("utf-8", "", "utf-8", "utf-8", False),
        ("utf-8", "", "", "utf-8", False),
        ("utf-8", "windows-1251", "windows-1251", "utf-8", False),
        ("utf-8", "iso-8859-1", "", "utf-8", False),
        ("utf-8-sig", "windows-1251", "", "utf-8", False),
        ("windows-1251", "windows-1251", "", "windows-1251", False),
        ("windows-1251", "", "windows-1251", "windows-1251", False),
        ("windows-1251", "utf-8", "cp1251", "cp1251", False),
        ("windows-1251", "", "", "cp1251", True),
        ("windows-1251", "utf-8", "", "cp1251", True),
        ("koi8-u", "koi8-u", "", "koi8-u", False),
        ("koi8-u", "", "KOI8-U", "koi8-u", False),
        ("utf-16", "", "utf-16", "utf-16", False),
        ("utf-16-le", "utf-16le", "", "utf-16le", False),
        ("utf-16-be", "", "", "utf-16-be", True),
        ("utf-8", "unicode_escape", "utf-7", "utf-8", False),
    ],
)
def test_encodings(encoding, header, meta, told, doubtful):
    page = html(head=f'<meta charset="{meta}">' if meta else "").replace("’", "'").encode(encoding)
    got = read(page, f"text/html; charset={header}" if header else "text/html")
    assert got.text == f"{ONE}\n\n{TWO}".replace("’", "'")
    assert (got.encoding, got.doubtful) == (told, doubtful)


def test_broken_bytes_are_left_out_and_told():
    got = read(html().encode().replace("тисячу".encode(), "тис".encode() + b"\xff" + "ячу".encode(), 1), "text/html")
    assert "\ufffd" not in got.text
    assert ONE in got.text
    assert got.doubtful
    got = read(html().replace("тисячу", "тис\x00я\u200b\x1bчу", 1))
    assert ONE in got.text
    assert got.doubtful


@pytest.mark.parametrize(
    ("body", "words"),
    [
        (b"", "empty"),
        (b" \n\x00", "empty"),
        (b"%PDF-1.7 ...", "another kind"),
        (b"<html><head><title>x</title></head><body></body></html>", "no text"),
        (b"<!DOCTYPE html><html><body><script>var a = 1;</script><div id=root></div></body></html>", "no text"),
        (b"<!DOCTYPE html><html><body><p>Enable JavaScript.</p></body></html>", "only"),
        (b"plain words", ""),
        (b"\xff\xfe", ""),
    ],
)
def test_pages_without_a_text_have_failed(body, words):
    got = read(body, "text/html")
    assert (got.extraction, got.text) == (Extraction.FAILED, "")
    assert got.reason
    assert words in got.reason


@pytest.mark.parametrize(
    "character", ["&#27;", "&#0;", "&#x8;", "&#11", "&#xFFFE;", "&#xD800;", "&#x110000;", "\x00", "\x0b", "\ufffe"]
)
def test_a_character_that_xml_forbids_does_not_lose_the_text(character):
    found = read(html(f"<p>{ONE}</p><p>{character}{TWO}</p>"))
    assert found.text == f"{ONE}\n\n{TWO}"


def test_what_is_no_article_stays_out():
    cookies = "Ми використовуємо файли cookie, щоб сайт працював, і рахуємо відвідування сторінок читачами."
    comment = "Цікава стаття, але чому так пізно, запитую я вас усіх разом."
    letter = "Підпишіться на нашу розсилку, щоб не пропустити найважливіше за день у вашій скриньці."
    noise = (
        f'<div class="cookie-banner"><p>{cookies}</p></div>'
        f'<div id="comments"><h3>Коментарі</h3><div class="comment"><p>{comment}</p></div></div>'
        '<section class="related"><h2>Читайте також</h2><ul><li><a href="/2">Інша новина про обмін</a></li></ul></section>'
        f'<div class="newsletter"><p>{letter}</p></div>'
    )
    got = read(html(f"<p>{ONE}</p>{noise}<p>{TWO}</p>").replace("<footer>", f"{noise}<footer>"))
    assert got.text == f"{ONE}\n\n{TWO}"


def test_paragraphs_are_lines_of_single_spaces():
    got = read(
        html(f"<p>{ONE.replace(' ', chr(160) + chr(10) + chr(9))}</p><p>{TWO}<br>{ONE}<br><br>1{chr(0x202F)}000 осіб. {TWO}</p>")
    )
    assert got.text.split("\n\n") == [ONE, TWO, ONE, f"1 000 осіб. {TWO}"]


def test_a_title_is_plain_text():
    head = (
        "<title>&lt;script&gt;1&lt;/script&gt; Обмін</title>"
        '<meta property="og:title" content="&lt;b&gt;Обмін&lt;/b&gt; 1 &amp;amp; 2">'
    )
    got = extract(html(head=head).replace("<h1>Заголовок статті</h1>", "").encode(), content_type=None, url=URL)
    assert got.title == "Обмін 1 & 2"


LD = '<script type="application/ld+json">{}</script>'


@pytest.mark.parametrize(
    ("head", "body", "exact"),
    [
        ('<meta property="article:published_time" content="2025-06-02T10:00:00+03:00">', "", True),
        ('<meta name="pubdate" content="Mon, 02 Jun 2025 10:00:00 +0300">', "", True),
        ('<meta itemprop="datePublished" content="2025-06-02T07:00:00Z">', "", True),
        (LD.format('{"@type":"NewsArticle","datePublished":"2025-06-02T10:00:00+03:00","dateModified":"2025-07-01"}'), "", True),
        (
            LD.format(
                '{"@graph":[{"@type":"WebSite"},{"@type":["Thing","ReportageNewsArticle"],"datePublished":"2025-06-02T07:00:00Z"}]}'
            ),
            "",
            True,
        ),
        (LD.format("[broken"), '<time datetime="2025-06-02T10:00:00+03:00">вчора</time>', True),
        ("", '<span itemprop="datePublished">2025-06-02T10:00:00+03:00</span>', True),
        ('<meta name="date" content="2025-06-02">', '<time datetime="2025-06-02T07:00:00Z">x</time>', True),
        ('<meta property="article:published_time" content="2025-06-02T10:00:00">', "", False),
        ("", '<div class="post-date">02.06.2025, 10:00</div>', False),
        ("", '<aside><time datetime="2024-01-01T00:00:00Z">x</time></aside><time datetime="2025-06-02T07:00:00Z">x</time>', True),
    ],
)
def test_times_of_publication(head, body, exact):
    got = read(html(f"{body}<p>{ONE}</p><p>{TWO}</p>", head))
    assert (got.published, got.published_exact) == (TEN, exact)


def test_no_time_of_publication():
    assert read(html()).published is None


@pytest.mark.parametrize(
    ("text", "declared", "language"),
    [
        (f"{ONE} {TWO}", "ru", Language.UKRAINIAN),
        (
            "Стороны обменялись телами погибших, сообщил помощник президента. Объявлено было вчера вечером.",
            "uk",
            Language.RUSSIAN,
        ),
        (
            "The sides have agreed to exchange a thousand prisoners of war for a thousand, the minister said on Friday.",
            "uk",
            Language.ENGLISH,
        ),
        (
            "The sides have agreed to exchange a thousand prisoners of war for a thousand, the minister said on Friday.",
            "en-GB",
            Language.ENGLISH,
        ),
        (
            "Die Seiten haben vereinbart, tausend Kriegsgefangene gegen tausend auszutauschen, sagte der Minister am Freitag.",
            "de",
            None,
        ),
        (
            "Бакі дамовіліся абмяняць тысячу палонных на тысячу, паведаміў у пятніцу міністр абароны краіны пасля сустрэчы.",
            "be",
            None,
        ),
    ],
)
def test_languages(text, declared, language):
    assert read(html(f"<p>{text}</p><p>{text}</p>", language=declared).replace("Заголовок статті", "1")).language is language


@pytest.mark.parametrize(
    ("href", "canonical"),
    [
        ("https://site.example/news/one?utm_source=x#a", "https://site.example/news/one"),
        ("/news/one", "https://site.example/news/one"),
        ("https://www.site.example/news/one", "https://www.site.example/news/one"),
        ("https://m.site.example/news/one", "https://m.site.example/news/one"),
        ("https://other.example/news/one", None),
        ("https://evilsite.example/news/one", None),
        ("https://site.example/", None),
        ("javascript:alert(1)", None),
        ("http://[", None),
    ],
)
def test_canonical_addresses(href, canonical):
    assert read(html(head=f'<link rel="Canonical" href="{href}">')).canonical_url == canonical


def test_authors():
    head = LD.format(
        json.dumps({"@type": "NewsArticle", "author": [{"name": "А. Перша"}, {"name": "Б. <b>Друга</b>"}, "А. Перша", 5]})
    )
    assert read(html(head=head)).author == "А. Перша, Б. Друга"
    assert read(html(head='<meta name="author" content="Редакція">')).author == "Редакція"
    assert read(html()).author is None


def test_hostile_pages_are_read_or_have_failed():
    deep = "<div>" * 50_000 + ONE
    pages = [
        html(deep),
        html("<p>" + "<b>" * 20_000 + ONE),
        html(f"<p>{'х' * 1_500_000}</p>"),
        html("<table><tr><td>" * 3_000 + ONE),
        html(head=LD.format('{"@graph":' + "[" * 50_000)),
        html(head=f'<meta property="article:published_time" content="{"9" * 100_000}">'),
        "<!DOCTYPE html [<!ENTITY x SYSTEM 'file:///etc/passwd'>]>" + html("<p>&x;</p>"),
    ]
    for page, got in zip(
        pages,
        extract_many([Page(body=p.encode(), content_type=None, url=URL) for p in pages], workers=2, seconds=20),
        strict=True,
    ):
        assert (got.extraction in {Extraction.WHOLE, Extraction.CUT}) == bool(got.text), page[:200]
        assert got.extraction is Extraction.WHOLE or got.reason
        assert "root:" not in got.text


def test_what_the_parser_left_out_is_told():
    got = read(html(f"<p>{ONE}</p>{'<div>' * 300}x{'</div>' * 300}<p>{TWO}</p>"))
    assert got.extraction is Extraction.CUT
    assert "parser's limits" in got.reason
    assert "parser's limits" in read(html("<div>" * 300 + f"<p>{ONE}</p>")).reason
    assert read(html()).extraction is Extraction.WHOLE


def test_a_long_text_is_cut_and_marked():
    got = read(html("".join(f"<p>{n}. {ONE}</p>" for n in range(6_000))))
    assert got.extraction is Extraction.CUT
    assert got.text.endswith(ONE)
    assert len(got.text) <= 500_000
    assert "was cut" in got.reason


@settings(max_examples=60, deadline=None)
@given(
    st.binary(max_size=300)
    | st.text(max_size=200).map(str.encode)
    | st.binary(max_size=100).map(lambda b: html().encode()[:300] + b)
)
@example(b"<html><body><p>" + b"x" * 100)
@example(b"<?xml version='1.0' encoding='utf-16'?><html/>")
def test_nothing_is_ever_raised(body):
    got = extract(body, content_type="text/html; charset=\x00", url=URL)
    assert (got.extraction is Extraction.FAILED) == (not got.text)
    assert got.text or got.reason
