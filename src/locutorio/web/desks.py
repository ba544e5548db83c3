"""The addresses of a desk: the same way of a visit for a family and for staff, each behind its own wall."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import wraps

from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, path

from locutorio.actions.sign_in import Seat
from locutorio.web import visiting
from locutorio.web.seats import SeatedView, for_roles
from locutorio.web.visiting import Desk

_ENTERED = {
    "time": visiting.book,
    "confirm": visiting.confirm,
    "change": visiting.change,
    "cancel": visiting.cancel,
    "wait": visiting.wait,
}


def desk_addresses(desk: Desk, under: str, *, enter: Iterable[str], show: Iterable[str]) -> list[URLPattern]:
    """Give the addresses of a desk, named by its prefix.

    Args:
        desk: whose.
        under: the first part of each address.
        enter: the roles that ask, book, change and cancel.
        show: the roles that see a request.
    """
    entering, one = for_roles(*enter, posts=True), f"{under}/request/<uuid:id_>"
    asks = entering(_at(desk, visiting.ask))
    shows = for_roles(*show)(_at(desk, visiting.request_page))
    return [
        path(f"{under}/ask/<uuid:person>", asks, name=f"{desk.prefix}-ask"),
        path(one, shows, name=f"{desk.prefix}-request"),
        *(
            path(f"{one}/{step}", entering(_at(desk, view)), name=f"{desk.prefix}-{view.__name__}")
            for step, view in _ENTERED.items()
        ),
    ]


def _at(desk: Desk, view: Callable[..., HttpResponse]) -> SeatedView:
    @wraps(view)
    def at(request: HttpRequest, lang: str, seat: Seat, **named: object) -> HttpResponse:
        return view(desk, request, lang, seat, **named)

    return at
