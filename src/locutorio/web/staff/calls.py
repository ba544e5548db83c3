"""The calls under way and of the day, one person's calls, and the calls that are owed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from locutorio.actions import clock
from locutorio.actions.authority import may
from locutorio.actions.calls_due import CallsDue, calls_due
from locutorio.actions.calls_left import calls_left_of
from locutorio.actions.calls_seen import CallSeen, calls_of_day, calls_of_person
from locutorio.actions.deciding import local_day
from locutorio.actions.note_unplaced import WORDS_MAX, MakingUpCall, make_up_call, note_unplaced
from locutorio.actions.sign_in import Seat
from locutorio.actions.unplaced_seen import UnplacedSeen, owed_calls, unplaced_of_person
from locutorio.actions.unplacing import Unmade
from locutorio.arrangements.call_course import ANSWERED
from locutorio.kernel.faults import Fault
from locutorio.kernel.moments import day
from locutorio.notices.words import clean
from locutorio.store.unplaced import WHYS
from locutorio.web.call_rows import (
    CallLine,
    LeftShown,
    UnplacedLine,
    call_address,
    call_line,
    left_shown,
    unplaced_line,
)
from locutorio.web.drawing import drawn
from locutorio.web.frame import Link
from locutorio.web.posts import SENDING
from locutorio.web.saying import day_said, moment_said
from locutorio.web.seats import actor_of, for_acts
from locutorio.web.sending import SeeOther, sent
from locutorio.web.staff.faults import fault_said
from locutorio.web.staff.fields import Choice
from locutorio.web.words import say, words

SECONDS = 10


@dataclass(frozen=True, slots=True)
class CallsPage:
    """Calls under way, over and refused; ``turn`` starts or stops that the page shows itself anew."""

    as_of: str
    refreshing: str
    turn: Link
    again: str
    live: tuple[CallLine, ...]
    over: tuple[CallLine, ...]
    refused: tuple[CallLine, ...]
    owed: str


@dataclass(frozen=True, slots=True)
class OwedCallsPage:
    """The calls that are owed: those before the governor, and those that can still be made up in time."""

    governor: tuple[UnplacedLine, ...]
    waiting: tuple[UnplacedLine, ...]
    due: str


@dataclass(frozen=True, slots=True)
class DuePart:
    """Somebody who is owed calls by law, and how many; ``address`` may be empty."""

    says: str
    owed: str
    address: str


@dataclass(frozen=True, slots=True)
class DuePage:
    """Those whom the law owes calls that they have not had; ``more`` says that not all were looked at."""

    items: tuple[DuePart, ...]
    more: str


@dataclass(frozen=True, slots=True)
class PersonCallsPage:
    """A person's calls and what is owed. ``note`` tells whether the form to note one that was not made is
    shown; ``said`` holds what was written into it. ``later`` are the calls that may have made one up.
    """

    shown: LeftShown
    items: tuple[CallLine, ...]
    unplaced: tuple[UnplacedLine, ...]
    note: bool
    contacts: tuple[Choice, ...]
    whys: tuple[Choice, ...]
    later: tuple[Choice, ...]
    said: Mapping[str, str]
    did: str
    wrong: tuple[str, ...]
    words_max: int = WORDS_MAX


@for_acts("read_calls")
def calls(request: HttpRequest, lang: str, seat: Seat) -> HttpResponse:
    """Show the calls under way and of the day; the page shows itself anew, unless it is told not to."""
    now, told, here = clock.now(), words(lang), reverse("staff-calls", args=[lang])
    found, still = calls_of_day(actor_of(seat), seat.establishment, now), "still" in request.GET
    page = CallsPage(
        as_of=say(lang, "calls_as_of", moment=moment_said(lang, now, seat.zone)),
        refreshing="" if still else say(lang, "calls_refreshing", seconds=SECONDS),
        turn=Link(here, say(lang, "calls_refresh", seconds=SECONDS))
        if still
        else Link(f"{here}?still=1", told["calls_still"]),
        again=f"{here}?still=1" if still else here,
        live=_lines(found.under_way, lang, seat),
        over=_lines(found.over, lang, seat),
        refused=_lines(found.refused, lang, seat),
        owed=reverse("staff-owed-calls", args=[lang]) if may(actor_of(seat), "read_owed_calls") else "",
    )
    answer = drawn(
        request, seat, lang, "staff/calls.html", page, title=told["calls_title"], part="staff-calls"
    )
    if not still:
        answer.headers["Refresh"] = str(SECONDS)
    return answer


@for_acts("read_owed_calls")
def owed(request: HttpRequest, lang: str, seat: Seat) -> HttpResponse:
    """Show the calls that are owed."""
    found = owed_calls(actor_of(seat), seat.establishment)
    page = OwedCallsPage(
        tuple(_owed(one, lang, seat) for one in found if one.row.escalated_at is not None),
        tuple(_owed(one, lang, seat) for one in found if one.row.escalated_at is None),
        reverse("staff-calls-due", args=[lang]),
    )
    title = words(lang)["calls_owed_title"]
    return drawn(request, seat, lang, "staff/owed_calls.html", page, title=title, part="staff-calls")


@for_acts("read_owed_calls")
def due(request: HttpRequest, lang: str, seat: Seat) -> HttpResponse:
    """Show whom the law owes calls in the time that runs, who have not had them, by itself."""
    found = calls_due(actor_of(seat), seat.establishment, clock.now())
    page = DuePage(
        tuple(_due(one, lang, seat) for one in found.due),
        say(lang, "calls_owed_law_more", more=found.more) if found.more else "",
    )
    title = words(lang)["calls_owed_law"]
    trail = (Link(reverse("staff-owed-calls", args=[lang]), words(lang)["calls_owed_title"]),)
    return drawn(
        request, seat, lang, "staff/calls_due.html", page, title=title, part="staff-calls", trail=trail
    )


def _due(one: CallsDue, lang: str, seat: Seat) -> DuePart:
    whole = may(actor_of(seat), "read_calls_of")
    return DuePart(
        f"{clean(one.person.name)}, {one.person.number}",
        say(lang, "calls_owed_law_left", left=one.left, limit=one.limit, citation=clean(one.citation)),
        reverse("staff-person-calls", args=[lang, one.person.id]) if whole else "",
    )


@for_acts("read_calls_of", posts=True)
def of_person(request: HttpRequest, lang: str, seat: Seat, person: UUID) -> HttpResponse:
    """Show a person's calls; note one that was not made, or that one was made up."""
    if request.method != SENDING:
        return _drawn(request, lang, seat, person)
    said = {name: value.strip() for name, value in request.POST.items() if isinstance(value, str)}
    did = "made_up" if "unplaced" in said else "noted"
    try:
        if did == "made_up":
            what = MakingUpCall(_id(said["unplaced"]), _id(said.get("call", "")))
            make_up_call(what, sent(request, seat))
        else:
            whom, on = _id(said.get("contact", "")), day(said.get("on", ""))
            unmade = Unmade(person, whom, on, said.get("why", ""), said.get("says", ""))
            note_unplaced(unmade, sent(request, seat))
    except Fault as fault:
        return _drawn(request, lang, seat, person, wrong=fault)
    return SeeOther(f"{reverse('staff-person-calls', args=[lang, person])}?did={did}")


def _id(said: str) -> UUID:
    try:
        return UUID(said)
    except ValueError as error:
        raise Fault("this is none of those that can be chosen", remedy="choose one of the list") from error


def _lines(found: tuple[CallSeen, ...], lang: str, seat: Seat) -> tuple[CallLine, ...]:
    return tuple(
        call_line(one, lang, seat.zone, f"{call_address('staff-call', lang, one)}?why=calls") for one in found
    )


def _owed(one: UnplacedSeen, lang: str, seat: Seat) -> UnplacedLine:
    whole = may(actor_of(seat), "read_calls_of")
    address = reverse("staff-person-calls", args=[lang, one.row.person]) if whole else ""
    due = day_said(lang, one.due) if one.due else ""
    person = f"{one.person}, {one.number}"
    return unplaced_line(one.row, lang, contact=one.contact, person=person, due=due, address=address)


def _drawn(
    request: HttpRequest, lang: str, seat: Seat, person: UUID, *, wrong: Fault | None = None
) -> HttpResponse:
    by, now, told = actor_of(seat), clock.now(), words(lang)
    owes = unplaced_of_person(by, seat.establishment, person)
    found = calls_of_person(by, seat.establishment, person, now)
    said = {"on": local_day(seat.zone, now).isoformat()}
    settles = may(by, "make_up_call")
    page = PersonCallsPage(
        shown=left_shown(calls_left_of(by, seat.establishment, person, lang, now), lang, seat.law),
        items=_lines(found, lang, seat),
        unplaced=tuple(
            unplaced_line(
                one.row,
                lang,
                contact=one.contact,
                due=day_said(lang, one.due) if one.due else "",
                settles=settles,
            )
            for one in owes.items
        ),
        note=may(by, "note_unplaced"),
        contacts=tuple(Choice(str(one.id), one.name) for one in owes.contacts),
        whys=tuple(Choice(why, told[f"unplaced_why_{why}"]) for why in WHYS),
        later=tuple(
            Choice(
                str(one.row.id), f"{moment_said(lang, one.row.started_at, seat.zone)}, {one.named.contact}"
            )
            for one in found
            if one.row.disposition == ANSWERED
        ),
        said=said | {key: str(value) for key, value in request.POST.items()},
        did=told.get(f"unplaced_did_{request.GET.get('did', '')}", ""),
        wrong=fault_said(wrong, lang) if wrong else (),
    )
    return drawn(
        request,
        seat,
        lang,
        "staff/person_calls.html",
        page,
        title=say(lang, "calls_of", name=owes.person.name, number=owes.person.number),
        part="staff-calls",
        trail=(Link(reverse("staff-person", args=[lang, person]), owes.person.name),),
        status=409 if wrong else 200,
    )
