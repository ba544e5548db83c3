"""Whose token this is, and what they were told."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpRequest

from locutorio.actions import visits_seen
from locutorio.actions.create_account import Role
from locutorio.actions.read_notice import read_notice
from locutorio.actions.sign_in import Seat
from locutorio.actions.visits_seen import NoticeRow
from locutorio.notices.document import letter_as_json
from locutorio.web.api import shapes
from locutorio.web.api.door import NotYours, acting, api, bearer, seat_of
from locutorio.web.api.visits import sent_by
from locutorio.web.words import words


@api.get("/me", auth=bearer, response=shapes.Me, summary=words("en")["api_op_me"], operation_id="me")
def me(request: HttpRequest) -> Any:
    """Say whose token this is, what they may do, and where."""
    seat = seat_of(request)
    place = shapes.Establishment(code=seat.code, name=seat.establishment_name, zone=seat.zone)
    return shapes.Me(
        name=seat.name,
        language=seat.language,
        roles=sorted(seat.roles),
        factor=acting(seat).factor,
        establishment=place,
    )


@api.get(
    "/notices",
    auth=bearer,
    response=list[shapes.Notice],
    summary=words("en")["api_op_notices"],
    operation_id="notices",
)
def notices(request: HttpRequest) -> Any:
    """List the notices to those whom a family acts for, the latest first."""
    return [_row(one) for one in _own(seat_of(request))]


@api.get(
    "/notices/{uuid:id}",
    auth=bearer,
    response=shapes.NoticeWhole,
    summary=words("en")["api_op_notice"],
    operation_id="notice",
)
def notice(request: HttpRequest, id: UUID) -> Any:  # noqa: A002 - as the address has it
    """Read a notice, in the language in which it was written. This does not count as having read it."""
    one = _one(seat_of(request), id)
    return shapes.NoticeWhole(**_row(one).model_dump(), letter=letter_as_json(one.letter))


@api.post(
    "/notices/{uuid:id}/read",
    auth=bearer,
    response=shapes.Notice,
    summary=words("en")["api_op_read"],
    operation_id="read",
)
def read(request: HttpRequest, id: UUID, payload: shapes.Sending) -> Any:  # noqa: A002 - as the address has it
    """Say that a notice was read; the first time is the one that is kept."""
    seat = seat_of(request)
    _one(seat, id)
    read_notice(id, sent_by(seat, payload))
    return _row(_one(seat, id))


def _own(seat: Seat) -> list[NoticeRow]:
    if Role.FAMILY not in seat.roles:
        raise NotYours
    return visits_seen.own_notices(acting(seat), seat.establishment)


def _one(seat: Seat, id_: UUID) -> NoticeRow:
    if Role.FAMILY not in seat.roles:
        raise NotYours
    return visits_seen.notice(acting(seat), seat.establishment, id_)


def _row(one: NoticeRow) -> shapes.Notice:
    return shapes.Notice(
        id=one.id,
        title=one.letter.title,
        headline=one.letter.headline,
        outcome=one.letter.outcome,
        language=one.language,
        at=one.at,
        read_at=one.read_at,
        request=one.request,
    )
