"""The ledger: what was promised, what came and how it stands as of a day; a pure function of the readings, recomputed whole."""

from collections.abc import Iterator
from datetime import date

import dagster as dg

from assets.told import OWNERS, POOL, columns_of, described, outcome
from warehouse.database import Warehouse
from warehouse.ledger_run import BOOKS, recompute
from warehouse.standings import keep

TABLES = (*BOOKS, "status_history")
SAMPLES = {
    "events": ("kind", "from_party", "date_from", "count_by_giver", "count_by_receiver"),
    "commitments": ("commitment_id", "kind", "promised_min", "made_on"),
    "obligations": ("obligation_id", "kind", "from_party", "to_party", "undertaking"),
    "bearings": ("obligation_id", "bearing", "told_on"),
    "status": ("obligation_id", "status", "delivered_by_giver", "delivered_by_receiver", "flags"),
    "status_history": ("obligation_id", "day", "status", "previous", "cause"),
    "discrepancies": ("what", "kind", "account", "stated", "against", "counted"),
}


@dg.multi_asset(
    name="ledger",
    specs=[
        dg.AssetSpec(
            table,
            deps=["statements", "copies"],
            group_name="ledger",
            owners=OWNERS,
            kinds={"sql", "duckdb"},
            metadata=columns_of(table),
            description=described(table),
        )
        for table in TABLES
    ],
    pool=POOL,
)
def ledger(warehouse: dg.ResourceParam[Warehouse], as_of: dg.ResourceParam[date]) -> Iterator[dg.MaterializeResult[None]]:
    """Recompute the books as of the day, and write all of them in one transaction."""
    with warehouse.open() as session:
        before = {table: session.frame(f"SELECT count(*) AS n FROM {table}")["n"][0] for table in TABLES}
        computed = recompute(session, as_of)
        books = dict(computed.tables())
        with session.transaction():
            for table, frame in books.items():
                session.replace(table, frame)
            keep(session, computed.standings)
        for table, frame in books.items():
            yield outcome(session, table, new={table: frame.height - before[table]}, sample=SAMPLES[table], asset=table)
