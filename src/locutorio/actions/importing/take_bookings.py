"""Takes a file of booked visits into the store: those to come are decided and take their places."""

from __future__ import annotations

from datetime import UTC
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from locutorio.actions import deciding
from locutorio.actions.importing.columns import plain
from locutorio.actions.importing.reading import ReadFile
from locutorio.actions.importing.remarks import Unread
from locutorio.actions.importing.take_contacts import Known
from locutorio.actions.importing.taking import CHANGED, NEW, SAME, Step, Taker
from locutorio.actions.importing.values import BookingRow
from locutorio.arrangements.schedule.slots import slots_of
from locutorio.arrangements.standings import CANCELLED, STANDING
from locutorio.decisions.decision import Outcome
from locutorio.kernel.faults import Fault
from locutorio.store import bookings, imported, people, requests
from locutorio.store.knowledge import PartyMember
from locutorio.store.locks import hold_person, share_contacts
from locutorio.store.people import PersonRow
from locutorio.store.requests import RequestRow
from locutorio.store.slots import Known as KnownSlot
from locutorio.store.slots import house_of
from locutorio.store.taking import Obstacle
from locutorio.store.taking import Wanted as WantedPlaces
from locutorio.store.transaction import Transaction

BOOKED = "booked"
BY = "staff"


class Bookings(Taker[BookingRow]):
    """Book the visits of a file, in its order, as schedule and law allow; keep those that are over.

    Each row is written as it is reached, since it takes what later rows may want; one that cannot be
    taken leaves nothing.
    """

    def __init__(self, tx: Transaction, reading: ReadFile) -> None:
        super().__init__(tx, reading)
        self._persons = imported.persons_here(tx.establishment)
        self._contacts = Known(tx.establishment)
        self._house = house_of(tx.establishment)

    def step(self, row: BookingRow) -> Step:
        person = self._persons.get(row.person_number)
        if person is None:
            raise Unread("person_unknown", column="inmate_person_no")
        party = tuple(PartyMember(self._contact(one, person.id)) for one in row.party)
        if len({member.contact for member in party}) < len(party):
            raise Unread("twice_in_party", column="visitor_nos")
        known = self._slot(row)
        there = self._there(person.id, known.slot.key, {member.contact for member in party})
        if there is not None:
            return self._again(row, there)
        over = known.slot.ends <= self.tx.at
        if row.state == BOOKED and over:
            raise Unread("booked_and_over", column="state")
        if row.state not in {BOOKED, CANCELLED} and not over:
            raise Unread("over_and_to_come", column="state")
        with imported.all_or_nothing():
            self._book(row, person, party, known)
        return Step(NEW, about=frozenset({person.id}))

    def _contact(self, written: str, person: UUID) -> UUID:
        """Find one of a party: by number, else by name on the person's list, else by name."""
        if numbered := self._contacts.numbered(written):
            return numbered.id
        found: dict[UUID, None] = {}
        for surname, forenames in _splits(written):
            named = self._contacts.named_for(person, surname, forenames)
            found |= {one.id: None for one in named or self._contacts.named(surname, forenames)}
        if len(found) != 1:
            key = "party_ambiguous" if found else "party_unknown"
            raise Unread(key, column="visitor_nos", name=written, count=str(len(found)))
        return next(iter(found))

    def _slot(self, row: BookingRow) -> KnownSlot:
        """Find the slot of the schedule that begins and ends then, in that room."""
        schedule = self._house.schedule
        on = row.starts.astimezone(ZoneInfo(schedule.zone)).date()
        both = (row.starts, row.ends)
        slots = slots_of(schedule, on, on)
        same = [slot for slot in slots if (slot.starts.astimezone(UTC), slot.ends.astimezone(UTC)) == both]
        room = plain(row.room)
        here = [slot for slot in same if room in {plain(slot.room), plain(schedule.rooms[slot.room].name)}]
        if not same:
            raise Unread("no_slot", column="start")
        if len(here) != 1:
            raise Unread("no_slot_room", column="room", rooms=", ".join(sorted({slot.room for slot in same})))
        return self._house.known(here[0].key)

    def _there(self, person: UUID, key: str, contacts: set[UUID]) -> bookings.BookingRow | None:
        """Give the booking of these people at that time: one that stands, else the latest."""
        found = [
            one
            for one in bookings.bookings_for(self.tx.establishment, person)
            if one.key == key and set(one.contacts) == contacts
        ]
        standing = [one for one in found if one.standing in STANDING]
        return next(iter(standing or found), None)

    def _again(self, row: BookingRow, there: bookings.BookingRow) -> Step:
        if there.standing == row.state:
            return Step(SAME)
        if row.state != CANCELLED or there.standing not in STANDING:
            raise Unread("booking_stands_otherwise", column="state", standing=there.standing)
        hold_person(self.tx, there.person)
        bookings.release(
            self.tx, there.id, CANCELLED, by="establishment", ground=f"bookings.csv: {row.state}"
        )
        return Step(CHANGED, about=frozenset({there.person}))

    def _book(
        self, row: BookingRow, person: PersonRow, party: tuple[PartyMember, ...], known: KnownSlot
    ) -> None:
        """Decide, keep the request, and take places where the visit is to come."""
        try:
            found = self._decided(person, party, known)
        except Fault as fault:
            raise Unread("not_decided", column="start", why=fault.what) from fault
        if row.state == BOOKED and found.outcome is not Outcome.PERMIT:
            worst = next(one for one in found.decisions if one.outcome is found.outcome)
            why = worst.reasons[0].citation if worst.reasons else ""
            raise Unread("not_permitted", column="visitor_nos", outcome=found.outcome.value, why=why)
        request = self.tx.new_id()
        kept = RequestRow(
            id=request,
            person=person.id,
            about="visit",
            way="import",
            by=self.tx.command.actor,
            asked_at=self.tx.at,
            on=known.slot.on,
            outcome=found.outcome.value,
            person_version=people.person(self.tx.establishment, person.id).version,
            establishment_version=self._house.version,
            note="",
            conditions=found.conditions or "",
            party=party,
        )
        requests.keep_request(self.tx, kept)
        deciding.keep(self.tx, request, found, cause="request")
        bookings.hold_request(self.tx, request)
        if row.state != BOOKED:
            imported.add_past_booking(self.tx, kept, known.slot, row.state)
            return
        _, taken = bookings.take(self.tx, self._house, request, WantedPlaces(known, None, BY))
        if isinstance(taken, Obstacle):
            why = ", ".join(one.rule for one in taken.hindrances)
            raise Unread("no_place", column="start", why=f"{taken.outcome}: {why}".replace("_", " "))

    def _decided(self, person: PersonRow, party: tuple[PartyMember, ...], known: KnownSlot) -> Any:
        contacts = [member.contact for member in party]
        share_contacts(self.tx, contacts)
        facts = deciding.knowledge(self.tx.establishment, person.id, contacts, known_at=self.tx.at)
        asked_on = min(known.slot.on, deciding.local_day(self._house.zone, self.tx.at))
        video = deciding.by_video(facts.establishment, known.slot.session)
        return deciding.decided(facts, deciding.Contact(party, known.slot.on, asked_on, "visit", video))


def _splits(name: str) -> set[tuple[str, str]]:
    """Give each way of parting a name into surname and first names."""
    surname, comma, first = name.partition(",")
    if comma:
        return {(surname.strip(), first.strip())}
    words = name.split()
    ways = {(" ".join(words[at:]), " ".join(words[:at])) for at in range(1, len(words))}
    return ways | {(" ".join(words[:at]), " ".join(words[at:])) for at in range(1, len(words))}
