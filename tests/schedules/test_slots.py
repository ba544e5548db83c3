"""Promises about the slots of a schedule: a second, naive walk through every day finds the same ones."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from locutorio.arrangements.schedule.reading import read_schedule
from locutorio.arrangements.schedule.slots import oversold, slot_of, slots_of, ticks
from locutorio.arrangements.schedule.values import Schedule, Slot
from locutorio.arrangements.schedule.writing import as_yaml
from tests.schedules import naive
from tests.schedules.drawn import SPANS, trees, written
from tests.schedules.published import examples


def told(slot: Slot) -> naive.Found:
    """Give of a slot what the naive walk gives."""
    return (
        slot.key,
        slot.room,
        slot.starts.astimezone(UTC),
        slot.ends.astimezone(UTC),
        tuple(sorted(slot.places.items())),
        slot.visit_minutes,
    )


def agree(schedule: Schedule, text: str, first: date, last: date) -> int:
    """Compare both enumerations of some days; give how many slots there are."""
    slots = slots_of(schedule, first, last)
    found = {told(slot) for slot in slots}

    assert found == naive.walk(naive.tree_of(text), first, last)
    assert len(found) == len(slots) == len({slot.key for slot in slots})
    assert [slot.starts.timestamp() for slot in slots] == sorted(slot.starts.timestamp() for slot in slots)
    return len(slots)


@pytest.mark.parametrize("path", examples(), ids=lambda path: path.stem)
def test_the_examples_agree(path: Path) -> None:
    """A leap year of every example holds the slots that the naive walk finds."""
    text = path.read_text("utf-8")

    assert agree(read_schedule(text.encode(), path.name), text, date(2028, 1, 1), date(2028, 12, 31))


@given(tree=trees(), span=st.sampled_from(SPANS))
def test_any_schedule_agrees(tree: dict[str, object], span: tuple[date, date]) -> None:
    """Whatever a file says, around clock changes, leap days, month ends and year ends, both find the same."""
    text = written(tree)

    agree(read_schedule(text.encode(), "drawn"), text, *span)


@given(tree=trees())
def test_written_and_read_again(tree: dict[str, object]) -> None:
    """A schedule that is written out and read again is the same."""
    schedule = read_schedule(written(tree).encode(), "drawn")

    assert read_schedule(as_yaml(schedule).encode(), "again") == schedule


def one(hours: str, zone: str = "America/New_York", more: str = "") -> Schedule:
    text = f"schedule: x\nname: X\nzone: {zone}\nrooms: {{r: {{name: R}}}}\n"
    text += f"sessions: [{{id: s, room: r, days: [every_day], hours: [{hours}]{more}}}]\n"
    return read_schedule(text.encode(), "x")


@pytest.mark.parametrize(
    ("zone", "day", "hours", "expected"),
    [
        ("America/New_York", "2026-03-08", "01:30-02:30", ["06:30-07:00"]),  # ends with the gap
        ("America/New_York", "2026-03-08", "02:15-02:45", []),  # lies in the gap
        ("America/New_York", "2026-03-08", "02:30-04:00", ["07:00-08:00"]),  # begins at the end of the gap
        ("America/New_York", "2026-11-01", "01:15-01:45", ["05:15-05:45"]),  # comes twice: the first time
        ("America/New_York", "2026-11-01", "00:30-02:00", ["04:30-07:00"]),  # holds the hour that comes twice
        ("America/New_York", "2026-11-01", "23:00-24:00", ["04:00-05:00"]),
        ("Australia/Lord_Howe", "2026-10-04", "02:10-03:00", ["15:30-16:00"]),  # half an hour is left out
        ("America/Havana", "2026-03-08", "00:15-02:00", ["05:00-06:00"]),  # midnight is left out
        ("Pacific/Apia", "2011-12-30", "09:00-10:00", []),  # a day that never was
        ("Pacific/Apia", "2011-12-29", "23:00-24:00", ["09:00-10:00"]),  # the next moment is two days on
    ],
)
def test_clock_changes(zone: str, day: str, hours: str, expected: list[str]) -> None:
    """A slot begins and ends at the first moment at which the clock shows its time or later."""
    on = date.fromisoformat(day)
    slots = slots_of(one(hours, zone), on, on)

    assert [f"{s.starts.astimezone(UTC):%H:%M}-{s.ends.astimezone(UTC):%H:%M}" for s in slots] == expected


def test_fifth_weekends() -> None:
    """In a year weekends numbered 5 are those whose Saturday is the fifth of its month, and no others."""
    slots = slots_of(one("09:00-10:00", more=", weekends: [5]"), date(2026, 1, 1), date(2026, 12, 31))

    saturdays = [slot.on.isoformat() for slot in slots if slot.on.weekday() == 5]
    assert saturdays == ["2026-01-31", "2026-05-30", "2026-08-29", "2026-10-31"]
    assert date(2026, 2, 1) in {slot.on for slot in slots}, "the Sunday belongs to the month of its Saturday"


def test_leap_days_and_year_ends() -> None:
    """29 February has slots in leap years, and a pattern of every second week goes on over the year's end."""
    every = one("09:00-10:00", more=", every: {weeks: 2, from: 2026-12-28}")
    days = {slot.on for slot in slots_of(every, date(2026, 12, 21), date(2027, 1, 17))}

    assert date(2028, 2, 29) in {
        slot.on for slot in slots_of(one("09:00-10:00"), date(2028, 2, 1), date(2028, 3, 1))
    }
    assert min(days) == date(2026, 12, 28)
    assert date(2027, 1, 3) in days
    assert not any(date(2027, 1, 4) <= day <= date(2027, 1, 10) for day in days)


def test_a_slot_is_found_by_its_key() -> None:
    """A key gives back its slot, and None for one that the schedule does not have."""
    schedule = one("09:00-10:00, 11:00-12:00")
    for slot in slots_of(schedule, date(2026, 3, 7), date(2026, 3, 9)):
        assert slot_of(schedule, slot.key) == slot
    for key in ("s@2026-03-07T09:30", "t@2026-03-07T09:00", "s@2026-02-30T09:00", "nonsense", ""):
        assert slot_of(schedule, key) is None


@given(
    first=st.integers(0, 90), length=st.integers(1, 20), second=st.integers(0, 90), more=st.integers(1, 20),
    day=st.dates(date(2026, 1, 1), date(2027, 12, 31)),
)  # fmt: skip
def test_ticks_meet_where_slots_overlap(first: int, length: int, second: int, more: int, day: date) -> None:
    """Two slots share a tick exactly when they overlap in time, on days of clock changes too."""

    def hours(start: int, count: int) -> str:
        return f"{naive.clock(start * 15)}-{naive.clock(min(start + count, 96) * 15)}"

    for on in (day, date(2026, 11, 1), date(2026, 3, 8)):
        found = [*slots_of(one(hours(first, length)), on, on), *slots_of(one(hours(second, more)), on, on)]
        if len(found) == 2:
            a, b = found
            overlap = a.starts.timestamp() < b.ends.timestamp() and b.starts.timestamp() < a.ends.timestamp()
            assert bool(set(ticks(a, 15)) & set(ticks(b, 15))) == overlap


def test_specials_and_closures() -> None:
    """A special day has its own hours alone; a closed one has none; closed hours close what they touch."""
    text = """
schedule: x
name: X
zone: Europe/London
rooms: {r: {name: R}, q: {name: Q}}
sessions:
  - {id: s, room: r, days: [every_day], hours: [09:00-10:00, 14:00-15:00]}
  - {id: t, room: q, days: [every_day], hours: [09:00-10:00]}
  - {id: eve, room: r, on: [2026-12-24], hours: 11:00-12:00, replaces: all}
  - {id: night, room: q, on: [2026-12-24], hours: 18:00-19:00, replaces: all}
  - {id: u, room: r, on: [2026-12-22], hours: 09:00-10:00, replaces: [t]}
closed:
  - 2026-12-25
  - {on: [2026-12-26], rooms: [q]}
  - {on: [2026-12-27], hours: 09:30-14:00}
"""
    schedule = read_schedule(text.encode(), "x")
    slots = slots_of(schedule, date(2026, 12, 22), date(2026, 12, 27))
    keys: dict[int, list[str]] = {day: [] for day in range(22, 28)}
    for slot in slots:
        keys[slot.on.day].append(f"{slot.session}{slot.starts:%H}")

    assert keys == {
        22: ["s09", "u09", "s14"],
        23: ["s09", "t09", "s14"],
        24: ["eve11", "night18"],
        25: [],
        26: ["s09", "s14"],
        27: ["s14"],
    }
    agree(schedule, text, date(2026, 12, 1), date(2027, 1, 31))


def test_entry_and_pauses_lie_in_the_slot() -> None:
    """Entry times are moments of the slot's day; a pause that a slot does not meet is not its own."""
    text = """
schedule: x
name: X
zone: America/Chicago
rooms: {r: {name: R}}
sessions:
  - {id: s, room: r, days: [every_day], hours: [08:30-15:00, 18:00-19:00]}
entry: [{days: [sat], opens: 30 minutes before start, last: 14:30, clear: 15:30}
  , {last: 10 minutes before end}]
pauses: [{days: [sat], begins: 09:30, event: the count is cleared}, {begins: 12:00, ends: 12:30}]
"""
    schedule = read_schedule(text.encode(), "x")
    friday, _, saturday, evening = slots_of(schedule, date(2026, 5, 1), date(2026, 5, 2))
    at = datetime.fromisoformat

    assert saturday.entry_from == at("2026-05-02T08:00-05:00")
    assert saturday.entry_last == at("2026-05-02T14:30-05:00")
    assert saturday.clear_by == at("2026-05-02T15:30-05:00")
    assert [(pause.event, pause.ends) for pause in saturday.pauses] == [
        ("the count is cleared", None),
        (None, at("2026-05-02T12:30-05:00")),
    ]
    assert [pause.event for pause in evening.pauses] == ["the count is cleared"], "an event may end it late"
    assert friday.entry_last == at("2026-05-01T14:50-05:00")
    assert friday.clear_by is None


def test_a_room_sold_twice_is_seen() -> None:
    """Two sessions that share a room at one time, with more places than it has, are named; others are not."""
    text = """
schedule: x
name: X
zone: America/Chicago
rooms: {r: {name: R, places: {open: 5, closed: 2}}, q: {name: Q, places: {open: 5}}}
sessions:
  - {id: a, room: r, days: [sat], hours: 09:00-11:00}
  - {id: b, room: r, days: [sat], hours: 10:00-12:00}
  - {id: c, room: r, days: [sat], hours: 12:00-13:00}
  - {id: d, room: q, days: [sat], hours: 09:00-13:00}
  - {id: e, room: r, days: [sun], hours: 09:00-11:00, places: {open: 3}}
  - {id: f, room: r, days: [sun], hours: 10:00-12:00, places: {open: 2, closed: 2}}
"""
    schedule = read_schedule(text.encode(), "x")
    slots = slots_of(schedule, date(2026, 5, 2), date(2026, 5, 3))

    assert [(one.session, other.session) for one, other in oversold(schedule, slots)] == [("a", "b")]


@pytest.mark.parametrize(
    ("calendar", "expected"),
    [
        ("feasts: [good_friday, whit_monday]", ["2027-03-26", "2027-05-17"]),
        ("yearly: [02-29, 07-14]", ["2027-07-14"]),
        ("yearly: [12-24, 07-14], but: [2027-12-24]", ["2027-07-14"]),
        ("nth: [{month: 11, day: thu, which: 4, days_after: 1}]", ["2027-11-26"]),
        ("nth: [{month: 5, day: mon, which: last}, {month: 2, day: mon, which: 5}]", ["2027-05-31"]),
        ("holidays: {of: US, only: [Christmas Day]}", ["2027-12-24", "2027-12-25"]),  # a Saturday
        ("holidays: {of: US, only: [Christmas Day], observed: no}", ["2027-12-25"]),
        (
            "holidays: {of: US, only: [New Year's Day]}",
            ["2027-01-01", "2027-12-31"],
        ),  # 2028 begins on a Saturday
        ("on: [2027-03-01, 2026-03-01]", ["2027-03-01"]),
    ],
)
def test_calendars(calendar: str, expected: list[str]) -> None:
    """Public holidays, movable feasts, days of every year and single days fall where an almanac has them."""
    text = (
        f"schedule: x\nname: X\nzone: Etc/UTC\nrooms: {{r: {{name: R}}}}\ncalendars: {{c: {{{calendar}}}}}\n"
    )
    text += "sessions: [{id: s, room: r, days: [c], hours: 09:00-10:00}]\n"
    slots = slots_of(read_schedule(text.encode(), "x"), date(2027, 1, 1), date(2027, 12, 31))

    assert [slot.on.isoformat() for slot in slots] == expected
    agree(read_schedule(text.encode(), "x"), text, date(2027, 1, 1), date(2028, 12, 31))
