"""One booking: who comes, what the gate can do now, every decision, notice and entry."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from locutorio.actions import clock
from locutorio.actions.authority import may
from locutorio.actions.day_shown import BookingShown, booking_shown
from locutorio.actions.decided_shown import letter_of
from locutorio.actions.entry import Barred
from locutorio.actions.sign_in import Seat
from locutorio.actions.start_visit import NOT_STARTED
from locutorio.arrangements.lost_time import END_CAUSES, LATE_CAUSES
from locutorio.arrangements.standings import BOOKED, HAPPENED
from locutorio.kernel.faults import Fault
from locutorio.store.history import EntryRow
from locutorio.store.notices import NoticeRow
from locutorio.store.requests import DecidedRow
from locutorio.web.decided_part import DecidedPart
from locutorio.web.drawing import drawn
from locutorio.web.open.letters import address_in, draw
from locutorio.web.saying import moment_said
from locutorio.web.seats import actor_of, for_acts
from locutorio.web.staff.day import day_link
from locutorio.web.staff.faults import fault_said
from locutorio.web.staff.fields import Choice
from locutorio.web.staff.told import BookingRow, booking_row, clock_said, grounds_said, name_of
from locutorio.web.words import say, words


@dataclass(frozen=True, slots=True)
class BarredRow:
    """Somebody who may not go in as things stand, and why."""

    name: str
    says: str
    grounds: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class NoticePart:
    """One notice in a list: to whom, when, whether it was read."""

    address: str
    title: str
    to: str
    at: str
    read: str


@dataclass(frozen=True, slots=True)
class HistoryRow:
    """One entry: when, what was done, by whom."""

    at: str
    what: str
    who: str


@dataclass(frozen=True, slots=True)
class BookingPage:
    """``can`` names the forms that are shown: start, end, missed, make_up."""

    id: UUID
    row: BookingRow
    asked: str
    took: str
    ended: str
    lasts: str
    barred: tuple[BarredRow, ...]
    can: frozenset[str]
    late_causes: tuple[Choice, ...]
    end_causes: tuple[Choice, ...]
    missed_causes: tuple[Choice, ...]
    owed: str
    decisions: tuple[DecidedPart, ...]
    notices: tuple[NoticePart, ...]
    history: tuple[HistoryRow, ...]
    at_gate: bool
    did: str
    did_tone: str
    wrong: tuple[str, ...]


@for_acts("read_booking")
def booking(request: HttpRequest, lang: str, seat: Seat, booking: UUID) -> HttpResponse:
    """Show one booking."""
    return drawn_booking(
        request, seat, lang, booking_shown(actor_of(seat), seat.establishment, booking, clock.now())
    )


def drawn_booking(
    request: HttpRequest, seat: Seat, lang: str, shown: BookingShown, *, wrong: Fault | None = None
) -> HttpResponse:
    """Draw the page of a booking; ``wrong`` is why something was not done to it."""
    now = clock.now()
    page = _page(shown, seat, lang, now, request.GET.get("did", ""), wrong)
    title = say(lang, "staff_booking_title", person=page.row.person, hours=page.row.hours)
    trail = (day_link(lang, shown.booking.on),)
    return drawn(
        request,
        seat,
        lang,
        "staff/booking.html",
        page,
        title=title,
        part="staff-day",
        trail=trail,
        status=409 if wrong else 200,
    )


def _page(
    shown: BookingShown, seat: Seat, lang: str, now: datetime, did: str, wrong: Fault | None
) -> BookingPage:
    one, told = shown.booking, words(lang)
    names = {member.contact: name_of(member) for member in one.coming}
    return BookingPage(
        id=one.id,
        row=replace(booking_row(one, seat, lang), room=shown.room),
        asked=say(
            lang, f"asked_{shown.request.way}", moment=moment_said(lang, shown.request.asked_at, seat.zone)
        ),
        took=_took(shown, seat, lang),
        ended=one.ground,
        lasts=say(lang, "staff_minutes", minutes=shown.due_minutes),
        barred=tuple(_barred(row, names, lang) for row in shown.barred),
        can=_can(shown, seat, now),
        late_causes=tuple(Choice(cause, told[f"gate_late_{cause}"]) for cause in LATE_CAUSES),
        end_causes=tuple(Choice(cause, told[f"gate_ended_{cause}"]) for cause in END_CAUSES),
        missed_causes=tuple(Choice(cause, told[f"gate_missed_{cause}"]) for cause in LATE_CAUSES),
        owed=say(lang, "staff_minutes", minutes=shown.owed_minutes) if shown.owed_minutes else "",
        decisions=tuple(_decided(row, names, seat, lang) for row in reversed(shown.decided)),
        notices=tuple(notice_part(row, names, seat, lang) for row in shown.notices),
        history=tuple(_history(row, seat, lang) for row in shown.history),
        at_gate=may(actor_of(seat), "read_gate"),
        did=told.get(f"gate_did_{did}", ""),
        did_tone="warning" if did == NOT_STARTED else "success",
        wrong=fault_said(wrong, lang) if wrong else (),
    )


def _can(shown: BookingShown, seat: Seat, now: datetime) -> frozenset[str]:
    """Name the forms that make sense now, for those who may use them."""
    one = shown.booking
    if not may(actor_of(seat), "read_gate"):
        return frozenset()
    booked, begun = one.standing == BOOKED, one.took is not None
    found = {
        "start": booked and not begun and bool(shown.inside),
        "end": booked and begun,
        "missed": booked and not begun and now >= one.starts,
        "make_up": one.standing == HAPPENED and shown.owed_minutes > 0,
    }
    return frozenset(name for name, shows in found.items() if shows)


def _took(shown: BookingShown, seat: Seat, lang: str) -> str:
    took = shown.booking.took
    if took is None:
        return ""
    started = clock_said(took.started_at, seat, lang)
    if took.ended_at is None:
        return say(lang, "staff_started", at=started)
    told = say(lang, "staff_took_place", start=started, end=clock_said(took.ended_at, seat, lang))
    cause = words(lang)[f"gate_ended_{took.ended_by}"]
    return say(lang, "staff_ended_by", told=told, cause=cause, reason=took.reason) if took.reason else told


def _barred(row: Barred, names: dict[UUID, str], lang: str) -> BarredRow:
    return BarredRow(
        names[row.contact], words(lang)[f"outcome_{row.outcome}"], grounds_said(row.grounds, lang)
    )


def _decided(row: DecidedRow, names: dict[UUID, str], seat: Seat, lang: str) -> DecidedPart:
    letter = letter_of(row, lang)
    return DecidedPart(
        name=names.get(row.contact, ""),
        when=say(lang, f"staff_decided_{row.cause}", moment=moment_said(lang, row.decided_at, seat.zone)),
        outcome=row.outcome,
        outcome_says=words(lang)[f"outcome_{row.outcome}"],
        letter=letter,
        sections=draw(letter.sections, address_in((row.law,), lang)),
    )


def notice_part(row: NoticeRow, names: dict[UUID, str], seat: Seat, lang: str) -> NoticePart:
    """Give one notice of a list."""
    to = words(lang)["staff_notice_person"]
    if row.contact:
        to = say(lang, "staff_notice_to", name=names.get(row.contact, ""))
    return NoticePart(
        address=reverse("staff-notice", args=[lang, row.id]) if may(actor_of(seat), "open_notice") else "",
        title=row.letter.title,
        to=to,
        at=moment_said(lang, row.at, seat.zone),
        read=moment_said(lang, row.read_at, seat.zone) if row.read_at else "",
    )


def _history(row: EntryRow, seat: Seat, lang: str) -> HistoryRow:
    told = words(lang)
    return HistoryRow(
        at=moment_said(lang, row.at, seat.zone),
        what=told.get(f"did_{row.action}_{row.answer.get('outcome')}")
        or told.get(f"did_{row.action}", row.action.replace("_", " ")),
        who=row.actor or told["staff_by_program"],
    )
