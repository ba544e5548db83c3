"""What one officer does alone in an emergency: doing it, what holds now, and reviewing it."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from locutorio.actions import clock
from locutorio.actions.break_glass import Breaking, break_glass
from locutorio.actions.break_glass_seen import (
    Counted,
    MeasureSeen,
    MeasuresSeen,
    measures_counted,
    measures_seen,
    whom,
)
from locutorio.actions.review_break_glass import Review, review_break_glass
from locutorio.actions.sign_in import Seat
from locutorio.actions.two_people import WORDS_MAX
from locutorio.kernel.faults import Fault
from locutorio.store.break_glass import FINDINGS, KINDS
from locutorio.web.drawing import drawn
from locutorio.web.frame import Link
from locutorio.web.posts import SENDING
from locutorio.web.saying import moment_said
from locutorio.web.seats import actor_of, for_acts
from locutorio.web.sending import SeeOther, sent
from locutorio.web.staff.fields import Choice
from locutorio.web.staff.proposals import fault_said
from locutorio.web.stepping_up import fresh
from locutorio.web.words import say, words


@dataclass(frozen=True, slots=True)
class MeasurePart:
    """One emergency measure in a list; ``review`` is its identifier where the reader may review it."""

    says: str
    reason: str
    by: str
    until: str
    overdue: bool
    review: str
    found: str


@dataclass(frozen=True, slots=True)
class CountPart:
    """How often in a year, by kind."""

    year: int
    kind: str
    numbers: Counted


@dataclass(frozen=True, slots=True)
class EmergenciesPage:
    """What holds, what nobody has reviewed, what was reviewed."""

    in_force: tuple[MeasurePart, ...]
    to_review: tuple[MeasurePart, ...]
    reviewed: tuple[MeasurePart, ...]
    findings: tuple[Choice, ...]
    did: str
    wrong: tuple[str, ...]
    counts: str
    words_max: int = WORDS_MAX


@dataclass(frozen=True, slots=True)
class EmergencyPage:
    """The form of an emergency measure for one person."""

    person: str
    address: str
    contacts: tuple[Choice, ...]
    kinds: tuple[Choice, ...]
    said: dict[str, str]
    wrong: tuple[str, ...]
    words_max: int = WORDS_MAX


@for_acts("read_break_glass", posts=True)
def emergencies(request: HttpRequest, lang: str, seat: Seat) -> HttpResponse:
    """Show what was done alone, and what must be reviewed; take a review."""
    if request.method != SENDING:
        return _drawn(request, seat, lang)
    shown = fresh(request, lang, seat)
    if isinstance(shown, HttpResponse):
        return shown
    said = request.POST
    try:
        review = Review(_id(said.get("measure", "")), said.get("finding", ""), said.get("review", ""))
        review_break_glass(review, sent(request, shown))
    except Fault as fault:
        return _drawn(request, seat, lang, wrong=fault)
    return SeeOther(f"{reverse('staff-emergencies', args=[lang])}?did=reviewed")


@for_acts("break_glass", posts=True)
def emergency(request: HttpRequest, lang: str, seat: Seat, person: UUID) -> HttpResponse:
    """Show the form in which an officer allows or stops a contact; take it."""
    if request.method != SENDING:
        return _form(request, seat, lang, person)
    said = request.POST
    try:
        what = Breaking(person, _id(said.get("contact", "")), said.get("kind", ""), said.get("reason", ""))
        break_glass(what, sent(request, seat))
    except Fault as fault:
        return _form(request, seat, lang, person, wrong=fault)
    return SeeOther(f"{reverse('staff-emergencies', args=[lang])}?did=begun")


@for_acts("count_break_glass")
def counts(request: HttpRequest, lang: str, seat: Seat) -> HttpResponse:
    """Show everybody who signs in how often an officer acted alone, and what was found of it."""
    told = words(lang)
    rows = measures_counted(actor_of(seat), seat.establishment)
    page = tuple(CountPart(one.year, told[f"emergency_kind_{one.kind}"], one) for one in rows)
    return drawn(
        request, seat, lang, "establishment/emergencies.html", page, title=told["emergency_counts_title"]
    )


def _id(said: str) -> UUID:
    try:
        return UUID(said)
    except ValueError as error:
        raise Fault("this is none of those that can be chosen", remedy="choose one of the list") from error


def _form(
    request: HttpRequest, seat: Seat, lang: str, person: UUID, *, wrong: Fault | None = None
) -> HttpResponse:
    (name, listed), told = whom(actor_of(seat), seat.establishment, person), words(lang)
    page = EmergencyPage(
        person=name,
        address=reverse("staff-person", args=[lang, person]),
        contacts=tuple(Choice(str(id_), one) for id_, one in listed),
        kinds=tuple(Choice(kind, told[f"emergency_do_{kind}"]) for kind in KINDS),
        said={key: str(value) for key, value in request.POST.items()},
        wrong=fault_said(wrong, lang) if wrong else (),
    )
    return drawn(
        request,
        seat,
        lang,
        "staff/emergency.html",
        page,
        title=told["emergency_title"],
        part="staff-emergencies",
        trail=(Link(page.address, page.person),),
        status=409 if wrong else 200,
    )


def _drawn(request: HttpRequest, seat: Seat, lang: str, *, wrong: Fault | None = None) -> HttpResponse:
    found: MeasuresSeen = measures_seen(actor_of(seat), seat.establishment, clock.now())
    told = words(lang)
    in_force, to_review, reviewed = (
        tuple(_part(one, lang, seat) for one in rows)
        for rows in (found.in_force, found.to_review, found.reviewed)
    )
    page = EmergenciesPage(
        in_force,
        to_review,
        reviewed,
        tuple(Choice(one, told[f"emergency_finding_{one}"]) for one in FINDINGS),
        told.get(f"emergency_did_{request.GET.get('did', '')}", ""),
        fault_said(wrong, lang) if wrong else (),
        reverse("emergencies", args=[lang]),
    )
    return drawn(
        request,
        seat,
        lang,
        "staff/emergencies.html",
        page,
        title=told["emergencies_title"],
        part="staff-emergencies",
        status=409 if wrong else 200,
    )


def _part(one: MeasureSeen, lang: str, seat: Seat) -> MeasurePart:
    row, told = one.row, words(lang)
    begun = moment_said(lang, row.begun_at, seat.zone)
    return MeasurePart(
        says=say(lang, f"emergency_says_{row.kind}", person=one.person, contact=one.contact),
        reason=row.reason,
        by=say(lang, "emergency_by", name=one.by, moment=begun),
        until=say(lang, "emergency_until", moment=moment_said(lang, row.ends_at, seat.zone)),
        overdue=one.overdue,
        review=str(row.id) if one.may_review else "",
        found=say(
            lang,
            "emergency_found",
            finding=told[f"emergency_finding_{row.finding}"],
            name=one.reviewed_by,
            why=row.review,
        )
        if row.finding
        else "",
    )
