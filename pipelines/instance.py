"""Dagster's instance of a state: its folder, its settings, and an open instance for a run in this process."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import dagster as dg
from sqlalchemy.exc import SQLAlchemyError

from pipelines.terminal import CommandError

SETTINGS = """\
# Written by servanda when this folder was made; yours to change.
telemetry:
  enabled: false
nux:
  enabled: false
# One run at a time, and one holder of the database: DuckDB has one writer.
concurrency:
  runs:
    max_concurrent_runs: 1
  pools:
    default_limit: 1
    granularity: run
# Assets print nothing; what they have to tell stands in their metadata and events.
compute_logs:
  module: dagster._core.storage.noop_compute_log_manager
  class: NoOpComputeLogManager
# A run that was killed, or that exceeds its tag dagster/max_runtime_seconds, is marked as failed, and the next one may begin.
run_monitoring:
  enabled: true
  start_timeout_seconds: 180
  cancel_timeout_seconds: 180
  # Also of runs that bear no such tag, such as those that are started asset by asset.
  max_runtime_seconds: 3000
  poll_interval_seconds: 30
"""
UNDER_WAY = [dg.DagsterRunStatus.STARTING, dg.DagsterRunStatus.STARTED, dg.DagsterRunStatus.CANCELING]


def prepare(home: Path) -> Path:
    """Make Dagster's folder with its settings, unless they are there; the folder. Raises ``CommandError`` where it cannot be."""
    try:
        home.mkdir(parents=True, exist_ok=True)
        settings = home / "dagster.yaml"
        if not settings.exists():
            settings.write_text(SETTINGS, encoding="utf-8")
    except OSError as error:
        raise CommandError(
            f"{home}: cannot be written ({error.strerror}); name a state folder that can be, with --state or SERVANDA_STATE"
        ) from error
    return home


@contextmanager
def open_instance(home: Path) -> Iterator[dg.DagsterInstance]:
    """Dagster's instance of a folder, for the length of the block."""
    with dg.DagsterInstance.from_config(str(prepare(home))) as instance:
        yield instance


@contextmanager
def records_told(home: Path) -> Iterator[None]:
    """Around a run: where Dagster's own records cannot be written, one message says so. Raises ``CommandError``."""
    try:
        yield
    except SQLAlchemyError as error:
        said = str(getattr(error, "orig", error)).splitlines()[0]
        raise CommandError(
            f"{home}: Dagster's records cannot be kept ({said}); free space or correct the rights, and run again. "
            "What was stored stays, and the next run goes on from there"
        ) from error


def end_dead_runs(instance: dg.DagsterInstance) -> None:
    """Mark the runs as failed that are recorded as under way. Only for whoever holds the database: then none of them lives.

    A killed run cannot tell its end, and for as long as it counts as under way Dagster's queue starts no other.
    """
    for run in instance.get_runs(dg.RunsFilter(statuses=UNDER_WAY)):
        instance.report_run_failed(run, "Its process ended without a word: it was killed, or the machine stopped.")
