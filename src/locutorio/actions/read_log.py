"""What an auditor sees: who did what and when, and nothing of what it was about."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from locutorio.actions.authority import About, reading
from locutorio.store import people
from locutorio.store.actor import Actor
from locutorio.store.history import HeaderRow, headers

__all__ = ["HeaderRow", "log_shown"]


def log_shown(by: Actor, at: UUID, on: date) -> list[HeaderRow]:
    """Give what was done on a day of an establishment's clock, the latest first."""
    with reading(by, "read_log", About(at)):
        zone = ZoneInfo(people.establishment(at).zone)
        begins = datetime.combine(on, time(), zone)
        return headers(at, begins, begins + timedelta(days=1))
