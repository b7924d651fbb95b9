"""What goes wrong when a snapshot is published."""


class PublicationError(Exception):
    """A snapshot cannot be published; the message names the thing, what was wrong, and what to do."""
