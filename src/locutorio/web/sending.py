"""Forms that change something: each carries the identifier of its command, so that it is carried out once."""

from __future__ import annotations

from uuid import UUID, uuid5

from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponseRedirect

from locutorio.actions import clock
from locutorio.actions.sign_in import Seat
from locutorio.store.identifiers import new_id
from locutorio.store.transaction import Sent
from locutorio.web.wall import actor_of

COMMAND = "command"


class SeeOther(HttpResponseRedirect):
    """Leads from a form that was carried out to the page that shows what became of it."""

    status_code = 303


def fresh() -> str:
    """Give the identifier of a command for a form that is about to be shown."""
    return str(new_id(clock.now()))


def sent(request: HttpRequest, seat: Seat, step: str = "") -> Sent:
    """Give what an action must know of a form that was sent.

    Args:
        request: holds the identifier.
        seat: who sent it.
        step: names a second or third command of the same form, each with an identifier of its own.

    Raises:
        BadRequest: the form holds no identifier.
    """
    try:
        first = UUID(request.POST.get(COMMAND, ""))
    except ValueError as error:
        raise BadRequest from error
    return Sent(uuid5(first, step) if step else first, seat.establishment, clock.now(), actor_of(seat))


def unnamed(seat: Seat) -> Sent:
    """Give the same of a form that names no change, since it is not done twice: of signing out."""
    now = clock.now()
    return Sent(new_id(now), seat.establishment, now, actor_of(seat))
