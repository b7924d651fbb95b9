"""A run as it is told in the terminal: a line a step, a bar for the pages; and what failed, gathered from Dagster's events."""

import logging
from dataclasses import dataclass, field

import dagster as dg
from dagster_shared.error import SerializableErrorInfo
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeElapsedColumn
from rich.progress import Progress as Bar
from rich.text import Text

from assets.progress import Progress
from assets.told import FAILED, NEW, NOTED
from pipelines.terminal import text

LINES = {
    "sources": "{enabled} enabled of {rows}",
    "feeds": "{asked} asked, {new} new answers",
    "items": "{items} known, {new} new listings",
    "pages": "{asked} asked, {new} new",
    "articles": "{rows} texts, {new} new",
    "copies": "{reprints} reprints",
    "statements": "{rows} statements, {new} new",
    "ledger": "{events} events, {commitments} commitments, {obligations} obligations",
    "snapshot": "{snapshot_id}",
}
"""What is told of each step, out of its metadata."""

OURS = frozenset({
    "BodyError", "ConfigurationError", "Failure", "PublicationError", "WarehouseError", "WarehouseLockedError",
    "WarehouseVersionError",
})  # fmt: skip
"""Errors whose message says all: what, and the way out."""

INTERRUPTS = ("DagsterExecutionInterruptedError", "KeyboardInterrupt", "RuntimeError: Query interrupted", "InterruptException")
"""How an interrupt looks that came in the middle of a step; the two last ones are DuckDB's."""


@dataclass(slots=True)
class Story:
    """What a run told: failures and notes by name, and what broke the run itself."""

    failed: list[str] = field(default_factory=list)
    noted: list[str] = field(default_factory=list)
    broken: list[str] = field(default_factory=list)


class StepLines(logging.Handler):
    """Turns Dagster's events into lines, and keeps the story."""

    def __init__(self, console: Console) -> None:
        super().__init__()
        self.story = Story()
        self._console = console
        self._facts: dict[str, dict[str, object]] = {}

    def emit(self, record: logging.LogRecord) -> None:
        """Take one of Dagster's records; those that are no events are passed over."""
        meta = getattr(record, "dagster_meta", None)
        event = meta.get("dagster_event") if isinstance(meta, dict) else None
        if isinstance(event, dg.DagsterEvent):
            self._take(event)

    def _take(self, event: dg.DagsterEvent) -> None:
        kind = event.event_type
        if kind is dg.DagsterEventType.ASSET_MATERIALIZATION and event.step_key:
            self._gather(event.step_key, event.step_materialization_data.materialization)
        elif kind is dg.DagsterEventType.STEP_SUCCESS and event.step_key in LINES:
            self._line(event.step_key, LINES[event.step_key].format_map(self._facts.get(event.step_key, {})))
        elif kind is dg.DagsterEventType.STEP_UP_FOR_RETRY and event.step_key:
            self._line(event.step_key, "failed, and is tried again")
        elif kind is dg.DagsterEventType.STEP_FAILURE:
            self.story.broken.append(_told(event.step_failure_data.error, str(event.step_key)))
        elif kind is dg.DagsterEventType.ASSET_CHECK_EVALUATION:
            self._judge(event.asset_check_evaluation_data)
        elif kind is dg.DagsterEventType.RUN_FAILURE and not self.story.broken:
            self.story.broken.append(_told(event.job_failure_data.error, "the run"))

    def _gather(self, step: str, made: dg.AssetMaterialization) -> None:
        values = {name: value.value for name, value in made.metadata.items()}
        facts = self._facts.setdefault(step, {})
        rows = values.get("dagster/row_count")
        facts.update(values)
        facts.update({"rows": rows, "new": values.get(NEW), made.asset_key.path[-1]: rows})
        self.story.failed += _lines(values.get(FAILED))
        self.story.noted += _lines(values.get(NOTED))

    def _judge(self, check: dg.AssetCheckEvaluation) -> None:
        if check.passed:
            return
        told = f"check {check.check_name}: {check.description or 'failed'}"
        if check.severity is dg.AssetCheckSeverity.WARN:
            self.story.noted.append(told)
        else:
            (self.story.broken if check.blocking else self.story.failed).append(told)

    def _line(self, step: str, told: str) -> None:
        self._console.print(Text.assemble("  ", (f"{step:12}", "bold"), text(told)))


class PagesBar(Progress):
    """A bar in the terminal; gone when the step is over."""

    def __init__(self, console: Console) -> None:
        self._bar = Bar(
            TextColumn("  {task.description:12}"),
            BarColumn(bar_width=40),
            MofNCompleteColumn(),
            TimeElapsedColumn(),
            console=console,
            transient=True,
            disable=not console.is_terminal,
        )

    def begin(self, what: str, total: int) -> None:
        """Show the bar, if there is anything to wait for."""
        if total:
            self._bar.start()
            self._task = self._bar.add_task(what, total=total)

    def advance(self) -> None:
        """One more page is done."""
        self._bar.advance(self._task)

    def end(self) -> None:
        """Take the bar away."""
        self._bar.stop()


def _lines(value: object) -> list[str]:
    return [str(line) for line in value] if isinstance(value, list) else []


def _told(error: SerializableErrorInfo | None, step: str) -> str:
    """An error in a line: one of ours by its own words, another by its innermost cause."""
    if error is None:
        return f"{step}: failed, and does not say why"
    while error.cause and _name(error) not in OURS:
        error = error.cause
    if _name(error) not in OURS and any(interrupt in error.message for interrupt in INTERRUPTS):
        return "interrupted"
    said = error.message.strip().removeprefix(f"{error.cls_name}: ")
    name = _name(error)
    said = said.rpartition(f"{name}: ")[2] if name in OURS else said
    return said if name in OURS else f"step {step}: {name or 'error'}: {said.splitlines()[0] if said else 'no message'}"


def _name(error: SerializableErrorInfo) -> str:
    return (error.cls_name or "").rpartition(".")[2]
