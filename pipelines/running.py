"""Runs Dagster's job `everything` in this process, and tells it in the terminal."""

import logging
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import dagster as dg
from rich.console import Console

from pipelines.definitions import build_defs
from pipelines.instance import open_instance
from pipelines.jobs import EVERYTHING
from pipelines.progress_lines import PagesBar, StepLines, Story
from pipelines.state import State
from pipelines.terminal import CommandError
from servanda.configuration import load_configuration
from servanda.model.source import Configuration


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
    lines = StepLines(console)
    defs = build_defs(_resources(state, configuration, as_of, PagesBar(console)), {"servanda": _logger(lines)})
    # Open from the first step to the last: else another run could begin between two steps, and each would break the other.
    with state.warehouse.open(), open_instance(state.dagster_home) as instance:
        try:
            result = defs.resolve_job_def(EVERYTHING.name).execute_in_process(
                instance=instance,
                raise_on_error=False,
                run_config={"loggers": {"servanda": {}}},
                tags={"servanda/as_of": as_of.isoformat()},
            )
        except dg.DagsterExecutionInterruptedError as interrupt:
            raise CommandError("interrupted; what was stored stays, and the next run goes on from there") from interrupt
    return Report(result.success, lines.story)


def _resources(state: State, configuration: Configuration, as_of: date, bar: PagesBar) -> dict[str, object]:
    return {
        "warehouse": state.warehouse,
        "bodies": state.bodies,
        "published": state.published,
        "configuration": configuration,
        "as_of": as_of,
        "progress": bar,
    }


def _logger(lines: StepLines) -> dg.LoggerDefinition:
    def make(_: dg.InitLoggerContext) -> logging.Logger:
        logger = logging.getLogger("servanda.run")
        logger.setLevel(logging.DEBUG)
        logger.propagate = False
        logger.handlers = [lines]
        return logger

    return dg.LoggerDefinition(make, description="A line a step.")
