"""Where somebody is led who has signed in, or shown once more that it is they."""

from __future__ import annotations

from django.urls import Resolver404, resolve, reverse
from django.utils.http import url_has_allowed_host_and_scheme

from locutorio.actions.sign_in import Seat
from locutorio.web.drawing import home
from locutorio.web.wall import roles_of


def onward(address: str, seat: Seat, lang: str) -> str:
    """Give the page that somebody wanted to see, if it is theirs to see; else their first."""
    try:
        asked = resolve(address.partition("?")[0])
    except Resolver404:
        asked = None
    ours = url_has_allowed_host_and_scheme(address, allowed_hosts=None)
    if ours and asked and seat.roles & (roles_of(asked.func) or frozenset()):
        return address
    return reverse(home(seat), args=[lang])
