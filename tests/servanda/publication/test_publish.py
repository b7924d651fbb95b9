"""The whole set, as readers get it: complete, the same each time, closed to hostile input."""

import csv
import json
import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from urllib.parse import unquote, urlsplit

import polars as pl
import pytest
from lxml import etree, html

from servanda.publication.books import KEYS, Books
from servanda.publication.errors import PublicationError
from servanda.publication.publish import write_all

ID = "0123456789abcdef"
GIVEN = "body_repatriation.2025-06-02.russia-ukraine"
ATOM = "{http://www.w3.org/2005/Atom}"
EVIL = "=cmd<script>alert(1)</script>\u202e\x00\"'><img src=x onerror=alert(1)>&amp;{{ 7 * 7 }}"


def published(books: Books, folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in write_all(books, ID, folder)}


def text_of(page: bytes) -> str:
    return re.sub(r"\s+", " ", str(html.fromstring(page.decode()).text_content()))


def test_everything_is_there(books: Books, tmp_path: Path) -> None:
    files = set(published(books, tmp_path))
    assert {f"{name}.{ending}" for name in KEYS for ending in ("csv", "json", "parquet")} <= files
    assert {"site/index.html", "site/style.css", "site/feed.xml", "datapackage.json"} <= files
    pages = {f"site/obligations/{o}.html" for o in books.obligations["obligation_id"]}
    assert pages == {name for name in files if name.startswith("site/obligations/")}


def test_the_same_books_make_the_same_bytes(books: Books, tmp_path: Path) -> None:
    turned = replace(books, **{name: frame.reverse() for name, frame in books.tables().items()})
    first, second = published(books, tmp_path / "a"), published(turned, tmp_path / "b")
    assert first == second
    assert not [name for name, body in first.items() if b"\r" in body and not name.endswith(".parquet")]


def test_the_page_tells_the_books(books: Books, tmp_path: Path) -> None:
    page = text_of(published(books, tmp_path)["site/index.html"])
    for said in (
        *("As of 20 June 2025", ID, "Sample: invented wording. Do not quote.", "Зразок: вигадані тексти. Не цитувати."),
        *("2 June 2025 agreement in Istanbul", "6,000 bodies", "40.9% of 6,000", "Reported", "disputed", "partly delivered"),
        *("2,460", "2,457", "3 more by the giver", "total of events, not added", "unallocated: fills no promise"),
        *("the page is gone (410)", "A dash is not 0", "CC BY 4.0", "no account", "not counted", "not two accounts"),
    ):
        assert said in page, said


def test_an_obligation_has_its_sums_its_history_and_its_evidence(books: Books, tmp_path: Path) -> None:
    page = published(books, tmp_path)[f"site/obligations/{GIVEN}.html"]
    tree = html.fromstring(page.decode())
    sums = [[cell.text_content() for cell in row.xpath("td[contains(@class, 'sum')]")] for row in tree.xpath("//tbody/tr")]
    assert [row for row in sums if row] == [["1,212"] * 2, ["2,460", "2,457"], ["2,460", "2,457"]]
    assert [quote.get("lang") for quote in tree.xpath("//blockquote")] == ["uk", "en"]
    assert tree.xpath("//blockquote")[0].text_content() == "Росія передасть 6 000 тіл."
    assert [link.get("rel") for link in tree.xpath("//a[starts-with(@href, 'https://k.example')]")] == ["noopener nofollow"] * 2
    said = text_of(page)
    for part in ("Kyiv Wire (on Ukraine’s side), 2 June 2025", "A reprint", "Whose word: Ukraine", "the passing of time"):
        assert part in said, part
    assert tree.xpath("//a[@href='#s-3']")
    assert tree.xpath("//*[@id='s-3']")


def test_all_for_all_refused_and_overdue_are_told_in_words(changed: Callable[..., Books], tmp_path: Path) -> None:
    cases = {
        "all for all (6,000 bodies named)": {"all_for_all": True, "share": None},
        "Whoever must act turned it down": {"status": "refused", "undertaking": "refused"},
        "overdue An explicit deadline has passed.": {"flags": ["overdue"]},
    }
    for number, (said, columns) in enumerate(cases.items()):
        page = published(changed("status", **columns), tmp_path / str(number))[f"site/obligations/{GIVEN}.html"]
        assert said in text_of(page.replace(b"</dt>", b"</dt> "))


def test_no_account_is_drawn_otherwise_than_0(changed: Callable[..., Books], tmp_path: Path) -> None:
    def tracks(books: Books, name: str) -> int:
        return published(books, tmp_path / name)["site/index.html"].count(b"untold")

    nothing_told = {"delivered_by_giver": None, "delivered_by_receiver": None, "share": None}
    assert tracks(changed("status", **nothing_told), "none") == 4
    assert tracks(changed("status", delivered_by_giver=0, delivered_by_receiver=0), "zero") == 0


def test_every_sentence_of_the_books_stands_on_a_page(books: Books, changed: Callable[..., Books], tmp_path: Path) -> None:
    """Also where no bearing names it: those of events, of obligations, and of commitments."""
    bare = replace(books, bearings=books.bearings.clear())
    evidence = html.fromstring(published(bare, tmp_path / "a")[f"site/obligations/{GIVEN}.html"].decode())
    assert [item.get("id") for item in evidence.xpath("//ol[@class='evidence']/li")] == ["s-1", "s-3"]
    only_commitments = replace(bare, obligations=changed("obligations", statement_ids=[]).obligations)
    for name in ("ukraine-russia", "russia-ukraine"):
        page = published(only_commitments, tmp_path / "b")[f"site/obligations/body_repatriation.2025-06-02.{name}.html"]
        assert "Росія передасть" in text_of(page)


def test_an_event_that_fills_no_promise_leads_to_its_sentences(books: Books, tmp_path: Path) -> None:
    files = published(books, tmp_path)
    index = html.fromstring(files["site/index.html"].decode())
    assert "unallocated.html#e-4" in index.xpath("//a/@href")
    section = html.fromstring(files["site/unallocated.html"].decode()).xpath("//*[@id='e-4']")[0]
    assert section.xpath(".//blockquote")[0].text_content() == "Russia handed over 1,212 bodies."
    entry = next(e for e in etree.fromstring(files["site/feed.xml"]).iter(f"{ATOM}entry") if "e-4" in e.findtext(f"{ATOM}id"))
    assert entry.find(f"{ATOM}link").get("href") == "unallocated.html#e-4"


def test_links_resolve_and_nothing_is_loaded_from_elsewhere(books: Books, tmp_path: Path) -> None:
    for path in write_all(books, ID, tmp_path):
        if path.suffix != ".html":
            continue
        tree = html.fromstring(path.read_bytes().decode())
        assert not tree.xpath(
            "//script | //iframe | //object | //embed | //img | //@style | //style | //@*[starts-with(name(), 'on')]"
        )
        assert {link.get("href") for link in tree.xpath("//link[@rel='stylesheet']")} <= {"style.css", "../style.css"}
        assert tree.xpath("//meta[@http-equiv]/@content")[0].startswith("default-src 'none'; style-src 'self'; img-src 'self'")
        for address in tree.xpath("//@href"):
            parts = urlsplit(address)
            if parts.scheme:
                assert parts.scheme == "https"
                continue
            target = (path.parent / unquote(parts.path)).resolve() if parts.path else path
            assert target.is_file(), address
            if parts.fragment:
                assert html.fromstring(target.read_bytes().decode()).xpath("//*[@id=$id]", id=parts.fragment), address


def test_pages_are_well_built(books: Books, tmp_path: Path) -> None:
    for name, page in published(books, tmp_path).items():
        if name.endswith(".html"):
            tree = html.fromstring(page.decode())
            assert len(tree.xpath("//h1")) == len(tree.xpath("//main")) == len(tree.xpath("//footer")) == 1
            assert len(tree.xpath("//table")) == len(tree.xpath("//table/caption"))
            assert not tree.xpath("//th[not(@scope)]")
            ids = tree.xpath("//@id")
            assert len(ids) == len(set(ids))


def test_hostile_words_stay_words(changed: Callable[..., Books], tmp_path: Path) -> None:
    hostile = [
        changed("statements", quote=EVIL),
        changed("articles", title=EVIL, url="javascript:alert(1)"),
        changed("items", title=EVIL, url="javascript:alert(1)", reason=EVIL),
        changed("sources", outlet=EVIL),
        changed("status", agreed_at=EVIL),
    ]
    for number, books in enumerate(hostile):
        for name, body in published(books, tmp_path / str(number)).items():
            if name.endswith(".html"):
                tree = html.fromstring(body.decode())
                assert not tree.xpath("//script | //img | //@onerror | //@href[starts-with(., 'javascript')]")
                assert "49" not in "".join(tree.xpath("//blockquote//text()"))
            if name.startswith("site/"):
                assert not re.search("[\u202e\x00]", body.decode())
            if name.endswith(".xml"):
                etree.fromstring(body)


def test_a_spreadsheet_runs_nothing(changed: Callable[..., Books], tmp_path: Path) -> None:
    files = published(changed("statements", quote="=1+1"), tmp_path)
    rows = list(csv.DictReader(files["statements.csv"].decode().splitlines()))
    assert {row["quote"] for row in rows} == {"'=1+1"}
    assert {row["quote"] for row in json.loads(files["statements.json"])} == {"=1+1"}
    assert rows[0]["published_at"] == "2025-06-02T12:00:00.000000Z"


def test_files_hold_every_row(books: Books, tmp_path: Path) -> None:
    files = published(books, tmp_path)
    for name, frame in books.tables().items():
        assert pl.read_parquet(tmp_path / f"{name}.parquet").equals(frame.sort(KEYS[name]))
        assert len(json.loads(files[f"{name}.json"])) == frame.height
        assert len(list(csv.DictReader(files[f"{name}.csv"].decode().splitlines()))) == frame.height
    flags = [row["flags"] for row in csv.DictReader(files["status.csv"].decode().splitlines())]
    assert flags == ["disputed;partial", "", ""]


def test_the_package_describes_every_column(books: Books, tmp_path: Path) -> None:
    package = json.loads(published(books, tmp_path)["datapackage.json"])
    assert package["snapshot_id"] == ID
    assert package["sample"] is True
    assert package["licenses"][0]["name"] == "CC-BY-4.0"
    assert "Do not quote" in package["description"]
    for resource in package["resources"]:
        assert (tmp_path / resource["path"]).is_file()
        for field in resource.get("schema", {"fields": []})["fields"]:
            assert field.get("description"), field["name"]


def test_empty_books_say_what_to_do_next(empty: Books, books: Books, tmp_path: Path) -> None:
    page = text_of(published(empty, tmp_path / "a")["site/index.html"])
    assert "There are no promises in these books yet." in page
    assert "servanda run" in page
    listed = replace(empty, sources=books.sources, items=books.items)
    assert "servanda sources check" in text_of(published(listed, tmp_path / "b")["site/index.html"])
    assert "none of them speaks" in text_of(
        published(replace(listed, articles=books.articles), tmp_path / "c")["site/index.html"]
    )


@pytest.mark.parametrize(("table", "column"), [("status", "status"), ("status", "kind"), ("events", "corroboration")])
def test_a_value_that_nobody_knows_is_an_error(changed: Callable[..., Books], table: str, column: str, tmp_path: Path) -> None:
    with pytest.raises(PublicationError, match="no word for 'novel'"):
        write_all(changed(table, **{column: "novel"}), ID, tmp_path)


def test_a_folder_that_cannot_be_written_is_named(books: Books, tmp_path: Path) -> None:
    (tmp_path / "site").write_text("in the way")
    with pytest.raises(PublicationError, match=r"site.*cannot be written"):
        write_all(books, ID, tmp_path)
