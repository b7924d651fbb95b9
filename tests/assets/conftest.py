"""A pipeline of assets on a small site, run as Dagster runs it, without the command line."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path

import dagster as dg
import polars as pl
import pytest

from assets.articles import articles
from assets.copies import copies
from assets.feeds import feeds
from assets.items import items
from assets.pages import pages
from assets.progress import Progress
from assets.sources import sources
from assets.statements import statements
from assets.told import FAILED, NOTED
from pipelines.state import State
from servanda.model.source import Configuration, Network, Source
from servanda.model.vocabulary import Alignment, Language
from tests.site import Site, serving

INTAKE = [sources, feeds, items, pages, articles]


@dataclass
class Pipeline:
    site: Site
    state: State
    instance: dg.DagsterInstance
    every: timedelta = timedelta(0)
    paths: dict[str, str] = field(default_factory=lambda: {"wire": "/wire.xml"})
    first_retry_minutes: float = 0.0
    progress: Progress = field(default_factory=Progress)

    @property
    def configuration(self) -> Configuration:
        network = Network(
            contact="t@example.org",
            allow=(f"127.0.0.1:{self.site.port}",),
            pause=0.0,
            first_retry_minutes=self.first_retry_minutes,
        )
        return Configuration(
            sources=tuple(
                Source(
                    id=name,
                    url=self.site.base + path,
                    outlet=name,
                    language=Language.ENGLISH,
                    alignment=Alignment.UKRAINE,
                    every=self.every,
                )
                for name, path in self.paths.items()
            ),
            network=network,
        )

    def resources(self) -> dict[str, object]:
        return {
            "warehouse": self.state.warehouse,
            "bodies": self.state.bodies,
            "configuration": self.configuration,
            "progress": self.progress,
            "published": self.state.published,
            "as_of": date(2026, 3, 31),
        }

    def run(self, *assets: dg.AssetsDefinition) -> dict[str, list[str]]:
        """Run assets (all of intake by default); what each said of failures and notes."""
        wanted = list(assets or INTAKE)
        result = dg.materialize(
            [*INTAKE, copies, statements], selection=wanted, resources=self.resources(), instance=self.instance
        )
        told: dict[str, list[str]] = {FAILED: [], NOTED: []}
        for event in result.get_asset_materialization_events():
            for key, lines in told.items():
                value = event.materialization.metadata.get(key)
                lines.extend(value.value if value else [])
        return told

    def frame(self, query: str) -> pl.DataFrame:
        with self.state.warehouse.open() as session:
            return session.frame(query)

    def items(self) -> list[tuple[str, str, str]]:
        rows = self.frame("SELECT coalesce(url, '') AS url, state, reason FROM items ORDER BY url").rows()
        return [(url.removeprefix(self.site.base), state, reason) for url, state, reason in rows]


@pytest.fixture(scope="session")
def instance() -> Iterator[dg.DagsterInstance]:
    with dg.DagsterInstance.ephemeral() as instance:
        yield instance


@pytest.fixture
def pipeline(tmp_path: Path, instance: dg.DagsterInstance) -> Iterator[Pipeline]:
    with serving() as site:
        yield Pipeline(site, State(tmp_path), instance)
