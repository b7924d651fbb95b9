"""What extraction gets out of the pages: every paragraph to the letter, and nothing of what stands around it."""

import re

import httpx
import pytest
import trafilatura
from trafilatura.settings import Document

from newsroom.corpus import Article, Corpus, load_corpus
from newsroom.delivery import DELIVERIES
from newsroom.serve import Sample
from newsroom.wording import NOTICES, first_sentence, long_date

# Words of the pages' surroundings, a few from each template: cookies, letters, comments, sharing, navigation, footers.
AROUND = {
    "dnipro-wire": ["cookies", "evening wire", "Okafor", "Copy link", "Related stories", "Archive picture", "Advert"],
    "slobidskyi-visnyk": ["cookie", "Листи з редакції", "Пані Стефа", "за кавою", "Читайте також", "з архіву", "Пошук"],
    "moskva-dispatch": ["cookies", "Morning digest", "Share", "More on the subject", "archive", "Tags", "Advert"],
    "volzhskaya-lenta": ["cookie", "Рассылка", "Волжанин", "Опрос", "Материалы по теме", "Версия для печати"],
    "golden-horn-agency": ["cookie", "Bosphorus Brief", "Izmir", "Copy link", "Related topics", "File photo"],
    "continental-monitor": ["cookie", "First Edition", "crossword", "More on this", "file picture", "Read more"],
    "kordon-media": ["cookie", "50 гривень", "подкасти", "Читайте ще", "Ілюстрація", "хвилини"],
    "severny-zhurnal": ["cookie", "Письма с севера", "Вологды", "Читайте также", "Рассказать друзьям"],
}
ARTICLES = load_corpus().articles


def page(client: httpx.Client, served: Sample, article: Article) -> str:
    """The page as a client should read it: by the header's charset, else by the meta's."""
    response = client.get(served.built.pages[article.id])
    assert response.status_code == 200
    declared = re.search(rb'charset="?([\w-]+)', response.content)
    assert declared is not None
    return response.content.decode(response.charset_encoding or declared[1].decode())


def lines(text: str | None) -> list[str]:
    return [" ".join(line.split()) for line in (text or "").splitlines() if line.strip()]


@pytest.mark.parametrize("article", ARTICLES, ids=lambda article: article.id)
def test_extraction_gives_the_article_to_the_letter(
    article: Article, served: Sample, corpus: Corpus, client: httpx.Client
) -> None:
    url = served.built.pages[article.id]
    document = trafilatura.bare_extraction(page(client, served, article), url=url, include_comments=False, with_metadata=True)
    assert isinstance(document, Document)
    assert document.title == article.title

    extracted = lines(document.text)
    # Some outlets' headline stands inside what extraction takes for the article, as it does in life.
    body = extracted[1:] if extracted[0] == " ".join(article.title.split()) else extracted
    assert body == [" ".join(paragraph.split()) for paragraph in article.paragraphs]

    text = "\n".join(extracted)
    for other in corpus.articles:
        assert other.id == article.id or other.title not in text
    for words in [*AROUND[article.outlet], NOTICES[article.language]]:
        assert words not in text


@pytest.mark.parametrize("outlet", list(DELIVERIES))
def test_what_must_not_be_extracted_does_stand_in_the_page(
    outlet: str, served: Sample, corpus: Corpus, client: httpx.Client
) -> None:
    article = next(article for article in corpus.articles if article.outlet == outlet)
    text = page(client, served, article)
    missing = [words for words in AROUND[outlet] if words not in text]
    assert missing == []
    assert sum(other.title in text.replace("&#39;", "'") for other in corpus.articles if other.outlet == outlet) >= 4


@pytest.mark.parametrize("article", ARTICLES, ids=lambda article: article.id)
def test_each_page_says_that_it_is_a_sample(article: Article, served: Sample, client: httpx.Client) -> None:
    visible = re.sub(r"(?s)<(script|style)\b.*?</\1>|<head>.*?</head>", "", page(client, served, article))
    assert visible.count(NOTICES[article.language]) == 2


def test_the_machine_readable_dates_differ_by_outlet(served: Sample, corpus: Corpus, client: httpx.Client) -> None:
    marks = {
        "meta": "article:published_time",
        "json": "application/ld+json",
        "time": " datetime=",
        "canonical": 'rel="canonical"',
    }
    have: dict[str, set[str]] = {outlet.id: set(marks) for outlet in corpus.outlets}
    for article in corpus.articles:
        text = page(client, served, article)
        have[article.outlet] &= {name for name, mark in marks.items() if mark in text}
    assert have == {
        "dnipro-wire": {"meta", "json", "time", "canonical"},
        "slobidskyi-visnyk": {"meta", "json", "time", "canonical"},
        "moskva-dispatch": {"json"},
        "volzhskaya-lenta": set(),
        "golden-horn-agency": {"time", "canonical"},
        "continental-monitor": {"meta", "json", "time", "canonical"},
        "kordon-media": {"time"},
        "severny-zhurnal": {"meta", "time", "canonical"},
    }


def test_the_only_charset_of_the_old_site_is_in_its_meta(served: Sample, corpus: Corpus, client: httpx.Client) -> None:
    article = next(article for article in corpus.articles if article.outlet == "volzhskaya-lenta")
    response = client.get(served.built.pages[article.id])
    assert response.headers["Content-Type"] == "text/html"
    assert b"charset=windows-1251" in response.content
    assert article.title in response.content.decode("windows-1251")
    with pytest.raises(UnicodeDecodeError):
        response.content.decode("utf-8")


def test_pages_point_nowhere_outside_but_to_vocabularies(served: Sample, corpus: Corpus, client: httpx.Client) -> None:
    vocabularies = ("https://schema.org", "http://schema.org", "https://ogp.me", "http://www.w3.org")
    for article in corpus.articles:
        for url in re.findall(r"https?://[^\s\"'<>]+", page(client, served, article)):
            assert url.startswith((served.base_url, *vocabularies)), url


def test_a_credit_in_brackets_is_not_a_sentence() -> None:
    text = "(Dnipro Wire) — They came home. All of them.\n\nMore."
    assert first_sentence(text, "en") == "(Dnipro Wire) — They came home."
    assert first_sentence("KYIV, Jan. 14 — It snowed. Then not.", "en") == "KYIV, Jan. 14 — It snowed."


def test_dates_are_in_the_language_of_the_outlet(corpus: Corpus) -> None:
    published = corpus.articles[0].published
    assert [long_date(published, language) for language in NOTICES] == ["16 May 2025", "16 травня 2025", "16 мая 2025"]
