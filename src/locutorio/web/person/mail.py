"""A person's own mail: what came, what was handed in, and where each item stands."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse

from locutorio.actions import clock
from locutorio.actions.mail_shown import own_mail
from locutorio.actions.sign_in import Seat
from locutorio.web.drawing import drawn
from locutorio.web.mail_rows import MailLine, mail_line
from locutorio.web.seats import actor_of, for_acts
from locutorio.web.words import words


@dataclass(frozen=True, slots=True)
class OwnMailPage:
    """The items, the latest first."""

    items: tuple[MailLine, ...]


@for_acts("read_own_mail")
def mail(request: HttpRequest, lang: str, seat: Seat) -> HttpResponse:
    """Show a person their own mail."""
    found = own_mail(actor_of(seat), seat.establishment, clock.now())
    page = OwnMailPage(tuple(mail_line(one, lang, whose=False, linked=False) for one in found))
    title = words(lang)["mail_own_title"]
    return drawn(request, seat, lang, "person/mail.html", page, title=title, part="own-mail")
