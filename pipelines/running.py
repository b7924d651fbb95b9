"""Runs a Dagster job in this process, and tells it in the terminal."""

import logging
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import dagster as dg
from rich.console import Console

from pipelines.definitions import build_defs
from pipelines.instance import end_dead_runs, open_instance, records_told
from pipelines.jobs import EVERYTHING, KEEP_BOOKS
from pipelines.progress_lines import PagesBar, StepLines, Story
from pipelines.state import State
from pipelines.terminal import CommandError
from servanda.configuration import load_configuration


@dataclass(frozen=True, slots=True)
class Report:
    """How a run ended."""

    succeeded: bool
    story: Story


def check_state(state: State) -> None:
    """Open the state once before anything else is done. Raises ``WarehouseError`` where it cannot be used."""
    with state.warehouse.open():
        pass


def run_everything(state: State, sources: Path, as_of: date, console: Console) -> Report:
    """Run the whole pipeline. Raises ``ConfigurationError`` and ``WarehouseError`` before anything was done."""
    configuration = load_configuration(sources)
    resources = {**_resources(state, as_of), "configuration": configuration, "progress": PagesBar(console)}
    return _run(state, EVERYTHING.name, resources, as_of, console)


def keep_books(state: State, as_of: date, console: Console) -> Report:
    """Keep the books anew from what was read, and publish them; no request is made."""
    return _run(state, KEEP_BOOKS.name, _resources(state, as_of), as_of, console)


def _run(state: State, job: str, resources: dict[str, object], as_of: date, console: Console) -> Report:
    lines = StepLines(console)
    defs = build_defs(resources, {"servanda": _logger(lines)})
    # Open from the first step to the last: else another run could begin between two steps, and each would break the other.
    with state.warehouse.open(), records_told(state.dagster_home), open_instance(state.dagster_home) as instance:
        state.tidy()
        end_dead_runs(instance)
        try:
            result = defs.resolve_job_def(job).execute_in_process(
                instance=instance,
                raise_on_error=False,
                run_config={"loggers": {"servanda": {}}},
                tags={"servanda/as_of": as_of.isoformat()},
            )
        except dg.DagsterExecutionInterruptedError as interrupt:
            raise CommandError("interrupted; what was stored stays, and the next run goes on from there") from interrupt
    return Report(result.success, lines.story)


def _resources(state: State, as_of: date) -> dict[str, object]:
    return {
        "warehouse": state.warehouse,
        "bodies": state.bodies,
        "published": state.published,
        "as_of": as_of,
    }


def _logger(lines: StepLines) -> dg.LoggerDefinition:
    def make(_: dg.InitLoggerContext) -> logging.Logger:
        logger = logging.getLogger("servanda.run")
        logger.setLevel(logging.DEBUG)
        logger.propagate = False
        logger.handlers = [lines]
        return logger

    return dg.LoggerDefinition(make, description="A line a step.")
