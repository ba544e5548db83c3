"""One call: its decision as a letter, how it ended; ending it, and saying that it is privileged."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from locutorio.actions import clock
from locutorio.actions.authority import may
from locutorio.actions.calls_seen import CallWhole, call_whole
from locutorio.actions.claim_privilege import PRIVILEGE, Claiming, claim_privilege
from locutorio.actions.end_call import WORDS_MAX, EndingCall, end_call
from locutorio.actions.sign_in import Seat
from locutorio.arrangements.call_course import UNDER_WAY
from locutorio.kernel.faults import Fault
from locutorio.store.calls import MONITORED
from locutorio.store.transaction import Sent
from locutorio.web.call_rows import CallLine, call_line, cause_said, decided_parts
from locutorio.web.decided_part import DecidedPart
from locutorio.web.drawing import drawn
from locutorio.web.frame import Link
from locutorio.web.posts import SENDING
from locutorio.web.seats import actor_of, for_acts
from locutorio.web.sending import SeeOther, sent
from locutorio.web.staff.booking import NoticePart, notice_part
from locutorio.web.staff.faults import fault_said
from locutorio.web.words import say, words

Act = Callable[[UUID, Mapping[str, str], Sent], object]


@dataclass(frozen=True, slots=True)
class CallPage:
    """``can`` names the forms that are shown: end, claim. ``none`` says why nothing was decided.

    ``recordings`` leads to what was recorded of this person's calls, where this one may have been.
    """

    line: CallLine
    person: str
    recordings: str
    made_up: bool
    recording: str
    decided: tuple[DecidedPart, ...]
    none: str
    notices: tuple[NoticePart, ...]
    can: frozenset[str]
    said: Mapping[str, str]
    did: str
    wrong: tuple[str, ...]
    words_max: int = WORDS_MAX


def _nothing(_id: UUID, _said: Mapping[str, str], _by: Sent) -> object:
    raise Fault("this is nothing that is done with a call", remedy="use the forms of this page")


ACTS: Mapping[str, tuple[str, Act]] = {
    "end": ("end_call", lambda id_, said, by: end_call(EndingCall(id_, said.get("why", "")), by)),
    "claim": (
        "claim_privilege",
        lambda id_, said, by: claim_privilege(Claiming(id_, said.get("why", "")), by),
    ),
}


@for_acts("read_call", posts=True)
def call(request: HttpRequest, lang: str, seat: Seat, id_: UUID) -> HttpResponse:
    """Show one call; end it, or say that it is privileged."""
    if request.method != SENDING:
        return _drawn(request, lang, seat, id_)
    said = {name: value.strip() for name, value in request.POST.items() if isinstance(value, str)}
    do = said.get("do", "")
    _, act = ACTS.get(do, ("", _nothing))
    try:
        act(id_, said, sent(request, seat))
    except Fault as fault:
        return _drawn(request, lang, seat, id_, wrong=fault)
    return SeeOther(f"{reverse('staff-call', args=[lang, id_])}?did={do}")


def _drawn(
    request: HttpRequest, lang: str, seat: Seat, id_: UUID, *, wrong: Fault | None = None
) -> HttpResponse:
    by, told = actor_of(seat), words(lang)
    found = call_whole(by, seat.establishment, id_, lang, clock.now())
    row = found.seen.row
    whole = row.person is not None and may(by, "read_calls_of")
    page = CallPage(
        line=call_line(found.seen, lang, seat.zone, ""),
        person=reverse("staff-person-calls", args=[lang, row.person]) if whole else "",
        recordings=reverse("staff-recordings", args=[lang, row.person])
        if whole and row.plane == MONITORED and may(by, "read_recordings")
        else "",
        made_up=found.made_up,
        recording=reverse("staff-recording", args=[lang, found.recording])
        if found.recording and may(by, "read_recordings")
        else "",
        decided=decided_parts(found.decided, found.seen, lang, seat.zone),
        none=say(lang, "call_decided_none", why=cause_said(row.cause, lang)),
        notices=tuple(
            notice_part(one, {row.contact: found.seen.named.contact} if row.contact else {}, seat, lang)
            for one in found.notices
        ),
        can=_can(found, seat),
        said={key: str(value) for key, value in request.POST.items()},
        did=told.get(f"call_did_{request.GET.get('did', '')}", ""),
        wrong=fault_said(wrong, lang) if wrong else (),
    )
    return drawn(
        request,
        seat,
        lang,
        "staff/call.html",
        page,
        title=told["call_title"],
        part="staff-calls",
        trail=(Link(reverse("staff-calls", args=[lang]), told["calls_title"]),),
        status=409 if wrong else 200,
    )


def _can(found: CallWhole, seat: Seat) -> frozenset[str]:
    row, by = found.seen.row, actor_of(seat)
    stands = {
        "end": row.disposition == UNDER_WAY and not row.ending,
        "claim": row.plane == MONITORED and row.ending != PRIVILEGE,
    }
    return frozenset(do for do, (act, _) in ACTS.items() if stands[do] and may(by, act))
