"""What the published file says of the obligations, typed, as of a day or as it was published."""

from dataclasses import dataclass
from datetime import UTC, date, datetime

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


@dataclass(frozen=True, slots=True)
class When:
    """As of which day the books are asked for, and by what was known at which moment; None: as they were published."""

    day: date | None = None
    known_at: datetime | None = None

    def macro(self, name: str, published_as_of: date) -> str | None:
        """The call of a table macro of the published file, or None where its own table holds the answer."""
        if self.day is None and self.known_at is None:
            return None
        known = "" if self.known_at is None else f", TIMESTAMPTZ '{self.known_at.astimezone(UTC).isoformat()}'"
        return f"{name}_as_of(DATE '{(self.day or published_as_of).isoformat()}'{known})"


def about(session: Session) -> About:
    """What the published file says of itself."""
    snapshot_id, as_of, sample = session.frame("SELECT snapshot_id, as_of, sample FROM snapshot").row(0)
    return About(snapshot_id, as_of, sample)


def status_frame(session: Session, when: When) -> pl.DataFrame:
    """The table ``status``: as it was published, or as of another day or knowledge."""
    columns = ", ".join(STATUS_COLUMNS)
    source = when.macro("status", about(session).as_of) or "status"
    return session.frame(f"SELECT {columns} FROM {source} ORDER BY obligation_id")


def events_frame(session: Session, when: When) -> pl.DataFrame:
    """The table ``events``: as it was published, or as of another day or knowledge."""
    return session.frame(f"SELECT * FROM {when.macro('events', about(session).as_of) or 'events'}")


def discrepancies_frame(session: Session, when: When) -> pl.DataFrame:
    """The table ``discrepancies``: as it was published, or as of another day or knowledge."""
    return session.frame(f"SELECT * FROM {when.macro('discrepancies', about(session).as_of) or 'discrepancies'}")


def obligations(session: Session, when: When) -> list[ObligationView]:
    """Every obligation in words, in the order in which the published page shows them."""
    frame = standings(status_frame(session, when), session.frame("SELECT * FROM commitments"))
    return [view for group in grouped([obligation_view(row) for row in frame]) for view in group.obligations]


def read_obligations(state: State, when: When) -> tuple[About, list[ObligationView]]:
    """The published obligations of a state. Raises ``WarehouseError`` where nothing was published."""
    with state.published.open() as session:
        return about(session), obligations(session, when)
