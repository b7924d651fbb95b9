"""A stretch of days that a sentence names."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Days:
    """A stretch of days that ``tokens[start:end]`` names. A deadline has no first day, a beginning no last one."""

    start: int
    end: int
    first: date | None
    last: date | None
