"""An article as a reader needs it: what was said, when, in which language, and on whose side the outlet is."""

from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from servanda.model.vocabulary import Alignment, Language

KYIV = ZoneInfo("Europe/Kyiv")
"""The zone in which calendar days are counted everywhere in Servanda."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """The text of an article; paragraphs are parted by a blank line.

    ``published`` is aware of its zone, or None where the page and the feed are silent. ``language`` None: the reader finds out.
    """

    id: str
    title: str
    text: str
    published: datetime | None
    language: Language | None = None
    alignment: Alignment | None = None

    @property
    def day(self) -> date | None:
        """The calendar day of publication in Kyiv."""
        return self.published.astimezone(KYIV).date() if self.published else None
