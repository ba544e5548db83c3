"""Schedules drawn at random, as the blocks of their files."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from hypothesis import strategies as st

ZONES = [
    "America/New_York",
    "Europe/London",
    "Australia/Lord_Howe",
    "America/Havana",
    "Etc/UTC",
    "Asia/Kathmandu",
]
WEEK = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
CODES = ["alder", "birch", "cedar", "elm", "fir"]
# Clock changes of those zones, a leap day, ends of years and months, and holidays on weekends.
SPANS = [
    (date(2026, 3, 6), date(2026, 3, 10)),
    (date(2026, 3, 27), date(2026, 4, 7)),
    (date(2026, 10, 3), date(2026, 10, 5)),
    (date(2026, 10, 23), date(2026, 11, 3)),
    (date(2027, 12, 20), date(2028, 1, 5)),
    (date(2028, 2, 25), date(2028, 3, 2)),
    (date(2021, 6, 17), date(2021, 7, 6)),
    (date(2026, 5, 23), date(2026, 6, 2)),
]
_days = st.sampled_from(SPANS).flatmap(lambda span: st.dates(*span)).map(date.isoformat)


def written(tree: Mapping[str, Any]) -> str:
    """Write blocks as a file: JSON is YAML."""
    return json.dumps(tree)


def _words(words: list[str]) -> st.SearchStrategy[list[str]]:
    return st.lists(st.sampled_from(words), min_size=1, max_size=3, unique=True)


_calendar = st.one_of(
    st.just({"holidays": "US"}),
    st.just({"holidays": {"of": "US", "observed": "no", "but": ["Columbus Day"]}}),
    _words(["Christmas Day", "Labor Day"]).map(lambda names: {"holidays": {"of": "US", "only": names}}),
    _words(["good_friday", "easter_monday", "corpus_christi"]).map(lambda names: {"feasts": names}),
    st.builds(
        lambda days, but: {"yearly": days, "but": but} if but else {"yearly": days},
        _words(["02-29", "12-31", "03-08"]),
        st.lists(_days, max_size=2, unique=True),
    ),
    st.just({"nth": [{"month": "11", "day": "thu", "which": "4", "days_after": "1"}]}),
    st.just({"nth": [{"month": "5", "day": "mon", "which": "last"}]}),
    st.lists(_days, min_size=1, max_size=3, unique=True).map(lambda days: {"on": days}),
)


@st.composite
def _named(draw: st.DrawFn, calendars: list[str], *, needed: bool) -> dict[str, Any]:
    found: dict[str, Any] = {}
    if draw(st.integers(0, 4)) == 0:
        found["on"] = draw(st.lists(_days, min_size=1, max_size=4, unique=True))
    if (not found and needed) or draw(st.booleans()):
        found["days"] = draw(_words([*WEEK, "every_day", *calendars]))
    if calendars and draw(st.integers(0, 3)) == 0:
        found["not_on"] = draw(_words(calendars))
    if draw(st.integers(0, 4)) == 0:
        found["weekends"] = draw(_words(["1", "2", "3", "4", "5"]))
    if draw(st.integers(0, 4)) == 0:
        found["dates"] = draw(st.sampled_from(["odd", "even"]))
    if draw(st.integers(0, 3)) == 0:
        found["every"] = {"weeks": str(draw(st.integers(1, 4))), "from": draw(_days)}
    return found


@st.composite
def _hours(draw: st.DrawFn) -> list[str]:
    cuts = sorted(draw(st.lists(st.integers(0, 288), min_size=2, max_size=6, unique=True)))
    pairs = zip(cuts[::2], cuts[1::2], strict=False)
    return [f"{a // 12:02}:{a % 12 * 5:02}-{b // 12:02}:{b % 12 * 5:02}" for a, b in pairs]


@st.composite
def _holds(draw: st.DrawFn) -> dict[str, str]:
    first = date.fromisoformat(draw(_days))
    after = first + timedelta(days=draw(st.integers(1, 20)))
    return draw(
        st.sampled_from(
            [{}, {}, {"from": first.isoformat()}, {"until": after.isoformat()},
             {"from": first.isoformat(), "until": after.isoformat()}]
        )
    )  # fmt: skip


@st.composite
def _session(draw: st.DrawFn, code: str, calendars: list[str], others: list[str]) -> dict[str, Any]:
    found = {
        "id": code,
        "room": draw(st.sampled_from(["hall", "yard"])),
        **draw(_named(calendars, needed=True)),
        "hours": draw(_hours()),
        **draw(_holds()),
    }
    if draw(st.booleans()):
        every = draw(st.integers(2, 24)) * 5
        found["every_minutes"] = str(every)
        if draw(st.booleans()):
            found["visit_minutes"] = str(draw(st.integers(1, every // 5)) * 5)
        found["joined_max"] = str(draw(st.integers(1, 4)))
    elif draw(st.booleans()):
        found["visit_minutes"] = str(draw(st.integers(1, 200)))
    if draw(st.integers(0, 2)) == 0:
        found["places"] = {"open": str(draw(st.integers(1, 9))), "closed": str(draw(st.integers(0, 2)))}
    if draw(st.integers(0, 5)) == 0:
        found["replaces"] = "all"
    elif others and draw(st.integers(0, 3)) == 0:
        found["replaces"] = draw(_words(others))
    return found


@st.composite
def trees(draw: st.DrawFn) -> dict[str, Any]:
    """Draw a schedule that can be used."""
    calendars = {name: draw(_calendar) for name in draw(_words(["holiday", "feast", "own"]))}
    names = list(calendars)
    sessions: list[dict[str, Any]] = []
    for code in CODES[: draw(st.integers(1, 5))]:
        free = [one["id"] for one in sessions if "replaces" not in one]
        sessions.append(draw(_session(code, names, free)))
    closed: list[Any] = []
    for _ in range(draw(st.integers(0, 2))):
        row = draw(_named(names, needed=True)) | draw(_holds()) | {"rooms": draw(_words(["hall", "yard"]))}
        if draw(st.booleans()):
            row["hours"] = draw(_hours())
        if draw(st.booleans()):
            row["sessions"] = draw(_words([one["id"] for one in sessions]))
        closed.append(row)
    special = {day for one in sessions if one.get("replaces") == "all" for day in one.get("on", [])}
    closed += [day for day in draw(st.lists(_days, max_size=2, unique=True)) if day not in special]
    tree = {
        "schedule": "drawn",
        "name": "Drawn",
        "zone": draw(st.sampled_from(ZONES)),
        "calendars": calendars,
        "rooms": {
            "hall": {"name": "Hall", "places": {"open": "5"}},
            "yard": {"name": "Yard", "counts": "people"},
        },
        "sessions": sessions,
    }
    return tree | ({"closed": closed} if closed else {})
