"""Promises about reading a schedule: what cannot be used is told with its line, the reason and the remedy."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from locutorio.arrangements.schedule.reading import read_schedule
from locutorio.kernel.faults import Fault, Faults
from tests.schedules.published import EXAMPLES, examples

WHOLE = """schedule: oak
name: Oak
zone: America/New_York
parts: [main]
calendars:
  holiday: {holidays: US}
rooms:
  hall: {name: Hall, places: {open: 5}}
groups:
  north: {units: [N]}
sessions:
  - {id: one, room: hall, days: [sat, holiday], hours: [09:00-10:00, 11:00-12:00]}
  - {id: eve, room: hall, on: [2026-12-24], hours: 10:00-11:00, replaces: all}
closed:
  - 2026-12-25
windows:
  - {lead: 2 days, furthest: 14 days}
rotations:
  - {turns: [{weekends: [1], for: {register: {digit: 5, is: odd}}}]}
quotas:
  - {id: week, unit: visits, limit: 2, per: week}
party:
  - {people_max: 4}
waiting:
  - {for_the_first: 72 hours}
entry:
  - {last: 30 minutes before end}
pauses:
  - {begins: 09:30, event: the count}
no_shows: {count: 2, closes: 30 days}
"""

# what is written, what is written instead, the line, and words of the reason or the remedy
BAD = [
    ("zone: America/New_York", "zone: America/Nowhere", 3, "time zone"),
    ("schedule: oak", "schedule: Oak County", 1, "small letters"),
    ("name: Oak\n", "", 1, '"name" is missing'),
    ("parts:", "partz:", 4, "parts"),
    ("holidays: US}", "holidays: XX}", 6, "US-NJ"),
    ("holidays: US}", "holidays: {of: US, only: [Xmas]}}", 6, "Christmas Day"),
    ("holidays: US}", "holidays: US-ZZ}", 6, "not known"),
    ("holidays: US}", "feasts: [good_freitag]}", 6, "good_friday"),
    ("holidays: US}", "yearly: [02-30]}", 6, "day of the year"),
    ("holidays: US}", "nth: [{month: 13, day: thu, which: 4}]}", 6, "between 1 and 12"),
    ("holidays: US}", "but: [2026-07-04]}", 6, "no days"),
    ("open: 5", "open: five", 8, "whole number"),
    ("open: 5", "open: 0", 8, "no place at all"),
    ("units: [N]", "groups: [north]", 10, "holds itself"),
    ("units: [N]", "unitz: [N]", 10, "units"),
    ("room: hall, days: [sat", "room: hill, days: [sat", 12, "hall"),
    ("days: [sat, holiday]", "days: [saturday]", 12, "sat"),
    ("days: [sat, holiday], ", "", 12, "names no days"),
    ("09:00-10:00, 11", "09:00-08:00, 11", 12, "end before they begin"),
    ("09:00-10:00, 11", "22:00-02:00, 11", 12, "24:00"),
    ("09:00-10:00, 11", "09:00-11:30, 11", 12, "overlap"),
    ("09:00-10:00, 11", "09:00-10:03, 11", 12, "tick_minutes"),
    ("09:00-10:00, 11", "9-10, 11", 12, "08:30-15:00"),
    ("09:00-10:00, 11", "09:00-25:00, 11", 12, "time of day"),
    ("12:00]}", "12:00], every_minutes: 20, visit_minutes: 30}", 12, "overlap"),
    ("12:00]}", "12:00], joined_max: 2}", 12, "every_minutes"),
    ("12:00]}", "12:00], from: 2026-02-01, until: 2026-02-01}", 12, "ends before it begins"),
    ("12:00]}", "12:00], for: {surnames: [J-A]}}", 12, "earlier letter"),
    ("12:00]}", "12:00], for: {surnames: [Á-J]}}", 12, "A to Z"),
    ("12:00]}", "12:00], for: {parts: [camp]}}", 12, "main"),
    ("12:00]}", "12:00], for: {}}", 12, "who belongs"),
    ("12:00]}", "12:00], every: {weeks: 0, from: 2026-01-01}}", 12, "between 1 and 52"),
    ("12:00]}", "12:00], weekends: [6]}", 12, "between 1 and 5"),
    ("12:00]}", "12:00], ground: kindness}", 12, "more_by"),
    ("12:00]}", "12:00], replaces: [eve]}", 12, "itself replaces"),
    ("id: eve", "id: one", 13, "twice"),
    ("[2026-12-24]", "[2026-12-32]", 13, "2026-12-31"),
    ("[2026-12-24]", "[2026-12-24, 2026-12-24]", 13, "twice"),
    ("[2026-12-24]", "[2026-12-25]", 15, "both closed and special"),
    ("- 2026-12-25", "- 2026-12-25\n  - {on: [2026-12-25]}", 16, "closed twice"),
    ("- 2026-12-25", "- {why: it is}", 15, "when this is closed"),
    ("- 2026-12-25", "- {on: [2026-12-25], rooms: [hill]}", 15, "hall"),
    ("lead: 2 days", "lead: two days", 17, "2 days"),
    ("lead: 2 days", "lead: 2 days, work_days: {weekends: yes}", 17, "work days"),
    ("lead: 2 days", "opens: {day: sat}", 17, '"at" is missing'),
    ("weekends: [1], for", "for", 19, "names no days"),
    ("is: odd", "is: prime", 19, "whole number"),
    ("per: week", "per: fortnight", 21, "2 weeks"),
    ("per: week", "per: 2 weeks", 21, "anchor"),
    ("per: week", "per: 400 days", 21, "between 1 and 92"),
    ("unit: visits", "unit: points", 21, "cost"),
    ("unit: visits", "unit: visits, cost: [{points: 1}]", 21, "prices"),
    ("limit: 2", "limit: -2", 21, "between 0"),
    ("people_max: 4", "adults_min: 2, by: staff", 23, '"by"'),
    ("people_max: 4", "laps: {children: 1}", 23, "under"),
    ("72 hours", "3 weeks", 25, "hours"),
    ("30 minutes before end", "half an hour before", 27, "time of day"),
    (", event: the count", "", 29, "event"),
    ("event: the count", "ends: 09:00", 29, "ends before it begins"),
    (", closes: 30 days", "", 30, "nothing follows"),
]

SPOILT = ["[]", "{}", "x", "-1", "99999", "[[a]]", "{a: b}", ": ", "\u202e", "é", ","]


def faults(text: str) -> list[Fault]:
    error: Fault | Faults
    try:
        read_schedule(text.encode(), "oak.yaml")
    except (Fault, Faults) as refused:
        error = refused
    else:
        pytest.fail("it was read")
    return list(error.faults) if isinstance(error, Faults) else [error]


def test_the_whole_is_read() -> None:
    """The schedule from which the bad ones are made can be used."""
    assert [one.code for one in read_schedule(WHOLE.encode(), "oak.yaml").sessions] == ["one", "eve"]


@pytest.mark.parametrize(("old", "new", "line", "words"), BAD)
def test_what_is_bad_is_named(old: str, new: str, line: int, words: str) -> None:
    """Each fault stands at its file and line, says what and why, and what to do."""
    assert WHOLE.count(old) == 1
    [fault] = faults(WHOLE.replace(old, new))

    assert fault.where is not None
    assert (fault.where.file, fault.where.line) == ("oak.yaml", line)
    assert words in f"{fault.what} {fault.why} {fault.remedy}"
    assert fault.remedy
    assert len(str(fault).splitlines()) >= 2


def test_all_faults_are_told_together() -> None:
    """Several faults are told in one report, in the order of the file's parts."""
    text = (
        WHOLE.replace("per: week", "per: fortnight")
        .replace("72 hours", "3 weeks")
        .replace("open: 5", "open: x")
    )

    assert sorted(fault.where.line for fault in faults(text) if fault.where) == [8, 21, 25]


def test_an_empty_file() -> None:
    """An empty file is refused in words."""
    assert "empty" in faults("")[0].what


@given(data=st.data())
def test_no_file_ends_in_a_traceback(data: st.DataObject) -> None:
    """An example with lines lost, doubled, cut or spoilt is read or refused as a fault, and nothing else."""
    path: Path = data.draw(st.sampled_from(examples()))
    lines = path.read_text("utf-8").splitlines()
    for _ in range(data.draw(st.integers(1, 3))):
        at = data.draw(st.integers(0, len(lines) - 1))
        line = lines[at]
        cut = data.draw(st.integers(0, len(line)))
        spoilt = data.draw(st.sampled_from(SPOILT))
        kept = line[:cut] + spoilt
        lines[at] = data.draw(st.sampled_from(["", line + line, line[:cut], kept, kept + line[cut:]]))
    with suppress(Fault, Faults):
        read_schedule("\n".join(lines).encode(), path.name)


def test_every_line_of_the_reference_is_read() -> None:
    """The examples of the reference are schedules: put together, each can be used."""
    text = (EXAMPLES.parents[1] / "docs" / "reference" / "schedules.md").read_text("utf-8")
    blocks = [block.split("```")[0] for block in text.split("```yaml\n")[1:]]
    needed = {
        "schedule:": "schedule: x\nname: X\nzone: America/New_York\n",
        "rooms:": "rooms: {hall: {name: H}, screens: {name: S}}\n",
        "sessions:": "sessions: [{id: evening, room: hall, days: [sat], hours: 18:00-19:00}]\n",
        "calendars:": "calendars: {holiday: {holidays: US}}\n",
    }
    for block in blocks:
        missing = [line for key, line in needed.items() if f"\n{key}" not in f"\n{block}"]
        read_schedule(f"{''.join(missing)}{block}".encode(), "reference")

    assert len(blocks) >= 9
