"""The newsroom's own material: articles and the outlets that they are invented for. Knows nothing of pages or feeds."""

import json
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from urllib.parse import urlsplit

HERE = Path(__file__).parent


@dataclass(frozen=True)
class Outlet:
    """An invented outlet; `alignment` is `ukraine`, `russia`, `mediator` or `independent`."""

    id: str
    name: str
    homepage: str
    language: str
    alignment: str


@dataclass(frozen=True)
class Article:
    """An article to the letter; `text` is paragraphs parted by a blank line, `published` carries its offset."""

    id: str
    outlet: str
    alignment: str
    url: str
    published: datetime
    language: str
    title: str
    text: str

    @property
    def paragraphs(self) -> tuple[str, ...]:
        """The text's paragraphs, in order."""
        return tuple(self.text.split("\n\n"))

    @property
    def path(self) -> str:
        """Where the sample server has the page: the path of the article's own address, under the outlet's id."""
        return f"/{self.outlet}{urlsplit(self.url).path}"


@dataclass(frozen=True)
class Corpus:
    """All outlets, and all articles in the order of their ids."""

    outlets: tuple[Outlet, ...]
    articles: tuple[Article, ...]

    def of(self, outlet: Outlet) -> tuple[Article, ...]:
        """One outlet's articles, newest first, as its feed lists them."""
        own = (article for article in self.articles if article.outlet == outlet.id)
        return tuple(sorted(own, key=lambda article: article.published, reverse=True))


def load_corpus(folder: Path = HERE) -> Corpus:
    """Read `outlets.json` and `articles/*.json`; an article of an unknown outlet raises ValueError."""
    rows: list[dict[str, str]] = json.loads((folder / "outlets.json").read_text(encoding="utf-8"))
    outlets = tuple(Outlet(**row) for row in rows)
    articles = tuple(_read_article(path) for path in sorted((folder / "articles").glob("*.json")))
    known = {outlet.id for outlet in outlets}
    for article in articles:
        if article.outlet not in known:
            raise ValueError(f'article {article.id}: outlet "{article.outlet}" is not in outlets.json; add it there')
    return Corpus(outlets, articles)


def _read_article(path: Path) -> Article:
    raw: dict[str, str] = json.loads(path.read_text(encoding="utf-8"))
    published = datetime.fromisoformat(raw.pop("published"))
    if published.tzinfo is None:
        raise ValueError(f'{path.name}: "published" has no offset; write it like 2025-05-16T10:42:00+03:00')
    return Article(published=published, **raw)
