"""The build: the same bytes each time, and articles read from files that say what is wrong with them."""

import json
from pathlib import Path

import pytest

from newsroom.build import build
from newsroom.corpus import load_corpus

BASE = "http://127.0.0.1:8900"


def contents(folder: Path) -> dict[str, tuple[bytes, float]]:
    site = folder / "site"
    files = [path for path in folder.rglob("*") if path.is_file()]
    return {
        str(path.relative_to(folder)): (path.read_bytes(), path.stat().st_mtime if site in path.parents else 0.0)
        for path in files
    }


def test_two_builds_are_equal_byte_for_byte(tmp_path: Path) -> None:
    build(tmp_path / "one", BASE)
    build(tmp_path / "two", f"{BASE}/")
    build(tmp_path / "two", BASE)
    one = contents(tmp_path / "one")
    assert one == contents(tmp_path / "two")
    assert len(one) == 72 + 8 + 8 + 3 + 2  # pages, feeds, front pages, common files, content types and sources


def test_files_lie_behind_all_addresses(tmp_path: Path) -> None:
    built = build(tmp_path, BASE)
    assert all(path.is_file() for path in built.files.values())
    assert {*built.pages.values(), *built.feeds.values()} <= set(built.files)
    assert built.pages["n-001"] == f"{BASE}/slobidskyi-visnyk/2025/05/16/tila-909-polehlykh/"


def test_no_label_is_in_the_newsroom() -> None:
    folder = Path(__file__).parents[2] / "newsroom" / "articles"
    keys = {key for path in folder.glob("*.json") for key in json.loads(path.read_text(encoding="utf-8"))}
    assert keys == {"id", "outlet", "alignment", "url", "published", "language", "title", "text"}


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"outlet": "nobody"}, 'article n-1: outlet "nobody" is not in outlets.json'),
        ({"published": "2025-05-16T10:42:00"}, r'001.json: "published" has no offset'),
    ],
)
def test_a_wrong_article_is_named(tmp_path: Path, change: dict[str, str], message: str) -> None:
    row = {"id": "n-1", "outlet": "a", "alignment": "ukraine", "url": "https://a.example/x", "language": "en"}
    row |= {"published": "2025-05-16T10:42:00+03:00", "title": "T", "text": "P."}
    outlet = {"id": "a", "name": "A", "homepage": "https://a.example/", "language": "en", "alignment": "ukraine"}
    (tmp_path / "articles").mkdir()
    (tmp_path / "outlets.json").write_text(json.dumps([outlet]), encoding="utf-8")
    (tmp_path / "articles" / "001.json").write_text(json.dumps(row | change), encoding="utf-8")
    with pytest.raises(ValueError, match=message):
        load_corpus(tmp_path)
