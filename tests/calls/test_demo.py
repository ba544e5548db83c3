"""The invented jail of `locutorio demo`: its telephones are used, and an officer ends a call."""

from __future__ import annotations

from datetime import timedelta

from locutorio.actions import clock
from locutorio.actions.demo.calls import turn_of_calls
from locutorio.actions.end_call import EndingCall, end_call
from locutorio.store import calls
from locutorio.store.identifiers import new_id
from locutorio.store.models import Call, Establishment, Unplaced
from locutorio.store.transaction import Sent
from tests.web.opened import demo

MINUTE = timedelta(minutes=1)


def test_people_of_the_demo_call_and_are_cut_off() -> None:
    """Past calls of each plane and a refused one; of the live ones, an officer ends one."""
    with demo():
        at, now = Establishment.objects.get().id, clock.now()
        planes = {one.plane for one in Call.objects.exclude(disposition="blocked")}
        assert planes == {calls.PRIVATE, calls.MONITORED}
        assert {one.cause for one in Call.objects.filter(disposition="blocked")} == {"number-not-listed"}
        assert Unplaced.objects.count() == 1
        turn_of_calls(at, now)
        live = calls.under_way(at)
        assert live
        end_call(EndingCall(live[0].id, "A fire drill."), Sent(new_id(now), at, now))
        turn_of_calls(at, now + MINUTE)
        ended = calls.call(at, live[0].id)
        assert ended is not None
        assert (ended.disposition, ended.cause) == ("answered", "ended-by-staff")
        turn_of_calls(at, now + 9 * MINUTE)
        assert {one.id for one in calls.under_way(at)}.isdisjoint({one.id for one in live})
