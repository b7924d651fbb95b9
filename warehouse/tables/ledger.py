"""Schemas of the ledger: events, commitments, obligations, status and its history, and the published snapshots."""

from enum import StrEnum
from typing import ClassVar

import pandera.polars as pap
import polars as pl

from servanda.model.vocabulary import Kind, ListAct, Party
from warehouse.tables.columns import INSTANT, STRINGS, Table, values_of


class Status(StrEnum):
    """The headline status of an obligation (docs/architecture.md says when each holds)."""

    PROPOSED = "proposed"
    PROMISED = "promised"
    REPORTED = "reported"
    FULFILLED = "fulfilled"
    REFUSED = "refused"


class Undertaking(StrEnum):
    """Whether whoever must act has taken it on."""

    PROPOSED = "proposed"
    PROMISED = "promised"
    REFUSED = "refused"


class Delivery(StrEnum):
    """How much of it came."""

    NONE = "none"
    PARTIAL = "partial"
    FULL = "full"
    UNQUANTIFIED = "unquantified"


class Corroboration(StrEnum):
    """Whose accounts there are of what came."""

    NONE = "none"
    GIVER = "giver"
    RECEIVER = "receiver"
    BOTH = "both"
    EXTERNAL = "external"
    OUTLETS = "outlets"


class Flag(StrEnum):
    """What is to be known beside a status."""

    OVERDUE = "overdue"
    DISPUTED = "disputed"
    POSTPONED = "postponed"
    PARTIAL = "partial"
    UNQUANTIFIED = "unquantified"
    FLOOR_REACHED = "floor_reached"
    TERMS_DIFFER = "terms_differ"
    SILENT = "silent"
    LAPSED = "lapsed"


class Events(Table):
    """One hand-over in the world. A count that no account gives is null, never 0."""

    event_id: str = pap.Field(unique=True)
    kind: str = pap.Field(isin=values_of(Kind))
    from_party: str = pap.Field(nullable=True, isin=values_of(Party))
    to_party: str = pap.Field(nullable=True, isin=values_of(Party))
    date_from: pl.Date = pap.Field(nullable=True)
    date_to: pl.Date = pap.Field(nullable=True)
    categories: STRINGS  # type: ignore[valid-type]
    list_act: str = pap.Field(nullable=True, isin=values_of(ListAct))
    count_by_giver: pl.Int64 = pap.Field(nullable=True, ge=0)
    count_by_receiver: pl.Int64 = pap.Field(nullable=True, ge=0)
    count_by_mediator: pl.Int64 = pap.Field(nullable=True, ge=0)
    count_by_outlets: pl.Int64 = pap.Field(nullable=True, ge=0)
    pair_count: pl.Int64 = pap.Field(nullable=True, ge=0)
    witnesses: pl.Int32 = pap.Field(ge=1)
    corroboration: str = pap.Field(isin=values_of(Corroboration))
    closed_total: bool
    obligation_id: str = pap.Field(nullable=True)
    statement_ids: STRINGS  # type: ignore[valid-type]


class Commitments(Table):
    """One undertaking. ``promised_min`` and ``promised_max`` are bounds for each direction."""

    commitment_id: str = pap.Field(unique=True)
    kind: str = pap.Field(isin=values_of(Kind))
    categories: STRINGS  # type: ignore[valid-type]
    all_for_all: bool
    promised_min: pl.Int64 = pap.Field(nullable=True, ge=0)
    promised_max: pl.Int64 = pap.Field(nullable=True, ge=0)
    made_on: pl.Date
    starts_on: pl.Date = pap.Field(nullable=True)
    due_on: pl.Date = pap.Field(nullable=True)
    agreed_on: pl.Date = pap.Field(nullable=True)
    agreed_at: str = pap.Field(nullable=True)
    closed_on: pl.Date = pap.Field(nullable=True)
    statement_ids: STRINGS  # type: ignore[valid-type]


class Obligations(Table):
    """A commitment in one direction."""

    obligation_id: str = pap.Field(unique=True)
    commitment_id: str
    kind: str = pap.Field(isin=values_of(Kind))
    from_party: str = pap.Field(nullable=True, isin=values_of(Party))
    to_party: str = pap.Field(nullable=True, isin=values_of(Party))
    promised_min: pl.Int64 = pap.Field(nullable=True, ge=0)
    promised_max: pl.Int64 = pap.Field(nullable=True, ge=0)
    undertaking: str = pap.Field(isin=values_of(Undertaking))
    statement_ids: STRINGS  # type: ignore[valid-type]


class Bearing(StrEnum):
    """How a statement bears on an obligation."""

    TERM = "term"
    DELIVERY = "delivery"
    REFUSED = "refused"
    POSTPONED = "postponed"
    DENIED = "denied"
    COMPLETION = "completion"
    LIST = "list"
    RETRACTED = "retracted"


class Bearings(Table):
    """Every statement that bears on an obligation, and how; one that was struck stands where it stood, as ``retracted``."""

    obligation_id: str
    statement_id: str
    bearing: str = pap.Field(isin=values_of(Bearing))
    told_on: pl.Date

    class Config:
        """A statement bears on an obligation in a given way once."""

        unique: ClassVar[list[str]] = ["obligation_id", "statement_id", "bearing"]


class StatusTable(Table):
    """The status of every obligation as of a day."""

    as_of: pl.Date
    obligation_id: str = pap.Field(unique=True)
    commitment_id: str
    kind: str = pap.Field(isin=values_of(Kind))
    from_party: str = pap.Field(nullable=True, isin=values_of(Party))
    to_party: str = pap.Field(nullable=True, isin=values_of(Party))
    categories: STRINGS  # type: ignore[valid-type]
    all_for_all: bool
    promised_min: pl.Int64 = pap.Field(nullable=True, ge=0)
    promised_max: pl.Int64 = pap.Field(nullable=True, ge=0)
    made_on: pl.Date
    due_on: pl.Date = pap.Field(nullable=True)
    agreed_at: str = pap.Field(nullable=True)
    status: str = pap.Field(isin=values_of(Status))
    undertaking: str = pap.Field(isin=values_of(Undertaking))
    delivery: str = pap.Field(isin=values_of(Delivery))
    corroboration: str = pap.Field(isin=values_of(Corroboration))
    delivered_by_giver: pl.Int64 = pap.Field(nullable=True, ge=0)
    delivered_by_receiver: pl.Int64 = pap.Field(nullable=True, ge=0)
    delivered_by_mediator: pl.Int64 = pap.Field(nullable=True, ge=0)
    share: float = pap.Field(nullable=True, ge=0)
    flags: STRINGS  # type: ignore[valid-type]
    last_event_on: pl.Date = pap.Field(nullable=True)

    @pap.dataframe_check(error="flags are of the design")
    def flags_known(cls, data: pap.PolarsData) -> pl.LazyFrame:  # noqa: N805
        """Every element of ``flags`` is one of ``Flag``."""
        return data.lazyframe.select(pl.col("flags").list.eval(pl.element().is_in(values_of(Flag))).list.all())

    @pap.dataframe_check(error="nothing is fulfilled that was not undertaken")
    def fulfilled_was_promised(cls, data: pap.PolarsData) -> pl.LazyFrame:  # noqa: N805
        """A fulfilled obligation was promised."""
        return data.lazyframe.select((pl.col("status") != Status.FULFILLED) | (pl.col("undertaking") == Undertaking.PROMISED))


class Cause(StrEnum):
    """What changed a status: something told, a statement struck or let stand again, or time that passed."""

    TOLD = "told"
    RETRACT = "retract"
    RESTORE = "restore"
    TIME = "time"


class StatusHistory(Table):
    """Every change of an obligation's status or flags, on the day it came to be known, with its cause.

    ``statement_id``: the statement that was told last on that day, or what was struck or let stand again; null where time passed.
    """

    obligation_id: str
    day: pl.Date
    status: str = pap.Field(isin=values_of(Status))
    previous: str = pap.Field(nullable=True, isin=values_of(Status))
    flags: STRINGS  # type: ignore[valid-type]
    delivered_by_giver: pl.Int64 = pap.Field(nullable=True, ge=0)
    delivered_by_receiver: pl.Int64 = pap.Field(nullable=True, ge=0)
    delivered_by_mediator: pl.Int64 = pap.Field(nullable=True, ge=0)
    statement_id: str = pap.Field(nullable=True)
    cause: str = pap.Field(isin=values_of(Cause))

    class Config:
        """One row an obligation and day."""

        unique: ClassVar[list[str]] = ["obligation_id", "day"]


class StandingDays(Table):
    """A day on which something could change, with a digest of all that counted on it; kept so that it is not computed again."""

    day: pl.Date = pap.Field(unique=True)
    digest: str


class StandingRows(Table):
    """How an obligation stood on such a day. A copy of what the ledger gives; it may be emptied at any time."""

    day: pl.Date
    obligation_id: str
    status: str = pap.Field(isin=values_of(Status))
    flags: STRINGS  # type: ignore[valid-type]
    delivered_by_giver: pl.Int64 = pap.Field(nullable=True, ge=0)
    delivered_by_receiver: pl.Int64 = pap.Field(nullable=True, ge=0)
    delivered_by_mediator: pl.Int64 = pap.Field(nullable=True, ge=0)

    class Config:
        """One row an obligation and day."""

        unique: ClassVar[list[str]] = ["day", "obligation_id"]


class Disagreement(StrEnum):
    """What differs: two accounts of one event; a total and the sum of its events; two accounts' totals of the same days."""

    EVENT = "event"
    SUM = "sum"
    TOTAL = "total"


class Discrepancies(Table):
    """Where accounts of the same thing differ: a row to look at. ``difference`` is ``stated`` less ``counted``."""

    discrepancy_id: str = pap.Field(unique=True)
    what: str = pap.Field(isin=values_of(Disagreement))
    kind: str = pap.Field(isin=values_of(Kind))
    from_party: str = pap.Field(nullable=True, isin=values_of(Party))
    to_party: str = pap.Field(nullable=True, isin=values_of(Party))
    date_from: pl.Date = pap.Field(nullable=True)
    date_to: pl.Date = pap.Field(nullable=True)
    account: str
    stated: pl.Int64 = pap.Field(ge=0)
    against: str
    counted: pl.Int64 = pap.Field(ge=0)
    difference: pl.Int64 = pap.Field(ne=0)
    event_id: str = pap.Field(nullable=True)
    obligation_id: str = pap.Field(nullable=True)
    statement_ids: STRINGS  # type: ignore[valid-type]


class Snapshots(Table):
    """What was published, once for each different content and day."""

    snapshot_id: str = pap.Field(unique=True)
    as_of: pl.Date
    sample: bool
    first_published_at: INSTANT  # type: ignore[valid-type]
