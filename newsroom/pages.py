"""Articles as web pages, each outlet's in its own structure and language: `templates/<outlet>.html` around the text.

Rendering is pure: the same corpus and base address give the same bytes.
"""

from dataclasses import dataclass

import jinja2

from newsroom.corpus import Article, Corpus, Outlet
from newsroom.delivery import DELIVERIES
from newsroom.wording import NOTICES, first_sentence, long_date

RELATED = 4


@dataclass(frozen=True)
class Link:
    """A link to an article by its title, as teasers, feeds' readers and front pages show it."""

    title: str
    url: str
    date: str


def environment() -> jinja2.Environment:
    """The templates of pages and feeds; a name that a template gets wrong is an error, not an empty string."""
    return jinja2.Environment(
        loader=jinja2.PackageLoader("newsroom"),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )


def render_page(templates: jinja2.Environment, corpus: Corpus, outlet: Outlet, article: Article, base_url: str) -> str:
    """The page of one article, with links to its neighbours among the outlet's."""
    home = f"{base_url}/{outlet.id}/"
    return templates.get_template(f"{outlet.id}.html").render(
        article=article,
        outlet=outlet,
        lead=first_sentence(article.text, article.language),
        url=base_url + article.path,
        home=home,
        feed=home + DELIVERIES[outlet.id].feed,
        photo=f"{base_url}/static/photo.svg",
        charset=DELIVERIES[outlet.id].charset,
        notice=NOTICES[outlet.language],
        date=long_date(article.published, outlet.language),
        number=int(article.id.removeprefix("n-")),
        related=[_link(other, base_url) for other in _neighbours(corpus.of(outlet), article)],
    )


def render_front(templates: jinja2.Environment, corpus: Corpus, outlet: Outlet, base_url: str) -> str:
    """An outlet's front page: all of its articles, newest first."""
    return templates.get_template("front.html").render(
        outlet=outlet,
        feed=f"{base_url}/{outlet.id}/{DELIVERIES[outlet.id].feed}",
        charset=DELIVERIES[outlet.id].charset,
        notice=NOTICES[outlet.language],
        links=[_link(article, base_url) for article in corpus.of(outlet)],
    )


def render_index(templates: jinja2.Environment, corpus: Corpus, base_url: str) -> str:
    """The server's root: the outlets and their feeds, for whoever looks around."""
    rows = [(outlet, DELIVERIES[outlet.id], len(corpus.of(outlet))) for outlet in corpus.outlets]
    return templates.get_template("index.html").render(rows=rows, base_url=base_url, notice=NOTICES["en"])


def _neighbours(own: tuple[Article, ...], article: Article) -> tuple[Article, ...]:
    """The articles that came just before; where these are too few, the ones just after, as a site renewed since shows."""
    here = own.index(article)
    earlier, later = own[here + 1 :], own[:here]
    return (*earlier, *reversed(later))[:RELATED]


def _link(article: Article, base_url: str) -> Link:
    return Link(article.title, base_url + article.path, long_date(article.published, article.language))
