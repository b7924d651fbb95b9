"""What a run that ends in the middle leaves, and what the next one makes of it."""

import pytest

from assets import copies as copying
from assets import items as itemising
from assets.copies import copies
from assets.due import due_items
from assets.feeds import feeds
from assets.items import items
from assets.pages import pages
from assets.sources import sources
from checks.guarantees import NOT_TRIED_AGAIN
from tests.assets.conftest import Pipeline


def test_all_bodies_of_a_run_become_items_at_once_or_none_does(pipeline: Pipeline, monkeypatch):
    """Else which feed is a shared item's first, and so its source, would hang on the moment of a kill."""
    pipeline.paths = {"one": "/one.xml", "other": "/other.xml"}
    pipeline.site.feed("/one.xml", "/a")
    pipeline.site.feed("/other.xml", "/a", "/b")
    pipeline.run(sources, feeds)
    parsed = itemising._parsed

    def ends_after_one(*arguments):
        for number, pair in enumerate(parsed(*arguments)):
            if number:
                raise RuntimeError("the run ends here")
            yield pair

    with monkeypatch.context() as patched:
        patched.setattr(itemising, "_parsed", ends_after_one)
        with pytest.raises(RuntimeError, match="ends here"):
            pipeline.run(items)
    assert pipeline.frame("SELECT * FROM listings").is_empty()
    pipeline.run(items)
    assert pipeline.frame("SELECT DISTINCT listed_at FROM listings").height == 1
    assert pipeline.frame("SELECT * FROM items").height == 2


def test_an_item_whose_page_came_is_tried_again_by_reading_it_not_by_asking(pipeline: Pipeline):
    pipeline.site.feed("/wire.xml", "/a")
    pipeline.site.page("/a")
    pipeline.run(sources, feeds, items, pages)
    assert pipeline.items() == [("/a", "pending", "fetched, not extracted yet")]
    assert pipeline.frame(NOT_TRIED_AGAIN).is_empty()
    with pipeline.state.warehouse.open() as session:
        now = session.rows("SELECT now() + INTERVAL 1 DAY")[0][0]
        assert due_items(session, now) == []
    asked = pipeline.site.paths().count("/a")
    pipeline.run()
    assert pipeline.items() == [("/a", "stored", "")]
    assert pipeline.site.paths().count("/a") == asked


def test_texts_are_compared_only_where_one_is_new(pipeline: Pipeline, monkeypatch):
    compared = []
    find = copying.find_copies
    monkeypatch.setattr(copying, "find_copies", lambda texts: compared.append(1) or find(texts))
    pipeline.site.feed("/wire.xml", "/a")
    pipeline.site.page("/a")
    pipeline.run()
    for expected in (1, 1):
        pipeline.run(copies)
        assert len(compared) == expected
    pipeline.site.feed("/wire.xml", "/a", "/b")
    pipeline.site.page("/b", title="Another")
    pipeline.run()
    pipeline.run(copies)
    assert len(compared) == 2
    assert pipeline.frame("SELECT count(*) AS n FROM copies")["n"][0] == 2


def test_what_a_killed_run_left_half_written_is_removed(pipeline: Pipeline):
    bodies, warehouse = pipeline.state.bodies, pipeline.state.warehouse
    digest = bodies.keep(b"whole")
    (bodies.folder / ".incoming" / "half.gz").write_bytes(b"half")
    with warehouse.open():
        for folder in (".new-x", "servanda.duckdb.tmp"):
            (pipeline.state.folder / folder).mkdir()
            (pipeline.state.folder / folder / "left").write_bytes(b"half")
        pipeline.state.tidy()
    assert bodies.read(digest) == b"whole"
    assert sorted(path.name for path in pipeline.state.folder.iterdir()) == ["bodies", "servanda.duckdb"]
    assert [path.name for path in bodies.folder.iterdir()] == [digest[:2]]
