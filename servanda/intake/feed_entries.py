"""What a feed lists: entries, and how well the feed could be read."""

from dataclasses import dataclass, replace
from datetime import datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One entry. ``url`` is absolute http or https, or None; ``title`` is one line of plain text, empty where there is none.

    ``published`` and ``updated`` are in UTC as the feed gives them, even where they lie in the future: whoever uses them judges.
    """

    guid: str | None
    url: str | None
    title: str
    published: datetime | None
    updated: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ParsedFeed:
    """A feed's entries in its own order.

    ``problem`` is empty if all is well, otherwise one sentence. ``usable`` False: nothing could be read. ``cut``: the feed lists
    more than the limit, and what lies beyond is not here. A feed without entries is usable.
    """

    entries: tuple[Entry, ...] = ()
    problem: str = ""
    usable: bool = True
    cut: bool = False

    def limited(self, limit: int) -> "ParsedFeed":
        """At most ``limit`` entries, marked as cut where there were more."""
        if len(self.entries) <= limit:
            return self
        told = f"the feed lists {len(self.entries):,} entries, of which the first {limit:,} were taken ([network] feed_entries)"
        problem = "; ".join(part for part in (self.problem, told) if part)
        return replace(self, entries=self.entries[:limit], problem=problem, cut=True)
