"""What somebody sees of visits: whom they may visit and with whom, what was asked, answered and booked."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from uuid import UUID

from locutorio.actions.authority import About, reading
from locutorio.actions.petitioning import refuse_unopened
from locutorio.store import changes, gate, notices, people, requests, waiting
from locutorio.store.actor import Actor
from locutorio.store.entered import PaperRow
from locutorio.store.gate import AtGate
from locutorio.store.notices import NoticeRow
from locutorio.store.people import REMOVED, ContactRow, EstablishmentRow, PersonRow
from locutorio.store.relations import family
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

    ``no_contact``: it was last permitted only without physical contact. ``told``: the notices about it to
    those who see it, where it was asked for by itself.
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
    told: tuple[NoticeRow, ...] = ()


def own_contacts(by: Actor, at: UUID) -> frozenset[UUID]:
    """Give the contacts for whom somebody acts, and the children for whom those answer."""
    with reading(by, "read_own_requests", About(at)):
        return family(at, by.contacts)


def whom(by: Actor, at: UUID) -> tuple[Visited, ...]:
    """Give the people on whose lists somebody of a family stands, and who of the family may come along."""
    with reading(by, "read_whom", About(at)):
        together = family(at, by.contacts)
        listed = {place.person for one in together for place in people.lists_with(at, one)}
        found = (_visited(at, person, together) for person in listed)
        return tuple(
            sorted(
                (one for one in found if _any_listed(one)), key=lambda one: (one.person.name, one.person.id)
            )
        )


def visited(by: Actor, at: UUID, person: UUID) -> Visited:
    """Give a person, and those who may come along, the eldest first; to staff all who are listed.

    Raises:
        Refused: there is no such person here, or none on whose list somebody of the family stands.
        PurposeNeeded: staff did not say why.
    """
    with reading(by, "read_visited", About(at, "person", person)):
        return _visited(at, person, family(at, by.contacts) if by.contacts else None)


def _visited(at: UUID, person: UUID, contacts: Collection[UUID] | None) -> Visited:
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


def own_requests(by: Actor, at: UUID) -> tuple[RequestSeen, ...]:
    """Give the requests in which somebody of a family comes, the latest first."""
    with reading(by, "read_own_requests", About(at)):
        return _seen(at, requests.requests_with(at, family(at, by.contacts)))


def own_visits(by: Actor, at: UUID) -> tuple[RequestSeen, ...]:
    """Give the requests for the visits of a person in custody who asks themselves, the latest first."""
    with reading(by, "read_own_visits", About(at)):
        return _seen(at, requests.requests_of(at, by.person)) if by.person else ()


def request(by: Actor, at: UUID, id_: UUID) -> RequestSeen:
    """Give one request, with what those who see it were told about it; staff see what anybody was told.

    Raises:
        Refused: there is none here, or none in which somebody of the family comes or that is about oneself.
        PurposeNeeded: staff did not say why.
    """
    with reading(by, "read_request", About(at, "request", id_)):
        (seen,) = _seen(at, [requests.request(at, id_)])
        told = notices.notices_about(at, id_)
        if by.person is not None or by.contacts:
            mine = {by.person, *by.contacts}
            told = [one for one in reversed(told) if (one.person or one.contact) in mine]
        return replace(seen, told=tuple(told))


def unbooked(at: UUID, asked: Iterable[RequestRow]) -> tuple[RequestSeen, ...]:
    """Give some requests of a person as they are seen, within a read of that person."""
    return _seen(at, asked)


def own_notices(by: Actor, at: UUID) -> list[NoticeRow]:
    """Give what a person or some contacts were told, the latest first."""
    with reading(by, "read_notices", About(at)):
        return notices.notices_of(at, person=by.person, contacts=by.contacts)


def notice(by: Actor, at: UUID, id_: UUID) -> NoticeRow:
    """Give one notice: one's own, or to staff any.

    Raises:
        Refused: there is none here, or it was sent to somebody else.
        PurposeNeeded: staff did not say why.
    """
    with reading(by, "open_notice", About(at, "notice", id_)):
        found = notices.notice(at, id_)
        refuse_unopened(by, found)
        return found


def persons_found(by: Actor, at: UUID, text: str) -> list[PersonRow]:
    """Give the people whose number or name begins with a text."""
    with reading(by, "find_person", About(at)):
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
