"""Every stored table's schema by the table's name: the one list that writing, checks and the published file go by."""

from warehouse.tables import intake, ledger, reading
from warehouse.tables.columns import Table

TABLES: dict[str, type[Table]] = {
    "sources": intake.Sources,
    "fetches": intake.Fetches,
    "feed_bodies": intake.FeedBodies,
    "feed_parses": intake.FeedParses,
    "listings": intake.Listings,
    "gaps": intake.Gaps,
    "attempts": intake.Attempts,
    "pages": intake.Pages,
    "extractions": intake.Extractions,
    "articles": intake.Articles,
    "copies": intake.Copies,
    "derivations": intake.Derivations,
    "readings": reading.Readings,
    "statements": reading.Statements,
    "retractions": reading.Retractions,
    "events": ledger.Events,
    "commitments": ledger.Commitments,
    "obligations": ledger.Obligations,
    "bearings": ledger.Bearings,
    "status": ledger.StatusTable,
    "status_history": ledger.StatusHistory,
    "discrepancies": ledger.Discrepancies,
    "standing_days": ledger.StandingDays,
    "standings": ledger.StandingRows,
    "snapshots": ledger.Snapshots,
}
