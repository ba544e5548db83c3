"""Times as an officer writes them at the gate: the time of day on the establishment's clock, near a slot."""

from __future__ import annotations

import re
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from locutorio.kernel.faults import Fault

_TIME = re.compile(r"([01]?[0-9]|2[0-3])[:.]([0-5][0-9])")
BEFORE, AFTER = timedelta(hours=8), timedelta(hours=16)
SLACK = timedelta(minutes=1)


def moment_near(text: str, starts: datetime, zone: str, now: datetime) -> datetime:
    """Read a time of day as the moment near a slot at which the clock showed it.

    It lies from eight hours before the slot's start up to sixteen after, past midnight too. In the night in
    which the clock goes back, a time that came twice is the later one that is not after ``now``.

    Args:
        text: "14:05"; empty for ``now``.
        starts: the start of the slot, aware.
        zone: the establishment's.
        now: when it was entered, aware.

    Raises:
        Fault: it is no time of day, the clock never showed it, or it is still to come.
    """
    starts, now = starts.astimezone(UTC), now.astimezone(UTC)
    if not text.strip():
        return now.astimezone(ZoneInfo(zone))
    written = _TIME.fullmatch(text.strip())
    if not written:
        raise Fault(f'"{text}" is not a time of day', remedy="write hours and minutes, such as 14:05")
    shown = sorted(_moments(time(int(written[1]), int(written[2])), starts, ZoneInfo(zone)))
    if not shown:
        raise Fault(
            f"the clock did not show {text} on that day",
            why="it was put forward over that hour",
            remedy="write the time after the change",
        )
    past = [one for one in shown if one <= now + SLACK]
    if not past:
        raise Fault(
            f"{text} is still to come", remedy="write a time that has passed, or leave it empty for now"
        )
    return past[-1].astimezone(ZoneInfo(zone))


def _moments(at: time, starts: datetime, zone: ZoneInfo) -> set[datetime]:
    """Give every moment near a slot at which the clock of a zone shows a time."""
    first = (starts - BEFORE).astimezone(zone).date()
    found = set()
    for days in range(3):
        for fold in (0, 1):
            local = datetime.combine(first + timedelta(days=days), at, zone).replace(fold=fold)
            moment = local.astimezone(UTC)
            if moment.astimezone(zone).time() == at and starts - BEFORE <= moment < starts + AFTER:
                found.add(moment)
    return found
