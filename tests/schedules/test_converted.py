"""Promises about other systems' schedules: each is laid out whole, or refused for a reason that is true."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, date, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import yaml

from locutorio.arrangements.schedule.converting.uk_seeds import uk_seed
from locutorio.arrangements.schedule.converting.uk_templates import uk_templates
from locutorio.arrangements.schedule.converting.us_published import us_published
from locutorio.arrangements.schedule.reading import read_schedule
from locutorio.arrangements.schedule.slots import slots_of
from locutorio.arrangements.schedule.values import Schedule
from locutorio.arrangements.schedule.writing import as_yaml
from locutorio.kernel.faults import Fault, Faults
from tests.schedules import naive
from tests.schedules.published import SAMPLES, seeds, shared
from tests.schedules.test_slots import agree

WEEK = ("MONDAY", "TUESDAY", "WEDNESDAY", "THURSDAY", "FRIDAY", "SATURDAY", "SUNDAY")
LONDON = ZoneInfo("Europe/London")
REFUSED_US = {
    "us-bop-oxf": "Friday open or not",
    "us-mn-doc": "two copies of the source contradict each other",
    "us-ny-rikers": "registration closes at 19:00, after visits have ended at 15:00",
    "us-tx-walker": "the copy has lost them",
    "us-tx-jctx": "the source contradicts itself",
}
WITHOUT_SLOTS_US = {  # days or hours are not stated there: only the limits are told
    *("us-bop-ere", "us-bop-flm", "us-fl-fdc", "us-ca-cdcr", "us-ok-oklahoma", "us-ny-rensselaer"),
    "us-tn-williamson",
}


def days(year: int) -> Iterator[date]:
    """Give every day of a year."""
    day = date(year, 1, 1)
    while day.year == year:
        yield day
        day += timedelta(days=1)


def shown(schedule: Schedule, year: int) -> Counter[tuple[str, str]]:
    """Give day and hours of every slot of a year, counted."""
    slots = slots_of(schedule, date(year, 1, 1), date(year, 12, 31))
    return Counter((slot.on.isoformat(), f"{slot.starts:%H%M}-{slot.ends:%H%M}") for slot in slots)


def of_seed(seed: dict[str, Any], year: int) -> Counter[tuple[str, str]]:
    """Give the same straight from a seed file: special days first, then closed ones, then weekdays."""
    found: Counter[tuple[str, str]] = Counter()
    for day in days(year):
        key = day.isoformat()
        hours = seed.get("recurring", {}).get(WEEK[day.weekday()][:3].lower(), [])
        if key in seed.get("unbookable", []):
            hours = []
        found.update((key, one) for one in seed.get("anomalous", {}).get(key, hours))
    return found


def year_of(seed: dict[str, Any]) -> int:
    """Give the last year that a seed file names."""
    return int(max([*seed.get("unbookable", []), *seed.get("anomalous", {}), "2023"])[:4])


def seeded(path: Path) -> Schedule | None:
    """Check one seed file; None where it is refused."""
    raw = path.read_bytes()
    seed = yaml.load(raw, Loader=yaml.BaseLoader)
    reasons = {
        "this establishment has closed": seed["closed"] == "true",
        "this file holds no hours": "recurring" not in seed,
        '"adult age" is not known here': "adult age" in seed,
    }
    if any(reasons.values()):
        with pytest.raises(Fault) as refused:
            uk_seed(raw, path.name)
        assert reasons[refused.value.what], "the reason is true"
        assert refused.value.where is not None
        return None
    schedule = uk_seed(raw, path.name)
    for year in {year_of(seed), 2024}:
        assert shown(schedule, year) == of_seed(seed, year)
    return schedule


def test_every_seed_file() -> None:
    """Of the 99 seed files 73 are laid out, with a year's slots as the file has them; 26 are refused."""
    found = [seeded(path) for path in seeds()]

    assert len(found) == 99
    assert sum(one is not None for one in found) == 73


def test_an_invented_seed_file() -> None:
    """A seed file keeps its special days, its window of work days and its ages."""
    schedule = seeded(SAMPLES / "seed.yml")

    assert schedule is not None
    assert schedule.adult_age == 16
    [window] = schedule.windows
    assert (window.lead_work_days, window.weekend_works, window.furthest_days) == (3, True, 21)
    assert len(slots_of(schedule, date(2024, 2, 27), date(2024, 2, 29))) == 1


def of_templates(table: bytes, year: int) -> Counter[tuple[str, str, str, str]]:
    """Give establishment, day and UTC hours of the slots of a year, straight from a table."""
    found: Counter[tuple[str, str, str, str]] = Counter()
    for row in csv.DictReader(table.decode().splitlines()):
        first = date.fromisoformat(row["valid_from"])
        monday = first - timedelta(days=first.weekday())
        for day in days(year):
            within = row["valid_from"] <= day.isoformat() <= (row["valid_to"] or "9999")
            turn = (day - monday).days // 7 % int(row["weekly_frequency"]) == 0
            if row["active"] == "true" and within and turn and WEEK[day.weekday()] == row["day_of_week"]:
                places = f"{row['open_capacity']}+{row['closed_capacity']}"
                hours = f"{row['start_time']}-{row['end_time']}"
                found[row["prison"], day.isoformat(), hours, places] += 1
    return found


def templated(table: bytes, groups: bytes, year: int) -> tuple[Schedule, ...]:
    """Check a table of session templates for a year."""
    schedules = uk_templates(table, groups, "table.csv", "groups.yaml")
    found = Counter(
        (
            schedule.name,
            slot.on.isoformat(),
            f"{slot.starts:%H:%M}-{slot.ends:%H:%M}",
            f"{slot.places.get('open', 0)}+{slot.places.get('closed', 0)}",
        )
        for schedule in schedules
        for slot in slots_of(schedule, date(year, 1, 1), date(year, 12, 31))
    )

    assert found == of_templates(table, year)
    for schedule in schedules:
        agree(schedule, as_yaml(schedule), date(year, 3, 20), date(year, 4, 10))
    return schedules


def test_every_session_template() -> None:
    """All 254 templates of 16 establishments are laid out, with the slots of 2023 as the table has them."""
    table = shared("uk_session_templates/uk_session_templates.csv").read_bytes()
    groups = shared("uk_session_templates/uk_session_groups.yaml").read_bytes()
    schedules = templated(table, groups, 2023)

    assert len(schedules) == 16
    assert sum(len(schedule.sessions) for schedule in schedules) == 254


def test_invented_session_templates() -> None:
    """Alternate weeks, a row of one day, a row that is not active, and groups of two kinds are kept."""
    table, groups = (SAMPLES / "templates.csv").read_bytes(), (SAMPLES / "groups.yaml").read_bytes()
    first, second = templated(table, groups, 2023)
    templated(table, groups, 2024)
    people = first.session("row_3").people

    assert [one.code for one in second.sessions] == ["row_5"]
    assert people is not None
    assert (people.groups, people.incentive) == (frozenset({"zza_one"}), frozenset({"ENHANCED"}))
    assert first.groups["zza_one"].units == frozenset({"A", "C-1"})


@pytest.mark.parametrize(
    ("old", "new", "what", "line"),
    [
        ("TUESDAY,2,true", "TUSDAY,2,true", "TUSDAY", 3),
        ("14:00,15:00,2023-01-11", "14:00,13:00,2023-01-11", "end before they begin", 4),
        ("ZZA_ONE:ZZA_TWO", "ZZA_ONE:ZZA_TOO", "ZZA_TOO", 3),
        ("2023-02-01,2023-02-01", "2023-02-01,2023-02-30", "2023-02-30", 5),
        ("3,ZZA,ZZA_ONE", "3,ZZA,,,ZZA_ONE", "cells", 4),
        (",20,2,", ",0,0,", "no place", 2),
    ],
)
def test_a_bad_row_is_named(old: str, new: str, what: str, line: int) -> None:
    """A row that cannot be used is told with the line of the table that holds it."""
    table = (SAMPLES / "templates.csv").read_text("utf-8")
    assert old in table
    changed = table.replace(old, new, 1).encode()
    with pytest.raises((Fault, Faults)) as refused:
        uk_templates(changed, (SAMPLES / "groups.yaml").read_bytes(), "table.csv", "groups.yaml")

    assert what in str(refused.value)
    assert f"table.csv, line {line}" in str(refused.value)


def converted(raw: bytes) -> dict[str, Schedule | Fault | Faults]:
    """Give the entries of a list of published schedules."""
    return dict(us_published(raw, "published.yaml"))


def test_every_published_schedule() -> None:
    """Of the 31 published schedules 26 are laid out and 5 refused; the naive walk finds the same slots."""
    found = converted(shared("us_visiting_schedules.yaml").read_bytes())
    refused = {code: one for code, one in found.items() if not isinstance(one, Schedule)}
    laid_out = {code: one for code, one in found.items() if isinstance(one, Schedule)}
    counts = {
        code: agree(one, as_yaml(one), date(2028, 1, 1), date(2028, 12, 31)) for code, one in laid_out.items()
    }

    assert len(found) == 31
    assert refused.keys() == REFUSED_US.keys()
    for code, reason in refused.items():
        assert isinstance(reason, Fault)
        assert REFUSED_US[code] in reason.what
        assert reason.where is not None
    assert {code for code, count in counts.items() if not count} == WITHOUT_SLOTS_US
    for one in laid_out.values():
        assert one.sources
        assert read_schedule(as_yaml(one).encode(), "again") == one


PLAIN = {
    *("days", "hours", "where", "pod", "surname", "status", "contact", "medium", "note", "visit_minutes"),
    *("entry_from", "entry_last", "pauses"),
}
CHANGED_BY = {"default_hours", "extra_days", "rotation", "contact_visits", "closed", "reception"}


def of_published(entry: dict[str, Any], year: int) -> Counter[tuple[str, str]]:
    """Give day and hours of a year straight from an entry: on a holiday its hours win over the weekday's."""
    found: Counter[tuple[str, str]] = Counter()
    tree = {"calendars": {"holiday": {"holidays": "US"}}}
    for day in days(year):
        word, holiday = naive.WEEK[day.weekday()], day in naive.calendar(tree, "holiday", year)
        for one in entry["sessions"]:
            rivals = [two for two in entry["sessions"] if two.get("where") == one.get("where")]
            feast = holiday and any("holiday" in two["days"] for two in rivals)
            if "holiday" in one["days"] if feast else word in one["days"]:
                found.update((day.isoformat(), hours.replace(":", "")) for hours in one["hours"])
    return found


def test_plain_published_schedules_hour_by_hour() -> None:
    """Where an entry is no more than days and hours, its slots are those, read straight from the list."""
    raw = shared("us_visiting_schedules.yaml").read_bytes()
    found, checked = converted(raw), 0
    for entry in yaml.load(raw, Loader=yaml.BaseLoader)["facilities"]:
        schedule, sessions = found[entry["id"]], entry.get("sessions", [])
        plain = sessions and all({"days", "hours"} <= one.keys() <= PLAIN for one in sessions)
        if not isinstance(schedule, Schedule) or not plain or entry.keys() & CHANGED_BY:
            continue
        assert shown(schedule, 2028) == of_published(entry, 2028), entry["id"]
        checked += 1

    assert checked >= 7


def test_invented_published_schedules() -> None:
    """Turns, prices, joined slots, movable days and windows are laid out; the rest is refused."""
    found = converted((SAMPLES / "published.yaml").read_bytes())
    turns, open_hours, slots = (found[f"zz-{name}"] for name in ("rotation", "hours-open", "slots"))

    assert isinstance(turns, Schedule)
    assert isinstance(open_hours, Schedule)
    assert isinstance(slots, Schedule)
    agree(turns, as_yaml(turns), date(2024, 11, 1), date(2025, 2, 1))
    assert {
        slot.starts.astimezone(UTC).hour for slot in slots_of(turns, date(2025, 1, 1), date(2025, 1, 31))
    } == {15}
    assert [len(one.turns) for one in turns.rotations] == [3]
    assert turns.beyond["two_with_one_contact"].together
    assert len(turns.quotas[0].prices) == 3
    assert open_hours.sessions == ()
    assert open_hours.not_stated[:2] == ("the hours of visits", "the days of visits")
    assert [one.furthest_days for one in open_hours.windows] == [None, 8]
    agree(slots, as_yaml(slots), date(2026, 1, 1), date(2026, 12, 31))
    assert slots.session("f").joined_max == 2
    assert slots_of(slots, naive.easter(2026) - timedelta(days=2), naive.easter(2026) - timedelta(days=2))
    assert not slots_of(slots, date(2026, 11, 26), date(2026, 11, 27))
    reasons = [str(one) for one in found.values() if not isinstance(one, Schedule)]
    told = ("contradicts itself", "after visits have ended", "cannot be laid out")
    assert all(part in reason for part, reason in zip(told, reasons, strict=True))
    assert all("published.yaml, line" in reason for reason in reasons)
