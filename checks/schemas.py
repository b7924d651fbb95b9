"""A blocking check for every stored table, made from its schema: a rule stands once, in ``warehouse/tables``."""

import dagster as dg
import polars as pl
from pandera.errors import SchemaErrors

from servanda.publication.markdown import markdown_table
from warehouse.database import Warehouse
from warehouse.tables.registry import TABLES

WRITERS = {
    "sources": "sources",
    "feed_bodies": "feeds",
    "listings": "items",
    "feed_parses": "items",
    "gaps": "items",
    "pages": "pages",
    "attempts": "pages",
    "fetches": "pages",
    "articles": "articles",
    "extractions": "articles",
    "copies": "copies",
    "derivations": "copies",
    "statements": "statements",
    "readings": "statements",
    "events": "events",
    "commitments": "commitments",
    "obligations": "obligations",
    "bearings": "bearings",
    "status": "status",
    "status_history": "status_history",
    "discrepancies": "discrepancies",
    "standing_days": "status_history",
    "standings": "status_history",
    "retractions": "statements",
    "snapshots": "snapshot",
}
"""The asset after which each table is checked: the last that writes it."""
SHOWN = 20
"""Cases that a failed check tells in full."""

SINGULAR = frozenset({"status", "status_history"})


def schema_check(table: str) -> dg.AssetChecksDefinition:
    """The check of one table; what breaks its schema stops all that lies downstream."""

    @dg.asset_check(
        asset=WRITERS[table],
        name=f"{table}_{'keeps_its' if table in SINGULAR else 'keep_their'}_schema",
        blocking=True,
        pool="duckdb",
        description=f"Every row of {table} is as its schema says.",
    )
    def check(warehouse: dg.ResourceParam[Warehouse]) -> dg.AssetCheckResult:
        with warehouse.open() as session:
            return judged(table, session.frame(f"SELECT * FROM {table}"))

    return check


def judged(table: str, frame: pl.DataFrame) -> dg.AssetCheckResult:
    """Hold rows against a table's schema; what broke it is told as the failure cases."""
    try:
        TABLES[table].validate(frame, lazy=True)
    except SchemaErrors as error:
        cases = error.failure_cases.select(pl.col("column", "check", "failure_case", "index").cast(pl.String))
        metadata = {"failures": cases.height, "failure_cases": dg.MetadataValue.md(markdown_table(cases, SHOWN))}
        rules = ", ".join(sorted(set(cases["check"].drop_nulls())))
        return dg.AssetCheckResult(passed=False, metadata=metadata, description=f"{cases.height} failures in {table}: {rules}")
    return dg.AssetCheckResult(passed=True, metadata={"rows": frame.height})


SCHEMA_CHECKS = [schema_check(table) for table in TABLES]
