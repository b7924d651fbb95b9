"""What an end state holds, but for what tells the clock or the number of tries: equal for equal inputs."""

import io
from pathlib import Path

import polars as pl

from pipelines.state import State

CLOCK = {
    "first_seen_at", "fetched_at", "fetch_id", "parsed_at", "listed_at", "extracted_at", "read_at", "first_published_at", "tries",
    "next_try_at", "derived_at", "last_listed_at", "last_tried_at", "made_at",
}  # fmt: skip
LEFT_OUT = {"fetches", "attempts", "schema_version", "snapshots"}
"""Tables that tell of runs; what they come to stands in ``items`` and in the published folder's name."""


def tables(state: State) -> dict[str, list[tuple[object, ...]]]:
    """Every table's rows, sorted."""
    with state.warehouse.open() as session:
        names = [str(name) for (name,) in session.rows("SELECT table_name FROM duckdb_tables()")]
        frames = {name: session.frame(f"SELECT * FROM {name}") for name in [*names, "items"] if name not in LEFT_OUT}
    return {name: sorted(frame.drop(CLOCK & set(frame.columns)).rows(), key=repr) for name, frame in frames.items()}


def published(state: State) -> dict[str, bytes]:
    """Every published file's bytes; of CSV and JSON without the columns that tell the clock."""
    folder = state.published.folder.resolve()
    files = {str(path.relative_to(folder)): path for path in sorted(folder.rglob("*")) if path.is_file()}
    return {"id": folder.name.encode()} | {name: _content(path) for name, path in files.items() if _compared(path)}


def _compared(path: Path) -> bool:
    return path.stem not in {"fetches", "datapackage"} and path.suffix in {".csv", ".html", ".xml", ".css"}


def _content(path: Path) -> bytes:
    body = path.read_bytes()
    if path.suffix != ".csv":
        return body
    frame = pl.read_csv(io.BytesIO(body), infer_schema=False)
    return frame.drop(CLOCK & set(frame.columns)).write_csv().encode()


def differences(one: State, other: State) -> list[str]:
    """What differs between two states, by table and file."""
    told = []
    for what in (tables, published):
        here, there = what(one), what(other)
        for name in sorted(here.keys() | there.keys()):
            mine, theirs = here.get(name), there.get(name)
            if mine != theirs:
                detail = ""
                if isinstance(mine, list) and isinstance(theirs, list):
                    added, lost = [row for row in theirs if row not in mine], [row for row in mine if row not in theirs]
                    detail = f": {len(added)} rows more, {len(lost)} fewer, such as {added[:1]} and {lost[:1]}"
                told.append(f"{name}{detail}")
    return told
