"""Dagster's resources: each makes one plain object, which is all that an asset sees.

The type checker finds an Any in every class of pydantic's, hence the marks.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

import dagster as dg
from pydantic import Field

from assets.progress import Progress
from pipelines.state import State, sources_of_environment, state_of_environment
from pipelines.today import today
from servanda.configuration import load_configuration
from servanda.intake.bodies import BodyStore
from servanda.model.source import Configuration
from warehouse.database import Warehouse
from warehouse.published import PublishedBooks

STATE_TEXT = "The state folder; empty for SERVANDA_STATE, else state."


class WarehouseResource(dg.ConfigurableResource[Warehouse]):  # type: ignore[explicit-any]
    """The pipeline's own database, held open for the length of a run: no other run can begin between two of its steps."""

    state: str = Field(default="", description=STATE_TEXT)

    @contextmanager
    def yield_for_execution(self, context: dg.InitResourceContext) -> Iterator[Warehouse]:  # noqa: ARG002 (the framework's signature)
        """The database of the state. Raises ``WarehouseError`` where it cannot be opened, or another run holds it."""
        state = State(_folder(self.state))
        with state.warehouse.open():
            state.tidy()
            yield state.warehouse


class BodiesResource(dg.ConfigurableResource[BodyStore]):  # type: ignore[explicit-any]
    """The raw bodies."""

    state: str = Field(default="", description=STATE_TEXT)

    def create_resource(self, context: dg.InitResourceContext) -> BodyStore:  # noqa: ARG002
        """The bodies of the state."""
        return State(_folder(self.state)).bodies


class PublishedResource(dg.ConfigurableResource[PublishedBooks]):  # type: ignore[explicit-any]
    """What readers get."""

    state: str = Field(default="", description=STATE_TEXT)

    def create_resource(self, context: dg.InitResourceContext) -> PublishedBooks:  # noqa: ARG002
        """The published folder of the state."""
        return State(_folder(self.state)).published


class ConfigurationResource(dg.ConfigurableResource[Configuration]):  # type: ignore[explicit-any]
    """The sources file, read."""

    file: str = Field(default="", description="The sources file; empty for SERVANDA_SOURCES, else sources.toml.")

    def create_resource(self, context: dg.InitResourceContext) -> Configuration:  # noqa: ARG002
        """The configuration; raises ConfigurationError with all that is wrong with the file."""
        return load_configuration(Path(self.file) if self.file else sources_of_environment())


class AsOfResource(dg.ConfigurableResource[date]):  # type: ignore[explicit-any]
    """The day as of which the books are kept."""

    day: str = Field(default="", description="A day such as 2026-03-31; empty for today in Kyiv.")

    def create_resource(self, context: dg.InitResourceContext) -> date:  # noqa: ARG002
        """The day."""
        return date.fromisoformat(self.day) if self.day else today()


def default_resources() -> dict[str, object]:
    """The resources of a run that Dagster starts."""
    return {
        "warehouse": WarehouseResource(),
        "bodies": BodiesResource(),
        "published": PublishedResource(),
        "configuration": ConfigurationResource(),
        "as_of": AsOfResource(),
        "progress": Progress(),
    }


def _folder(state: str) -> Path:
    return Path(state) if state else state_of_environment()
