"""What must hold of a state at any moment, whatever ended the last run; looked at in a copy: the next run finds it as it was."""

import hashlib
import json
import re
import shutil
import tempfile
from contextlib import closing
from pathlib import Path

import duckdb
import polars as pl

from assets.feeds import VALIDATORS
from assets.items import _listing as listing_of
from checks.guarantees import MISQUOTED, NOT_IN_ONE_STATE, NOT_TRIED_AGAIN, WITHOUT_ARTICLE
from pipelines.state import State
from servanda.intake.feeds import parse_feed
from servanda.publication.books import KEYS, Books, snapshot_id
from warehouse.migrate import MIGRATIONS
from warehouse.published import FILE

EMPTY = {
    "quotes to the letter": MISQUOTED,
    "one state an item": NOT_IN_ONE_STATE,
    "an article where it says stored": WITHOUT_ARTICLE,
    "pending with a next try": NOT_TRIED_AGAIN,
    "no article twice": "SELECT text_hash FROM articles GROUP BY text_hash HAVING count(*) > 1",
    "no address in two articles": "SELECT url FROM articles GROUP BY url HAVING count(DISTINCT article_id) > 1",
    "no statement twice": "SELECT article_id, quote FROM statements "
    "GROUP BY article_id, version, quote, kind, stage, part, char_start, count_min, from_party, to_party, rule "
    "HAVING count(*) > 1",
    "no reading twice": "SELECT article_id FROM readings GROUP BY article_id, version, reader_version HAVING count(*) > 1",
    "no version left out": "SELECT article_id FROM articles GROUP BY article_id HAVING max(version) <> count(*)",
    "readings name statements that are there": "SELECT * FROM (SELECT unnest(statement_ids) AS statement_id FROM readings) "
    "ANTI JOIN statements USING (statement_id)",
    "statements belong to a reading": "SELECT statement_id FROM statements ANTI JOIN "
    "(SELECT unnest(statement_ids) AS statement_id FROM readings) USING (statement_id)",
    "a try's page is there": "SELECT * FROM attempts ANTI JOIN pages USING (page_id) WHERE page_id IS NOT NULL",
    "a try's request is there": "SELECT * FROM attempts ANTI JOIN fetches USING (fetch_id)",
    "an extraction's page is there": "SELECT * FROM extractions ANTI JOIN pages USING (page_id)",
    "an extraction's article is there": "SELECT * FROM extractions ANTI JOIN articles USING (article_id, version) "
    "WHERE article_id IS NOT NULL",
    "an article has its extraction": "SELECT * FROM articles ANTI JOIN extractions USING (article_id, version)",
}


def check(state: State) -> None:
    """All of it. A state that is not there yet is sound."""
    if state.warehouse.path.exists():
        with tempfile.TemporaryDirectory() as folder:
            for path in state.folder.glob(f"{FILE}*"):
                shutil.copy(path, folder) if path.is_file() else None
            with closing(duckdb.connect(str(Path(folder) / FILE), read_only=True)) as connection:
                check_tables(state, connection)
    check_bodies(state)
    check_published(state)


def check_tables(state: State, connection: duckdb.DuckDBPyConnection) -> None:
    names = {name for (name,) in connection.execute("SELECT table_name FROM duckdb_tables()").fetchall()}
    if not names:
        return
    versions = [version for (version,) in connection.execute("SELECT version FROM schema_version ORDER BY 1").fetchall()]
    assert versions == list(range(1, len(versions) + 1)), versions
    if len(versions) < len(MIGRATIONS):
        return
    for what, query in EMPTY.items():
        assert connection.execute(query).fetchall() == [], what
    # Once more in Python, whose characters the offsets count.
    for quote, part, start, end, title, text in connection.execute(
        "SELECT quote, part, char_start, char_end, title, text FROM statements JOIN articles USING (article_id, version)"
    ).fetchall():
        assert (title if part == "title" else text)[start:end] == quote
    for table in ("articles", "pages", "feed_bodies"):
        for (digest,) in connection.execute(f"SELECT DISTINCT body_hash FROM {table}").fetchall():
            state.bodies.read(digest)
    _check_validators(state, connection)


def _check_validators(state: State, connection: duckdb.DuckDBPyConnection) -> None:
    """What a feed's answer listed is there, wherever its validators would be sent again."""
    sent = {source for source, *_ in connection.execute(VALIDATORS).fetchall()}
    known = {listing for (listing,) in connection.execute("SELECT listing_id FROM listings").fetchall()}
    for body_id, source, url, digest, kind in connection.execute(
        "SELECT feed_body_id, source_id, url, body_hash, content_type FROM feed_bodies JOIN feed_parses USING (feed_body_id)"
    ).fetchall():
        parsed = parse_feed(state.bodies.read(digest), content_type=kind, url=url, entries_limit=10_000)
        body = _Body(body_id, source)
        missing = [e.url for e in parsed.entries if listing_of(body, e, None)["listing_id"] not in known]  # type: ignore[arg-type]
        assert not missing, (source, source in sent, missing)


class _Body:
    def __init__(self, feed_body_id: str, source_id: str) -> None:
        self.feed_body_id, self.source_id = feed_body_id, source_id


def check_bodies(state: State) -> None:
    """Every body that has its name is whole."""
    for path in state.bodies.folder.glob("??/*.gz"):
        state.bodies.read(path.stem)


def check_published(state: State) -> None:
    """``published`` does not exist, or leads to a whole snapshot; so is every other one that has its name."""
    link = state.published.folder
    if link.is_symlink():
        target = link.resolve(strict=True)
        assert target.parent == state.folder.resolve() / "snapshots"
        with state.published.open() as session:
            assert session.rows("SELECT snapshot_id FROM snapshot") == [(target.name,)]
    else:
        assert not link.exists()
    for folder in (state.folder / "snapshots").glob("*"):
        if re.fullmatch("[0-9a-f]{16}", folder.name):
            check_snapshot(folder)


def check_snapshot(folder: Path) -> None:
    """A snapshot's files are whole and its id is that of its content."""
    package = json.loads((folder / "datapackage.json").read_text())
    assert package["id"] == folder.name
    for resource in package["resources"]:
        content = (folder / resource["path"]).read_bytes()
        assert (
            resource.get("hash", "sha256:" + hashlib.sha256(content).hexdigest())
            == "sha256:" + hashlib.sha256(content).hexdigest()
        )
    assert folder.name in (folder / "site" / "index.html").read_text()
    assert folder.name in (folder / "site" / "feed.xml").read_text()
    frames = {name: pl.read_parquet(folder / f"{name}.parquet") for name in KEYS}
    with closing(duckdb.connect(str(folder / FILE), read_only=True)) as connection:
        ((named, as_of, sample),) = connection.execute("SELECT snapshot_id, as_of, sample FROM snapshot").fetchall()
    assert snapshot_id(Books(**frames, as_of=as_of, sample=sample)) == named == folder.name
    assert [path.name for path in folder.glob(f"{FILE}*")] == [FILE]


def strays(state: State) -> list[str]:
    """Temporary files in a state at rest."""
    passing = re.compile(r"^\.|\.tmp$|\.wal$|-journal$")
    kept = [path for path in state.folder.rglob("*") if path.is_file() and "dagster" not in path.parts]
    names = [path.relative_to(state.folder) for path in kept]
    return sorted(str(name) for name in names if any(passing.search(part) for part in name.parts))
