"""Everything that a booking rests on, read at once: request, party, slot, what is taken, what is spent."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any
from uuid import UUID

from locutorio.arrangements.schedule.patterns import Medium
from locutorio.arrangements.schedule.values import PRIVILEGED, Member, Party, Slot, Who
from locutorio.kernel.faults import Fault
from locutorio.kernel.moments import years_between
from locutorio.store.charging import Debited
from locutorio.store.requests import no_contact
from locutorio.store.slots import House, Known
from locutorio.store.statements import database_kind, day, identifier, listed, moment, one_row, rows_in


@dataclass(frozen=True, slots=True)
class Coming:
    """One of a party. ``relation`` to the person in custody and ``role`` are None where not known."""

    contact: UUID
    lap: bool
    born_on: date | None
    relation: str | None
    role: str | None
    version: int


@dataclass(frozen=True, slots=True)
class Apart:
    """A separation that holds on the day: of two people held, or of one and a contact."""

    person: UUID
    person_version: int
    other_person: UUID | None
    other_version: int | None
    contact: UUID | None
    scope: str


@dataclass(frozen=True, slots=True)
class View:
    """What is known at one moment. ``person_version`` and ``establishment_version`` are now's, those of
    ``decided`` the ones that the last decision, for the day ``on``, was made at. ``no_contact``: that one
    permits it only without physical contact.

    ``booking`` is the one that the request has, if one is not over; ``waits`` whether it waits for a place;
    ``slot`` the row of the slot, if there is one as the schedule now has it; ``closed`` why no visit takes
    place then.
    """

    request: UUID
    person: UUID
    about: str
    outcome: str
    no_contact: bool
    on: date
    decided: tuple[int, int]
    person_version: int
    establishment_version: int
    who: Who
    coming: tuple[Coming, ...]
    booking: UUID | None
    waits: bool
    slot: UUID | None
    closed: str | None
    taken: frozenset[tuple[str, int]]
    debited: tuple[Debited, ...]
    apart: tuple[Apart, ...]

    @property
    def contacts(self) -> tuple[UUID, ...]:
        """Those who come."""
        return tuple(one.contact for one in self.coming)

    @property
    def people(self) -> dict[UUID, int]:
        """The versions of the person, and of all who must not meet somebody of the party."""
        found = {self.person: self.person_version}
        for one in self.apart:
            found[one.person] = one.person_version
            if one.other_person is not None and one.other_version is not None:
                found[one.other_person] = one.other_version
        return found

    def permitted_on(self, slot: Slot) -> bool:
        """Tell whether the last decision permits it in a slot, and nothing that it rests on was changed."""
        return (
            self.outcome == "permit"
            and self.on == slot.on
            and self.decided == (self.person_version, self.establishment_version)
            and slot.medium is not Medium.VIDEO
        )

    def party(self, on: date) -> Party:
        """Give the party as a schedule counts it on a day."""
        return Party(
            tuple(Member(_age(one.born_on, on), one.relation, one.lap) for one in self.coming),
            privileged=all(one.role in PRIVILEGED for one in self.coming),
        )


def view(house: House, request: UUID, known: Known) -> View:
    """Read what a booking of a request in a slot rests on.

    Raises:
        Fault: the establishment has no such request.
    """
    slot = known.slot
    row = one_row(
        _question(database_kind(), of_contacts=any(quota.contact for quota in house.schedule.quotas)),
        (
            slot.on,
            slot.session,
            known.first,
            known.last,
            slot.on,
            slot.on,
            slot.key,
            slot.room,
            slot.starts,
            slot.ends,
            house.id,
            request,
        ),
        of=house.id,
    )
    if row is None:
        raise Fault(f"there is no request {request} here", remedy="look it up again")
    return _read(request, row)


@cache
def _question(kind: str, *, of_contacts: bool) -> str:
    """Give the one question; what was taken of contacts is asked only where a quota counts it."""
    party = """SELECT m.contact_id FROM store_member m
                        WHERE m.establishment_id = r.establishment_id AND m.request_id = r.id"""
    whose = f"IN (SELECT r.person_id UNION ALL {party})" if of_contacts else "= r.person_id"
    coming = listed(kind, "m.contact_id, m.lap, c.born_on, l.relation, l.role, c.version")
    debited = listed(kind, 'd.subject, d.quota, d."on", d.amount')
    separated = listed(kind, "s.person_id, sp.version, s.other_person_id, so.version, s.contact_id, s.scope")
    return f"""
        SELECT r.person_id, r.about, r.outcome, r.conditions, r."on",
            r.person_version, r.establishment_version, p.version, e.version,
            p.number, p.surname, p.unit, p.custody_level, p.incentive, p.legal_status,
            p.statuses, p.sex, p.held_since,
            (SELECT {coming} FROM store_member m
                JOIN store_contact c ON c.id = m.contact_id
                LEFT JOIN store_listed l ON l.establishment_id = m.establishment_id
                    AND l.person_id = r.person_id AND l.contact_id = m.contact_id
                WHERE m.establishment_id = r.establishment_id AND m.request_id = r.id),
            (SELECT b.id FROM store_booking b
                WHERE b.establishment_id = r.establishment_id AND b.request_id = r.id
                    AND NOT b.standing IN ('withdrawn', 'cancelled', 'lapsed')),
            EXISTS (SELECT 1 FROM store_waiting w
                WHERE w.establishment_id = r.establishment_id AND w.request_id = r.id
                    AND w.standing IN ('waiting', 'offered')),
            t.id,
            (SELECT min(k.reason) FROM store_closure k
                WHERE k.establishment_id = r.establishment_id AND k."on" = %s AND k.session IN ('', %s)
                    AND k.lifted_at IS NULL),
            (SELECT {listed(kind, "o.kind, o.number")} FROM store_place o
                WHERE o.establishment_id = r.establishment_id AND o.slot_id = t.id),
            (SELECT {debited} FROM store_debit d
                WHERE d.establishment_id = r.establishment_id AND d."on" BETWEEN %s AND %s
                    AND d.subject {whose}),
            (SELECT {separated} FROM store_separation s
                JOIN store_person sp ON sp.id = s.person_id
                LEFT JOIN store_person so ON so.id = s.other_person_id
                WHERE s.establishment_id = r.establishment_id
                    AND (s.since IS NULL OR s.since <= %s) AND (s.until IS NULL OR s.until > %s)
                    AND (s.person_id = r.person_id OR s.other_person_id = r.person_id
                        OR s.contact_id IN ({party})))
        FROM store_request r
        JOIN store_person p ON p.id = r.person_id
        JOIN store_establishment e ON e.id = r.establishment_id
        LEFT JOIN store_slot t ON t.establishment_id = r.establishment_id AND t.key = %s
            AND t.room = %s AND t.starts = %s AND t.ends = %s
        WHERE r.establishment_id = %s AND r.id = %s"""  # noqa: S608 - names, never values


def _read(request: UUID, row: tuple[Any, ...]) -> View:
    person, about, outcome, conditions, on, person_then, house_then, person_now, house_now, *rest = row
    *of_person, coming, booking, waits, slot, closed, taken, debited, apart = rest
    return View(
        request=request,
        person=identifier(person),
        about=about,
        outcome=outcome,
        no_contact=no_contact(conditions),
        on=day(on),
        decided=(person_then, house_then),
        person_version=person_now,
        establishment_version=house_now,
        who=_who(*of_person),
        coming=tuple(sorted(map(_coming, rows_in(coming)), key=lambda one: one.contact)),
        booking=identifier(booking) if booking else None,
        waits=bool(waits),
        slot=identifier(slot) if slot else None,
        closed=closed,
        taken=frozenset((kind, number) for kind, number in rows_in(taken)),
        debited=tuple(
            Debited(identifier(subject), quota, day(on_), amount)
            for subject, quota, on_, amount in rows_in(debited)
        ),
        apart=tuple(map(_apart, rows_in(apart))),
    )


def _who(*columns: Any) -> Who:
    number, surname, unit, custody_level, incentive, legal_status, statuses, sex, held_since = columns
    return Who(
        number=number,
        surname=surname,
        unit=unit or None,
        custody_level=custody_level or None,
        incentive=incentive or None,
        legal_status=legal_status or None,
        statuses=frozenset(json.loads(statuses)),
        sex=sex or None,
        held_since=moment(held_since) if held_since else None,
    )


def _coming(row: list[Any]) -> Coming:
    contact, lap, born_on, relation, role, version = row
    born = day(born_on) if born_on else None
    return Coming(identifier(contact), bool(lap), born, relation or None, role, version)


def _apart(row: list[Any]) -> Apart:
    person, person_version, other, other_version, contact, scope = row
    return Apart(
        identifier(person),
        person_version,
        identifier(other) if other else None,
        other_version,
        identifier(contact) if contact else None,
        scope,
    )


def _age(born_on: date | None, on: date) -> int | None:
    return None if born_on is None or born_on > on else years_between(born_on, on)
