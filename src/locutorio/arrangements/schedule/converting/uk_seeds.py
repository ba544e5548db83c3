"""The weekly slots, closed days and special days that England and Wales' booking service was seeded with."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TypeAlias

from locutorio.arrangements.schedule.converting.trees import Tree, grown, slug
from locutorio.arrangements.schedule.reading import schedule_of
from locutorio.arrangements.schedule.values import Schedule
from locutorio.kernel.faults import Fault
from locutorio.kernel.texts import Node, read_documents

ZONE = "Europe/London"
ROOM = "visits"
WORK_CALENDAR = "england"
PEOPLE_MAX, ADULTS_MAX, ASKS_FROM_AGE = 6, 3, 18
_NEEDED = ("name", "nomis_id")
_READ = (
    *("enabled", "closed", "adult_age", "lead_days", "booking_window", "weekend_processing"),
    *("recurring", "unbookable", "anomalous"),
)
_NOT_READ = ("private", "address", "postcode", "email_address", "phone_no", "translations")
_HOURS = re.compile(r"([0-9]{2})([0-9]{2})-([0-9]{2})([0-9]{2})")
Entries: TypeAlias = Mapping[str, Node]


def uk_seed(raw: bytes, name: str) -> Schedule:
    """Read one seed file.

    A day in ``anomalous`` has those hours and none of its weekday's. The first day that can be asked for is
    the day after ``lead_days`` work days, counted from tomorrow; the last is ``booking_window`` days ahead.

    Raises:
        Fault, Faults: the file cannot be used, is of a closed establishment, or holds no hours.
    """
    documents = read_documents(raw, name)
    if not documents:
        raise Fault(f"{name} is empty", remedy="check that this is the right file")
    node = documents[0]
    entries = node.entries(required=_NEEDED, optional=[*_READ, *_NOT_READ])
    if _yes(entries, "closed"):
        entries["closed"].fail("this establishment has closed", remedy="leave the file out")
    if "recurring" not in entries and "anomalous" not in entries:
        node.fail(
            "this file holds no hours",
            why="the establishment takes no bookings in that service",
            remedy="leave the file out",
        )
    return schedule_of(grown(_tree(name, entries), node))


def _tree(name: str, entries: Entries) -> dict[str, Tree]:
    tree: dict[str, Tree] = {
        "schedule": slug(name.rpartition("/")[2].removesuffix(".yml")),
        "name": entries["name"],
        "zone": ZONE,
        "calendars": {WORK_CALENDAR: {"holidays": "GB-ENG"}},
        "rooms": {ROOM: {"name": "Visits"}},
        "sessions": _sessions(entries),
        "party": [
            {"people_max": str(PEOPLE_MAX), "adults_max": str(ADULTS_MAX)},
            {"adults_min": "1", "adult_age": str(ASKS_FROM_AGE)},
        ],
        "not_stated": ["how many places there are"],
    }
    if "unbookable" in entries:
        tree["closed"] = entries["unbookable"]
    if "adult_age" in entries:
        tree["adult_age"] = entries["adult_age"]
    if "enabled" in entries and not _yes(entries, "enabled"):
        tree["asked_by"] = "staff"
    window: dict[str, Tree] = {}
    if "lead_days" in entries:
        window["lead"] = grown(f"{entries['lead_days'].whole()} work days", entries["lead_days"])
        weekends = "yes" if _yes(entries, "weekend_processing") else "no"
        window["work_days"] = {"not_on": WORK_CALENDAR, "weekends": weekends}
    if "booking_window" in entries:
        window["furthest"] = grown(f"{entries['booking_window'].whole()} days", entries["booking_window"])
    if window:
        tree["windows"] = [window]
    return tree


def _sessions(entries: Entries) -> list[Tree]:
    found: list[Tree] = []
    for day, node in entries["recurring"].entries().items() if "recurring" in entries else ():
        hours = [_hours(one) for one in node.items()]
        if hours:
            found.append(grown({"id": day, "room": ROOM, "days": node.name, "hours": hours}, node))
    special: dict[str, tuple[list[Tree], list[Tree], Node]] = {}
    for node in entries["anomalous"].entries().values() if "anomalous" in entries else ():
        times: list[Tree] = [_hours(one) for one in node.items()]
        key = "_".join(one.text() for one in node.items())
        special.setdefault(key, (times, [], node))[1].append(node.name)
    for key, (times, dates, node) in special.items():
        code = f"special_{key}"[:60]
        block: dict[str, Tree] = {"id": code, "room": ROOM, "on": dates, "hours": times, "replaces": "all"}
        found.append(grown(block, node))
    return found


def _hours(node: Node) -> Node:
    match = _HOURS.fullmatch(node.text())
    if not match:
        node.fail(f'"{node.text()}" is not from one time to another', remedy="write it like 1345-1545")
    return grown(f"{match[1]}:{match[2]}-{match[3]}:{match[4]}", node)


def _yes(entries: Entries, name: str) -> bool:
    return name in entries and entries[name].yes()
