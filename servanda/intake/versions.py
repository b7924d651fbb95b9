"""Whether a page's new text may follow the one that is stored. Pure."""

from collections.abc import Callable

_ENDS = " .…"
SHORT = 1 / 3
"""A text that is less than this share of the stored one is a wall or a notice: no correction is that short."""
BEGINNING = 1 / 2
"""So is one that is less than this share of it, and its beginning to the letter: what a paywall leaves."""


def is_stub(text: str, stored_length: int, stored: Callable[[], str]) -> bool:
    """Whether a text stands in the place of the stored one without being a correction of it; ``stored`` gives that one.

    An outlet that takes a claim back words it anew, or leaves it out between others: then the text is no beginning.
    """
    share = len(text) / max(1, stored_length)
    return share < SHORT or (share < BEGINNING and stored().startswith(text.rstrip(_ENDS)))
