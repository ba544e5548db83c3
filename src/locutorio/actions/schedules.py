"""Reads a schedule, prints its slots, lays out other systems' schedules anew. Needs no database."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from itertools import groupby

from locutorio.arrangements.schedule.converting.uk_seeds import uk_seed
from locutorio.arrangements.schedule.converting.uk_templates import uk_templates
from locutorio.arrangements.schedule.converting.us_published import us_published
from locutorio.arrangements.schedule.reading import read_schedule
from locutorio.arrangements.schedule.slots import oversold, slots_of
from locutorio.arrangements.schedule.values import Schedule, Slot
from locutorio.arrangements.schedule.writing import as_yaml
from locutorio.kernel.faults import Fault, Faults
from locutorio.notices.catalogue import say

DAYS_MAX = 750


class Origin(StrEnum):
    """Where a schedule comes from that is laid out anew."""

    UK_SEED = "uk-seed"
    UK_TEMPLATES = "uk-templates"
    US_PUBLISHED = "us-published"


def read(raw: bytes, name: str) -> Schedule:
    """Read a schedule from the bytes of its file.

    Raises:
        Fault, Faults: it cannot be used.
    """
    return read_schedule(raw, name)


def laid_out(
    raw: bytes, name: str, origin: Origin, groups: tuple[bytes, str] | None = None
) -> tuple[tuple[str, str | Fault | Faults], ...]:
    """Lay out another system's file: for each schedule in it its code, and its own file or why there is none.

    Args:
        raw: the file.
        name: how to name it in faults.
        origin: which system it is of.
        groups: the file of groups that session templates name, and its name.

    Raises:
        Fault, Faults: the file as a whole cannot be used.
    """
    found: tuple[tuple[str, Schedule | Fault | Faults], ...]
    match origin:
        case Origin.UK_SEED:
            schedule = uk_seed(raw, name)
            found = ((schedule.code, schedule),)
        case Origin.UK_TEMPLATES:
            groups_raw, groups_name = groups or (b"", "no groups")
            schedules = uk_templates(raw, groups_raw, name, groups_name)
            found = tuple((one.code, one) for one in schedules)
        case Origin.US_PUBLISHED:
            found = us_published(raw, name)
    return tuple((code, as_yaml(one) if isinstance(one, Schedule) else one) for code, one in found)


def slots(schedule: Schedule, first: date, last: date) -> tuple[Slot, ...]:
    """Give the slots from one day to another, both included.

    Raises:
        Fault: the days are in the wrong order, or more than DAYS_MAX.
    """
    if last < first:
        raise Fault(f"{last} is before {first}", remedy="give the earlier day first")
    if (last - first).days >= DAYS_MAX:
        raise Fault(f"these are more than {DAYS_MAX} days", remedy="ask for a shorter time")
    return slots_of(schedule, first, last)


def printed(schedule: Schedule, first: date, last: date, lang: str) -> str:
    """Give the slots as text: the days in order, what each slot holds, and what the source left open."""
    found = slots(schedule, first, last)
    lines = [
        say(
            lang,
            "schedule.printed.title",
            name=schedule.name,
            first=first.isoformat(),
            last=last.isoformat(),
            zone=schedule.zone,
        )
    ]
    for day, of_day in groupby(found, key=lambda slot: slot.on):
        lines += [day.isoformat(), *(_row(schedule, slot, lang) for slot in of_day)]
    days = len({slot.on for slot in found})
    lines.append(
        say(lang, "schedule.printed.count", slots=str(len(found)), days=str(days))
        if found
        else say(lang, "schedule.printed.none")
    )
    lines += [
        say(
            lang,
            "schedule.printed.oversold",
            one=one.key,
            other=other.key,
            room=schedule.rooms[one.room].name,
        )
        for one, other in oversold(schedule, found)
    ]
    for key, texts in (("not_stated", schedule.not_stated), ("sources", schedule.sources)):
        if texts:
            lines += [say(lang, f"schedule.printed.{key}"), *(f"  {text}" for text in texts)]
    return "\n".join(lines)


def document(schedule: Schedule, first: date, last: date) -> dict[str, object]:
    """Give the slots as values for JSON."""
    return {
        "schedule": schedule.code,
        "zone": schedule.zone,
        "slots": [
            {
                "key": slot.key,
                "room": slot.room,
                "starts": slot.starts.isoformat(),
                "ends": slot.ends.isoformat(),
                "places": dict(slot.places),
                "medium": slot.medium,
                "visit_minutes": slot.visit_minutes,
            }
            for slot in slots(schedule, first, last)
        ],
    }


def _row(schedule: Schedule, slot: Slot, lang: str) -> str:
    places = ", ".join(
        say(lang, "schedule.printed.places", count=str(most), kind=kind) for kind, most in slot.places.items()
    )
    lasts = round((slot.ends.timestamp() - slot.starts.timestamp()) / 60)
    told = [places or say(lang, "schedule.printed.places_unknown")]
    if slot.visit_minutes < lasts:
        told.append(say(lang, "schedule.printed.visit", minutes=str(slot.visit_minutes)))
    return say(
        lang,
        "schedule.printed.row",
        hours=f"{slot.starts:%H:%M}-{slot.ends:%H:%M}",
        session=slot.session,
        room=schedule.rooms[slot.room].name,
        places="; ".join(told),
    )
