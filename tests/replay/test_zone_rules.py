"""The rules of a time zone change after somebody booked: the visit stays at the hour that was promised."""

from __future__ import annotations

import zoneinfo
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from locutorio.actions import keep_hours as hours
from locutorio.actions import self_check
from locutorio.actions.book_visit import VisitBooking, book_visit
from locutorio.actions.request_visit import VisitRequest, request_visit
from locutorio.arrangements.schedule import slots
from locutorio.arrangements.schedule.reading import read_schedule
from locutorio.store import models, replaying
from locutorio.store import slots as kept
from locutorio.store.actor import PROGRAM
from locutorio.store.knowledge import PartyMember
from tests.databases import Store
from tests.establishment import FOUNDED, ZONE
from tests.replay.booked import DAY, SCHEDULE, booked, everything, founded

LATER = FOUNDED + timedelta(days=1)
HOUR = timedelta(hours=1)
MOMENT = datetime(2026, 11, 10, 19, tzinfo=UTC)


@contextmanager
def rules_of(tmp_path: Path, other: str) -> Iterator[None]:
    """Let the zone of the establishment go by the rules of another from now on, as after an update."""
    places = [Path(one) / other for one in zoneinfo.TZPATH if (Path(one) / other).exists()]
    if not places:
        pytest.skip("needs the system's zone database")
    file = tmp_path / ZONE
    file.parent.mkdir(parents=True)
    file.write_bytes(places[0].read_bytes())
    before = zoneinfo.TZPATH
    try:
        zoneinfo.reset_tzpath([str(tmp_path), *before])
        _begin_anew()
        yield
    finally:
        zoneinfo.reset_tzpath(before)
        _begin_anew()


def _begin_anew() -> None:
    """Forget what a process remembers of zones, as one that is started again."""
    ZoneInfo.clear_cache()
    slots._zone.cache_clear()
    slots._moment.cache_clear()
    kept._houses.clear()


def test_a_visit_stays_at_the_hour_that_was_promised(store: Store, tmp_path: Path) -> None:
    """Two in the afternoon stays two in the afternoon, and its people are busy then and at no other time."""
    oak = founded()
    visit = booked(oak, "rowan", "alder")
    before = everything(visit)
    assert models.Slot.objects.get().starts == MOMENT
    with rules_of(tmp_path, "America/Chicago"):
        assert hours.displaced(oak.id, LATER) == 1
        assert hours.keep_hours(oak.id, LATER) == 1

        slot = models.Slot.objects.get()
        assert (slot.starts, slot.ends) == (MOMENT + HOUR, MOMENT + 2 * HOUR)
        assert f"{slot.starts.astimezone(ZoneInfo(ZONE)):%Y-%m-%dT%H:%M}" == "2026-11-10T14:00"
        ticks = {*models.Tick.objects.filter(subject=oak.people["rowan"]).values_list("tick", flat=True)}
        begins = int((MOMENT + HOUR).timestamp()) // (15 * 60)
        assert ticks == {*range(begins, begins + 4)}
        assert everything(visit) == before
        assert (hours.displaced(oak.id, LATER), hours.keep_hours(oak.id, LATER)) == (0, 0)
        asked = VisitRequest(oak.people["rowan"], (PartyMember(oak.contacts["holly"]),), DAY)
        request = request_visit(asked, oak.sent("again", LATER)).request
        twice = VisitBooking(request, f"booths@{DAY.isoformat()}T14:00", by="staff")
        assert book_visit(twice, oak.sent("twice", LATER)).booking is None


def test_it_is_seen_to_every_night_and_told(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The nightly check gives each visit its hour back; where it cannot, it says how many are elsewhere."""
    oak = founded()
    booked(oak, "rowan", "alder")
    booked(oak, "linden", "laurel", starts=16)
    with rules_of(tmp_path, "America/Chicago"):
        monkeypatch.setattr(self_check, "keep_hours", lambda *_: None)
        told = {one.name: one.faults for one in self_check.self_check(oak.id, LATER).checked}["hours"]
        assert told == (
            "since the rules of the time zone changed, at another hour than was promised: 2 visits",
        )
        monkeypatch.undo()
        monkeypatch.setenv("LOCUTORIO_BACKUPS", str(tmp_path))
        self_check.check_tonight(LATER + timedelta(days=1))
        assert {one.starts.hour for one in models.Slot.objects.all()} == {20, 22}
        last = self_check.last_self_check(PROGRAM, oak.id)
        assert last is not None
        assert {one.name: one.faults for one in last.checked}["hours"] == ()


def test_where_the_rules_stay_nothing_is_done(store: Store) -> None:
    """Also not to a visit in an hour that comes twice."""
    oak = founded()
    visit = booked(oak, "rowan", "alder")
    before = everything(visit)

    assert hours.keep_hours(oak.id, LATER) == 0
    assert everything(visit) == before
    (one,) = replaying.standing(oak.id, LATER)
    slot = slots.slot_of(read_schedule(SCHEDULE.encode(), "schedule"), one.key)
    assert slot is not None
    twice = datetime(2026, 11, 1, 1, 30, tzinfo=ZoneInfo(ZONE))
    kept_so = replace(one, starts=twice.astimezone(UTC), ends=twice.astimezone(UTC))
    assert not replaying.is_displaced(kept_so, replace(slot, starts=twice, ends=twice))
    assert not models.Entry.objects.filter(action="change_schedule").exists()
