"""The published snapshot: page, feed, files and database for readers, staged whole and switched once."""

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import dagster as dg

from assets.ledger import TABLES as LEDGER
from assets.rows import frame_of
from assets.told import OWNERS, POOL, Fact, columns_of, outcome
from servanda.publication.books import KEYS, Books, snapshot_id
from servanda.publication.dictionary import COLUMNS
from servanda.publication.publish import write_all
from servanda.publication.switch import SNAPSHOTS, stage, switch
from warehouse.database import Session, Warehouse
from warehouse.published import FILE, PublishedBooks, Snapshot, public_tables, write_database


@dg.asset(
    deps=[*LEDGER, "articles", "statements"],
    group_name="publication",
    owners=OWNERS,
    kinds={"html", "duckdb", "csv", "parquet"},
    pool=POOL,
    freshness_policy=dg.FreshnessPolicy.time_window(fail_window=timedelta(hours=6), warn_window=timedelta(hours=2)),
    metadata=columns_of("snapshots"),
    description="What readers get: one whole snapshot under one id, in a folder that a link leads to.",
)
def snapshot(
    warehouse: dg.ResourceParam[Warehouse], published: dg.ResourceParam[PublishedBooks], as_of: dg.ResourceParam[date]
) -> dg.MaterializeResult[None]:
    """Publish the books as they stand; books that are published already are switched to, and not written again."""
    now = datetime.now(UTC)
    with warehouse.open() as session:
        books = books_of(session, as_of)
        identity = snapshot_id(books)
        staged = published.folder.parent / SNAPSHOTS / identity
        if not staged.is_dir():
            staged = stage(published.folder)
            _write(session, books, identity, staged)
        folder = switch(published.folder, staged, identity)
        row = {"snapshot_id": identity, "as_of": books.as_of, "sample": books.sample, "first_published_at": now}
        new = session.append("snapshots", frame_of("snapshots", [row]))
        facts: dict[str, Fact] = {"snapshot_id": identity, "folder": dg.MetadataValue.path(str(folder))}
        return outcome(session, "snapshots", new={"snapshots": new}, sample=("snapshot_id", "as_of", "sample"), facts=facts)


def books_of(session: Session, as_of: date) -> Books:
    """The public tables as the books of the day that the ledger was last kept as of (``as_of`` where it is empty)."""
    frames = {name: frame for name, frame in public_tables(session).items() if name in KEYS}
    days = frames["status"]["as_of"]
    sample = bool(frames["sources"]["sample"].any())
    return Books(**frames, as_of=days[0] if len(days) else as_of, sample=sample)


def _write(session: Session, books: Books, identity: str, staged: Path) -> None:
    write_all(books, identity, staged)
    about = Snapshot(snapshot_id=identity, as_of=books.as_of, sample=books.sample)
    write_database(session, staged / FILE, snapshot=about, columns=COLUMNS)
