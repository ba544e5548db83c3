"""The page on which somebody shows once more that it is they, before a page that needs it."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse

from locutorio.actions import clock
from locutorio.actions.sign_in import Seat, ask_for_passkey
from locutorio.web import passkeys
from locutorio.web.onward import onward
from locutorio.web.posts import SENDING
from locutorio.web.seats import for_signed_in
from locutorio.web.sending import SeeOther
from locutorio.web.stepping_up import confirm_page, fresh


@for_signed_in(posts=True, enrolling=True)
def confirm(request: HttpRequest, lang: str, seat: Seat) -> HttpResponse:
    """Ask somebody to show that it is they, and lead back to the page that they wanted to see."""
    if request.method != SENDING:
        return confirm_page(request, lang, seat)
    found = fresh(request, lang, seat)
    return SeeOther(onward(request.GET.get("next", ""), found, lang)) if isinstance(found, Seat) else found


@for_signed_in(posts=True, enrolling=True)
def confirm_passkey(request: HttpRequest, lang: str, seat: Seat) -> HttpResponse:  # noqa: ARG001 - all views have it
    """Give the script what it needs to use a passkey of who is signed in."""
    if request.method != SENDING:
        raise Http404
    return passkeys.asked(ask_for_passkey(seat.account, passkeys.site_of(request), clock.now()))
