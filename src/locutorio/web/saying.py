"""Days, hours and names of things as the pages of an establishment say them, in one language."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

from locutorio.notices.words import Words
from locutorio.web.words import say, words

HALF_DAY = 12


def day_said(lang: str, day: date) -> str:
    """Give a day with its weekday: Friday 27 November 2026."""
    return say(lang, "day_of_week", weekday=words(lang)[f"weekday_{day.weekday()}"], day=Words(lang).day(day))


def time_said(lang: str, moment: datetime) -> str:
    """Give the time of day of a moment, by its own clock: 6:15 pm, or 18:15 in Spanish."""
    if lang != "en":
        return f"{moment.hour}:{moment.minute:02}"
    return (
        f"{moment.hour % HALF_DAY or HALF_DAY}:{moment.minute:02} {'am' if moment.hour < HALF_DAY else 'pm'}"
    )


def hours_said(lang: str, starts: datetime, ends: datetime, zone: str) -> str:
    """Give the hours from one moment to another on an establishment's clock."""
    here = ZoneInfo(zone)
    return say(
        lang,
        "from_to",
        starts=time_said(lang, starts.astimezone(here)),
        ends=time_said(lang, ends.astimezone(here)),
    )


def moment_said(lang: str, moment: datetime, zone: str) -> str:
    """Give a day and a time on an establishment's clock."""
    here = moment.astimezone(ZoneInfo(zone))
    return say(lang, "day_and_time", day=day_said(lang, here.date()), time=time_said(lang, here))


def age_on(born_on: date | None, day: date) -> int | None:
    """Give the age of somebody on a day; None where their day of birth is not known."""
    if born_on is None:
        return None
    return day.year - born_on.year - ((day.month, day.day) < (born_on.month, born_on.day))
