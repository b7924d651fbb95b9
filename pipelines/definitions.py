"""What Dagster loads: assets, checks, jobs, schedule and resources. Tests and the command line swap resources."""

from collections.abc import Mapping

import dagster as dg

from assets.articles import articles
from assets.copies import copies
from assets.feeds import feeds
from assets.items import items
from assets.ledger import ledger
from assets.pages import pages
from assets.snapshot import snapshot
from assets.sources import sources
from assets.statements import statements
from checks.guarantees import GUARANTEES
from checks.schemas import SCHEMA_CHECKS
from checks.sight import SIGHT
from pipelines.jobs import HOURLY, JOBS
from pipelines.resources import default_resources

ASSETS = [sources, feeds, items, pages, articles, copies, statements, ledger, snapshot]


def build_defs(
    overrides: Mapping[str, object] | None = None, loggers: Mapping[str, dg.LoggerDefinition] | None = None
) -> dg.Definitions:
    """All definitions; ``overrides`` replaces resources by name, with plain objects or resources.

    Steps run in one process, one after the other, since DuckDB has one writer; what is slow is parallel within its asset.
    """
    return dg.Definitions(
        assets=ASSETS,
        asset_checks=[*SCHEMA_CHECKS, *GUARANTEES, *SIGHT],
        jobs=JOBS,
        schedules=[HOURLY],
        resources={**default_resources(), **(overrides or {})},
        executor=dg.in_process_executor,
        loggers=dict(loggers) if loggers else None,
    )


defs = build_defs()
