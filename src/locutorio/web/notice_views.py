"""The notices of those who are signed in: the list, one of them, and that it was read."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from locutorio.actions.read_notice import read_notice
from locutorio.actions.sign_in import Seat
from locutorio.web.drawing import drawn
from locutorio.web.frame import Link
from locutorio.web.notices_shown import NoticePage, NoticeRow, notice_page, notice_pdf, notice_rows
from locutorio.web.posts import SENDING
from locutorio.web.receipts import all_address
from locutorio.web.saving import to_save
from locutorio.web.seats import for_acts
from locutorio.web.sending import SeeOther, sent
from locutorio.web.words import words

PART = "visits-notices"


@dataclass(frozen=True, slots=True)
class NoticesPage:
    """Every notice, the latest first; ``proof`` leads a person to that of all about them."""

    notices: tuple[NoticeRow, ...]
    proof: str


@for_acts("read_notices")
def notices(request: HttpRequest, lang: str, seat: Seat) -> HttpResponse:
    """List what somebody was told."""
    page = NoticesPage(notice_rows(seat, lang), all_address(seat, lang))
    title = words(lang)["notices_title"]
    return drawn(request, seat, lang, "establishment/notices.html", page, title=title, part=PART)


@for_acts("open_notice", "read_notice", posts=True)
def notice(request: HttpRequest, lang: str, seat: Seat, id_: UUID) -> HttpResponse:
    """Show one notice; take that it was read."""
    page = notice_page(seat, lang, id_)
    if request.method == SENDING:
        read_notice(id_, sent(request, seat))
        return SeeOther(reverse("visits-notice", args=[lang, id_]))
    trail = (Link(reverse(PART, args=[lang]), words(lang)["notices_title"]),)
    return _draw(request, seat, lang, page, PART, trail)


@for_acts("open_notice", here=True)
def notice_for_staff(request: HttpRequest, lang: str, seat: Seat, id_: UUID) -> HttpResponse:
    """Show staff a notice that somebody was sent, without counting it as read."""
    return _draw(request, seat, lang, notice_page(seat, lang, id_), "", ())


def _as_pdf(request: HttpRequest, lang: str, seat: Seat, id_: UUID) -> HttpResponse:  # noqa: ARG001 - all views have it
    """Give one notice as PDF, to be saved."""
    pdf = notice_pdf(notice_page(seat, lang, id_))
    return to_save(pdf, "application/pdf", words(lang)["notice_pdf_name"])


notice_as_pdf = for_acts("open_notice", here=False)(_as_pdf)
notice_as_pdf_for_staff = for_acts("open_notice", here=True)(_as_pdf)


def _draw(
    request: HttpRequest, seat: Seat, lang: str, page: NoticePage, part: str, trail: tuple[Link, ...]
) -> HttpResponse:
    title = page.letter.title
    return drawn(request, seat, lang, "establishment/notice.html", page, title=title, part=part, trail=trail)
