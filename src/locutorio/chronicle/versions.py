"""One version of a contradiction: its words, whose it is, and the days and amounts it holds."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from locutorio.chronicle.amounts import read_amount, read_kinds, read_pool
from locutorio.chronicle.days import MONTHS, Days, month_days, one_day, read_days, year_days
from locutorio.chronicle.phrases import any_of, holds_any, without_brackets
from locutorio.chronicle.values import Amount, Chronicle, Event
from locutorio.kernel.faults import Fault

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_MONTH = any_of(month.title() for month in MONTHS)  # "may" is a month only with a capital letter
_ISO = re.compile(r"\b[0-9]{4}-[0-9]{2}(?:-[0-9]{2})?\b")
_WORDED = re.compile(rf"\b(?:(?P<day>[0-9]{{1,2}}) )?(?P<month>{_MONTH})(?: (?P<year>[0-9]{{4}}))?\b")
_YEAR = re.compile(r"\b(?:19|20)[0-9]{2}\b")
_CHRISTMAS = re.compile(r"\bChristmas (?P<year>[0-9]{4})\b")
_WEEKDAY = re.compile(rf"\b({any_of(WEEKDAYS)})\b", re.IGNORECASE)
_NEWSPAPERS = re.compile(r"\b(?:one|two|three|four|five|several|[0-9]+) papers?\b")
_UNIT = re.compile(r"\ba (day|week|month|year)\b")
_EVENT = re.compile(r"[A-Za-z]+[0-9]+[a-z]?")


class Kind(StrEnum):
    """Whose words a version are: a paper's, somebody's report, or nobody is named."""

    PAPER = "paper"
    REPORT = "report"
    UNNAMED = "unnamed"


@dataclass(frozen=True, slots=True)
class Version:
    """A version as read. ``events`` are those it names as its source; ``year`` tells that a date has none."""

    text: str
    says: str
    source: str
    kind: Kind
    events: tuple[str, ...] = ()
    amount: Amount | None = None
    by_kind: tuple[tuple[str, Amount], ...] = ()
    days: Days | None = None
    weekday: int | None = None


def read_version(text: str, about: str, chronicle: Chronicle) -> Version:
    """Read a version; what its subject says of month and period is taken from there."""
    says, brackets = without_brackets(text)
    source = "; ".join(brackets)
    named = tuple(word for word in _EVENT.findall(source) if chronicle.event(word))
    unit = _UNIT.search(about)
    per = unit[1] if unit else "all"
    weekday = _WEEKDAY.search(says)
    return Version(
        text=text,
        says=says,
        source=source,
        kind=_kind(source, [event for name in named if (event := chronicle.event(name))]),
        events=named,
        amount=read_pool(says, per) or read_amount(says),
        by_kind=tuple(read_kinds(says, per).items()),
        days=read_date(says, about),
        weekday=WEEKDAYS.index(weekday[1].lower()) if weekday else None,
    )


def _kind(source: str, events: list[Event]) -> Kind:
    if events:
        return Kind.PAPER if any(event.paper for event in events) else Kind.REPORT
    if _NEWSPAPERS.search(source):
        return Kind.REPORT
    if holds_any(source, "papers") and "as reported" not in source:
        return Kind.PAPER
    return Kind.REPORT if holds_any(source, "reports") else Kind.UNNAMED


def read_date(text: str, about: str = "") -> Days | None:
    """Read the first date of a text: exact, a month, a year, Christmas. A day takes its year from about."""
    iso = _ISO.search(text)
    if iso:
        try:
            return read_days(iso[0])
        except Fault:
            return None
    christmas = _CHRISTMAS.search(text)
    if christmas:
        year = int(christmas["year"])
        return Days(date(year, 12, 24), date(year, 12, 26))
    worded = _WORDED.search(text)
    if worded:
        return _worded(worded, about)
    year_only = _YEAR.search(text)
    return year_days(int(year_only[0])) if year_only else None


def _worded(match: re.Match[str], about: str) -> Days | None:
    month = MONTHS.index(match["month"].lower()) + 1
    year = match["year"] or next(iter(_YEAR.findall(about)), None)
    if year is None:
        return None
    if match["day"] is None:
        return month_days(int(year), month)
    try:
        return one_day(date(int(year), month, int(match["day"])))
    except ValueError:
        return None


def day_and_month(text: str) -> tuple[int, int] | None:
    """Read the first day and month of a text, whatever its year."""
    match = _WORDED.search(text)
    return (int(match["day"]), MONTHS.index(match["month"].lower()) + 1) if match and match["day"] else None


@dataclass(frozen=True, slots=True)
class Dated:
    """A date that an event states: what it is (written, filed, ruled, entered, ...) and which days."""

    event: str
    what: str
    days: Days


def dated(event: Event) -> tuple[Dated, ...]:
    """Give every date that an event states, kept apart."""
    own = Dated(event.name, event.basis.value, event.days)
    more = [("filed", event.filed), ("entered", event.entered)]
    return (own, *(Dated(event.name, what, days) for what, days in more if days is not None))
