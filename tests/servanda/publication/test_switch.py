import os
import shutil
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from servanda.publication.errors import PublicationError
from servanda.publication.switch import stage, switch

IDS = [f"{number:016x}" for number in range(10)]


@pytest.fixture
def published(tmp_path: Path) -> Path:
    return tmp_path / "state" / "published"


def staged(published: Path, text: str) -> Path:
    folder = stage(published)
    (folder / "site").mkdir()
    (folder / "site/index.html").write_text(text)
    return folder


def names(published: Path) -> set[str]:
    return {path.name for path in (published.parent / "snapshots").iterdir()}


def test_the_link_leads_to_the_snapshot(published: Path) -> None:
    target = switch(published, staged(published, "one"), IDS[1])
    assert target == published.parent / "snapshots" / IDS[1]
    assert published.readlink() == Path("snapshots") / IDS[1]
    assert (published / "site/index.html").read_text() == "one"
    assert names(published) == {IDS[1]}


def test_a_folder_staged_elsewhere_is_taken_too(published: Path) -> None:
    folder = published.parent / "elsewhere"
    folder.mkdir(parents=True)
    (folder / "a").write_text("x")
    switch(published, folder, IDS[1])
    assert (published / "a").read_text() == "x"
    assert not folder.exists()


def test_an_id_that_is_there_already_stays_as_it_is(published: Path) -> None:
    switch(published, staged(published, "one"), IDS[1])
    before = (published / "site/index.html").stat().st_ino
    folder = staged(published, "other")
    switch(published, folder, IDS[1])
    assert not folder.exists()
    assert (published / "site/index.html").stat().st_ino == before
    switch(published, folder, IDS[1])  # once more, with nothing staged


def test_back_to_an_older_snapshot_makes_it_the_newest(published: Path) -> None:
    for number in (1, 2, 1, 3):
        switch(published, staged(published, str(number)), IDS[number], keep=2)
    assert names(published) == {IDS[1], IDS[3]}


def test_older_ones_are_dropped_but_the_last_few(published: Path) -> None:
    for number, name in enumerate(IDS):
        target = switch(published, staged(published, name), name, keep=3)
        os.utime(target, ns=(number, number))
    assert names(published) == set(IDS[-3:])
    switch(published, staged(published, "x"), IDS[0], keep=1)
    assert names(published) == {IDS[0]}


def test_what_is_not_ours_stays(published: Path) -> None:
    (published.parent / "snapshots/notes").mkdir(parents=True)
    switch(published, staged(published, "x"), IDS[1], keep=1)
    switch(published, staged(published, "y"), IDS[2], keep=1)
    assert names(published) == {"notes", IDS[2]}


def test_a_reader_sees_one_whole_snapshot_at_every_moment(published: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Killed before any step of the second switch, the link leads to a whole snapshot; run again, it ends well."""
    switch(published, staged(published, "one"), IDS[1])
    steps = ((os, "fsync"), (Path, "rename"), (Path, "symlink_to"), (Path, "replace"), (os, "utime"), (Path, "iterdir"))
    for place, step in steps:
        folder = staged(published, "two")
        with monkeypatch.context() as killed:

            def kill(*_: object, **__: object) -> None:
                raise KeyboardInterrupt

            killed.setattr(place, step, kill)
            with pytest.raises(KeyboardInterrupt):
                switch(published, folder, IDS[2])
        assert (published / "site/index.html").read_text() in {"one", "two"}
    switch(published, staged(published, "two"), IDS[2])
    assert (published / "site/index.html").read_text() == "two"
    assert names(published) == {IDS[1], IDS[2]}
    assert {path.name for path in published.parent.iterdir()} == {"snapshots", "published"}


def test_killed_while_it_drops_an_old_one_it_never_leaves_half_of_it_under_its_name(
    published: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    switch(published, staged(published, "one"), IDS[1])

    def kill(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    folder = staged(published, "two")
    with monkeypatch.context() as killed:
        killed.setattr(shutil, "rmtree", kill)
        with pytest.raises(KeyboardInterrupt):
            switch(published, folder, IDS[2], keep=1)
    assert names(published) == {f".dropped-{IDS[1]}", IDS[2]}
    switch(published, folder, IDS[2], keep=1)
    assert names(published) == {IDS[2]}


def test_a_reader_beside_a_publisher_reads_whole_snapshots_only(published: Path) -> None:
    """Two files of a snapshot, read by way of one resolved link while it is switched again and again, always agree."""

    def publish(text: str, name: str) -> None:
        folder = staged(published, text)
        (folder / "page").write_text(text)
        switch(published, folder, name, keep=3)

    publish(IDS[0], IDS[0])
    done = threading.Event()
    seen: list[tuple[str, str, str]] = []

    def read() -> None:
        while not done.is_set():
            snapshot = published.resolve(strict=True)
            seen.append((snapshot.name, (snapshot / "page").read_text(), (snapshot / "site/index.html").read_text()))

    with ThreadPoolExecutor(1) as pool:
        reader = pool.submit(read)
        for name in IDS[1:] * 20:
            before = len(seen)
            publish(name, name)
            while not reader.done() and len(seen) == before:
                pass
        done.set()
        reader.result()
    assert {len(set(told)) for told in seen} == {1}
    assert len({told[0] for told in seen}) > 1
    assert len(seen) >= 180


def test_leftovers_of_killed_runs_are_cleared(published: Path) -> None:
    folder = staged(published, "one")
    (folder.parent / f".dropped-{IDS[5]}").mkdir()
    (published.parent / ".link-published").symlink_to("nowhere")
    switch(published, folder, IDS[1])
    assert names(published) == {IDS[1]}
    assert {path.name for path in published.parent.iterdir()} == {"snapshots", "published"}


def test_stage_clears_what_was_left(published: Path) -> None:
    (staged(published, "half") / "more").write_text("x")
    assert list(stage(published).iterdir()) == []


def test_a_real_folder_in_the_way_is_not_touched(published: Path) -> None:
    published.mkdir(parents=True)
    (published / "precious").write_text("x")
    with pytest.raises(PublicationError, match=r"published: stands in the way.*move it elsewhere"):
        switch(published, staged(published, "one"), IDS[1])
    assert (published / "precious").read_text() == "x"


@pytest.mark.parametrize("name", ["", "../x", "ABC", "0" * 15])
def test_an_id_of_another_form_is_refused(published: Path, name: str) -> None:
    with pytest.raises(PublicationError, match="16 hex digits"):
        switch(published, staged(published, "one"), name)


def test_nothing_staged_is_an_error(published: Path) -> None:
    with pytest.raises(PublicationError, match=r"gone: there is no staged folder"):
        switch(published, published.parent / "gone", IDS[1])


def test_a_disk_that_fails_is_named(published: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = staged(published, "one")

    def fail(*_: object) -> None:
        raise OSError(28, "No space left on device", str(folder))

    monkeypatch.setattr(os, "fsync", fail)
    with pytest.raises(PublicationError, match=r"\.staged: .*No space left on device.*publish again"):
        switch(published, folder, IDS[1])
    assert not published.exists()
