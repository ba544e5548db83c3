"""Whom one may see, asking for a visit, its decision and its booking, by the desks of the pages."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Annotated, Any
from uuid import UUID, uuid5

from django.http import Http404, HttpRequest
from ninja import Query

from locutorio.actions import clock, visits_seen
from locutorio.actions.authority import may
from locutorio.actions.book_visit import VisitBooking, book_visit
from locutorio.actions.booked import Booked
from locutorio.actions.cancel_booking import Cancelling, cancel_booking
from locutorio.actions.change_booking import Changing, change_booking
from locutorio.actions.confirm_booking import confirm_booking
from locutorio.actions.create_account import Role
from locutorio.actions.deciding import local_day
from locutorio.actions.request_visit import VisitRequest, request_visit
from locutorio.actions.sign_in import Seat
from locutorio.actions.slots_shown import SlotShown
from locutorio.actions.times_shown import times_of_request, times_shown
from locutorio.actions.visits_seen import RequestSeen, Visited
from locutorio.kernel.faults import Fault
from locutorio.kernel.moments import day
from locutorio.notices.hindrances import hindrance_told
from locutorio.store.knowledge import PartyMember
from locutorio.store.transaction import Sent
from locutorio.web.api import shapes
from locutorio.web.api.door import NotYours, Unfit, acting, api, bearer, seat_of
from locutorio.web.api.seen import request_seen
from locutorio.web.api.shapes import Day, Word
from locutorio.web.family.desk import DESK as FAMILY_DESK
from locutorio.web.languages import of_request
from locutorio.web.staff.asking import DESK as STAFF_DESK
from locutorio.web.visiting import Desk
from locutorio.web.words import words

DAYS_MAX = 28
Days = Annotated[int, Query(ge=1, le=DAYS_MAX)]


def desk_of(seat: Seat) -> Desk:
    """Give the desk at which an account asks: a family's own, or staff's for others.

    Raises:
        NotYours: it asks at none.
    """
    if Role.FAMILY in seat.roles:
        return FAMILY_DESK
    if may(acting(seat), "request_visit"):
        return STAFF_DESK
    raise NotYours


def sent_by(seat: Seat, body: shapes.Sending, step: str = "") -> Sent:
    """Give what an action must know of a change that a program sent."""
    command = uuid5(body.command, step) if step else body.command
    return Sent(command, seat.establishment, clock.now(), acting(seat))


@api.get(
    "/people",
    auth=bearer,
    response=list[shapes.Person],
    summary=words("en")["api_op_people"],
    operation_id="people",
)
def people(request: HttpRequest, word: Word = "") -> Any:
    """A family's: those on whose lists somebody of it stands. Staff's: whose name or number begins so."""
    seat = seat_of(request)
    if desk_of(seat) is FAMILY_DESK:
        return [_person(one) for one in visits_seen.whom(acting(seat), seat.establishment)]
    rows = visits_seen.persons_found(acting(seat), seat.establishment, word) if word else []
    return [_person(Visited(row, (), 0)) for row in rows]


@api.get(
    "/people/{uuid:person}",
    auth=bearer,
    response=shapes.Person,
    summary=words("en")["api_op_person"],
    operation_id="person",
)
def person(request: HttpRequest, person: UUID) -> Any:
    """See a person, and those who may come along."""
    seat = seat_of(request)
    desk_of(seat)
    return _person(visits_seen.visited(acting(seat), seat.establishment, person))


def _person(one: Visited) -> shapes.Person:
    return shapes.Person(
        id=one.person.id,
        name=one.person.name,
        number=one.person.number,
        here=one.person.left_on is None,
        companions=[
            shapes.Companion(contact=who.contact, name=who.name, listed=who.listed) for who in one.companions
        ],
    )


@api.get(
    "/people/{uuid:person}/times",
    auth=bearer,
    response=list[shapes.Time],
    summary=words("en")["api_op_person_times"],
    operation_id="personTimes",
)
def person_times(
    request: HttpRequest,
    person: UUID,
    who: Annotated[list[UUID], Query(alias="with", min_length=1, max_length=shapes.PARTY_MAX)],
    lap: Annotated[list[UUID], Query(max_length=shapes.PARTY_MAX)] = [],  # noqa: B006 - the framework copies it
    first: Annotated[Day | None, Query(alias="from")] = None,
    days: Days = 7,
) -> Any:
    """List the times of some days, from today on, for those who would come."""
    seat = seat_of(request)
    desk = desk_of(seat)
    visited = visits_seen.visited(acting(seat), seat.establishment, person)
    members = [shapes.Member(contact=one, lap=one in lap) for one in who]
    slots = times_shown(
        acting(seat),
        seat.establishment,
        person,
        _party(visited, members),
        _stretch(seat, first, days),
        asked_at=clock.now(),
        window=desk.by,
    )
    return _times(slots, of_request(request))


@api.get(
    "/requests",
    auth=bearer,
    response=list[shapes.Request],
    summary=words("en")["api_op_requests"],
    operation_id="requests",
)
def requests(request: HttpRequest) -> Any:
    """List the requests in which somebody of a family comes, the latest first. Staff have no such list."""
    seat = seat_of(request)
    if desk_of(seat) is not FAMILY_DESK:
        raise NotYours
    seen = visits_seen.own_requests(acting(seat), seat.establishment)
    return [_shown(request, one, whole=False) for one in seen]


@api.post(
    "/requests",
    auth=bearer,
    response={201: shapes.Request},
    summary=words("en")["api_op_ask"],
    operation_id="ask",
)
def ask(request: HttpRequest, payload: shapes.Asking) -> Any:
    """Ask for a visit on a day; it is decided at once, for each who would come. No place is taken."""
    seat = seat_of(request)
    desk = desk_of(seat)
    visited = visits_seen.visited(acting(seat), seat.establishment, payload.person)
    way = payload.way or desk.ways[0]
    if way not in desk.ways:
        raise NotYours
    what = VisitRequest(
        payload.person, _party(visited, payload.party), _day(payload.on), way=way, note=payload.note
    )
    answer = request_visit(what, sent_by(seat, payload))
    return _shown(request, _request(request, answer.request))


@api.get(
    "/requests/{uuid:id}",
    auth=bearer,
    response=shapes.Request,
    summary=words("en")["api_op_request"],
    operation_id="request",
)
def one_request(request: HttpRequest, id: UUID) -> Any:  # noqa: A002 - as the address has it
    """See a request, what was decided of each with the reasons, and its booking."""
    return _shown(request, _request(request, id))


@api.get(
    "/requests/{uuid:id}/times",
    auth=bearer,
    response=list[shapes.Time],
    summary=words("en")["api_op_request_times"],
    operation_id="requestTimes",
)
def request_times(
    request: HttpRequest,
    id: UUID,  # noqa: A002 - as the address has it
    first: Annotated[Day | None, Query(alias="from")] = None,
    days: Days = 7,
) -> Any:
    """List the times of some days, from today on, for those of a request."""
    seat, seen = seat_of(request), _request(request, id)
    slots = times_of_request(
        acting(seat),
        seat.establishment,
        id,
        _stretch(seat, first, days),
        asked_at=clock.now(),
        window=desk_of(seat).by,
        changing=seen.booking is not None,
    )
    return _times(slots, of_request(request))


@api.post(
    "/requests/{uuid:id}/booking",
    auth=bearer,
    response=shapes.Booked,
    summary=words("en")["api_op_book"],
    operation_id="book",
)
def book(request: HttpRequest, id: UUID, payload: shapes.Booking) -> Any:  # noqa: A002 - as the address has it
    """Hold a place for a permitted request, or book it at once. That it is not had is no refusal."""
    seat = seat_of(request)
    _request(request, id)
    _slot(payload.slot)
    what = VisitBooking(id, payload.slot, hold=payload.hold, by=desk_of(seat).by)
    return _booked(request, book_visit(what, sent_by(seat, payload)))


@api.post(
    "/requests/{uuid:id}/booking/confirm",
    auth=bearer,
    response=shapes.Request,
    summary=words("en")["api_op_confirm"],
    operation_id="confirm",
)
def confirm(request: HttpRequest, id: UUID, payload: shapes.Sending) -> Any:  # noqa: A002 - as the address has it
    """Confirm a place that is held; where the hold ran out, the booking has lapsed."""
    confirm_booking(_booking(_request(request, id)), sent_by(seat_of(request), payload))
    return _shown(request, _request(request, id))


@api.post(
    "/requests/{uuid:id}/booking/change",
    auth=bearer,
    response=shapes.Booked,
    summary=words("en")["api_op_change"],
    operation_id="change",
)
def change(request: HttpRequest, id: UUID, payload: shapes.Changing) -> Any:  # noqa: A002 - as the address has it
    """Move a booking to another time. The first is kept until the other is had."""
    seat = seat_of(request)
    _slot(payload.slot)
    what = Changing(_booking(_request(request, id)), payload.slot, by=desk_of(seat).by)
    return _booked(request, change_booking(what, sent_by(seat, payload)))


@api.post(
    "/requests/{uuid:id}/booking/cancel",
    auth=bearer,
    response=shapes.Request,
    summary=words("en")["api_op_cancel"],
    operation_id="cancel",
)
def cancel(request: HttpRequest, id: UUID, payload: shapes.Cancelling) -> Any:  # noqa: A002 - as the address has it
    """Cancel a booking. Everybody who was to come is told."""
    seat = seat_of(request)
    desk = desk_of(seat)
    by = payload.by or desk.cancellers[0]
    if by not in desk.cancellers:
        raise NotYours
    cancel_booking(Cancelling(_booking(_request(request, id)), by, payload.why), sent_by(seat, payload))
    return _shown(request, _request(request, id))


def _request(request: HttpRequest, id_: UUID) -> RequestSeen:
    seat = seat_of(request)
    desk_of(seat)
    return visits_seen.request(acting(seat), seat.establishment, id_)


def _booking(seen: RequestSeen) -> UUID:
    if seen.booking is None:
        raise Http404
    return seen.booking.id


def _shown(request: HttpRequest, seen: RequestSeen, *, whole: bool = True) -> shapes.Request:
    seat = seat_of(request)
    return request_seen(
        seen, of_request(request), clock.now(), readable=desk_of(seat).readable(seat), whole=whole
    )


def _booked(request: HttpRequest, answer: Booked) -> shapes.Booked:
    lang = of_request(request)
    return shapes.Booked(
        had=answer.had,
        outcome=answer.outcome,
        hindrances=[hindrance_told(lang, one) for one in answer.hindrances],
        next_slot=answer.next_slot,
        request=_shown(request, _request(request, answer.request)),
    )


def _party(visited: Visited, members: Sequence[shapes.Member]) -> tuple[PartyMember, ...]:
    """Read who comes: only those who may come along, of whom others are told as if they were not there."""
    may_come = {one.contact for one in visited.companions}
    if not {one.contact for one in members} <= may_come:
        raise Http404
    return tuple(PartyMember(one.contact, one.lap) for one in members)


def _stretch(seat: Seat, first: str | None, days: int) -> tuple[date, date]:
    today = local_day(seat.zone, clock.now())
    begin = max(_day(first), today) if first else today
    return begin, begin + timedelta(days=days - 1)


def _day(text: str) -> date:
    try:
        return day(text)
    except Fault as fault:
        raise Unfit(fault) from fault


def _slot(key: str) -> None:
    """Refuse what is no key of a slot, as `session@day` is."""
    _day(key.rpartition("@")[2][:10])


def _times(slots: Sequence[SlotShown], lang: str) -> list[shapes.Time]:
    return [
        shapes.Time(
            slot=one.key,
            starts=one.starts,
            ends=one.ends,
            room=one.room,
            left=one.left,
            free=not one.hindrances,
            hindrances=[hindrance_told(lang, why) for why in one.hindrances],
        )
        for one in slots
    ]
