"""What somebody sees of visits: whom they may visit and with whom, what was asked, answered and booked."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from locutorio.kernel.faults import Fault
from locutorio.store import changes, gate, notices, people, requests, waiting
from locutorio.store.entered import PaperRow
from locutorio.store.gate import AtGate
from locutorio.store.notices import NoticeRow
from locutorio.store.people import REMOVED, ContactRow, EstablishmentRow, PersonRow
from locutorio.store.requests import DecidedRow, RequestRow
from locutorio.store.slots import schedule_read
from locutorio.store.waiting import LIVE, WaitingRow

__all__ = ["LIVE", "NoticeRow"]


@dataclass(frozen=True, slots=True)
class Companion:
    """Somebody who may come along. ``listed`` is their place on the person's list, empty for none."""

    contact: UUID
    name: str
    born_on: date | None
    listed: str


@dataclass(frozen=True, slots=True)
class Visited:
    """A person in custody, and those of one family who may come to them.

    ``lap_under`` is the age below which the schedule lets a child sit on a lap without a place, 0 for none.
    """

    person: PersonRow
    companions: tuple[Companion, ...]
    lap_under: int


@dataclass(frozen=True, slots=True)
class MemberSeen:
    """One of a party: who, and the last decision about them; ``naming`` are the papers that name them."""

    contact: ContactRow
    lap: bool
    decided: DecidedRow | None
    naming: frozenset[str]


@dataclass(frozen=True, slots=True)
class RequestSeen:
    """A request: for whom, with whom, what was decided, and the booking, where one was made.

    ``no_contact``: it was last permitted only without physical contact.
    """

    id: UUID
    person: PersonRow
    establishment: EstablishmentRow
    on: date
    asked_at: datetime
    way: str
    by: UUID | None
    outcome: str
    no_contact: bool
    party: tuple[MemberSeen, ...]
    booking: AtGate | None
    room: str
    waiting: WaitingRow | None


def family(at: UUID, contacts: Sequence[UUID]) -> frozenset[UUID]:
    """Give some contacts and the children for whom they answer."""
    return frozenset(contacts).union(*(people.children_of(at, one) for one in contacts))


def whom(at: UUID, contacts: Sequence[UUID]) -> tuple[Visited, ...]:
    """Give the people on whose lists somebody of a family stands, and who of the family may come along."""
    together = family(at, contacts)
    listed = {place.person for one in together for place in people.lists_with(at, one)}
    found = (visited(at, person, together) for person in listed)
    return tuple(
        sorted((one for one in found if _any_listed(one)), key=lambda one: (one.person.name, one.person.id))
    )


def visited(at: UUID, person: UUID, contacts: Collection[UUID] | None = None) -> Visited:
    """Give a person, and those of some contacts who may come along, the eldest first; None for all listed.

    Raises:
        Fault: there is no such person here.
    """
    places = {place.contact: place.status for place in people.listed_of(at, person)}
    asked = places if contacts is None else contacts
    rows = people.contacts(at, asked).values()
    companions = (Companion(row.id, row.name, row.born_on, places.get(row.id, "")) for row in rows)
    return Visited(
        people.person(at, person),
        tuple(sorted(companions, key=lambda one: (one.born_on or date.min, one.name, one.contact))),
        _lap_under(people.establishment(at).schedule),
    )


def _lap_under(schedule: str) -> int:
    limits = schedule_read(schedule).parties if schedule else ()
    return max((limit.lap_under for limit in limits if limit.laps), default=0)


def _any_listed(one: Visited) -> bool:
    return any(companion.listed not in ("", REMOVED) for companion in one.companions)


def of_family(at: UUID, contacts: Sequence[UUID]) -> tuple[RequestSeen, ...]:
    """Give the requests in which somebody of a family comes, the latest first."""
    return _seen(at, requests.requests_with(at, family(at, contacts)))


def of_person(at: UUID, person: UUID) -> tuple[RequestSeen, ...]:
    """Give the requests for one person, the latest first."""
    return _seen(at, requests.requests_of(at, person))


def request(at: UUID, id_: UUID) -> RequestSeen:
    """Give one request.

    Raises:
        Fault: there is none here.
    """
    return _seen(at, [requests.request(at, id_)])[0]


def request_of_family(at: UUID, id_: UUID, contacts: Sequence[UUID]) -> RequestSeen:
    """Give one request in which somebody of a family comes.

    Raises:
        Fault: there is none that is theirs.
    """
    found = request(at, id_)
    if not {member.contact.id for member in found.party} & family(at, contacts):
        raise Fault("there is no such request of yours", remedy="look at the list of your visits")
    return found


def notices_to(at: UUID, person: UUID | None, contacts: Collection[UUID]) -> list[NoticeRow]:
    """Give what a person or some contacts were told, the latest first."""
    return notices.notices_of(at, person=person, contacts=contacts)


def notices_about(at: UUID, request: UUID) -> list[NoticeRow]:
    """Give every notice about one request, in the order in which they were written."""
    return notices.notices_about(at, request)


def notice_here(at: UUID, id_: UUID) -> NoticeRow | None:
    """Give a notice of an establishment, None where there is none."""
    try:
        return notices.notice(at, id_)
    except Fault:
        return None


def persons_found(at: UUID, text: str) -> list[PersonRow]:
    """Give the people whose number or name begins with a text."""
    return people.persons_found(at, text)


def _seen(at: UUID, rows: Iterable[RequestRow]) -> tuple[RequestSeen, ...]:
    asked = [*rows]
    place = people.establishment(at)
    booked = gate.of_requests(at, [row.id for row in asked])
    known = people.contacts(at, {member.contact for row in asked for member in row.party})
    held = {id_: people.person(at, id_) for id_ in {row.person for row in asked}}
    papers = {id_: changes.papers_of(at, id_) for id_ in held}
    return tuple(
        RequestSeen(
            id=row.id,
            person=held[row.person],
            establishment=place,
            on=row.on,
            asked_at=row.asked_at,
            way=row.way,
            by=row.by,
            outcome=row.outcome,
            no_contact=requests.no_contact(row.conditions),
            party=_party(row, known, requests.decided_of(at, row.id), papers[row.person]),
            booking=booked.get(row.id),
            room=_room(place, booked[row.id].room) if row.id in booked else "",
            waiting=waiting.waiting_of(at, row.id),
        )
        for row in asked
    )


def _room(place: EstablishmentRow, code: str) -> str:
    """Give the name of a room, as the schedule has it."""
    rooms = schedule_read(place.schedule).rooms
    return rooms[code].name if code in rooms else code


def _party(
    row: RequestRow,
    known: dict[UUID, ContactRow],
    decided: Sequence[DecidedRow],
    papers: Sequence[PaperRow],
) -> tuple[MemberSeen, ...]:
    last = {one.contact: one for one in decided}
    members = (
        MemberSeen(
            known[member.contact],
            member.lap,
            last.get(member.contact),
            frozenset(paper.name for paper in papers if paper.contact == member.contact),
        )
        for member in row.party
    )
    return tuple(sorted(members, key=lambda one: _eldest(one.contact)))


def _eldest(one: ContactRow) -> tuple[date, str, UUID]:
    return one.born_on or date.min, one.name, one.id
