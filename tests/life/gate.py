"""What happens at the gate and in the room: who comes, is let in or refused, when it starts and ends."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from random import Random
from uuid import UUID

from locutorio.actions.end_visit import Ended, Ending, end_visit
from locutorio.actions.make_up_time import MakingUp, make_up_time
from locutorio.actions.mark_missed import Missing, mark_missed
from locutorio.actions.record_arrival import Answered, Arriving, record_arrival
from locutorio.actions.refuse_entry import Refusing, refuse_entry
from locutorio.actions.start_visit import Started, Starting, start_visit
from tests.life import expected
from tests.life.expected import PERMIT, World
from tests.life.life import Doing, Life
from tests.life.tables import Row
from tests.life.visits import in_order

MINUTE = timedelta(minutes=1)
BEFORE, AFTER = timedelta(hours=1), timedelta(hours=5)
SEARCHED = {"contact.search_accepted": "yes"}


def arrive(life: Life, rng: Random) -> Doing | None:
    """Somebody comes to the gate, with what they need or without."""
    row = at_gate(life, rng)
    if row is None:
        return None
    contact = rng.choice(sorted(life.world.party(row)))
    identity = rng.choices(("passport", "none"), (9, 1))[0]
    what = Arriving(row["id"], contact, identity=identity, search="PAT", facts=SEARCHED)

    def right(before: World, after: World, given: object) -> None:
        assert isinstance(given, Answered)
        if given.outcome == "admitted":
            inside = [one for one in before.party(row) if one not in out(before, row) or one == contact]
            found = expected.law(before, row["person_id"], inside, before.slot(row)["on"], before=row)
            mine = expected.law(before, row["person_id"], [contact], before.slot(row)["on"], before=row)
            young = expected.age(before, contact, before.slot(row)["on"]) < before.rules.adult_age
            assert PERMIT in {found, mine} or young, "let in, though the law does not permit it today"

    return Doing(
        f"{life.name(contact)} comes for {slot_name(life, row)} with {identity}",
        lambda sent: record_arrival(what, sent),
        right,
        lambda sent: record_arrival(replace(what, search="RUB"), sent),
    )


def refuse(life: Life, rng: Random) -> Doing | None:
    """Somebody is refused at the gate: without identity, or for a refused search."""
    row = at_gate(life, rng)
    if row is None:
        return None
    contact = rng.choice(sorted(life.world.party(row)))
    what = Refusing(
        row["id"],
        contact,
        identity="passport",
        facts={"contact.search_accepted": "no"},
        note="refused the search",
        may_return=rng.random() < 0.4,
    )
    return Doing(
        f"refuse {life.name(contact)} for {slot_name(life, row)}", lambda sent: refuse_entry(what, sent)
    )


def start(life: Life, rng: Random) -> Doing | None:
    """A visit starts, on time or late."""
    row = at_gate(life, rng)
    if row is None:
        return None
    late_by = rng.choice(("establishment", "family", "person"))

    def right(before: World, after: World, given: object) -> None:
        assert isinstance(given, Started)
        if given.outcome == "started":
            found = after.tables.of("visit", booking_id=row["id"])
            assert len(found) == 1, "started, and no visit is there"
            assert found[0]["started_at"] == before.now, "started at another time"

    what = Starting(row["id"], late_by=late_by)
    told = f"start {slot_name(life, row)}, late by {late_by}"
    return Doing(told, lambda sent: start_visit(what, sent), right)


def end(life: Life, rng: Random) -> Doing | None:
    """A visit ends, in time or early."""
    visits = life.tables.of("visit", ended_at=None)
    if not visits:
        return None
    row = life.tables.one("booking", rng.choice(in_order(visits))["booking_id"])
    ended_by = rng.choice(("time", "establishment", "establishment", "family", "order"))

    def right(before: World, after: World, given: object) -> None:
        assert isinstance(given, Ended)
        owed = sum(one["minutes"] for one in after.tables.of("losttime", booking_id=row["id"]))
        wanted = lost(before, row, before.now, ended_by)
        assert owed == wanted == given.owed_minutes, f"{owed} minutes are owed, not {wanted}"

    return Doing(
        f"end {slot_name(life, row)} by {ended_by}",
        lambda sent: end_visit(Ending(row["id"], ended_by=ended_by, reason="it was over"), sent),
        right,
        lambda sent: end_visit(Ending(row["id"], ended_by=ended_by, reason="another"), sent),
    )


def lost(world: World, booking: Row, ended: datetime, ended_by: str) -> int:
    """Reckon what the establishment owes of a visit that ends now."""
    slot = world.slot(booking)
    visit = world.tables.of("visit", booking_id=booking["id"])[0]
    whole = minutes(slot["starts"], slot["ends"])
    missing = max(0, whole - minutes(visit["started_at"], ended))
    arrived = world.tables.of("arrival", booking_id=booking["id"])
    came = min((row["at"] for row in arrived if row["outcome"] == "admitted"), default=slot["starts"])
    late = (
        minutes(max(slot["starts"], came), visit["started_at"]) if visit["late_by"] == "establishment" else 0
    )
    due = min(slot["ends"], visit["started_at"] + whole * MINUTE)
    early = minutes(ended, due) if ended_by == "establishment" else 0
    return min(missing, late + early)


def minutes(start: datetime, end: datetime) -> int:
    """Give the whole minutes from one moment to another, none where it is not later."""
    return max(0, (end - start) // MINUTE)


def miss(life: Life, rng: Random) -> Doing | None:
    """A visit does not take place, through the family, the person or the house."""
    row = at_gate(life, rng)
    if row is None:
        return None
    what = Missing(row["id"], rng.choice(("family", "person", "establishment")), "nobody there")
    return Doing(
        f"{slot_name(life, row)} is missed by {what.by}",
        lambda sent: mark_missed(what, sent),
        None,
        lambda sent: mark_missed(replace(what, note="another"), sent),
    )


def make_up(life: Life, rng: Random) -> Doing | None:
    """Time that is owed is made up in a visit that took place, now and then more than is owed."""
    owed = {row["person_id"] for row in life.tables.rows["losttime"].values()}
    happened = [row for row in life.tables.of("booking", standing="happened") if row["person_id"] in owed]
    if not happened:
        return None
    row = rng.choice(in_order(happened)[-6:])
    what = MakingUp(row["id"], rng.choice((1, 5, 15, 60)), rng.choice(("longer", "extra")))

    def right(before: World, after: World, given: object) -> None:
        assert balance(after, row["person_id"]) == balance(before, row["person_id"]) - what.minutes

    return Doing(f"make up {what.minutes} minutes, {what.how}", lambda sent: make_up_time(what, sent), right)


def balance(world: World, person: UUID) -> int:
    """Give what a person is owed."""
    return sum(row["minutes"] for row in world.tables.of("losttime", person_id=person))


def out(world: World, booking: Row) -> set[UUID]:
    """Give those of a party who were refused or did not come."""
    rows = world.tables.of("arrival", booking_id=booking["id"])
    return {row["contact_id"] for row in rows if row["outcome"] in {"refused", "absent"}}


def at_gate(life: Life, rng: Random) -> Row | None:
    """Give a booking whose time is about now, whatever became of it; mostly one that stands."""
    near = [
        row
        for row in life.tables.rows["booking"].values()
        if life.world.slot(row)["starts"] - BEFORE <= life.now <= life.world.slot(row)["starts"] + AFTER
    ]
    booked = [row for row in near if row["standing"] == "booked"]
    chosen = booked if booked and rng.random() < 0.9 else near
    return rng.choice(in_order(chosen)) if chosen else None


def slot_name(life: Life, row: Row) -> str:
    """Name a booking by its slot and its person."""
    return f"{life.world.slot(row)['key']} of {life.name(row['person_id'])}"
