"""The outlets' feeds, in six forms. feedgen writes RSS 2.0 and Atom; what it cannot (RDF, windows-1251, JSON) is made here.

Every feed lists all of its outlet's articles, newest first, with the first sentence as the summary. Nothing asks the clock.
"""

import json
from email.utils import format_datetime

import jinja2
from feedgen.feed import FeedGenerator
from markupsafe import escape

from newsroom.corpus import Article, Outlet
from newsroom.delivery import DELIVERIES, Delivery, FeedForm
from newsroom.wording import NOTICES, first_sentence


def render_feed(templates: jinja2.Environment, outlet: Outlet, articles: tuple[Article, ...], base_url: str) -> bytes:
    """One outlet's feed, in the form and charset that `delivery` gives it; `articles` come newest first."""
    delivery = DELIVERIES[outlet.id]
    match delivery.form:
        case FeedForm.JSON:
            return _json_feed(outlet, delivery, articles, base_url)
        case FeedForm.RSS1:
            return _from_template(templates, "rss1.xml", outlet, articles, base_url)
        case FeedForm.RSS2:
            return _from_template(templates, "rss2.xml", outlet, articles, base_url)
        case FeedForm.ATOM:
            return bytes(_generator(outlet, delivery, articles, base_url).atom_str(pretty=True))
        case FeedForm.RSS2_CONTENT | FeedForm.RSS2_GUID:
            return bytes(_generator(outlet, delivery, articles, base_url).rss_str(pretty=True))


def _generator(outlet: Outlet, delivery: Delivery, articles: tuple[Article, ...], base_url: str) -> FeedGenerator:
    home = f"{base_url}/{outlet.id}/"
    feed = FeedGenerator()
    feed.id(home)
    feed.title(outlet.name)
    feed.description(NOTICES[outlet.language])
    feed.subtitle(NOTICES[outlet.language])
    feed.language(outlet.language)
    feed.link(href=home + delivery.feed, rel="self")
    feed.link(href=home, rel="alternate")  # last, since feedgen makes the last one the channel's link in RSS
    # Unless told, feedgen takes the time of the build for these.
    feed.updated(articles[0].published)
    feed.lastBuildDate(articles[0].published)
    for article in articles:
        _add_entry(feed, delivery, article, base_url)
    return feed


def _add_entry(feed: FeedGenerator, delivery: Delivery, article: Article, base_url: str) -> None:
    url = base_url + article.path
    entry = feed.add_entry(order="append")
    entry.id(url)
    entry.title(article.title)
    entry.link(href=url)
    entry.published(article.published)
    entry.updated(article.published)
    if delivery.form is FeedForm.ATOM:
        entry.summary(first_sentence(article.text, article.language))
        return
    entry.description(first_sentence(article.text, article.language))
    if delivery.form is FeedForm.RSS2_CONTENT:
        entry.content("".join(f"<p>{escape(paragraph)}</p>" for paragraph in article.paragraphs), type="CDATA")
        entry.guid(url, permalink=True)
    else:
        # The usual guid of WordPress: an address by number, said to be no permalink.
        entry.guid(f"{base_url}/{article.outlet}/?p={_number(article)}", permalink=False)


def _from_template(
    templates: jinja2.Environment, name: str, outlet: Outlet, articles: tuple[Article, ...], base_url: str
) -> bytes:
    delivery = DELIVERIES[outlet.id]
    text = templates.get_template(name).render(
        outlet=outlet,
        home=f"{base_url}/{outlet.id}/",
        feed=f"{base_url}/{outlet.id}/{delivery.feed}",
        charset=delivery.charset,
        notice=NOTICES[outlet.language],
        base_url=base_url,
        articles=articles,
        rfc822=format_datetime,
        first_sentence=first_sentence,
    )
    return text.encode(delivery.charset, "xmlcharrefreplace")


def _json_feed(outlet: Outlet, delivery: Delivery, articles: tuple[Article, ...], base_url: str) -> bytes:
    home = f"{base_url}/{outlet.id}/"
    items = [
        {
            "id": base_url + article.path,
            "url": base_url + article.path,
            "title": article.title,
            "summary": first_sentence(article.text, article.language),
            # The format wants content_text or content_html in every item; a feed of summaries repeats the summary.
            "content_text": first_sentence(article.text, article.language),
            "date_published": article.published.isoformat(),
            "language": article.language,
        }
        for article in articles
    ]
    feed = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": outlet.name,
        "description": NOTICES[outlet.language],
        "home_page_url": home,
        "feed_url": home + delivery.feed,
        "language": outlet.language,
        "items": items,
    }
    return (json.dumps(feed, ensure_ascii=False, indent=1) + "\n").encode()


def _number(article: Article) -> int:
    return 4000 + 7 * int(article.id.removeprefix("n-"))
