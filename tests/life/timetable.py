"""The schedules that the establishment of a life goes by: as values of our own, and as the text it is given.

Slots are found here by walking through the minutes of a day, not by the program's way.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from zoneinfo import ZoneInfo

ZONE = "America/New_York"
HERE = ZoneInfo(ZONE)
TICK_MINUTES = 15
HOLD_MINUTES = 30
LEAD_HOURS, FURTHEST_DAYS = {"staff": 1, "public": 12}, {"staff": 60, "public": 28}
PEOPLE_MAX = 4
WEEK = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
TWICE_AN_HOUR = timedelta(minutes=30)


@dataclass(frozen=True)
class Room:
    """A room with places of one kind; ``people``: each of a party takes one, else the party does."""

    kind: str
    places: int
    people: bool = False


@dataclass(frozen=True)
class Session:
    """An hour of some days of the week, by the clock of the wall."""

    code: str
    room: str
    days: tuple[str, ...]
    starts: time
    ends: time
    video: bool = False


@dataclass(frozen=True)
class Limit:
    """So many visits or minutes, of a person or of a contact, in a day, a week, or any so many days."""

    code: str
    unit: str
    most: int
    per: str
    whose: str = "person"
    video: bool | None = None


@dataclass(frozen=True)
class Timetable:
    """One schedule. ``week`` is the day on which a week begins."""

    rooms: Mapping[str, Room]
    sessions: tuple[Session, ...]
    limits: tuple[Limit, ...]
    week: str = "sun"

    def text(self) -> str:
        """Write it in the format of a schedule: JSON is YAML."""
        return json.dumps(
            {
                "schedule": "oak",
                "name": "Oak County Jail",
                "zone": ZONE,
                "tick_minutes": str(TICK_MINUTES),
                "hold_minutes": str(HOLD_MINUTES),
                "rooms": {code: _room(code, room) for code, room in self.rooms.items()},
                "sessions": [_session(one) for one in self.sessions],
                "windows": [
                    {"by": "staff", **_window("staff")},
                    _window("public"),
                ],
                "party": [{"people_max": str(PEOPLE_MAX)}],
                "quotas": [_limit(one, self.week) for one in self.limits],
                "no_shows": {"count": "2", "within": "60 days", "closes": "30 days"},
            }
        )

    def session(self, code: str) -> Session | None:
        """Give a session by its code, if there is one."""
        return next((one for one in self.sessions if one.code == code), None)

    def slots(self, on: date) -> list[Slot]:
        """Give the slots of a day, in the order in which they begin."""
        found = [_slot(one, on) for one in self.sessions if WEEK[on.weekday()] in one.days]
        return sorted((one for one in found if one), key=lambda slot: (slot.starts, slot.key))

    def slot(self, key: str) -> Slot | None:
        """Give a slot by its key, if the day has it."""
        on = date.fromisoformat(key.rpartition("@")[2][:10])
        return next((slot for slot in self.slots(on) if slot.key == key), None)

    def week_of(self, on: date) -> tuple[date, date]:
        """Give the first and the last day of the week of a day."""
        first = on
        while WEEK[first.weekday()] != self.week:
            first -= timedelta(days=1)
        return first, first + timedelta(days=6)


@dataclass(frozen=True)
class Slot:
    """A session on one day."""

    key: str
    session: Session
    on: date
    starts: datetime
    ends: datetime

    def ticks(self) -> set[int]:
        """Give every quarter of an hour since 1970 that it touches."""
        found, moment = set(), self.starts
        while moment < self.ends:
            found.add(int(moment.timestamp()) // (TICK_MINUTES * 60))
            moment += timedelta(minutes=1)
        return found


@cache
def _slot(session: Session, on: date) -> Slot | None:
    starts, ends = _first_moment(on, session.starts), _first_moment(on, session.ends)
    if starts >= ends:
        return None
    return Slot(f"{session.code}@{on.isoformat()}T{session.starts:%H:%M}", session, on, starts, ends)


@cache
def _first_moment(on: date, at: time) -> datetime:
    """Walk through a day until its clock shows a time or a later one."""
    moment = datetime(on.year, on.month, on.day, tzinfo=UTC)
    while True:
        shown = moment.astimezone(HERE)
        if shown.date() == on and shown.time() >= at:
            return moment
        moment += timedelta(minutes=15)


def _room(code: str, room: Room) -> dict[str, object]:
    counts = {"counts": "people"} if room.people else {}
    return {"name": code, "places": {room.kind: str(room.places)}, **counts}


def _session(one: Session) -> dict[str, object]:
    hours = [f"{one.starts:%H:%M}-{one.ends:%H:%M}"]
    medium = {"medium": "video"} if one.video else {}
    return {"id": one.code, "room": one.room, "days": list(one.days), "hours": hours, **medium}


def _window(by: str) -> dict[str, str]:
    return {"lead": f"{LEAD_HOURS[by]} hours", "furthest": f"{FURTHEST_DAYS[by]} days"}


def _limit(one: Limit, week: str) -> dict[str, object]:
    medium = {} if one.video is None else {"media": "video" if one.video else "in_person"}
    begins = {"week_starts": week} if one.per == "week" else {}
    whose = {"counted_for": "contact"} if one.whose == "contact" else {}
    return {
        "id": one.code,
        "unit": one.unit,
        "limit": str(one.most),
        "per": one.per,
        **begins,
        **whose,
        **medium,
    }


WINTER = Timetable(
    rooms={
        "hall": Room("open", 2),
        "yard": Room("open", 5, people=True),
        "booth": Room("closed", 1),
        "screens": Room("open", 1),
    },
    sessions=(
        Session("early", "hall", ("wed", "sat", "sun"), time(9), time(10)),
        Session("late", "hall", ("wed", "sat", "sun"), time(10), time(11)),
        Session("yard", "yard", ("sat",), time(9, 30), time(11, 30)),
        Session("night", "booth", ("sat", "sun"), time(1, 30), time(3, 30)),
        Session("gap", "booth", ("sun",), time(2), time(3)),
        Session("midnight", "booth", ("fri",), time(23), time(23, 45)),
        Session("screen", "screens", ("mon", "thu"), time(12), time(12, 30), video=True),
    ),
    limits=(
        Limit("a_day", "visits", 1, "day", video=False),
        Limit("of_contact", "visits", 3, "week", "contact"),
        Limit("screen_minutes", "minutes", 60, "7 days", video=True),
    ),
)
# The hall's first hour lasts longer, it has one place less, there is no yard, and a day may have two visits.
SUMMER = replace(
    WINTER,
    rooms={**WINTER.rooms, "hall": Room("open", 1)},
    sessions=tuple(
        replace(one, ends=time(10, 30)) if one.code == "early" else one
        for one in WINTER.sessions
        if one.code not in {"yard", "late"}
    ),
    limits=(
        Limit("a_day", "visits", 2, "day", video=False),
        Limit("of_contact", "visits", 2, "week", "contact"),
        Limit("screen_minutes", "minutes", 60, "7 days", video=True),
    ),
    week="mon",
)
TIMETABLES = {"winter": WINTER, "summer": SUMMER}
BY_TEXT = {one.text(): one for one in TIMETABLES.values()}
