"""The configuration's sources as a table."""

from collections.abc import Iterable
from datetime import UTC, datetime

import dagster as dg
import polars as pl

from assets.rows import Row, frame_of
from assets.told import OWNERS, POOL, columns_of, outcome
from servanda.model.source import Configuration, Source
from warehouse.database import Session, Warehouse


@dg.asset(
    group_name="intake",
    owners=OWNERS,
    kinds={"duckdb", "toml"},
    pool=POOL,
    metadata=columns_of("sources"),
    description="The feeds of sources.toml; those that it no longer names stay, disabled, since articles came from them.",
)
def sources(warehouse: dg.ResourceParam[Warehouse], configuration: dg.ResourceParam[Configuration]) -> dg.MaterializeResult[None]:
    """Write the configuration's sources, and keep the former ones."""
    now = datetime.now(UTC)
    with warehouse.open() as session:
        known = session.frame("SELECT * FROM sources")
        frame = merged(known, configuration.sources, now)
        new = frame.height - known.height
        session.replace("sources", frame)
        return outcome(
            session,
            "sources",
            new={"sources": new},
            sample=("source_id", "outlet", "language", "alignment", "enabled"),
            facts={"enabled": frame.filter("enabled").height},
        )


def merged(known: pl.DataFrame, configured: Iterable[Source], now: datetime) -> pl.DataFrame:
    """The table's rows: the configured sources, and the known ones that are not configured any more, disabled."""
    first_seen = dict(known.select("source_id", "first_seen_at").iter_rows())
    present = frame_of("sources", [_row(source, first_seen.get(source.id, now)) for source in configured])
    former = known.join(present, on="source_id", how="anti").with_columns(enabled=pl.lit(value=False))
    return pl.concat([present, former.select(present.columns).cast(present.schema)]).sort("source_id")


def source_names(session: Session) -> dict[str, str]:
    """Every source's outlet by the source's id."""
    return dict(session.frame("SELECT source_id, outlet FROM sources").iter_rows())


def _row(source: Source, first_seen: datetime) -> Row:
    return {
        "source_id": source.id,
        "url": source.url,
        "outlet": source.outlet,
        "language": source.language.value,
        "alignment": source.alignment.value,
        "enabled": source.enabled,
        "note": source.note,
        "sample": source.sample,
        "first_seen_at": first_seen,
    }
