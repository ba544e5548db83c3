"""The way of one visit, for a family and for staff alike: asking, the answer, a place, changing, cancelling.

A `Desk` says what differs: who may be named, which requests are theirs, and by which window they ask.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial
from uuid import UUID

from django.core.exceptions import BadRequest
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.urls import reverse
from django.utils.http import urlencode

from locutorio.actions import clock, visits_seen
from locutorio.actions.book_visit import VisitBooking, book_visit
from locutorio.actions.booked import Booked
from locutorio.actions.cancel_booking import Cancelling, cancel_booking
from locutorio.actions.change_booking import Changing, change_booking
from locutorio.actions.confirm_booking import confirm_booking
from locutorio.actions.deciding import local_day
from locutorio.actions.request_visit import VisitRequest, request_visit
from locutorio.actions.sign_in import Seat
from locutorio.actions.slots_shown import SlotShown
from locutorio.actions.times_shown import times_of_request, times_shown
from locutorio.actions.visits_seen import RequestSeen, Visited
from locutorio.actions.wait_for_place import WaitingFor, stop_waiting, wait_for_place
from locutorio.arrangements.standings import BOOKED
from locutorio.kernel.faults import Fault
from locutorio.kernel.moments import day
from locutorio.notices.hindrances import hindrance_told
from locutorio.store.knowledge import PartyMember
from locutorio.web.asking import (
    DAYS_SHOWN,
    FROM,
    SLOT,
    Choice,
    Times,
    carried,
    choices,
    first_day,
    party_of,
    slot_said,
    times,
)
from locutorio.web.drawing import drawn
from locutorio.web.frame import Field, Link
from locutorio.web.notices_shown import NoticeRow, kept_rows
from locutorio.web.posts import SENDING
from locutorio.web.receipts import ReceiptShown, request_receipt
from locutorio.web.requests_shown import PERMIT, RequestShown, shown
from locutorio.web.seats import actor_of
from locutorio.web.sending import SeeOther, sent
from locutorio.web.words import say, words

WAY, NOTE, GONE, NEXT = "way", "note", "gone", "next"
FULL, ESTABLISHMENT = "full", "establishment"
NOTE_LENGTH_MAX = 200
WAITS = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Desk:
    """Who asks here. ``prefix`` begins the names of its addresses, ``part`` is its entry in the menu."""

    prefix: str
    part: str
    by: str
    ways: tuple[str, ...]
    cancellers: tuple[str, ...]
    readable: Callable[[Seat], frozenset[UUID] | None]
    trail: Callable[[str, UUID], tuple[Link, ...]]

    def address(self, name: str, lang: str, id_: UUID) -> str:
        """Give one of its addresses."""
        return reverse(f"{self.prefix}-{name}", args=[lang, id_])


@dataclass(frozen=True, slots=True)
class ChoosingPage:
    """Who comes, and the times for them once somebody was chosen.

    ``gone`` says why the time that was chosen before is not to be had, ``now`` which one they have.
    """

    times: Times | None
    choices: tuple[Choice, ...] = ()
    ways: tuple[tuple[str, str], ...] = ()
    way: str = ""
    note: str = ""
    problem: str = ""
    gone: tuple[str, ...] = ()
    now: str = ""
    wait: str = ""
    wait_first: str = ""
    wait_last: str = ""


@dataclass(frozen=True, slots=True)
class RequestPage:
    """One request, what was told about it, and where its forms go."""

    request: RequestShown
    notices: tuple[NoticeRow, ...]
    done: str
    next: str
    confirm: str
    cancel: str
    change: str
    book: str
    wait: str
    again: str
    receipt: ReceiptShown | None


@dataclass(frozen=True, slots=True)
class CancelPage:
    """A booking that is about to be cancelled, and the way back."""

    request: RequestShown
    back: str
    cancellers: tuple[tuple[str, str], ...]
    by: str
    problem: str


def ask(desk: Desk, request: HttpRequest, lang: str, seat: Seat, person: UUID) -> HttpResponse:
    """Let somebody choose who comes and when; take the choice, decide it, and hold a place if it may be."""
    visited = visits_seen.visited(actor_of(seat), seat.establishment, person)
    if request.method != SENDING:
        return _choosing(desk, request, lang, seat, visited)
    party = party_of(request.POST, visited.companions)
    if not party:
        return _choosing(desk, request, lang, seat, visited, problem=words(lang)["ask_nobody"])
    key, way = request.POST.get(SLOT, ""), request.POST.get(WAY, "")
    what = VisitRequest(
        person,
        party,
        _day_of(key),
        way=way if way in desk.ways else desk.ways[0],
        note=request.POST.get(NOTE, "")[:NOTE_LENGTH_MAX],
    )
    answer = request_visit(what, sent(request, seat))
    if answer.outcome != PERMIT:
        return _to_request(desk, lang, answer.request)
    return _hold(desk, request, lang, seat, answer.request)


def book(desk: Desk, request: HttpRequest, lang: str, seat: Seat, id_: UUID) -> HttpResponse:
    """Let somebody choose a time for a visit that was permitted; take the choice, and hold a place."""
    seen = _request(seat, id_)
    if request.method == SENDING:
        return _hold(desk, request, lang, seat, id_)
    return _again(desk, request, lang, seat, seen, "book")


def change(desk: Desk, request: HttpRequest, lang: str, seat: Seat, id_: UUID) -> HttpResponse:
    """Let somebody choose another time for a booking; take the choice. The first is kept until it is had."""
    seen = _request(seat, id_)
    booking = _booking(seen)
    if request.method == SENDING:
        what = Changing(booking, request.POST.get(SLOT, ""), by=desk.by)
        answer = change_booking(what, sent(request, seat))
        if answer.had or not answer.hindrances:
            return _to_request(desk, lang, id_, "changed" if answer.had else "not_changed")
        return _not_had(desk, lang, id_, "change", answer)
    return _again(desk, request, lang, seat, seen, "change")


def wait(desk: Desk, request: HttpRequest, lang: str, seat: Seat, id_: UUID) -> HttpResponse:
    """Put a permitted request on the waiting list for some days."""
    _request(seat, id_)
    if request.method == SENDING and "stop" in request.POST:
        stop_waiting(id_, sent(request, seat))
        return _to_request(desk, lang, id_, "not_waiting")
    if request.method == SENDING:
        try:
            first, last = day(request.POST.get("first", "")), day(request.POST.get("last", ""))
        except Fault as fault:
            raise BadRequest from fault
        wait_for_place(WaitingFor(id_, first, last), sent(request, seat))
        return _to_request(desk, lang, id_, "waiting")
    return _to_request(desk, lang, id_)


def request_page(desk: Desk, request: HttpRequest, lang: str, seat: Seat, id_: UUID) -> HttpResponse:
    """Show a request: what was decided and why, the booking, what was told, what can be done now."""
    seen = _request(seat, id_)
    told = shown(seen, lang, clock.now(), whole=True, of=desk.readable(seat))
    page = RequestPage(
        request=told,
        notices=kept_rows(seat, lang, seen.told),
        done=words(lang).get(f"done_{request.GET.get('done', '')}", ""),
        next=words(lang)[f"request_next_{seen.outcome}"],
        confirm=desk.address("confirm", lang, id_),
        cancel=desk.address("cancel", lang, id_),
        change=desk.address("change", lang, id_),
        book=desk.address("book", lang, id_),
        wait=desk.address("wait", lang, id_),
        again=desk.address("ask", lang, seen.person.id),
        receipt=request_receipt(seat, lang, id_),
    )
    title = say(lang, "request_title", person=seen.person.name)
    trail = desk.trail(lang, seen.person.id)
    return drawn(
        request, seat, lang, "establishment/request.html", page, title=title, part=desk.part, trail=trail
    )


def confirm(desk: Desk, request: HttpRequest, lang: str, seat: Seat, id_: UUID) -> HttpResponse:
    """Turn a held place into a booked one."""
    booking = _booking(_request(seat, id_))
    if request.method == SENDING:
        standing = confirm_booking(booking, sent(request, seat))
        return _to_request(desk, lang, id_, "confirmed" if standing == BOOKED else standing)
    return _to_request(desk, lang, id_)


def cancel(desk: Desk, request: HttpRequest, lang: str, seat: Seat, id_: UUID) -> HttpResponse:
    """Ask once more before a booking is cancelled; then cancel it."""
    seen = _request(seat, id_)
    booking = _booking(seen)
    by, why = request.POST.get("by", desk.cancellers[0]), request.POST.get("why", "")[:NOTE_LENGTH_MAX]
    unsaid = by == ESTABLISHMENT and not why.strip()
    if request.method == SENDING and by in desk.cancellers and not unsaid:
        cancel_booking(Cancelling(booking, by, why), sent(request, seat))
        return _to_request(desk, lang, id_, "cancelled")
    page = CancelPage(
        request=shown(seen, lang, clock.now()),
        back=desk.address("request", lang, id_),
        cancellers=tuple((one, words(lang)[f"canceller_{one}"]) for one in desk.cancellers),
        by=by,
        problem=words(lang)["cancel_unsaid"] if request.method == SENDING else "",
    )
    return drawn(
        request,
        seat,
        lang,
        "establishment/cancel.html",
        page,
        title=words(lang)["cancel_title"],
        part=desk.part,
        trail=desk.trail(lang, seen.person.id),
    )


def _hold(desk: Desk, request: HttpRequest, lang: str, seat: Seat, id_: UUID) -> HttpResponse:
    """Hold a place at the time that was chosen; where it is not to be had, lead to the other times."""
    what = VisitBooking(id_, request.POST.get(SLOT, ""), hold=True, by=desk.by)
    answer = book_visit(what, sent(request, seat, "book"))
    if answer.had or not answer.hindrances:
        return _to_request(desk, lang, id_)
    return _not_had(desk, lang, id_, "book", answer)


def _not_had(desk: Desk, lang: str, id_: UUID, name: str, answer: Booked) -> HttpResponse:
    later = {NEXT: answer.next_slot} if answer.next_slot else {}
    query = urlencode({GONE: answer.slot, **later, FROM: _day_of(answer.slot).isoformat()})
    return SeeOther(f"{desk.address(name, lang, id_)}?{query}")


def _choosing(
    desk: Desk, request: HttpRequest, lang: str, seat: Seat, visited: Visited, *, problem: str = ""
) -> HttpResponse:
    """Show who may come, and the times for those who were chosen."""
    today = local_day(seat.zone, clock.now())
    given = request.POST if request.method == SENDING else request.GET
    party = party_of(given, visited.companions)
    mine = tuple(PartyMember(one.contact) for one in visited.companions if one.contact in seat.contacts)
    asked = bool(party) and not problem
    look = partial(times_shown, actor_of(seat), seat.establishment, visited.person.id, party, window=desk.by)
    way, note = given.get(WAY, ""), given.get(NOTE, "")
    also = tuple(Field(name, value) for name, value in ((WAY, way), (NOTE, note)) if value)
    page = ChoosingPage(
        choices=choices(visited, party or mine, lang, today),
        ways=tuple((one, words(lang)[f"way_{one}"]) for one in desk.ways) if len(desk.ways) > 1 else (),
        way=way,
        note=note,
        times=_times(lang, seat, look, given, (*carried(party), *also)) if asked else None,
        problem=problem,
    )
    title = say(lang, "ask_title", person=visited.person.name)
    trail = desk.trail(lang, visited.person.id)
    return drawn(
        request, seat, lang, "establishment/choosing.html", page, title=title, part=desk.part, trail=trail
    )


def _again(
    desk: Desk, request: HttpRequest, lang: str, seat: Seat, seen: RequestSeen, name: str
) -> HttpResponse:
    """Show the times for a request that was made."""
    party = tuple(PartyMember(member.contact.id, member.lap) for member in seen.party)
    told = shown(seen, lang, clock.now())
    look = partial(
        times_of_request,
        actor_of(seat),
        seat.establishment,
        seen.id,
        window=desk.by,
        changing=name == "change",
    )
    page = ChoosingPage(
        times=_times(lang, seat, look, request.GET, carried(party)),
        gone=_gone(desk, lang, seat, seen, request.GET),
        now=say(lang, "change_what", when=told.when) if name == "change" else "",
        wait=desk.address("wait", lang, seen.id) if name == "book" else "",
        wait_first=seen.on.isoformat(),
        wait_last=(seen.on + WAITS).isoformat(),
    )
    trail = (*desk.trail(lang, seen.person.id), Link(desk.address("request", lang, seen.id), told.person))
    return drawn(
        request,
        seat,
        lang,
        "establishment/choosing.html",
        page,
        title=words(lang)[f"title_{name}"],
        part=desk.part,
        trail=trail,
    )


def _times(
    lang: str,
    seat: Seat,
    look: Callable[..., tuple[SlotShown, ...]],
    given: QueryDict,
    kept: tuple[Field, ...],
) -> Times:
    now = clock.now()
    today = local_day(seat.zone, now)
    first = first_day(given, today)
    slots = look((first, first + timedelta(days=DAYS_SHOWN - 1)), asked_at=now)
    return times(slots, first, today, lang, seat.zone, kept)


def _gone(desk: Desk, lang: str, seat: Seat, seen: RequestSeen, given: QueryDict) -> tuple[str, ...]:
    """Say why the time that was chosen is not to be had, and which is the next."""

    def look(key: str) -> SlotShown | None:
        if not key:
            return None
        by, days = actor_of(seat), (_day_of(key), _day_of(key))
        found = times_of_request(by, seat.establishment, seen.id, days, asked_at=clock.now(), window=desk.by)
        return next((one for one in found if one.key == key), None)

    chosen = look(given.get(GONE, ""))
    if chosen is None:
        return ()
    later = look(given.get(NEXT, ""))
    when = slot_said(lang, chosen, seat.zone)
    if any(one.rule != FULL for one in chosen.hindrances):
        why = " ".join(hindrance_told(lang, one) for one in chosen.hindrances)
        told = say(lang, "not_had_what", when=when, why=why)
    else:
        told = say(lang, "gone_what", when=when)
    return (told, *([say(lang, "gone_next", when=slot_said(lang, later, seat.zone))] if later else []))


def _request(seat: Seat, id_: UUID) -> RequestSeen:
    return visits_seen.request(actor_of(seat), seat.establishment, id_)


def _booking(seen: RequestSeen) -> UUID:
    if seen.booking is None:
        raise Http404
    return seen.booking.id


def _day_of(key: str) -> date:
    try:
        return day(key.rpartition("@")[2][:10])
    except Fault as fault:
        raise BadRequest from fault


def _to_request(desk: Desk, lang: str, id_: UUID, done: str = "") -> HttpResponse:
    address = desk.address("request", lang, id_)
    return SeeOther(f"{address}?done={done}" if done else address)
