"""The closed vocabularies of the codebook and of the pipeline, as enums.

Every value is the string that tables, files and the command line show. An unknown value raises ``ValueError`` where it enters.
"""

from enum import StrEnum


class Kind(StrEnum):
    """What is to be done."""

    PRISONER_EXCHANGE = "prisoner_exchange"
    BODY_REPATRIATION = "body_repatriation"
    CHILD_RETURN = "child_return"
    CHILD_LIST = "child_list"
    CEASEFIRE = "ceasefire"
    TALKS = "talks"


class Stage(StrEnum):
    """What is said of it."""

    PROPOSED = "proposed"
    PROMISED = "promised"
    PERFORMED = "performed"
    POSTPONED = "postponed"
    REFUSED = "refused"
    DENIED = "denied"


class Category(StrEnum):
    """Groups of prisoners that a sentence names."""

    SEVERELY_WOUNDED = "severely_wounded"
    SERIOUSLY_ILL = "seriously_ill"
    AGED_18_25 = "aged_18_25"
    CIVILIANS = "civilians"
    WOMEN = "women"
    LONG_HELD = "long_held"


class Party(StrEnum):
    """Who hands over or holds fire, or who receives."""

    RUSSIA = "russia"
    UKRAINE = "ukraine"
    BOTH = "both"


class Scope(StrEnum):
    """What a count covers."""

    EVENT = "event"
    CUMULATIVE = "cumulative"
    TARGET = "target"


class Speaker(StrEnum):
    """Whose word a statement is; None stands for the outlet's own voice."""

    UKRAINE = "ukraine"
    RUSSIA = "russia"
    MEDIATOR = "mediator"
    OTHER = "other"


class ListAct(StrEnum):
    """What was done with a list of children."""

    HANDED = "handed"
    CHECKED = "checked"


class Part(StrEnum):
    """The part of an article in which a quote stands; offsets count from its start."""

    TEXT = "text"
    TITLE = "title"


class Language(StrEnum):
    """The languages that are read (ISO 639-1)."""

    ENGLISH = "en"
    UKRAINIAN = "uk"
    RUSSIAN = "ru"


class Alignment(StrEnum):
    """Whose side an outlet is on."""

    UKRAINE = "ukraine"
    RUSSIA = "russia"
    MEDIATOR = "mediator"
    INDEPENDENT = "independent"


class ItemState(StrEnum):
    """The one state that an item is in."""

    STORED = "stored"
    PENDING = "pending"
    REFUSED = "refused"


class Extraction(StrEnum):
    """How whole the text of an article is."""

    WHOLE = "whole"
    CUT = "cut"
    TIMED_OUT = "timed_out"
    FAILED = "failed"


class Purpose(StrEnum):
    """What a request was for."""

    FEED = "feed"
    PAGE = "page"
    ROBOTS = "robots"


class FetchOutcome(StrEnum):
    """How a request ended.

    ``ok``: a whole answer with a body; ``not_modified``: 304; ``retry``: it may succeed later (time-out, 429, 5xx, a broken
    connection); ``refused``: it will not (a forbidden address, robots.txt, 404, 410, too large).
    """

    OK = "ok"
    NOT_MODIFIED = "not_modified"
    RETRY = "retry"
    REFUSED = "refused"
