"""What holds at every moment, whatever was done: read from the tables alone."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable
from itertools import combinations
from uuid import UUID

from tests.life import expected
from tests.life.expected import PERMIT, REFUSE, World
from tests.life.timetable import HERE

KEEPS_PLACES = {"held", "booked", "happened"}
Check = Callable[[World], None]


def places_once(world: World) -> None:
    """No slot has more places taken than it has; each booking that keeps places has as many as it says."""
    by_booking = Counter(row["booking_id"] for row in world.tables.rows["place"].values())
    by_slot: Counter[tuple[UUID, str]] = Counter()
    for row in world.tables.rows["place"].values():
        by_slot[row["slot_id"], row["kind"]] += 1
        booking = world.tables.one("booking", row["booking_id"])
        assert booking["standing"] in KEEPS_PLACES, f"a place of a booking that is {booking['standing']}"
        assert (booking["slot_id"], booking["kind"]) == (row["slot_id"], row["kind"]), "a place elsewhere"
    for (slot, kind), taken in by_slot.items():
        row = world.tables.one("slot", slot)
        if row["ends"] > world.now:
            assert taken <= row["places"].get(kind, 0), (
                f"{taken} places taken of {row['places']} in {row['key']}"
            )
    for row in world.tables.rows["booking"].values():
        wanted = row["places"] if row["standing"] in KEEPS_PLACES else 0
        assert by_booking[row["id"]] == wanted, (
            f"{by_booking[row['id']]} places for {row['standing']}, not {wanted}"
        )


def one_place_at_a_time(world: World) -> None:
    """Who comes and who is visited is there for the whole slot, at no two visits at once, and nobody else."""
    ticks: dict[UUID, set[tuple[UUID, int]]] = defaultdict(set)
    for row in world.tables.rows["tick"].values():
        ticks[row["booking_id"]].add((row["subject"], row["tick"]))
    for row in world.tables.rows["booking"].values():
        found = ticks.pop(row["id"], set())
        if row["standing"] not in KEEPS_PLACES:
            assert not found, f"time is still taken for a booking that is {row['standing']}"
            continue
        slot = world.timetable.slot(world.slot(row)["key"])
        subjects = {row["person_id"], *world.party(row)}
        if not world.stands(row) or world.slot(row)["starts"] <= world.now or slot is None:
            assert {subject for subject, _ in found} <= subjects, "somebody's time is taken who does not come"
        else:
            wanted = {(subject, tick) for subject in subjects for tick in slot.ticks()}
            assert found == wanted, f"time is taken wrongly: {len(found)} of {len(wanted)} stretches"
    assert not ticks, "time is taken for a booking that is not there"


def quotas_kept(world: World) -> None:
    """A booking takes just its part of every quota, one that ended takes nothing, none is exceeded."""
    for row in world.tables.rows["booking"].values():
        debits: Counter[tuple[UUID, str]] = Counter()
        for debit in world.tables.of("debit", booking_id=row["id"]):
            debits[debit["subject"], debit["quota"]] += debit["amount"]
        assert all(amount >= 0 for amount in debits.values()), "more was given back than taken"
        if row["standing"] not in KEEPS_PLACES:
            assert not +debits, f"a quota is still charged for a booking that is {row['standing']}"
    for row in world.standing():
        slot = world.timetable.slot(world.slot(row)["key"])
        if slot is None or slot.starts <= world.now:
            continue
        for limit in world.timetable.limits:
            wanted = expected.charged(world, limit, slot, world.party(row), row["person_id"])
            for subject, amount in wanted.items():
                mine = [
                    one["amount"]
                    for one in world.tables.of(
                        "debit", booking_id=row["id"], subject=subject, quota=limit.code
                    )
                ]
                assert sum(mine) == amount, f"{limit.code}: {sum(mine)} charged, not {amount}"
                for first, last in expected.stretches(world.timetable, limit, slot.on):
                    used = expected.used(world, limit, subject, first, last)
                    assert used <= limit.most, f"{limit.code}: {used} of {limit.most} from {first} to {last}"


def kept_apart(world: World) -> None:
    """People who must not meet are in no two visits at once, or on one day, as it was decided."""
    standing = world.standing()
    for row in standing:
        mine = {row["person_id"], *world.party(row)}
        for one in expected.apart(world, world.slot(row)["on"]):
            assert not (one["contact_id"] and {one["person_id"], one["contact_id"]} <= mine) or row["risk"], (
                "a person and a contact who must not meet are booked together"
            )
    for one, other in combinations(standing, 2):
        found = expected.together(world, one, other)
        assert not found or one["risk"] or other["risk"], (
            f"people who must not meet ({found['scope'] if found else ''}) are booked together"
        )


def nobody_where_it_is_closed(world: World) -> None:
    """Nothing stands in a closed slot, in one the schedule has not, or for a person who left by then."""
    for row in world.standing():
        slot = world.slot(row)
        if row["risk"]:
            continue
        assert not expected.closed(world, slot["on"], slot["session"]), (
            f"a booking stands in {slot['key']}, closed"
        )
        assert world.timetable.slot(slot["key"]), f"a booking stands in {slot['key']}, which there is no more"
        left = world.tables.one("person", row["person_id"])["left_on"]
        assert left is None or slot["on"] < left, f"a booking stands for somebody who left on {left}"


def still_permitted(world: World) -> None:
    """Every booking that stands would be permitted again, in first order; or is marked, and only then."""
    for row in world.standing():
        slot = world.slot(row)
        found = expected.law(world, row["person_id"], world.party(row), slot["on"], before=row)
        if world.under_way(row):
            assert found == PERMIT or row["risk"], f"a visit under way is {found} by law, and nobody is told"
            continue
        assert found != REFUSE, f"a booking stands in {slot['key']} that the law refuses"
        assert (found == PERMIT) == (not row["risk"]), (
            f'the law says {found}, the booking\'s risk is "{row["risk"]}"'
        )


def local_time_kept(world: World) -> None:
    """The slot of a booking begins when the clock on the wall shows its time, and the rows say so."""
    for row in world.standing():
        kept = world.slot(row)
        slot = world.timetable.slot(kept["key"])
        if slot is None or kept["starts"] <= world.now:
            continue
        assert (kept["on"], kept["starts"], kept["ends"]) == (slot.on, slot.starts, slot.ends), (
            f"{kept['key']} is kept from {kept['starts']} to {kept['ends']}"
        )
        shown = kept["starts"].astimezone(HERE)
        written = kept["key"].rpartition("T")[2]
        gap = shown.utcoffset() != kept["starts"].replace(hour=0).astimezone(HERE).utcoffset()
        assert f"{shown:%H:%M}" == written or gap, f"{kept['key']} begins at {shown:%H:%M}"


def one_booking_each(world: World) -> None:
    """A request has one booking at most that is not over; a request that has one does not wait."""
    live = Counter(
        row["request_id"]
        for row in world.tables.rows["booking"].values()
        if row["standing"] not in {"withdrawn", "cancelled", "lapsed"}
    )
    assert all(number == 1 for number in live.values()), "a request has two bookings"
    for row in world.tables.of("waiting", standing="waiting"):
        assert not live[row["request_id"]], "a request waits that has a booking"
    for row in world.tables.rows["booking"].values():
        assert (row["standing"] == "held") == (row["hold_until"] is not None), "a hold without its end"


def time_owed(world: World) -> None:
    """What is owed is never below nothing, for anybody; what was made up was owed before."""
    owed: Counter[UUID] = Counter()
    rows = sorted(world.tables.rows["losttime"].values(), key=lambda row: (row["at"], row["id"]))
    for row in rows:
        owed[row["person_id"]] += row["minutes"]
        assert owed[row["person_id"]] >= 0, "more time was made up than was owed"
    once = Counter(row["booking_id"] for row in rows if row["minutes"] > 0)
    assert all(number == 1 for number in once.values()), "time lost in one visit is owed twice"


EVERY: tuple[Check, ...] = (
    places_once,
    one_place_at_a_time,
    quotas_kept,
    kept_apart,
    nobody_where_it_is_closed,
    still_permitted,
    local_time_kept,
    one_booking_each,
    time_owed,
)
