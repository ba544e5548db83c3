"""The calls with a lawyer, and what the record says of each: whether anybody could listen to it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from locutorio.actions import clock
from locutorio.actions.authority import Refused
from locutorio.actions.calls_seen import CallWith, calls_with_me
from locutorio.actions.claim_privilege import PRIVILEGE, WORDS_MAX, Claiming, claim_privilege
from locutorio.actions.sign_in import Seat
from locutorio.actions.state_unrecorded import state_unrecorded
from locutorio.kernel.faults import Fault
from locutorio.store.calls import MONITORED, PRIVATE
from locutorio.web.call_rows import CallLine, call_line
from locutorio.web.drawing import drawn
from locutorio.web.posts import SENDING
from locutorio.web.seats import actor_of, for_acts
from locutorio.web.sending import SeeOther, sent
from locutorio.web.staff.faults import fault_said
from locutorio.web.words import words


@dataclass(frozen=True, slots=True)
class CallWithPart:
    """One call. ``proved`` is what the record says of a private one; ``state`` and ``claim`` are where the
    forms lead that ask for a statement and say that the call is privileged, ``statement`` leads to the
    statement that was made.
    """

    line: CallLine
    proved: str
    statement: str
    state: str
    claim: str


@dataclass(frozen=True, slots=True)
class CallsWithPage:
    """The calls, the latest first."""

    items: tuple[CallWithPart, ...]
    said: Mapping[str, str]
    did: str
    wrong: tuple[str, ...]
    words_max: int = WORDS_MAX


@for_acts("read_calls_with")
def calls(request: HttpRequest, lang: str, seat: Seat) -> HttpResponse:
    """Show a lawyer the calls with them."""
    return _drawn(request, lang, seat)


@for_acts("state_unrecorded", "read_calls_with", posts=True)
def statement(request: HttpRequest, lang: str, seat: Seat, id_: UUID) -> HttpResponse:
    """State in the record that nobody recorded a call; lead to the statement."""
    if request.method != SENDING:
        return SeeOther(reverse("visits-calls", args=[lang]))
    try:
        notice = state_unrecorded(id_, sent(request, seat))
    except Refused:
        raise
    except Fault as fault:
        return _drawn(request, lang, seat, wrong=fault)
    return SeeOther(reverse("visits-notice", args=[lang, notice]))


@for_acts("claim_privilege", "read_calls_with", posts=True)
def claim(request: HttpRequest, lang: str, seat: Seat, id_: UUID) -> HttpResponse:
    """Say that a call is privileged."""
    if request.method != SENDING:
        return SeeOther(reverse("visits-calls", args=[lang]))
    try:
        claim_privilege(Claiming(id_, request.POST.get("why", "").strip()), sent(request, seat))
    except Refused:
        raise
    except Fault as fault:
        return _drawn(request, lang, seat, wrong=fault)
    return SeeOther(f"{reverse('visits-calls', args=[lang])}?did=claim")


def _drawn(request: HttpRequest, lang: str, seat: Seat, *, wrong: Fault | None = None) -> HttpResponse:
    told = words(lang)
    found = calls_with_me(actor_of(seat), seat.establishment, clock.now())
    page = CallsWithPage(
        tuple(_part(one, lang, seat) for one in found),
        {key: str(value) for key, value in request.POST.items()},
        told.get(f"call_did_{request.GET.get('did', '')}", ""),
        fault_said(wrong, lang) if wrong else (),
    )
    title, status = told["calls_with_title"], 409 if wrong else 200
    return drawn(
        request, seat, lang, "family/calls.html", page, title=title, part="visits-calls", status=status
    )


def _part(one: CallWith, lang: str, seat: Seat) -> CallWithPart:
    row, told = one.seen.row, words(lang)
    proved = told["call_unrecorded"] if one.unrecorded else ""
    if row.plane == PRIVATE and row.ended_at is None:
        proved = told["call_private_unknown"]
    claims = row.plane == MONITORED and row.ending != PRIVILEGE
    states = one.unrecorded and one.statement is None
    return CallWithPart(
        line=call_line(one.seen, lang, seat.zone, ""),
        proved=proved,
        statement=reverse("visits-notice", args=[lang, one.statement]) if one.statement else "",
        state=reverse("visits-call-statement", args=[lang, row.id]) if states else "",
        claim=reverse("visits-call-claim", args=[lang, row.id]) if claims else "",
    )
