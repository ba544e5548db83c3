"""The calendar of one's bookings: when, where and whether they stand, and never whom."""

from __future__ import annotations

import re

import pytest

from locutorio.actions.make_token import Kind
from locutorio.notices import calendar
from locutorio.store.models import Establishment
from tests.gate.at_oak import MINUTE, TEN, booked
from tests.web.api.programs import Program, token_of
from tests.web.api.worlds import World


@pytest.fixture
def feed(world: World) -> str:
    """Give a family's calendar, after a visit was booked, another held, and a stranger's booked."""
    booked(world.gate)
    booked(world.gate, starts=TEN + 120 * MINUTE, standing="held")
    booked(world.gate, "linden", ("laurel",), TEN + MINUTE)
    secret = token_of(world.gate.oak, "of family", Kind.CALENDAR)
    response = Program().get(f"calendar/{secret}.ics")
    assert response.headers["Content-Type"] == "text/calendar; charset=utf-8"
    return str(response.content.decode())


def test_it_holds_ones_own_bookings(feed: str) -> None:
    """Each with its moment in UTC, its place and its standing."""
    assert feed.startswith("BEGIN:VCALENDAR\r\nVERSION:2.0\r\n")
    assert feed.endswith("END:VCALENDAR\r\n")
    assert sorted(re.findall(r"DTSTART:(\S+)", feed)) == ["20261205T150000Z", "20261205T170000Z"]
    assert sorted(re.findall(r"STATUS:(\S+)", feed)) == ["CONFIRMED", "TENTATIVE"]
    assert "Visiting hall\\, Oak County Jail" in feed


def test_it_says_nothing_of_whom(feed: str) -> None:
    """No name or number of anybody: an address is kept where others see it."""
    assert [name for name in ("Rowan", "Ash", "Alder", "1001", "Linden", "Birch") if name in feed] == []


def test_a_name_adds_no_line(world: World) -> None:
    """A name with line ends, commas and many characters stays one text in lines of 75 bytes."""
    Establishment.objects.update(name="Oak\r\nBEGIN:VEVENT\r\n, ; \\ " + "ñ" * 120)
    booked(world.gate)
    secret = token_of(world.gate.oak, "of family", Kind.CALENDAR)
    told = Program().get(f"calendar/{secret}.ics").content

    assert told.count(b"\r\nBEGIN:VEVENT\r\n") == 1
    assert max(map(len, told.split(b"\r\n"))) <= calendar.LINE_BYTES_MAX
    unfolded = told.replace(b"\r\n ", b"").decode()
    assert "\\, \\; \\\\ " + "ñ" * 120 in unfolded


def test_staff_have_no_calendar(world: World) -> None:
    """A calendar is of one's own bookings: an officer has none."""
    secret = token_of(world.gate.oak, "of visits", Kind.CALENDAR)

    assert Program().get(f"calendar/{secret}.ics").status_code == 404
