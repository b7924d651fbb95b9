"""The text of a page's article, by trafilatura, as paragraphs. Pure: a tree in, paragraphs out."""

import re

from lxml import etree  # type: ignore[import-untyped]
from lxml.html import HtmlElement  # type: ignore[import-untyped]
from trafilatura import bare_extraction

from servanda.intake.characters import clean_line

_BLOCKS = frozenset({"p", "head", "list", "item", "quote", "table", "row", "code", "div", "body", "fw", "graphic", "lb"})
# Whole words of class and id, of blocks that never belong to an article.
_FOREIGN = re.compile(
    r"(?:^|[\s_-])(?:cookies?|gdpr|consent|comments?|disqus|related|recommended|read-?more|newsletter|subscri(?:be|ption)|share|"
    r"sharing|advert(?:isement)?|promo|paywall|sidebar|breadcrumbs?|popular|trending|teasers?)(?:$|[\s_-])",
    re.IGNORECASE,
)
_PRUNED = ("div", "section", "aside", "ul", "ol", "form", "p", "table", "dialog")
MOST = 500_000
"""Characters of the longest text that is kept; a longer one is cut."""


def paragraphs_of(tree: HtmlElement, title: str, url: str) -> list[str]:
    """The article's paragraphs, each one line; without title, comments, related links and notices. Empty: there are none.

    A line break in a paragraph begins a new one, since many a site knows no other paragraphs. The tree is changed on the way.
    """
    _prune(tree)
    document = bare_extraction(tree, url=url, include_comments=False)
    if document is None or isinstance(document, dict):
        return []
    lines = _lines(document.body)
    while lines and title and lines[0].casefold() == title.casefold():
        lines.pop(0)
    return lines


def _prune(tree: HtmlElement) -> None:
    """Take out what is marked as foreign, unless it holds the headline or most of the page's text."""
    whole = len(tree.text_content())
    for element in list(tree.iter(*_PRUNED)):
        names = f"{element.get('class') or ''} {element.get('id') or ''}"
        if not _FOREIGN.search(names) or element.getparent() is None or element.find(".//h1") is not None:
            continue
        if len(element.text_content()) * 2 < whole:
            element.drop_tree()


def _lines(body: etree._Element) -> list[str]:
    lines: list[str] = []
    parts: list[str] = []

    def end() -> None:
        line = clean_line("".join(parts))
        parts.clear()
        if line:
            lines.append(line)

    for event, element in etree.iterwalk(body, events=("start", "end")):
        block = element.tag in _BLOCKS
        if block:
            end()
        if event == "start":
            parts.append(element.text or "")
        else:
            parts.append(" " if element.tag == "cell" else "")
            parts.append(element.tail or "")
    end()
    return lines
