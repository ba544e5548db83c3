"""The forms of the gate: who arrives or is refused, when a visit starts and ends, what did not take place."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from locutorio.actions import clock
from locutorio.actions.day_shown import BookingShown, gate_shown
from locutorio.actions.end_visit import Ending, end_visit
from locutorio.actions.entry import SEARCH_ACCEPTED
from locutorio.actions.make_up_time import MakingUp, make_up_time
from locutorio.actions.mark_missed import FollowsMissing, Missing, mark_missed
from locutorio.actions.record_arrival import (
    IDENTITIES,
    NOT_ADMITTED,
    SEARCHES,
    TOO_LATE,
    Answered,
    Arriving,
    record_arrival,
)
from locutorio.actions.refuse_entry import Refusing, refuse_entry
from locutorio.actions.sign_in import Seat
from locutorio.actions.start_visit import NOT_STARTED, Starting, start_visit
from locutorio.facts.vocabulary import vocabulary
from locutorio.kernel.faults import Fault
from locutorio.notices.words import Words
from locutorio.web.drawing import drawn
from locutorio.web.frame import Link
from locutorio.web.posts import SENDING
from locutorio.web.seats import actor_of, for_acts
from locutorio.web.sending import SeeOther, sent
from locutorio.web.staff.booking import drawn_booking
from locutorio.web.staff.faults import fault_said
from locutorio.web.staff.fields import Asked, Choice, asked
from locutorio.web.staff.told import ComingRow, booking_row, clock_said, ground_said, grounds_said
from locutorio.web.words import say, words

FACT = "fact:"
ASKED_FIRST = (SEARCH_ACCEPTED,)
NOTE_MAX, REASON_MAX, MINUTES_DIGITS_MAX = 2000, 500, 4


@dataclass(frozen=True, slots=True)
class ArrivalPage:
    """One contact at the gate. ``answer`` holds what came of the last form, where nobody was let in by it."""

    booking: str
    row: ComingRow
    person: str
    hours: str
    identities: tuple[Choice, ...]
    searches: tuple[Choice, ...]
    facts: tuple[Asked, ...]
    grounds: tuple[Choice, ...]
    said: dict[str, str]
    answer: str = ""
    why: tuple[str, ...] = ()
    too_late: str = ""
    wrong: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class FollowsPage:
    """What the schedule says follows from missed visits."""

    follows: tuple[str, ...]
    back: str


@for_acts("record_arrival", "refuse_entry", "read_gate", posts=True)
def arrival(request: HttpRequest, lang: str, seat: Seat, booking: UUID, contact: UUID) -> HttpResponse:
    """Take who comes to the gate: let them in if the law permits, or refuse them."""
    if request.method != SENDING:
        return _drawn(request, seat, lang, booking, contact)
    try:
        if request.POST.get("do") == "refuse":
            refuse_entry(_refusing(request, booking, contact), sent(request, seat, "refuse"))
            return _back(lang, booking, "refused")
        answered = record_arrival(_arriving(request, booking, contact), sent(request, seat, "arrive"))
    except Fault as fault:
        return _drawn(request, seat, lang, booking, contact, wrong=fault)
    if answered.outcome in {NOT_ADMITTED, TOO_LATE}:
        return _drawn(request, seat, lang, booking, contact, answered=answered)
    return _back(lang, booking, "arrived")


@for_acts("start_visit", "read_gate", posts=True)
def start(request: HttpRequest, lang: str, seat: Seat, booking: UUID) -> HttpResponse:
    """Take that a visit starts."""
    said = request.POST

    def work() -> str:
        what = Starting(booking, said.get("at", ""), said.get("late_by", ""))
        return NOT_STARTED if start_visit(what, sent(request, seat)).outcome == NOT_STARTED else "started"

    return _done(request, lang, seat, booking, work)


@for_acts("end_visit", "read_gate", posts=True)
def end(request: HttpRequest, lang: str, seat: Seat, booking: UUID) -> HttpResponse:
    """Take that a visit ends."""
    said = request.POST

    def work() -> str:
        reason = said.get("reason", "")[:REASON_MAX]
        end_visit(Ending(booking, said.get("at", ""), said.get("ended_by", ""), reason), sent(request, seat))
        return "ended"

    return _done(request, lang, seat, booking, work)


@for_acts("mark_missed", "read_gate", posts=True)
def missed(request: HttpRequest, lang: str, seat: Seat, booking: UUID) -> HttpResponse:
    """Take that a visit did not take place; show what the schedule says follows."""
    said, follows = request.POST, list[FollowsMissing]()

    def work() -> str:
        what = Missing(booking, said.get("by", ""), said.get("note", "")[:REASON_MAX])
        marked = mark_missed(what, sent(request, seat))
        follows.extend(one for one in marked.follows if one.reached)
        return "missed"

    done = _done(request, lang, seat, booking, work)
    if not follows:
        return done
    shown = _shown(seat, booking)
    up = _up(shown, seat, lang)
    page = FollowsPage(tuple(_follows(one, shown, lang) for one in follows), up.address)
    title = words(lang)["staff_follows_title"]
    return drawn(request, seat, lang, "staff/follows.html", page, title=title, part="staff-day", trail=(up,))


@for_acts("make_up_time", "read_gate", posts=True)
def make_up(request: HttpRequest, lang: str, seat: Seat, booking: UUID) -> HttpResponse:
    """Take that a visit made up time that was owed."""
    said = request.POST

    def work() -> str:
        minutes = said.get("minutes", "").strip()
        if not (minutes.isascii() and minutes.isdigit() and len(minutes) <= MINUTES_DIGITS_MAX):
            raise Fault("these are no minutes", remedy="write how many minutes, such as 20")
        make_up_time(MakingUp(booking, int(minutes), said.get("how", "")), sent(request, seat))
        return "made_up"

    return _done(request, lang, seat, booking, work)


def _done(
    request: HttpRequest, lang: str, seat: Seat, booking: UUID, work: Callable[[], str]
) -> HttpResponse:
    """Do what a form asks, and lead back to the booking; where it cannot be done, say why over it."""
    if request.method != SENDING:
        return _back(lang, booking)
    try:
        return _back(lang, booking, work())
    except Fault as fault:
        return drawn_booking(request, seat, lang, _shown(seat, booking), wrong=fault)


def _shown(seat: Seat, booking: UUID) -> BookingShown:
    return gate_shown(actor_of(seat), seat.establishment, booking, clock.now())


def _arriving(request: HttpRequest, booking: UUID, contact: UUID) -> Arriving:
    said = request.POST
    return Arriving(
        booking,
        contact,
        said.get("at", ""),
        said.get("identity", ""),
        said.get("search", "").strip(),
        _facts(request),
        said.get("beyond", "").strip(),
    )


def _refusing(request: HttpRequest, booking: UUID, contact: UUID) -> Refusing:
    said = request.POST
    return Refusing(
        booking,
        contact,
        said.get("at", ""),
        said.get("ground", ""),
        said.get("note", "").strip()[:NOTE_MAX],
        said.get("identity", ""),
        said.get("search", "").strip(),
        _facts(request),
        may_return="may_return" in said,
    )


def _facts(request: HttpRequest) -> dict[str, str]:
    named = {
        name.removeprefix(FACT): str(value) for name, value in request.POST.items() if name.startswith(FACT)
    }
    return {path: value for path, value in named.items() if value}


def _drawn(
    request: HttpRequest,
    seat: Seat,
    lang: str,
    booking: UUID,
    contact: UUID,
    *,
    answered: Answered | None = None,
    wrong: Fault | None = None,
) -> HttpResponse:
    shown = _shown(seat, booking)
    member = shown.booking.member(contact)
    row = booking_row(shown.booking, seat, lang, why="gate")
    at = [one.contact for one in shown.booking.coming].index(member.contact)
    told, said = words(lang), {name: str(value) for name, value in request.POST.items()}
    page = ArrivalPage(
        booking=row.address,
        row=row.coming[at],
        person=row.person,
        hours=row.hours,
        identities=tuple(Choice(one, told[f"identity_{one}"]) for one in IDENTITIES),
        searches=tuple(Choice(one, told[f"search_{one.lower()}"]) for one in SEARCHES),
        facts=tuple(
            asked(vocabulary().facts[path], FACT + path, said.get(FACT + path, ""), lang)
            for path in _paths(answered, said)
        ),
        grounds=tuple(Choice(one.provision, ground_said(one, lang)) for one in shown.grounds),
        said=said,
        answer=_law_said(answered, lang),
        why=grounds_said(answered.grounds, lang) if answered else (),
        too_late=_too_late(answered, seat, lang),
        wrong=fault_said(wrong, lang) if wrong else (),
    )
    title = say(lang, "staff_arrival_title", name=page.row.name)
    return drawn(
        request,
        seat,
        lang,
        "staff/arrival.html",
        page,
        title=title,
        part="staff-day",
        trail=(_up(shown, seat, lang),),
        status=409 if wrong else 200,
    )


def _law_said(answered: Answered | None, lang: str) -> str:
    """Tell what the law says of somebody who was not let in."""
    return words(lang)[f"gate_law_{answered.decided}"] if answered and answered.decided else ""


def _too_late(answered: Answered | None, seat: Seat, lang: str) -> str:
    """Tell what the last time of entry was, for somebody who came after it."""
    if answered is None or answered.entry_last is None:
        return ""
    return say(lang, "gate_too_late", at=clock_said(answered.entry_last, seat, lang))


def _paths(answered: Answered | None, said: dict[str, str]) -> tuple[str, ...]:
    """Give the facts to ask for: first those of every arrival, then what the answer still hangs on."""
    known = [name.removeprefix(FACT) for name in said if name.startswith(FACT)]
    wanted = (*ASKED_FIRST, *known, *(answered.unknown if answered else ()))
    return tuple(path for path in dict.fromkeys(wanted) if path in vocabulary().facts)


def _follows(one: FollowsMissing, shown: BookingShown, lang: str) -> str:
    names = {member.contact: f"{member.forenames} {member.surname}" for member in shown.booking.coming}
    who = names.get(one.subject, f"{shown.booking.forenames} {shown.booking.surname}")
    said = [say(lang, "staff_follows", who=who, missed=one.missed, count=one.count)]
    if one.until is not None:
        said.append(say(lang, "staff_follows_until", day=Words(lang).day(one.until)))
    if one.offices:
        said.append(say(lang, "staff_follows_offices", offices=", ".join(one.offices)))
    return " ".join(said)


def _up(shown: BookingShown, seat: Seat, lang: str) -> Link:
    row = booking_row(shown.booking, seat, lang, why="gate")
    return Link(row.address, say(lang, "staff_booking_title", person=row.person, hours=row.hours))


def _back(lang: str, booking: UUID, did: str = "") -> HttpResponse:
    done = f"&did={did}" if did else ""
    return SeeOther(f"{reverse('staff-booking', args=[lang, booking])}?why=gate{done}")
