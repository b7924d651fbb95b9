"""What an asset tells Dagster of itself: columns, rows, what is new, a sample, and what failed, by name."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager

import dagster as dg

from servanda.publication.markdown import markdown_table
from servanda.publication.outside import shown
from warehouse.database import Session
from warehouse.tables.registry import TABLES

FAILED = "failed"
NOTED = "noted"
NEW = "new_rows"
"""Keys of an asset's metadata: lists of lines, and a number."""

Fact = int | str | dg.MarkdownMetadataValue | dg.JsonMetadataValue | dg.PathMetadataValue
"""What stands in an asset's metadata."""

OWNERS = ["team:servanda"]
POOL = "duckdb"
"""One at a time: DuckDB has one writer."""

STATES_BY_SOURCE = """
SELECT source_id, count(*) AS items, count(*) FILTER (state = 'stored') AS stored, count(*) FILTER (state = 'pending') AS pending,
    count(*) FILTER (state = 'refused') AS refused
FROM items GROUP BY source_id ORDER BY source_id
"""
SOURCES_SHOWN = 200

NETWORK_RETRY = dg.RetryPolicy(max_retries=2, delay=5, backoff=dg.Backoff.EXPONENTIAL, jitter=dg.Jitter.PLUS_MINUS)


@contextmanager
def ended_by_an_interrupt() -> Iterator[None]:
    """Around a step that is retried: an interrupt ends it for good, where Dagster would take it for a fault and try again."""
    try:
        yield
    except dg.DagsterExecutionInterruptedError as error:
        raise dg.Failure(
            "interrupted; what was written stays, and the next run goes on from there", allow_retries=False
        ) from error


def columns_of(table: str) -> dict[str, dg.TableSchema]:
    """A table's columns as the asset's metadata, read off its schema."""
    columns = [
        dg.TableColumn(
            name=name,
            type=str(column.dtype),
            description=column.description,
            constraints=dg.TableColumnConstraints(
                nullable=column.nullable, unique=column.unique, other=[str(check.error or check.name) for check in column.checks]
            ),
        )
        for name, column in TABLES[table].to_schema().columns.items()
    ]
    return {"dagster/column_schema": dg.TableSchema(columns=columns)}


def described(table: str) -> str:
    """What a row of a table is, in the words of its schema."""
    return " ".join((TABLES[table].__doc__ or table).split())


def outcome(
    session: Session,
    table: str,
    *,
    new: Mapping[str, int],
    sample: Sequence[str],
    failed: Sequence[str] = (),
    noted: Sequence[str] = (),
    asset: str | None = None,
    facts: Mapping[str, Fact] | None = None,
    by_source: str | None = None,
) -> dg.MaterializeResult[None]:
    """An asset's result.

    ``table`` is its main table, ``new`` the rows that each table got, ``sample`` the columns of the sample. ``failed`` names each
    source or article that failed, ``noted`` what is worth knowing and no failure, ``facts`` what else there is to tell;
    ``by_source`` is a query that tells it source by source.
    """
    rows = session.frame(f"SELECT count(*) AS rows FROM {table}")["rows"][0]
    shown_columns = ", ".join(sample)
    first = session.frame(f"SELECT {shown_columns} FROM {table} ORDER BY ALL LIMIT 5")
    metadata: dict[str, Fact] = {
        "dagster/row_count": int(rows),
        "dagster/relation_identifier": f"servanda.main.{table}",
        NEW: new[table],
        **{f"new_{name}": count for name, count in new.items() if name != table},
        **(facts or {}),
        "sample": dg.MetadataValue.md(markdown_table(first)),
    }
    if by_source:
        metadata["by_source"] = dg.MetadataValue.md(markdown_table(session.frame(by_source), SOURCES_SHOWN))
    for key, lines in ((FAILED, failed), (NOTED, noted)):
        if lines:
            metadata[key] = dg.MetadataValue.json([shown(line) for line in lines])
    return dg.MaterializeResult(asset_key=asset, metadata=metadata)
