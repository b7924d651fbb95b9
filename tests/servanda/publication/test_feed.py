from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from lxml import etree

from servanda.publication.books import Books
from servanda.publication.publish import write_all

ATOM = "{http://www.w3.org/2005/Atom}"
ID = "0123456789abcdef"


def read(books: Books, folder: Path) -> etree._Element:
    write_all(books, ID, folder)
    return etree.fromstring((folder / "site/feed.xml").read_bytes())


def test_changes_of_status_and_events_newest_first(books: Books, tmp_path: Path) -> None:
    root = read(books, tmp_path)
    ids = [entry.findtext(f"{ATOM}id") for entry in root.iter(f"{ATOM}entry")]
    changes = [i for i in ids if ":status/" in i]
    assert changes == [
        f"tag:servanda.example,2025:status/body_repatriation.2025-06-02.russia-ukraine/2025-06-{day}" for day in ("11", "02")
    ]
    assert len(ids) == len(set(ids)) == 2 + books.events.height
    updated = [datetime.fromisoformat(e.findtext(f"{ATOM}updated")) for e in root.iter(f"{ATOM}entry")]
    assert updated == sorted(updated, reverse=True)
    assert datetime.fromisoformat(root.findtext(f"{ATOM}updated")) == updated[0]


def test_times_are_midnights_in_kyiv(books: Books, tmp_path: Path) -> None:
    assert {t.text[10:] for t in read(books, tmp_path).iter(f"{ATOM}updated", f"{ATOM}published")} == {"T00:00:00+03:00"}


def test_what_atom_requires_is_there(books: Books, tmp_path: Path) -> None:
    root = read(books, tmp_path)
    assert root.find(f"{ATOM}author/{ATOM}name") is not None
    assert {link.get("rel") for link in root.findall(f"{ATOM}link")} == {"self", "alternate"}
    for element in (root, *root.iter(f"{ATOM}entry")):
        for name in ("id", "title", "updated"):
            assert len(element.findall(ATOM + name)) == 1
    for link in root.iter(f"{ATOM}link"):
        assert (tmp_path / "site" / link.get("href").partition("#")[0]).is_file()
    assert ID in root.findtext(f"{ATOM}subtitle")
    assert "Do not quote" in root.findtext(f"{ATOM}title")


def test_a_changed_number_keeps_the_id(books: Books, changed: Callable[..., Books], tmp_path: Path) -> None:
    def ids(of: Books, name: str) -> list[str | None]:
        return [i.text for i in read(of, tmp_path / name).iter(f"{ATOM}id")]

    assert ids(books, "a") == ids(changed("events", count_by_giver=7), "b")


def test_an_empty_feed_is_one_too(empty: Books, tmp_path: Path) -> None:
    root = read(replace(empty, sample=False), tmp_path)
    assert root.findtext(f"{ATOM}updated") == "2025-06-20T00:00:00+03:00"
    assert "Sample" not in root.findtext(f"{ATOM}title")
