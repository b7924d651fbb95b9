"""The published DuckDB file: the public tables and macros of one snapshot, for readers; no article's text."""

import re
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import duckdb
import polars as pl

from warehouse.database import SETTINGS, Session
from warehouse.errors import WarehouseError
from warehouse.models import KEPT, compose
from warehouse.tables.registry import TABLES

FILE = "servanda.duckdb"
SPILL = ".spill"
HERE = "here"
"""The schema of the macros that look for their tables in the database in use, whatever its name: ``USE x``, then ``here.…``."""
CATALOG = "servanda"
"""The file always bears this name, so that the names that its macros use hold when it is opened and when it is attached."""

PUBLIC = {
    "sources": "SELECT * FROM sources ORDER BY source_id",
    "items": "SELECT * EXCLUDE (updated_at, last_listed_at, last_tried_at) FROM items ORDER BY item_id",
    "gaps": "SELECT * EXCLUDE (feed_body_id) FROM gaps ORDER BY gap_id",
    # The rights to the texts are the outlets': title, link and what is needed to tell versions apart.
    "articles": "SELECT a.* EXCLUDE (text, page_id), coalesce(c.copy_of, a.article_id) AS copy_of, "
    "a.article_id IN (SELECT subject_id FROM struck) AS retracted "
    "FROM articles a LEFT JOIN copies c USING (article_id) ORDER BY a.article_id, a.version",
    "copies": "SELECT * FROM copies ORDER BY article_id",
    "readings": "SELECT * FROM readings ORDER BY reading_id",
    # What was cut or guessed of a text is told with each statement made of it.
    "statements": "SELECT s.*, a.extraction, a.doubtful, statement_id IN (SELECT subject_id FROM struck) "
    "OR article_id IN (SELECT subject_id FROM struck) AS retracted "
    "FROM statements s LEFT JOIN (SELECT article_id, version, extraction, doubtful FROM articles) a USING (article_id, version) "
    "ORDER BY statement_id",
    "events": "SELECT * FROM events ORDER BY event_id",
    "commitments": "SELECT * FROM commitments ORDER BY commitment_id",
    "obligations": "SELECT * FROM obligations ORDER BY obligation_id",
    "bearings": "SELECT * FROM bearings ORDER BY obligation_id, told_on, statement_id, bearing",
    "status": "SELECT * FROM status ORDER BY obligation_id",
    "status_history": "SELECT * FROM status_history ORDER BY obligation_id, day",
    "discrepancies": "SELECT * FROM discrepancies ORDER BY discrepancy_id",
    "retractions": "SELECT * FROM retractions ORDER BY retraction_id",
    "fetches": "SELECT * FROM fetches ORDER BY started_at, fetch_id",
}
"""The public tables, each as a query over the pipeline's own."""

EVIDENCE = f"""
SELECT b.told_on, b.bearing, s.kind, s.stage, s.speaker, o.outlet, o.alignment, s.quote, a.title, a.url, s.from_party, s.to_party,
    s.count_min, s.count_max, s.date_from, s.date_to, s.statement_id,
    CASE WHEN b.bearing = 'retracted' THEN (
        SELECT r.reason || ' (' || r.made_by || ')' FROM {CATALOG}.main.retractions r
        WHERE r.subject_id IN (s.statement_id, s.article_id) AND r.act = 'retract' ORDER BY r.made_at DESC LIMIT 1
    ) END AS struck
FROM {CATALOG}.main.bearings b
JOIN {CATALOG}.main.statements s USING (statement_id)
JOIN {CATALOG}.main.articles a USING (article_id, version)
JOIN {CATALOG}.main.sources o ON o.source_id = s.source_id
WHERE b.obligation_id = obligation OR b.obligation_id LIKE obligation || '.%'
ORDER BY b.told_on, s.published_at, s.statement_id
"""


FOREVER = "TIMESTAMPTZ 'infinity'"
"""All that is known."""
KEPT_MEANINGS = {
    "tellings": "Each statement that counts, by all that is known: the days on which it counts (from counts_from, before until), "
    "whose text it is (original) and who stands for it (witness). What status_as_of(day) is made of.",
    "sayings": "What is said, each thing once, however many say it: the codebook''s fields by fact.",
}
"""Tables of the published file beside the public ones."""
UNTYPED = {"items": "Every entry that a feed ever listed: stored, pending with a next try, or refused with a reason."}
"""What is a view in the pipeline's own database, and has no schema of its own."""
MACRO_MEANINGS = {
    "status_as_of": "The status of every obligation as of a day (Europe/Kyiv); with known_at, by what was stored by then only.",
    "events_as_of": "The events as of a day; with known_at, by what was stored up to that instant only.",
    "discrepancies_as_of": "The discrepancies as of a day; with known_at, by what was stored up to that instant only.",
    "evidence": "Every sentence behind an obligation, or behind all of a commitment by the beginning of its id.",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Snapshot:
    """What the published file says of itself. ``sample``: the wording in it is invented."""

    snapshot_id: str
    as_of: date
    sample: bool


def public_tables(session: Session) -> dict[str, pl.DataFrame]:
    """The public tables' rows, in a fixed order."""
    return {name: session.frame(query) for name, query in PUBLIC.items()}


def write_database(session: Session, target: Path, *, snapshot: Snapshot, columns: Mapping[str, str] | None = None) -> None:
    """Write the published file of a snapshot to ``target``, which must bear the name ``servanda.duckdb`` and not exist.

    ``columns``: what each column holds, by its name; it becomes the column's comment.

    It is written in the storage version that DuckDB 1.5 opens too. Raises ``WarehouseError`` for another name.
    """
    if target.name != FILE:
        raise WarehouseError(f"{target}: the published file must bear the name {FILE}, or its macros would not find its tables")
    # What needs more memory spills beside the file, and not into whatever folder the run was started in.
    connection = duckdb.connect(config={**SETTINGS, "temp_directory": str(target.parent / SPILL)})
    try:
        connection.execute(f"ATTACH '{_quoted(target)}' AS {CATALOG} (STORAGE_VERSION 'v1.5.0')")
        for name, frame in public_tables(session).items():
            connection.register("incoming", frame)
            connection.execute(f"CREATE TABLE {CATALOG}.main.{name} AS SELECT * FROM incoming")
            connection.unregister("incoming")
            _comment(connection, name)
        connection.execute(f"CREATE TABLE {CATALOG}.main.snapshot (snapshot_id VARCHAR, as_of DATE, sample BOOLEAN)")
        values = [snapshot.snapshot_id, snapshot.as_of, snapshot.sample]
        connection.execute(f"INSERT INTO {CATALOG}.main.snapshot VALUES (?, ?, ?)", values)
        catalog = str(session.rows("SELECT current_database()")[0][0])
        for name in KEPT:
            query = re.sub(r"\bknown_at\b", FOREVER, compose(name, catalog))
            connection.register("incoming", session.frame(query))
            connection.execute(f"CREATE TABLE {CATALOG}.main.{name} AS SELECT * FROM incoming ORDER BY ALL")
            connection.unregister("incoming")
            connection.execute(f"COMMENT ON TABLE {CATALOG}.main.{name} IS '{KEPT_MEANINGS[name]}'")
        _comment_columns(connection, columns or {})
        _make_macros(connection)
        connection.execute(f"CHECKPOINT {CATALOG}")
        connection.execute(f"DETACH {CATALOG}")
    finally:
        connection.close()
        shutil.rmtree(target.parent / SPILL, ignore_errors=True)


def _make_macros(connection: duckdb.DuckDBPyConnection) -> None:
    """Each macro twice: by full names, and in the schema `here` by plain ones, for who attaches the file under another name."""
    connection.execute(f"CREATE SCHEMA {CATALOG}.{HERE}")
    # Plain names are looked up in the database in use, when a macro is made as when it is called.
    connection.execute(f"USE {CATALOG}")
    for name, forms in macros().items():
        bodies = ", ".join(f"({parameters}) AS TABLE ({text})" for parameters, text in forms.items())
        for schema, made in (("main", bodies), (HERE, bodies.replace(f"{CATALOG}.main.", "main."))):
            connection.execute(f"CREATE MACRO {CATALOG}.{schema}.{name}{made}")
            connection.execute(f"COMMENT ON MACRO TABLE {CATALOG}.{schema}.{name} IS '{MACRO_MEANINGS[name]}'")
    connection.execute("USE memory")


def macros() -> dict[str, dict[str, str]]:
    """The table macros of the published file: for each the query of each of its forms, by their parameters.

    With a day alone the books are kept by all that is known, from the tables that hold it ready; with ``known_at`` from the
    readings.
    """
    books = {
        f"{name}_as_of": {
            "day": re.sub(r"\bknown_at\b", FOREVER, compose(name, CATALOG, kept=True)),
            "day, known_at": compose(name, CATALOG),
        }
        for name in ("status", "events", "discrepancies")
    }
    return {**books, "evidence": {"obligation": EVIDENCE}}


@dataclass(frozen=True, slots=True)
class PublishedBooks:
    """The published file of the current snapshot, for reading; it can hold up no run."""

    folder: Path
    """The folder ``published`` of a state."""

    @contextmanager
    def open(self) -> Iterator[Session]:
        """Open the snapshot that is current now, read-only. Raises ``WarehouseError`` where nothing was published yet."""
        path = self.folder / FILE
        if not path.exists():
            raise WarehouseError(
                f"{path}: nothing was published yet; run `servanda run` first (or `make run` for the sample), "
                "or name the state folder with --state"
            )
        try:
            # The resolved name, since one process caches open databases by path and the link may be switched.
            connection = duckdb.connect(str(path.resolve()), read_only=True)
            connection.execute("SET TimeZone = 'UTC'")
        except duckdb.Error as error:
            raise WarehouseError(
                f"{path}: cannot be opened ({str(error).splitlines()[0]}); run `servanda run` to publish anew"
            ) from error
        try:
            yield Session(connection)
        finally:
            connection.close()


def _comment(connection: duckdb.DuckDBPyConnection, table: str) -> None:
    text = UNTYPED.get(table) or (" ".join((TABLES[table].__doc__ or "").split()) if table in TABLES else "")
    if text:
        connection.execute(f"COMMENT ON TABLE {CATALOG}.main.{table} IS '{text.replace(chr(39), chr(39) * 2)}'")


def _comment_columns(connection: duckdb.DuckDBPyConnection, columns: Mapping[str, str]) -> None:
    found = connection.execute(
        "SELECT table_name, column_name FROM duckdb_columns() WHERE database_name = ? AND NOT internal", [CATALOG]
    ).fetchall()
    for table, column in found:
        if column in columns:
            told = columns[column].replace("'", "''")
            connection.execute(f"COMMENT ON COLUMN {CATALOG}.main.{table}.\"{column}\" IS '{told}'")


def _quoted(path: Path) -> str:
    return str(path).replace("'", "''")
