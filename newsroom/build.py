"""Builds the sample newsroom into a folder: pages, feeds, and the `sources.toml` that names them. Asks no clock.

The folder holds `site/` (what is served), `content-types.json` (what HTTP says of each path, charset quirks included)
and `sources.toml`. Files' times of change are the articles' own, so that Last-Modified is the same for every build.
"""

import json
import os
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from urllib.parse import urlsplit

import jinja2

from newsroom.corpus import Corpus, Outlet, load_corpus
from newsroom.delivery import DELIVERIES
from newsroom.feeds import render_feed
from newsroom.pages import environment, render_front, render_index, render_page

SITE = "site"
CONTENT_TYPES = "content-types.json"
CONTACT = "https://example.org/servanda-sample"
ROBOTS = "User-agent: *\nDisallow: /private/\n"
PHOTO = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 800 450"><rect width="800" height="450" fill="#c3ccd4"/>'
    '<path d="M0 450 260 190l150 150 120-100 270 210z" fill="#97a5b1"/><circle cx="620" cy="120" r="45" fill="#eef1f3"/></svg>\n'
)


@dataclass(frozen=True)
class File:
    """A file of the site: the path that it is served at, its Content-Type, its bytes, and when it last changed."""

    path: str
    content_type: str
    body: bytes
    changed: datetime

    @property
    def name(self) -> str:
        """Its name below `site/`: what ends in a slash is an index, what has no suffix gets `.html`."""
        name = self.path.removeprefix("/")
        suffix = ".html" if self.content_type.startswith("text/html") else ".xml"
        if self.path.endswith("/"):
            return f"{name}index{suffix}"
        return name if "." in name.rpartition("/")[2] else name + suffix


@dataclass(frozen=True)
class Built:
    """What was built: `pages` are addresses by article id, `feeds` by outlet id, `files` what lies behind an address."""

    folder: Path
    base_url: str
    sources: Path
    pages: dict[str, str]
    feeds: dict[str, str]
    files: dict[str, Path]


def build(folder: Path, base_url: str) -> Built:
    """Write the newsroom into `folder` (made where it is missing), for a server at `base_url` (scheme, host and port)."""
    base_url = base_url.rstrip("/")
    corpus, templates = load_corpus(), environment()
    files = [file for outlet in corpus.outlets for file in _outlet_files(templates, corpus, outlet, base_url)]
    files += _common_files(templates, corpus, base_url)
    for file in files:
        _write(folder / SITE / file.name, file)
    types = {file.path: file.content_type for file in files}
    (folder / CONTENT_TYPES).write_text(json.dumps(types, indent=1) + "\n", encoding="utf-8")
    sources = folder / "sources.toml"
    sources.write_text(_sources(corpus, base_url), encoding="utf-8")
    return Built(
        folder,
        base_url,
        sources,
        pages={article.id: base_url + article.path for article in corpus.articles},
        feeds={outlet.id: _feed_url(outlet, base_url) for outlet in corpus.outlets},
        files={base_url + file.path: folder / SITE / file.name for file in files},
    )


def _write(path: Path, file: File) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(file.body)
    os.utime(path, (file.changed.timestamp(), file.changed.timestamp()))


def _outlet_files(templates: jinja2.Environment, corpus: Corpus, outlet: Outlet, base_url: str) -> list[File]:
    delivery, articles = DELIVERIES[outlet.id], corpus.of(outlet)

    def page(path: str, text: str, changed: datetime) -> File:
        # What the charset lacks is written as a numeric reference, as old editors' desks do.
        return File(path, delivery.page_type, text.encode(delivery.charset, "xmlcharrefreplace"), changed)

    newest = articles[0].published
    feed = render_feed(templates, outlet, articles, base_url)
    return [
        *(
            page(article.path, render_page(templates, corpus, outlet, article, base_url), article.published)
            for article in articles
        ),
        page(f"/{outlet.id}/", render_front(templates, corpus, outlet, base_url), newest),
        File(f"/{outlet.id}/{delivery.feed}", delivery.feed_type, feed, newest),
    ]


def _common_files(templates: jinja2.Environment, corpus: Corpus, base_url: str) -> list[File]:
    newest = max(article.published for article in corpus.articles)
    index = render_index(templates, corpus, base_url).encode()
    return [
        File("/", "text/html; charset=utf-8", index, newest),
        File("/robots.txt", "text/plain; charset=utf-8", ROBOTS.encode(), newest),
        File("/static/photo.svg", "image/svg+xml", PHOTO.encode(), newest),
    ]


def _sources(corpus: Corpus, base_url: str) -> str:
    tables = ["[network]", f'contact = "{CONTACT}"', f'allow = ["{urlsplit(base_url).netloc}"]', "pause = 0"]
    for outlet in corpus.outlets:
        rows = {
            "id": outlet.id,
            "url": _feed_url(outlet, base_url),
            "outlet": outlet.name,
            "language": outlet.language,
            "alignment": outlet.alignment,
        }
        note = f"{DELIVERIES[outlet.id].form.value}. Sample: an invented outlet, invented wording."
        tables += ["", "[[source]]", *(f"{key} = {_toml(value)}" for key, value in rows.items())]
        tables += ["sample = true", f"note = {_toml(note)}"]
    return "\n".join(tables) + "\n"


def _toml(value: str) -> str:
    # A JSON string is a TOML basic string too.
    return json.dumps(value, ensure_ascii=False)


def _feed_url(outlet: Outlet, base_url: str) -> str:
    return f"{base_url}/{outlet.id}/{DELIVERIES[outlet.id].feed}"
