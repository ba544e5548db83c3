"""Officers at the same gate at the same moment: each thing happens once."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from uuid import uuid4

from django.db import connection

from locutorio.actions.end_visit import Ending, end_visit
from locutorio.actions.make_up_time import MakingUp, make_up_time
from locutorio.actions.mark_missed import Missing, mark_missed
from locutorio.actions.record_arrival import Arriving, record_arrival
from locutorio.actions.refuse_entry import Refusing, refuse_entry
from locutorio.actions.start_visit import Starting, start_visit
from locutorio.kernel.faults import Fault
from locutorio.store.gate import owed_minutes
from locutorio.store.models import Arrival, LostTime, Notice, Visit
from locutorio.store.transaction import Sent
from tests.databases import Store
from tests.gate.at_oak import MINUTE, TEN, Gate, at_the_gate, booked

OFFICERS = 4


def at_once(gate: Gate, now: object, *works: Callable[[Sent], object]) -> list[str]:
    """Let every work begin at the same moment, each from its own officer; give outcomes, or "fault"."""
    gathered = Barrier(len(works))

    def run(work: Callable[[Sent], object]) -> str:
        try:
            gathered.wait()
            done = work(Sent(uuid4(), gate.oak.id, now))  # type: ignore[arg-type]
            return str(getattr(done, "outcome", "done"))
        except Fault:
            return "fault"
        finally:
            connection.close()

    with ThreadPoolExecutor(len(works)) as pool:
        return sorted(pool.map(run, works))


def test_one_arrival_one_start_one_end(store: Store) -> None:
    """However many officers record the same thing, it is recorded once, and the others learn that it was."""
    gate = at_the_gate()
    booking = booked(gate)
    arriving = Arriving(booking, gate.oak.contacts["alder"], identity="passport")
    late, cut = Starting(booking, late_by="establishment"), Ending(booking, "", "establishment", "a count")

    arrived = at_once(gate, TEN, *[lambda sent: record_arrival(arriving, sent)] * OFFICERS)
    started = at_once(gate, TEN + 5 * MINUTE, *[lambda sent: start_visit(late, sent)] * OFFICERS)
    ended = at_once(gate, TEN + 50 * MINUTE, *[lambda sent: end_visit(cut, sent)] * OFFICERS)

    assert (arrived.count("admitted"), started.count("started"), ended.count("happened")) == (1, 1, 1)
    assert (Arrival.objects.count(), Visit.objects.count(), LostTime.objects.count()) == (1, 1, 1)
    assert owed_minutes(gate.oak.id, gate.oak.people["rowan"]) == 15


def test_let_in_or_refused(store: Store) -> None:
    """One officer lets somebody in while another refuses them: the second sees what was done."""
    gate = at_the_gate()
    booking = booked(gate)
    alder = gate.oak.contacts["alder"]
    refusing = Refusing(booking, alder, ground="4.1.list", note="No.")

    done = at_once(
        gate,
        TEN,
        lambda sent: record_arrival(Arriving(booking, alder, identity="passport"), sent),
        lambda sent: refuse_entry(refusing, sent),
    )

    assert done in (["admitted", "refused"], ["fault", "refused"])
    seen = gate.seen(booking)
    assert (seen.standing, seen.arrived[alder].outcome) == ("turned_away", "refused")
    assert Notice.objects.count() == 2


def test_started_or_missed(store: Store) -> None:
    """A visit is not both missed and under way."""
    gate = at_the_gate()
    booking = booked(gate)
    gate.arrives(booking, "alder", TEN)

    done = at_once(
        gate,
        TEN,
        lambda sent: start_visit(Starting(booking), sent),
        lambda sent: mark_missed(Missing(booking, "person"), sent),
    )

    seen = gate.seen(booking)
    assert done in (["fault", "started"], ["fault", "missed"])
    assert (seen.standing == "missed") == (seen.took is None)


def test_owed_time_is_made_up_once(store: Store) -> None:
    """Officers who make up the same minutes at once never bring what is owed below nothing."""
    gate = at_the_gate()
    first, longer = booked(gate), booked(gate, starts=TEN.replace(day=12))
    for booking, minutes in ((first, 50), (longer, 80)):
        starts = gate.seen(booking).starts
        gate.arrives(booking, "alder", starts)
        gate.starts(booking, starts)
        by = "establishment" if booking == first else "time"
        gate.ends(booking, starts + minutes * MINUTE, by, "a count")

    done = at_once(
        gate,
        TEN.replace(day=13),
        *[lambda sent: make_up_time(MakingUp(longer, 10), sent)] * OFFICERS,
    )

    assert done == ["done", *["fault"] * (OFFICERS - 1)]
    assert owed_minutes(gate.oak.id, gate.oak.people["rowan"]) == 0
