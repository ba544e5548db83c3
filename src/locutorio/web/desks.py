"""The addresses of a desk: the same way of a visit for a family and for staff, each behind its own wall."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps

from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, path

from locutorio.actions.sign_in import Seat
from locutorio.actions.times_shown import STAFF
from locutorio.web import visiting
from locutorio.web.seats import SeatedView, for_acts
from locutorio.web.visiting import Desk

_STEPS: tuple[tuple[str, Callable[..., HttpResponse], tuple[str, ...]], ...] = (
    ("time", visiting.book, ("book_visit", "read_times")),
    ("confirm", visiting.confirm, ("confirm_booking",)),
    ("change", visiting.change, ("change_booking", "read_times")),
    ("cancel", visiting.cancel, ("cancel_booking",)),
    ("wait", visiting.wait, ("wait_for_place", "stop_waiting")),
)


def desk_addresses(desk: Desk, under: str) -> list[URLPattern]:
    """Give the addresses of a desk, named by its prefix.

    Args:
        desk: whose.
        under: the first part of each address.
    """
    one, here = f"{under}/request/<uuid:id_>", desk.by == STAFF
    entering = for_acts("request_visit", "read_visited", "read_times", here=here, posts=True)
    shows = for_acts("read_request", here=here)(_at(desk, visiting.request_page))
    return [
        path(f"{under}/ask/<uuid:person>", entering(_at(desk, visiting.ask)), name=f"{desk.prefix}-ask"),
        path(one, shows, name=f"{desk.prefix}-request"),
        *(
            path(
                f"{one}/{step}",
                for_acts("read_request", *needed, here=here, posts=True)(_at(desk, view)),
                name=f"{desk.prefix}-{view.__name__}",
            )
            for step, view, needed in _STEPS
        ),
    ]


def _at(desk: Desk, view: Callable[..., HttpResponse]) -> SeatedView:
    @wraps(view)
    def at(request: HttpRequest, lang: str, seat: Seat, **named: object) -> HttpResponse:
        return view(desk, request, lang, seat, **named)

    return at
