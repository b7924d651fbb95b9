"""The jobs, and the schedule of the one that does everything. A run is bounded, so that one that hangs cannot block the next."""

import dagster as dg

from assets.ledger import TABLES as LEDGER

BOUND = {"dagster/max_runtime_seconds": "3000"}
"""Less than the hour between two ticks; enforced by run monitoring (dagster.yaml)."""

EVERYTHING = dg.define_asset_job(
    "everything", dg.AssetSelection.all(), description="From the feeds to the published snapshot.", tags=BOUND
)
REREAD = dg.define_asset_job(
    "reread",
    dg.AssetSelection.assets("statements").downstream(),
    description="Read the stored texts with the present reader, and publish; no request is made.",
    tags=BOUND,
)
PUBLISH_ONLY = dg.define_asset_job(
    "publish_only", dg.AssetSelection.assets("snapshot"), description="Publish the books as they stand.", tags=BOUND
)
KEEP_BOOKS = dg.define_asset_job(
    "keep_books",
    dg.AssetSelection.assets(*LEDGER, "snapshot"),
    description="Keep the books anew from what was read, and publish them; after a statement was struck, or let stand again.",
    tags=BOUND,
)
JOBS = [EVERYTHING, REREAD, PUBLISH_ONLY, KEEP_BOOKS]

HOURLY = dg.ScheduleDefinition(
    name="hourly",
    job=EVERYTHING,
    cron_schedule="0 * * * *",
    execution_timezone="Europe/Kyiv",
    default_status=dg.DefaultScheduleStatus.STOPPED,
    description="Everything, at every full hour; stopped until it is switched on in the UI.",
)
