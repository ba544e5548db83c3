"""Says of a person and of a party what a schedule needs to know of them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from locutorio.arrangements.schedule.values import PRIVILEGED, Member, Party, Who
from locutorio.store.knowledge import Knowledge, PartyMember
from locutorio.store.people import PersonRow


def who_of(person: PersonRow) -> Who:
    """Give a person as a schedule tells people apart; what is empty is not known."""
    return Who(
        number=person.number,
        surname=person.surname,
        unit=person.unit or None,
        custody_level=person.custody_level or None,
        incentive=person.incentive or None,
        legal_status=person.legal_status or None,
        statuses=frozenset(person.statuses),
        sex=person.sex or None,
        held_since=person.held_since,
    )


def party_of(known: Knowledge, party: Sequence[PartyMember], on: date) -> Party:
    """Give a party as a schedule counts it, with their ages on the day."""
    return Party(
        tuple(
            Member(known.age(member.contact, on), known.relation(member.contact), member.lap)
            for member in party
        ),
        privileged=all(known.role(member.contact) in PRIVILEGED for member in party),
    )
