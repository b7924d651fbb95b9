"""The present day, as the books count days."""

from datetime import date, datetime

from servanda.model.article import KYIV


def today() -> date:
    """The present day in Kyiv."""
    return datetime.now(KYIV).date()
