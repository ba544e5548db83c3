"""Days and moments as files write them. What could mean two things is not read."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, timezone
from zoneinfo import ZoneInfo

from locutorio.actions.importing.remarks import Unread
from locutorio.kernel.moments import YEAR_MAX, YEAR_MIN

_ISO = re.compile(r"(\d{4})([-/.])(\d{1,2})\2(\d{1,2})")
_PARTED = re.compile(r"(\d{1,2})([-/.])(\d{1,2})\2(\d{4}|\d{2})")
_NAMED = re.compile(r"(\d{1,2})[- ]?([a-záéíóúñ]{3,10})\.?[- ,]*(\d{4}|\d{2})", re.IGNORECASE)
_NAME_FIRST = re.compile(r"([a-z]{3,10})\.? (\d{1,2}),? (\d{4}|\d{2})", re.IGNORECASE)
_SOLID = re.compile(r"(\d{4})(\d{2})(\d{2})")
_SERIAL = re.compile(r"\d{5}(\.\d+)?")
_NO_DAY = re.compile(r"(00|99)([-/.]?)(00|99)\2(0000|9999|00|99)|(0000|9999)([-/.]?)(00|99)\6(00|99)")
_FORMS = (_ISO, _PARTED, _NAMED, _NAME_FIRST, _SOLID, _NO_DAY)
_CLOCK = re.compile(
    r"(?P<hour>\d{1,2})(?::(?P<minute>\d{2})(?::(?P<second>\d{2})(?:[.,]\d+)?)?)?"
    r"(?: ?(?P<half>[ap])\.? ?m\b\.?)?"
    r" ?(?P<zone>Z|[+-]\d{2}:?\d{2}|[A-Z]{3,4})?",
    re.IGNORECASE,
)
_SOLID_CLOCK = re.compile(r"(?P<hour>\d{2})(?P<minute>\d{2})(?P<zone>Z|[+-]\d{2}:?\d{2})?")
_MONTHS = {
    name: number
    for names in (
        "jan feb mar apr may jun jul aug sep oct nov dec",
        "ene feb mar abr may jun jul ago sep oct nov dic",
    )
    for number, name in enumerate(names.split(), 1)
}
# Days that programs write for one that is not known: the first days of their calendars, and the last.
NOT_KNOWN = frozenset({date(1900, 1, 1), date(1900, 1, 2), date(1901, 1, 1)})
_YEARS_NOT_KNOWN = frozenset({1, 1753, 1800, 1899, 9999})
_CENTURY = 100
HALF_DAY = 12


@dataclass(frozen=True, slots=True)
class ReadDay:
    """A day, or None where what is written stands for one that is not known; and what was done to read it:
    ``century`` (the year had two figures), ``order`` (month and day could change places).
    """

    day: date | None
    century: bool = False
    order: bool = False


@dataclass(frozen=True, slots=True)
class Zoned:
    """The establishment's zone, in which times that name none are read unless they are UTC, and which of two
    equal hours is meant (None: not said).
    """

    zone: str
    fold: int | None
    utc: bool = False


def read_day(text: str, *, month_first: bool, newest: date) -> ReadDay:
    """Read a day.

    Args:
        text: as written.
        month_first: 3/4/2026 is the fourth of March.
        newest: a year of two figures is the last that is not after this day's.

    Raises:
        Unread: ``day``, ``no_such_day``, ``day_order``, ``day_serial``, ``year``.
    """
    text = text.strip()
    if _NO_DAY.fullmatch(text):
        return ReadDay(None)
    year, month, number, order = _parts(text, month_first=month_first)
    century = year < _CENTURY
    if century:
        year += newest.year - newest.year % _CENTURY
        year -= _CENTURY if year > newest.year else 0
    if year in _YEARS_NOT_KNOWN:
        return ReadDay(None)
    if not YEAR_MIN <= year <= YEAR_MAX:
        raise Unread("year", year=str(year))
    try:
        found = date(year, month, number)
    except ValueError:
        swapped = order and month > HALF_DAY and number <= HALF_DAY
        raise Unread("day_order" if swapped else "no_such_day") from None
    if found in NOT_KNOWN:
        return ReadDay(None)
    return ReadDay(found, century, order and month <= HALF_DAY and number <= HALF_DAY and month != number)


def _parts(text: str, *, month_first: bool) -> tuple[int, int, int, bool]:
    """Give year, month, day, and whether month and day were told apart by custom alone."""
    if match := _ISO.fullmatch(text) or _SOLID.fullmatch(text):
        figures = [int(part) for part in match.groups() if part.isdigit()]
        return figures[0], figures[1], figures[2], False
    if match := _PARTED.fullmatch(text):
        first, second, year = int(match[1]), int(match[3]), int(match[4])
        month, number = (first, second) if month_first else (second, first)
        return _year(year, match[4]), month, number, True
    if match := _NAMED.fullmatch(text):
        return _year(int(match[3]), match[3]), _month(match[2]), int(match[1]), False
    if match := _NAME_FIRST.fullmatch(text):
        return _year(int(match[3]), match[3]), _month(match[1]), int(match[2]), False
    raise Unread("day_serial" if _SERIAL.fullmatch(text) else "day")


def _year(year: int, written: str) -> int:
    """Give the year as written; one of four figures that is below 100 is out of range."""
    if len(written) > 2 and year < _CENTURY and year != 1:
        raise Unread("year", year=written)
    return year


def _month(name: str) -> int:
    found = _MONTHS.get(name.lower()[:3])
    if found is None:
        raise Unread("day")
    return found


@dataclass(frozen=True, slots=True)
class ReadMoment:
    """A moment, in UTC so that two compare rightly in the hour that clocks show twice; its day by the
    establishment's clocks; and what was done to read it.

    ``noon`` says that 12 PM is written, ``offset_said`` that the file itself told the zone of this time.
    """

    at: datetime
    on: date
    century: bool = False
    order: bool = False
    noon: bool = False
    offset_said: bool = False


def read_moment(
    text: str, zoned: Zoned, *, month_first: bool, newest: date, on: date | None = None
) -> ReadMoment | None:
    """Read a day with a time; None where what is written stands for one that is not known.

    Args:
        text: as written; without a day it is taken on ``on``.
        zoned: the zone of times that name none.
        month_first: as for ``read_day``.
        newest: as for ``read_day``.
        on: the day of a time that stands alone.

    Raises:
        Unread: as ``read_day``, and ``day_missing``, ``time``, ``time_missing``, ``time_half``,
            ``no_such_hour``, ``hour_twice``, ``zone_name``.
    """
    text = text.strip()
    day_text, clock = _halves(text)
    if clock is None and on is None:
        read_day(text, month_first=month_first, newest=newest)
        raise Unread("time_missing")
    if not day_text and on is None:
        raise Unread("day_missing")
    day = read_day(day_text, month_first=month_first, newest=newest) if day_text else ReadDay(on)
    if day.day is None:
        return None
    if clock is None:
        raise Unread("time_missing")
    at, carry, noon = _clock(clock)
    local = datetime.combine(day.day, at) + timedelta(days=carry)
    named = clock["zone"] or ""
    found = _placed(local, zoned, named)
    return ReadMoment(found.astimezone(UTC), found.date(), day.century, day.order, noon, bool(named))


def _halves(text: str) -> tuple[str, re.Match[str] | None]:
    """Part a text into its day and its time."""
    for split in (*(found.start() for found in re.finditer(r"[ T]", text)), None):
        day, clock = ("", text) if split is None else (text[:split], text[split + 1 :].strip())
        match = _CLOCK.fullmatch(clock) or _SOLID_CLOCK.fullmatch(clock)
        bare = match is not None and match["minute"] is None and not match.groupdict().get("half")
        day = day.rstrip(",")
        if match and not bare and (split is None or any(form.fullmatch(day) for form in _FORMS)):
            return day, match
    return text, None


def _clock(match: re.Match[str]) -> tuple[time, int, bool]:
    """Give the time of day, how many days it goes on, and whether it is 12 PM."""
    parts = match.groupdict()
    hour, minute, second = (int(parts.get(name) or 0) for name in ("hour", "minute", "second"))
    half = (parts.get("half") or "").lower()
    noon = half == "p" and hour == HALF_DAY
    if half:
        if not 1 <= hour <= HALF_DAY:
            raise Unread("time_half")
        hour = hour % HALF_DAY + (HALF_DAY if half == "p" else 0)
    carry = 0
    if (hour, minute, second) == (24, 0, 0):
        hour, carry = 0, 1
    try:
        return time(hour, minute, second), carry, noon
    except ValueError:
        raise Unread("time") from None


def _placed(local: datetime, zoned: Zoned, named: str) -> datetime:
    """Give the moment of a local time; at a clock change only where it is said which."""
    zone = ZoneInfo(zoned.zone)
    if named.upper() in {"Z", "UTC", "GMT"} or (zoned.utc and not named):
        return local.replace(tzinfo=UTC).astimezone(zone)
    if named[:1] in {"+", "-"}:
        sign = -1 if named[0] == "-" else 1
        figures = named[1:].replace(":", "")
        away = timedelta(hours=int(figures[:2]), minutes=int(figures[2:])) * sign
        if abs(away) >= timedelta(days=1):
            raise Unread("zone_name", zone=zoned.zone)
        return local.replace(tzinfo=timezone(away)).astimezone(zone)
    both = [local.replace(tzinfo=zone, fold=fold) for fold in (0, 1)]
    real = [at for at in both if at.astimezone(UTC).astimezone(zone).replace(tzinfo=None) == local]
    if not real:
        raise Unread("no_such_hour", zone=zoned.zone)
    if named:
        real = [at for at in real if at.tzname() == named.upper()]
        if not real:
            raise Unread("zone_name", zone=zoned.zone)
    if len({at.utcoffset() for at in real}) == 1:
        return real[0]
    if zoned.fold is None:
        raise Unread("hour_twice", zone=zoned.zone)
    return real[zoned.fold]
