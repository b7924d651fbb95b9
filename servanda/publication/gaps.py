"""What could not be read: items refused or still to be tried, by source and reason."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby

from servanda.publication import words
from servanda.publication.outside import shown, web_address
from servanda.publication.rows import Unread

NAMED = 20
"""So many items are named for one reason; the rest are in ``items.csv``."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """An item's title, and its address if it is a plain one."""

    title: str
    url: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Gap:
    """The items of one source that were not read for one reason."""

    outlet: str
    state: str
    reason: str
    count: int
    named: tuple[Item, ...]

    @property
    def unnamed(self) -> int:
        """How many more there are."""
        return self.count - len(self.named)


def gaps(items: Iterable[Unread]) -> list[Gap]:
    """Unread items by source, state and reason; ``items`` come in that order."""
    found = []
    for (source, state, reason), group in groupby(items, key=lambda item: (item.source_id, item.state, item.reason)):
        members = list(group)
        found.append(
            Gap(
                outlet=shown(members[0].outlet or "") or source,
                state=words.word(words.STATES, state),
                reason=shown(reason) or "no reason given",
                count=len(members),
                named=tuple(Item(title=shown(m.title) or "untitled", url=web_address(m.url)) for m in members[:NAMED]),
            )
        )
    return found
