"""What holds of every change: it is whole, once in the record, touches only whom it names, and tells them."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from locutorio.actions import answer, shelf
from tests.life import expected
from tests.life.expected import World
from tests.life.tables import Row

MOVES = {
    None: {"held", "booked"},
    "held": {"booked", "withdrawn", "cancelled", "lapsed"},
    "booked": {"withdrawn", "cancelled", "happened", "missed", "turned_away"},
}
AT_GATE = {
    None: {"admitted", "refused", "absent"},
    "admitted": {"refused"},
    "refused": {"admitted"},
    "absent": {"admitted", "refused"},
}
LANGUAGES = {"en", "es"}
ABOUT_BOOKINGS = ("booking", "request", "member", "arrival", "visit", "waiting")


@dataclass(frozen=True)
class Change:
    """The world before and after, and the identifiers of what was sent in between."""

    before: World
    after: World
    sent: frozenset[UUID]

    def entries(self) -> list[Row]:
        """Give the new entries, in the order in which they were written."""
        new = [
            now for was, now in self.after.tables.changed(self.before.tables, "entry") if was is None and now
        ]
        return sorted(new, key=lambda row: (row["at"], row["id"]))

    def rows(self, table: str) -> Iterator[tuple[Row | None, Row | None]]:
        """Give each row of a table that differs, before and after."""
        return self.after.tables.changed(self.before.tables, table)

    def new(self, table: str) -> list[Row]:
        """Give the new rows of a table."""
        return [now for was, now in self.rows(table) if was is None and now is not None]

    def named(self) -> str:
        """Give all that the new entries say, as one text in which identifiers can be looked for."""
        return json.dumps([list(held(row)) for row in self.entries()])


def held(entry: Row) -> tuple[Mapping[str, Any], Mapping[str, Any], Mapping[str, Any]]:
    """Give what an entry holds: what was asked, what was noted meanwhile, what was answered."""
    content = entry["body"]["content"]
    return content["asked"], content["noted"], content["answer"]


def recorded_once(change: Change) -> None:
    """A command has one entry, and nothing is changed without one."""
    entries = change.entries()
    for was, now in change.rows("entry"):
        assert was is None, "an entry was changed"
        assert now is not None
    each = Counter(row["command"] for row in entries)
    assert all(number == 1 for number in each.values()), "a command has two entries"
    differing = [table for table in change.after.tables.differs(change.before.tables) if table != "entry"]
    assert entries or not differing, f"{', '.join(differing)} changed, and no entry says so"
    for row in entries:
        assert row["body"] is not None, f"the entry of {row['action']} holds nothing"
        assert row["command"] in change.sent or row["action"] == "offer_place", (
            f"{row['action']} was never sent"
        )


def only_allowed_moves(change: Change) -> None:
    """A booking and an arrival go only the ways that there are; a hold lapses only when its time is over."""
    for was, now in change.rows("booking"):
        assert now is not None, "a booking is gone"
        before, after = was["standing"] if was else None, now["standing"]
        if before != after and len(change.sent) == 1:
            assert after in MOVES.get(before, set()), f"a booking that was {before} is {after}"
        if was is not None and after == "lapsed":
            assert was["hold_until"] <= change.after.now, "a hold lapsed before its time"
        if was is not None and before == "held" and after == "booked":
            assert was["hold_until"] > change.after.now, "a hold that ran out was confirmed"
        if was is not None:
            kept = ("request_id", "person_id", "decided_at")
            assert all(was[name] == now[name] for name in kept), "a booking changed what it never changes"
        starts = change.after.slot(now)["starts"]
        assert after != "missed" or change.after.now >= starts, "a visit was missed before it began"
    for was, now in change.rows("arrival"):
        before, after = was["outcome"] if was else None, now["outcome"] if now else None
        assert before == after or after in AT_GATE.get(before, set()), f"somebody {before} is {after}"


def others_untouched(change: Change) -> None:
    """No row about a booking is written that no entry names, no decision or notice about another is made."""
    named = change.named()
    for was, now in change.rows("booking"):
        row = now or was
        lapsed = (
            was is not None and was["standing"] == "held" and now is not None and now["standing"] == "lapsed"
        )
        assert row is not None
        assert lapsed or str(row["id"]) in named, f"booking {row['id']} was written, and no entry names it"
    touched = {row["request_id"] for pair in change.rows("booking") for row in pair if row}
    for table in ("decided", "notice"):
        for row in change.new(table):
            if table == "notice" and row["kind"] == "paper":
                continue  # of no request: told.told_of_papers
            request = row["request_id"] if table == "decided" else row["request"]
            known = request in touched or str(request) in named or _of_named(change, request, named)
            assert known, f"a {table} about a request that no entry names"
    for table in ("request", "member", "waiting"):
        for was, now in change.rows(table):
            row = now or was
            assert row is not None
            request = row["id"] if table == "request" else row["request_id"]
            person = change.after.tables.one("request", request)["person_id"]
            if table == "waiting" and any(one["person"] == person for one in change.entries()):
                continue
            assert request in touched or str(request) in named or _of_named(change, request, named), (
                f"a {table} of a request was written that no entry names"
            )


def _of_named(change: Change, request: UUID, named: str) -> bool:
    bookings = change.after.tables.of("booking", request_id=request)
    waiting = change.after.tables.of("waiting", request_id=request)
    return any(str(row["id"]) in named for row in (*bookings, *waiting))


def inputs_kept(change: Change) -> None:
    """The case of a decision, decided again, gives the same answer by the same law."""
    for row in change.new("decided")[:1]:
        found = answer.answer(answer.read(row["case"].encode(), "kept"))
        assert (found.outcome.value, found.pack_hash) == (row["outcome"], row["law_hash"]), (
            f"a case decided again is {found.outcome.value}, not {row['outcome']}"
        )
        assert shelf.pack(row["law"]).hash == row["law_hash"]


def served_in_order(change: Change) -> None:
    """Nobody who waits is passed over: who waited before somebody that was offered a place cannot have it."""
    for entry in change.entries():
        _, _, found = held(entry)
        if entry["action"] != "offer_place" or not found["booking"]:
            continue
        row = change.after.tables.one("booking", UUID(found["booking"]))
        mine = next(
            one
            for one in change.after.tables.of("waiting", request_id=row["request_id"])
            if one["standing"] == "offered"
        )
        key = change.after.slot(row)["key"]
        slot = change.after.timetable.slot(key)
        assert slot is not None
        assert mine["first_on"] <= slot.on <= mine["last_on"], "an offer of a day that was not waited for"
        for other in change.after.tables.of("waiting", standing="waiting"):
            if (other["asked_at"], other["id"]) > (mine["asked_at"], mine["id"]):
                continue
            if not other["first_on"] <= slot.on <= other["last_on"]:
                continue
            request = change.after.tables.one("request", other["request_id"])
            party = change.after.members(request["id"])
            person = request["person_id"]
            fits = not expected.obstacles(change.after, person, party, slot, by="public", but=row)
            lawful = expected.law(change.after, person, party, slot.on) == expected.PERMIT
            assert not (fits and lawful), f"{key} was offered to somebody who waited later"


def withdrawn_for_a_reason(change: Change) -> None:
    """Nothing is withdrawn by law that the law permits, and nothing by the house that it could hold."""
    world, actions = change.after, {row["action"] for row in change.entries()}
    for was, now in change.rows("booking"):
        if was is None or now is None or was["standing"] == now["standing"] or now["standing"] != "withdrawn":
            continue
        slot, person = world.slot(now), world.tables.one("person", now["person_id"])
        if now["ended_by"] == "law":
            found = expected.law(world, person["id"], change.before.party(was), slot["on"], before=now)
            assert found == expected.REFUSE, f"withdrawn by law, and the law says {found}"
        elif "close_date" in actions:
            assert expected.closed(world, slot["on"], slot["session"]), (
                f"withdrawn, and {slot['key']} is not closed"
            )
        elif person["left_on"] is not None and actions & {"transfer_person", "release_person"}:
            assert person["left_on"] <= slot["on"], "withdrawn for a day before the person leaves"
        elif "separate" in actions:
            others = [one for one in world.tables.rows["booking"].values() if one is not now]
            alone = any(one["contact_id"] in world.party(now) for one in expected.apart(world, slot["on"]))
            assert alone or any(expected.together(world, now, one) for one in others), (
                "withdrawn, and meets nobody"
            )
        elif "change_schedule" in actions:
            later = _later_in(world, now, slot["key"])
            assert not later or _other_reason(world, now), (
                "the schedule changed, and who booked first had to go first"
            )
        else:
            assert "mark_missed" in actions, f"withdrawn by {', '.join(actions)}"


def _later_in(world: World, booking: Row, key: str) -> list[Row]:
    """Give what stands in a slot, was booked later, and takes no fewer places."""
    first = (booking["decided_at"], booking["id"])
    same = [
        row
        for row in world.standing()
        if world.slot(row)["key"] == key and row["places"] >= booking["places"]
    ]
    return [row for row in same if (row["decided_at"], row["id"]) > first]


def _other_reason(world: World, booking: Row) -> bool:
    """Tell whether a booking has no place in the schedule for another reason than that it is full."""
    slot = world.timetable.slot(world.slot(booking)["key"])
    party = world.party(booking)
    return slot is None or bool(
        expected.obstacles(world, booking["person_id"], party, slot, by="staff") - {"full", "not_offered"}
    )


def children_with_adults(change: Change) -> None:
    """A visit begins with those let in, and no child is among them without an adult of the list."""
    for visit in change.new("visit"):
        booking = change.after.tables.one("booking", visit["booking_id"])
        on = change.after.slot(booking)["on"]
        arrived = change.after.tables.of("arrival", booking_id=booking["id"])
        inside = [row["contact_id"] for row in arrived if row["outcome"] == "admitted"]
        assert inside, "a visit began with nobody"
        ages = {one: expected.age(change.after, one, on) for one in inside}
        if min(ages.values()) < change.after.rules.adult_age:
            adults = [one for one in inside if ages[one] >= expected.ADULT_AGE]
            answering = [
                one for one in adults if expected.approved(change.after, booking["person_id"], one, on)
            ]
            assert answering, "children are in a visit without an adult who answers for them"


OF_STATE: tuple[Callable[[Change], None], ...] = (
    recorded_once,
    only_allowed_moves,
    others_untouched,
    inputs_kept,
    served_in_order,
    withdrawn_for_a_reason,
    children_with_adults,
)


class Record:
    """What the entries say became of each booking: the state must be the same."""

    def __init__(self) -> None:
        """Begin with nothing."""
        self.standing: dict[UUID, str] = {}

    def follow(self, change: Change) -> None:
        """Add the new entries, and compare with the tables."""
        kept = {row["id"]: row["standing"] for row in change.after.tables.rows["booking"].values()}
        said_now: dict[UUID, set[str]] = defaultdict(set)
        for entry in change.entries():
            for booking, standing in _said(entry):
                self.standing[booking] = standing
                said_now[booking].add(standing)
        for booking, several in said_now.items():  # of two at once, either may have come first
            if len(change.sent) > 1 and kept.get(booking) in several:
                self.standing[booking] = kept[booking]
        for booking, said in self.standing.items():
            found = kept.get(booking)
            ran_out = said == "held" and found == "lapsed"
            assert found == said or ran_out, f"the record says that a booking is {said}: it is {found}"
        assert kept.keys() == self.standing.keys(), "a booking is there that the record does not know"


def _said(entry: Row) -> Iterator[tuple[UUID, str]]:
    asked, noted, found = held(entry)
    match entry["action"]:
        case "book_visit" if found["booking"]:
            yield UUID(found["booking"]), found["outcome"]
        case "offer_place" if found["booking"]:
            yield UUID(found["booking"]), "held"
        case "confirm_booking":
            yield UUID(asked["booking"]), found["standing"]
        case "cancel_booking":
            yield UUID(asked["booking"]), "cancelled"
        case "end_visit" | "refuse_entry" | "mark_missed":
            standing = found.get("standing") or "happened"
            yield UUID(asked["booking"]), standing
        case "lapse_holds":
            yield from ((UUID(one), "lapsed") for one in found["lapsed"])
    done = noted.get("replayed") or found.get("replayed") or {}
    yield from ((UUID(one), "withdrawn") for one in done.get("withdrawn", ()))
