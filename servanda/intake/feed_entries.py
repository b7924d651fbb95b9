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
    more than the limit, and what lies beyond is not here. A feed without entries is usable. ``given_up``: reading it took too
    long or too much memory, which another try may not.
    """

    entries: tuple[Entry, ...] = ()
    problem: str = ""
    usable: bool = True
    cut: bool = False
    given_up: bool = False

    def limited(self, limit: int, listed: int) -> "ParsedFeed":
        """At most ``limit`` entries, marked as cut where the feed listed more."""
        listed = max(listed, len(self.entries))
        if listed <= limit:
            return self
        told = f"the feed lists {listed:,} entries, of which the first {limit:,} were taken ([network] feed_entries)"
        return replace(self.told(told), entries=self.entries[:limit], cut=True)

    def told(self, problem: str) -> "ParsedFeed":
        """The same, with one more thing that was wrong."""
        return replace(self, problem="; ".join(part for part in (self.problem, problem) if part))
