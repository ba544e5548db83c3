"""Reads the calendars of a schedule: public holidays, movable feasts, days of every year, single days."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Mapping

from locutorio.arrangements.schedule.calendars import holiday_names
from locutorio.arrangements.schedule.patterns import Calendar, Holidays
from locutorio.arrangements.schedule.reading_scopes import WEEKDAYS, day_of, number, several, text
from locutorio.kernel.faults import suggestion
from locutorio.kernel.texts import Node

FEASTS: Mapping[str, int] = {
    "ash_wednesday": -46,
    "palm_sunday": -7,
    "holy_thursday": -3,
    "good_friday": -2,
    "easter_sunday": 0,
    "easter_monday": 1,
    "ascension": 39,
    "pentecost": 49,
    "whit_monday": 50,
    "corpus_christi": 60,
}
NAMES_YEAR = 2024
LEAP_YEAR = 2024
_COUNTRY = re.compile(r"([A-Z]{2})(?:-([A-Z0-9]{1,3}))?")
_MONTH_DAY = re.compile(r"([0-9]{2})-([0-9]{2})")
_LAST = "last"


def calendar(node: Node) -> Calendar:
    """Read a calendar."""
    entries = node.entries(optional=["holidays", "feasts", "yearly", "nth", "on", "but"])
    if not set(entries) - {"but"}:
        node.fail("this calendar has no days", remedy="add `holidays: US`, `feasts:`, `yearly:` or `on:`")
    return Calendar(
        name=node.name.text(),
        holidays=several(entries["holidays"], _holidays) if "holidays" in entries else (),
        easter=frozenset(several(entries["feasts"], lambda one: FEASTS[one.choice(list(FEASTS))]))
        if "feasts" in entries
        else frozenset(),
        yearly=frozenset(several(entries["yearly"], _month_day)) if "yearly" in entries else frozenset(),
        nth=frozenset(_nth(one) for one in entries["nth"].items()) if "nth" in entries else frozenset(),
        dates=frozenset(several(entries["on"], day_of)) if "on" in entries else frozenset(),
        but=frozenset(several(entries["but"], day_of)) if "but" in entries else frozenset(),
    )


def _holidays(node: Node) -> Holidays:
    if isinstance(node.value, str):
        country, subdivision = _country(node)
        return Holidays(country, subdivision)
    entries = node.entries(required=["of"], optional=["observed", "only", "but"])
    country, subdivision = _country(entries["of"])
    known = holiday_names(country, subdivision, NAMES_YEAR)
    return Holidays(
        country,
        subdivision,
        observed=entries["observed"].yes() if "observed" in entries else True,
        only=frozenset(several(entries["only"], lambda one: _name(one, known)))
        if "only" in entries
        else frozenset(),
        but=frozenset(several(entries["but"], lambda one: _name(one, known)))
        if "but" in entries
        else frozenset(),
    )


def _country(node: Node) -> tuple[str, str | None]:
    match = _COUNTRY.fullmatch(node.text())
    if match:
        try:
            holiday_names(match[1], match[2], NAMES_YEAR)
        except NotImplementedError:
            match = None
    if not match:
        node.fail(
            f'the public holidays of "{node.text()}" are not known',
            remedy="write a country such as US, or a part of one such as US-NJ or GB-ENG",
        )
    return match[1], match[2]


def _name(node: Node, known: frozenset[str]) -> str:
    word = text(node)
    if word not in known:
        node.fail(f'there is no public holiday "{word}" there', remedy=suggestion(word, sorted(known)))
    return word


def _month_day(node: Node) -> tuple[int, int]:
    match = _MONTH_DAY.fullmatch(node.text())
    month, number_of = (int(match[1]), int(match[2])) if match else (0, 0)
    if not 1 <= month <= 12 or not 1 <= number_of <= monthrange(LEAP_YEAR, month)[1]:
        node.fail(f'"{node.text()}" is not a day of the year', remedy="write month and day: 12-25")
    return month, number_of


def _nth(node: Node) -> tuple[int, int, int, int]:
    entries = node.entries(required=["month", "day", "which"], optional=["days_after"])
    which = entries["which"]
    return (
        number(entries["month"], 1, 12),
        WEEKDAYS.index(entries["day"].choice(WEEKDAYS)),
        -1 if which.value == _LAST else number(which, 1, 5),
        number(entries["days_after"], 0, 6) if "days_after" in entries else 0,
    )
