"""Where a state keeps what: the pipeline's own database, the raw bodies, what is published, and Dagster's records."""

import os
from dataclasses import dataclass
from pathlib import Path

from servanda.intake.bodies import BodyStore
from warehouse.database import Warehouse
from warehouse.published import FILE, PublishedBooks

STATE_VARIABLE = "SERVANDA_STATE"
SOURCES_VARIABLE = "SERVANDA_SOURCES"
STATE = Path("state")
SOURCES = Path("sources.toml")


@dataclass(frozen=True, slots=True)
class State:
    """A state folder."""

    folder: Path

    @property
    def warehouse(self) -> Warehouse:
        """The pipeline's own database."""
        return Warehouse(self.folder / FILE)

    @property
    def bodies(self) -> BodyStore:
        """The raw bodies of feeds and pages."""
        return BodyStore(self.folder / "bodies")

    @property
    def published(self) -> PublishedBooks:
        """What readers get."""
        return PublishedBooks(self.folder / "published")

    def tidy(self) -> None:
        """Remove what killed runs left half written. Only for the run that holds the database, before its first step."""
        self.warehouse.tidy()
        self.bodies.tidy()

    @property
    def dagster_home(self) -> Path:
        """Dagster's own records."""
        return (self.folder / "dagster").absolute()


def state_of_environment() -> Path:
    """The state folder that the environment names, else ``state``."""
    return Path(os.environ.get(STATE_VARIABLE) or STATE)


def sources_of_environment() -> Path:
    """The sources file that the environment names, else ``sources.toml``."""
    return Path(os.environ.get(SOURCES_VARIABLE) or SOURCES)
