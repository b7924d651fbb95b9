"""What the published file says of the obligations, typed, as of a day or as it was published."""

from dataclasses import dataclass
from datetime import date

import polars as pl

from pipelines.state import State
from servanda.publication.obligations import ObligationView, grouped, obligation_view
from servanda.publication.rows import standings
from warehouse.database import Session
from warehouse.tables.ledger import StatusTable

STATUS_COLUMNS = tuple(StatusTable.to_schema().columns)


@dataclass(frozen=True, slots=True)
class About:
    """Which snapshot it is."""

    snapshot_id: str
    as_of: date
    sample: bool


def about(session: Session) -> About:
    """What the published file says of itself."""
    snapshot_id, as_of, sample = session.frame("SELECT snapshot_id, as_of, sample FROM snapshot").row(0)
    return About(snapshot_id, as_of, sample)


def status_frame(session: Session, day: date | None) -> pl.DataFrame:
    """The table ``status``: as it was published, or as of another day."""
    columns = ", ".join(STATUS_COLUMNS)
    source = f"status_as_of(DATE '{day.isoformat()}')" if day else "status"
    return session.frame(f"SELECT {columns} FROM {source} ORDER BY obligation_id")


def events_frame(session: Session, day: date | None) -> pl.DataFrame:
    """The table ``events``: as it was published, or as of another day."""
    return session.frame(f"SELECT * FROM events_as_of(DATE '{day.isoformat()}')" if day else "SELECT * FROM events")


def obligations(session: Session, day: date | None) -> list[ObligationView]:
    """Every obligation in words, in the order in which the published page shows them."""
    frame = standings(status_frame(session, day), session.frame("SELECT * FROM commitments"))
    return [view for group in grouped([obligation_view(row) for row in frame]) for view in group.obligations]


def read_obligations(state: State, day: date | None) -> tuple[About, list[ObligationView]]:
    """The published obligations of a state. Raises ``WarehouseError`` where nothing was published."""
    with state.published.open() as session:
        return about(session), obligations(session, day)
