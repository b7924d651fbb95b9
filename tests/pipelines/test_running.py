"""One run at a time holds the database, also between its steps; and what a run tells of its checks."""

import logging
import subprocess
import sys
from datetime import date

import dagster as dg
import pytest
from rich.console import Console

from pipelines.progress_lines import StepLines, Story
from pipelines.resources import WarehouseResource
from pipelines.running import run_everything
from pipelines.state import State
from tests.site import serving

SOURCES = """
[network]
contact = "t@example.org"
allow = ["127.0.0.1:{port}"]
pause = 0

[[source]]
id = "a"
url = "{base}/a.xml"
outlet = "A"
language = "en"
alignment = "ukraine"
"""


def is_held(state):
    program = f"import duckdb; duckdb.connect({str(state.folder / 'servanda.duckdb')!r})"
    found = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)
    assert found.returncode == 0 or "Conflicting lock" in found.stderr
    return found.returncode != 0


def test_no_other_process_can_write_between_two_steps(tmp_path):
    state = State(tmp_path / "state")
    held = []

    class Probe(Console):
        def print(self, *told, **options):
            """Called after a step, before the next one begins."""
            if not held:
                held.append(is_held(state))

    with serving() as site:
        site.feed("/a.xml")
        file = tmp_path / "sources.toml"
        file.write_text(SOURCES.format(port=site.port, base=site.base))
        report = run_everything(state, file, date(2025, 6, 30), Probe(quiet=True))
    assert (report.succeeded, report.story.failed) == (True, [])
    assert held == [True]
    assert not is_held(state)


def test_a_run_under_dagster_holds_the_database_from_its_first_step_to_its_last(tmp_path):
    state = State(tmp_path)
    held = []

    @dg.asset
    def step(warehouse: dg.ResourceParam[object]) -> None:
        held.append(is_held(state))

    dg.materialize([step], resources={"warehouse": WarehouseResource(state=str(state.folder))})
    assert held == [True]
    assert not is_held(state)


@pytest.mark.parametrize(
    ("severity", "blocking", "told"),
    [
        (dg.AssetCheckSeverity.WARN, False, Story(noted=["check sound: two found"])),
        (dg.AssetCheckSeverity.ERROR, False, Story(failed=["check sound: two found"])),
        (dg.AssetCheckSeverity.ERROR, True, Story(broken=["check sound: two found"])),
    ],
)
def test_a_failed_check_is_a_note_a_failure_or_the_end(severity, blocking, told):
    @dg.asset
    def things() -> None: ...

    @dg.asset_check(asset=things, blocking=blocking)
    def sound() -> dg.AssetCheckResult:
        return dg.AssetCheckResult(passed=False, severity=severity, description="two found")

    lines = StepLines(Console(quiet=True))
    for event in dg.materialize([things, sound], raise_on_error=False).all_events:
        if event.event_type is dg.DagsterEventType.ASSET_CHECK_EVALUATION:
            lines.emit(logging.makeLogRecord({"dagster_meta": {"dagster_event": event}}))
    assert lines.story == told


@pytest.mark.parametrize("error", [RuntimeError("Query interrupted"), dg.DagsterExecutionInterruptedError()])
def test_an_interrupt_within_a_step_is_told_as_one(error):
    @dg.asset
    def things() -> None:
        raise error

    lines = StepLines(Console(quiet=True))
    with dg.DagsterInstance.ephemeral() as instance:
        dg.materialize([things], instance=instance, raise_on_error=False)
        (run,) = instance.get_run_records()
        for record in instance.get_records_for_run(run.dagster_run.run_id).records:
            event = record.event_log_entry.dagster_event
            lines.emit(logging.makeLogRecord({"dagster_meta": {"dagster_event": event}}))
    assert lines.story == Story(broken=["interrupted"])
