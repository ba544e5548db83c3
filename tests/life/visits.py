"""What families and staff do about visits: ask, book, confirm, move, cancel, wait, read notices."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date, timedelta
from random import Random
from uuid import UUID

from locutorio.actions.book_visit import VisitBooking, book_visit
from locutorio.actions.booked import Booked
from locutorio.actions.cancel_booking import Cancelling, cancel_booking
from locutorio.actions.change_booking import Changing, change_booking
from locutorio.actions.confirm_booking import confirm_booking
from locutorio.actions.lapse_holds import lapse_holds
from locutorio.actions.read_notice import read_notice
from locutorio.actions.request_visit import VisitAnswer, VisitRequest, request_visit
from locutorio.actions.wait_for_place import WaitingFor, stop_waiting, wait_for_place
from locutorio.store.knowledge import PartyMember
from tests.life import expected
from tests.life.expected import PERMIT, World
from tests.life.life import Doing, Life
from tests.life.tables import Row
from tests.life.timetable import Slot

HAD = {"booked", "held"}
LAWFUL_BUT = {"full", "busy", "spent", "apart", "closed", "not_offered"}


def request(life: Life, rng: Random) -> Doing | None:
    """Ask for a visit of somebody's list, now and then of anybody."""
    slot = some_slot(life, rng)
    person = rng.choice(here(life))
    listed = [row["contact_id"] for row in life.tables.of("listed", person_id=person)]
    known = listed if rng.random() < 0.95 and listed else sorted(life.house.contacts.values())
    party = rng.sample(known, min(len(known), rng.choices((1, 2, 3), (6, 4, 1))[0]))
    what = VisitRequest(person, members(party), slot.on)

    def right(before: World, after: World, given: object) -> None:
        assert isinstance(given, VisitAnswer)
        found = expected.law(before, person, party, slot.on)
        assert found == given.outcome, f"asked: {given.outcome}, and the law says {found}"

    names = ", ".join(map(life.name, party))
    left_on = life.tables.one("person", person)["left_on"]
    return Doing(
        f"{names} ask to visit {life.name(person)} on {slot.on}",
        lambda sent: request_visit(what, sent),
        right,
        lambda sent: request_visit(replace(what, note="another"), sent),
        may_be_refused=left_on is not None and left_on <= slot.on,
        then=lambda now, again: book_latest(now, again, slot),
    )


def book(life: Life, rng: Random, chosen: Row | None = None, at: Slot | None = None) -> Doing | None:
    """Book for a request that was permitted and has no booking."""
    chosen = chosen or free_request(life, rng)
    if chosen is None:
        return None
    slots = life.world.timetable.slots(chosen["on"]) if rng.random() < 0.9 else []
    slot = at or (rng.choice(slots) if slots else some_slot(life, rng))
    by = rng.choice(("public", "staff", "staff"))
    what = VisitBooking(chosen["id"], slot.key, hold=rng.random() < 0.3, by=by)
    party = life.world.members(chosen["id"])
    return Doing(
        f"book {slot.key} for {life.name(chosen['person_id'])} and {len(party)}, by {by}",
        lambda sent: book_visit(what, sent),
        as_expected(chosen["person_id"], party, slot, by),
        lambda sent: book_visit(replace(what, hold=not what.hold), sent),
    )


def book_latest(life: Life, rng: Random, slot: Slot) -> Doing | None:
    """Book the slot that was asked for, mostly."""
    latest = max(life.tables.rows["request"].values(), key=lambda row: (row["asked_at"], row["id"]))
    gone = life.world.timetable.slot(slot.key) is None
    if (
        rng.random() < 0.2
        or latest["outcome"] != PERMIT
        or life.tables.of("booking", request_id=latest["id"])
        or gone
    ):
        return None
    return book(life, rng, latest, slot)


def as_expected(
    person: UUID, party: Sequence[UUID], slot: Slot, by: str, booking: UUID | None = None
) -> Callable[[World, World, object], None]:
    """Give what compares an answer to a wish for places with what should follow from the tables before."""

    def right(before: World, after: World, given: object) -> None:
        assert isinstance(given, Booked)
        row = before.tables.one("booking", booking) if booking else None
        against = expected.obstacles(before, person, party, slot, by=by, but=row)
        law = expected.law(before, person, party, slot.on, before=row)
        if given.outcome in HAD:
            assert law == PERMIT, f"booked, and the law says {law}"
            assert not against, f"booked, though {', '.join(sorted(against))}"
        elif given.outcome in LAWFUL_BUT:
            wait = any(
                one["first_on"] <= slot.on <= one["last_on"]
                for one in before.tables.of("waiting", standing="waiting")
            )
            assert given.outcome in against or (given.outcome == "full" and wait), (
                f"{given.outcome}, though only {', '.join(sorted(against)) or 'nothing'} stands against it"
            )
        else:
            assert law != PERMIT, f"{given.outcome}, and the law permits it"

    return right


def confirm(life: Life, rng: Random) -> Doing | None:
    """Confirm a hold, in time or too late."""
    held = life.tables.of("booking", standing="held")
    if not held:
        return None
    row = rng.choice(in_order(held))

    def right(before: World, after: World, given: object) -> None:
        ran_out = row["hold_until"] <= before.now
        assert given == ("lapsed" if ran_out else "booked"), (
            f"a hold that {'ran out' if ran_out else 'lasts'} is {given}"
        )

    return Doing("confirm a hold", lambda sent: confirm_booking(row["id"], sent), right, may_be_refused=False)


def change(life: Life, rng: Random) -> Doing | None:
    """Move a booking, or change who comes."""
    standing = life.world.standing()
    if not standing:
        return None
    row = rng.choice(standing)
    here_now = life.world.slot(row)
    slot = some_slot(life, rng) if rng.random() < 0.7 else life.world.timetable.slot(here_now["key"])
    if slot is None:
        return None
    party = life.world.party(row)
    if rng.random() < 0.4:
        listed = [one["contact_id"] for one in life.tables.of("listed", person_id=row["person_id"])]
        party = rng.sample(listed, min(len(listed), rng.randint(1, 3)))
    by = rng.choice(("public", "staff"))
    what = Changing(row["id"], slot.key, members(party), by=by)
    expects = as_expected(row["person_id"], party, slot, by, row["id"])

    def right(before: World, after: World, given: object) -> None:
        expects(before, after, given)
        assert isinstance(given, Booked)
        now = after.tables.one("booking", row["id"])
        if given.outcome in HAD:
            assert after.slot(now)["key"] == slot.key, "moved, and not there"
            assert {*after.party(now)} == {*party}, "changed, and others come"
        else:
            same = all(
                now[name] == row[name] for name in ("slot_id", "kind", "places", "standing", "hold_until")
            )
            assert same or now["standing"] == "lapsed", "not changed, and yet the booking is another"
            assert {*after.party(now)} == {*before.party(row)}, "not changed, and yet others come"

    return Doing(
        f"move a booking of {life.name(row['person_id'])} from {here_now['key']} to {slot.key}",
        lambda sent: change_booking(what, sent),
        right,
    )


def cancel(life: Life, rng: Random) -> Doing | None:
    """Cancel a booking, for whatever reason."""
    standing = life.world.standing()
    if not standing:
        return None
    row = rng.choice(standing)
    what = Cancelling(row["id"], rng.choice(("contact", "person", "establishment")), "a change of plans")
    told = f"cancel {life.world.slot(row)['key']} of {life.name(row['person_id'])}, by {what.by}"
    return Doing(
        told,
        lambda sent: cancel_booking(what, sent),
        None,
        lambda sent: cancel_booking(replace(what, why="another"), sent),
        may_be_refused=bool(life.world.slot(row)["starts"] <= life.now),
    )


def wait(life: Life, rng: Random) -> Doing | None:
    """Let a request wait for some days around its own."""
    chosen = free_request(life, rng)
    if chosen is None:
        return None
    what = WaitingFor(
        chosen["id"],
        chosen["on"] - timedelta(days=rng.choice((0, 3))),
        chosen["on"] + timedelta(days=rng.choice((0, 1, 7))),
    )
    return Doing(
        f"wait for a place with {life.name(chosen['person_id'])}, {what.first_on} to {what.last_on}",
        lambda sent: wait_for_place(what, sent),
    )


def wait_no_more(life: Life, rng: Random) -> Doing | None:
    """Let a request wait no longer."""
    waiting = life.tables.of("waiting", standing="waiting")
    if not waiting:
        return None
    row = rng.choice(in_order(waiting))
    return Doing("wait no longer", lambda sent: stop_waiting(row["request_id"], sent))


def lapse(life: Life, rng: Random) -> Doing | None:
    """Give up the holds that ran out."""

    def right(before: World, after: World, given: object) -> None:
        over = [row for row in after.tables.of("booking", standing="held") if row["hold_until"] <= after.now]
        assert not over, f"{len(over)} holds ran out and were not given up"

    return Doing("give up holds that ran out", lapse_holds, right, may_be_refused=False)


def read_one(life: Life, rng: Random) -> Doing | None:
    """Read a notice, once or again."""
    notices = sorted(life.tables.rows["notice"].values(), key=lambda row: row["id"])
    if not notices:
        return None
    row = rng.choice(notices)
    reader = row["person_id"] or row["contact_id"]

    def right(before: World, after: World, given: object) -> None:
        kept = after.tables.one("notice", row["id"])["read_at"]
        assert kept == (row["read_at"] or before.now), "the first time that a notice was read was not kept"

    return Doing(
        f"{life.name(reader)} reads a notice",
        lambda sent: read_notice(row["id"], sent),
        right,
    )


def here(life: Life) -> list[UUID]:
    """Give the people who do not leave."""
    return sorted(row["id"] for row in life.tables.of("person", left_on=None)) or sorted(
        row["id"] for row in life.tables.rows["person"].values()
    )


def in_order(rows: Sequence[Row]) -> list[Row]:
    """Give rows in the order of their identifiers."""
    return sorted(rows, key=lambda row: row["id"])


def members(party: Sequence[UUID]) -> tuple[PartyMember, ...]:
    """Give a party."""
    return tuple(PartyMember(one) for one in party)


def some_slot(life: Life, rng: Random) -> Slot:
    """Give a slot of the next days, near ones more often; every other time one that somebody has booked."""
    standing = life.world.standing()
    slot = life.world.timetable.slot(life.world.slot(rng.choice(standing))["key"]) if standing else None
    if slot and rng.random() < 0.6:
        return slot
    today = life.world.today()
    edges = [day for day in edges_of(life) if today < day < today + timedelta(days=20)]
    if edges and rng.random() < 0.4:
        slots = life.world.timetable.slots(rng.choice(edges))
        if slots:
            return rng.choice(slots)
    while True:
        on = today + timedelta(days=min(rng.randrange(40), rng.randrange(9), rng.randrange(9)))
        slots = life.world.timetable.slots(on)
        if slots:
            return rng.choice(slots)


def edges_of(life: Life) -> list[date]:
    """Give the days on which something begins or ends to hold: where a day too many or too few shows."""
    found: set[date] = set()
    for table, columns in (("paper", ("since", "until", "ended_on")), ("listed", ("since", "until"))):
        found |= {row[name] for row in life.tables.rows[table].values() for name in columns if row[name]}
    return sorted(found)


def free_request(life: Life, rng: Random) -> Row | None:
    """Give a request for a day to come, mostly one that is permitted, that has no booking."""
    live = {
        row["request_id"]
        for row in life.tables.rows["booking"].values()
        if row["standing"] not in {"withdrawn", "cancelled", "lapsed"}
    }
    wanted = {"permit"} if rng.random() < 0.9 else {"permit", "refuse", "pending"}
    free = [
        row
        for row in life.tables.rows["request"].values()
        if row["id"] not in live and row["outcome"] in wanted and row["on"] >= life.world.today()
    ]
    return rng.choice(in_order(free)[-8:]) if free else None
