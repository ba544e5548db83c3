"""Notices as pages show them: the list, and each as the letter that it is."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from uuid import UUID

from django.urls import reverse

from locutorio.actions.acts import roles_for
from locutorio.actions.authority import may
from locutorio.actions.create_account import STAFF, Role
from locutorio.actions.record_service import service_shown
from locutorio.actions.sign_in import Seat
from locutorio.actions.visits_seen import NoticeRow as Kept
from locutorio.actions.visits_seen import notice as kept
from locutorio.actions.visits_seen import own_notices
from locutorio.notices.letter import Letter
from locutorio.notices.pdf import pdf
from locutorio.web.open.letters import DrawnSection, address_in, draw
from locutorio.web.receipts import ReceiptShown, receipt_shown
from locutorio.web.saying import moment_said
from locutorio.web.seats import actor_of
from locutorio.web.service_said import ServedPart, served_said
from locutorio.web.words import say


@dataclass(frozen=True, slots=True)
class NoticeRow:
    """One notice in a list."""

    title: str
    headline: str
    outcome: str
    at: str
    read: bool
    address: str
    language: str


@dataclass(frozen=True, slots=True)
class NoticePage:
    """One notice: its letter as it was written, when it came, when it was read.

    ``request`` leads to what it is about, ``mark`` takes that it was read, ``pdf`` gives it to be saved;
    ``receipt`` says where it stands in the record; ``served`` how it reached whom it is for, and ``record``
    leads staff to where that is written down.
    """

    id: UUID
    letter: Letter
    sections: tuple[DrawnSection, ...]
    at: str
    read: str
    request: str
    mark: str
    pdf: str
    made: Kept
    receipt: ReceiptShown | None
    served: tuple[ServedPart, ...]
    record: str
    in_other_language: bool


def notice_rows(seat: Seat, lang: str) -> tuple[NoticeRow, ...]:
    """Give the notices to whom an account acts for, the latest first."""
    return kept_rows(seat, lang, own_notices(actor_of(seat), seat.establishment))


def kept_rows(seat: Seat, lang: str, found: Iterable[Kept]) -> tuple[NoticeRow, ...]:
    """Give notices as a list shows them; staff see whom each was written to."""
    return tuple(_row(one, seat, lang) for one in found)


def _row(one: Kept, seat: Seat, lang: str) -> NoticeRow:
    page = "staff-notice" if seat.roles & STAFF else "visits-notice"
    return NoticeRow(
        title=one.letter.title,
        headline=one.letter.headline,
        outcome=one.letter.outcome,
        at=moment_said(lang, one.at, seat.zone),
        read=one.read_at is not None,
        address=reverse(page, args=[lang, one.id]),
        language=one.language,
    )


def notice_page(seat: Seat, lang: str, id_: UUID) -> NoticePage:
    """Give one notice: to whom an account acts for, to staff any.

    Raises:
        Refused: there is none, or it was sent to somebody else.
    """
    one = kept(actor_of(seat), seat.establishment, id_)
    staff = bool(seat.roles & STAFF)
    family = bool(seat.roles & roles_for("read_request") - {Role.PERSON})
    request = "staff-visits-request" if staff else "visits-request"
    return NoticePage(
        id=one.id,
        letter=one.letter,
        sections=draw(one.letter.sections, address_in((seat.law,), lang)),
        at=say(lang, "notice_came", moment=moment_said(lang, one.at, seat.zone)),
        read=say(lang, "notice_read", moment=moment_said(lang, one.read_at, seat.zone))
        if one.read_at
        else "",
        request=reverse(request, args=[lang, one.request]) if one.request and family else "",
        mark=reverse("visits-notice", args=[lang, one.id]) if not staff and one.read_at is None else "",
        pdf=reverse(f"{'staff' if staff else 'visits'}-notice-pdf", args=[lang, one.id]),
        made=one,
        receipt=receipt_shown(seat, one.language, id_, proof=_proof_page(seat, staff=staff)),
        served=served_said(service_shown(actor_of(seat), seat.establishment, id_)[1], lang),
        record=reverse("staff-notice-service", args=[lang, one.id])
        if may(actor_of(seat), "record_service")
        else "",
        in_other_language=one.language != lang,
    )


def _proof_page(seat: Seat, *, staff: bool) -> str:
    if not may(actor_of(seat), "prove_notice"):
        return ""
    return "staff-notice-proof" if staff else "visits-notice-proof"


def notice_pdf(page: NoticePage) -> bytes:
    """Print a notice with its receipt, dated on the day it was made."""
    foot = (*page.letter.foot, page.receipt.says) if page.receipt else page.letter.foot
    return pdf(replace(page.letter, foot=foot), page.letter.lang, page.made.at.date())
