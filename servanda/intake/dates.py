"""Points in time as feeds and pages write them: ISO 8601 and RFC 822, with the zones that the region's outlets use.

A time without a zone is taken as Kyiv time, and a day without a time as that day's start in Kyiv, since days are counted in Kyiv.
"""

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone
from email.utils import parsedate_tz

from servanda.model.article import KYIV

_ZONES = {
    "utc": 0, "gmt": 0, "z": 0, "ut": 0, "wet": 0, "west": 60, "bst": 60, "cet": 60, "cest": 120, "eet": 120, "eest": 180,
    "msk": 180, "msd": 240, "trt": 180, "est": -300, "edt": -240, "cst": -360, "cdt": -300, "pst": -480, "pdt": -420,
}  # fmt: skip
_ISO = re.compile(
    r"^(\d{4})-?(\d{2})-?(\d{2})(?:[T ]+(\d{2}):?(\d{2})(?::?(\d{2})(?:[.,]\d+)?)?\s*(Z|[+-]\d{2}:?(?:\d{2})?|[A-Za-z]{2,4})?)?$",
    re.ASCII,
)
_NAMED_ZONE = re.compile(r"(\d{1,2}:\d{2}(?::\d{2})?)\s+\(?([A-Za-z]{1,4})\)?$", re.ASCII)
_COLON_ZONE = re.compile(r"([+-]\d{2}):(\d{2})$", re.ASCII)


@dataclass(frozen=True, slots=True)
class Moment:
    """A point in time in UTC; ``exact`` when both the time of day and the zone were written."""

    at: datetime
    exact: bool


def read_moment(text: str) -> Moment | None:
    """Read a point in time; None for what is neither ISO 8601 nor RFC 822, or lies outside the years 1970 to 2199."""
    words = " ".join(text[:80].split())
    try:
        moment = _read_iso(words) or _read_mail(words)
    except (ValueError, OverflowError, TypeError):
        return None
    return moment if moment is not None and 1970 <= moment.at.year < 2200 else None


def _read_iso(words: str) -> Moment | None:
    match = _ISO.match(words)
    if match is None:
        return None
    year, month, day, hour, minute, second = (int(part or 0) for part in match.groups()[:6])
    # 24:00 and leap seconds are written at times.
    local = datetime(year, month, day, tzinfo=None) + timedelta(hours=hour, minutes=minute, seconds=min(second, 59))  # noqa: DTZ001
    if hour > 24 or minute > 59:
        return None
    return _placed(local, _offset(match.group(7)), exact=match.group(4) is not None)


def _read_mail(words: str) -> Moment | None:
    named = _NAMED_ZONE.search(words)
    zone = named.group(2).lower() if named and named.group(2).lower() in _ZONES else None
    plain = words[: named.end(1)] if named and zone else _COLON_ZONE.sub(r"\1\2", words)
    parsed = parsedate_tz(plain)
    if parsed is None:
        return None
    local = datetime(*parsed[:5], min(parsed[5], 59))  # noqa: DTZ001
    seconds = parsed[9]
    written = zone or (
        None if seconds is None or (re.search(r"\d[:\d]*$", plain) and not re.search(r"[+-]\d{4}$", plain)) else "written"
    )
    minutes = _ZONES[zone] if zone else (seconds or 0) // 60 if written else None
    return _placed(local, minutes, exact=":" in plain)


def _offset(zone: str | None) -> int | None:
    if not zone:
        return None
    if zone[0] in "+-":
        digits = zone[1:].replace(":", "").ljust(4, "0")
        minutes = int(digits[:2]) * 60 + int(digits[2:])
        return -minutes if zone[0] == "-" else minutes
    return _ZONES.get(zone.lower())


def _placed(local: datetime, minutes: int | None, *, exact: bool) -> Moment:
    if minutes is None:
        return Moment(local.replace(tzinfo=KYIV).astimezone(UTC), exact=False)
    zone = timezone(timedelta(minutes=minutes))
    return Moment(local.replace(tzinfo=zone).astimezone(UTC), exact=exact)
