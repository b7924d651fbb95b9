"""Whether a page's new text may follow the one that is stored. Pure."""

_ENDS = " .…"
BEGINNING = 0.5
"""A text that is less than this share of the former, and its beginning to the letter, is what a paywall leaves of it."""


def is_beginning(text: str, former: str) -> bool:
    """Whether a text is no more than the first part of a longer one that is stored, as behind a paywall or after a broken build.

    An outlet that takes a claim back words it anew, or leaves it out between others: then the text is no beginning.
    """
    begun = text.rstrip(_ENDS)
    return 0 < len(text) < BEGINNING * len(former) and former.startswith(begun)
