"""The numbers nobody listens to: who has them, and the forms by which one proposes to register or end one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

from django.http import Http404, HttpRequest, HttpResponse

from locutorio.actions.authority import may
from locutorio.actions.enter_privileged import NotRegistered
from locutorio.actions.privileged_shown import privileged_shown
from locutorio.actions.propose import preview
from locutorio.actions.sign_in import Seat
from locutorio.kernel.faults import Fault
from locutorio.record.register import KINDS, NAME_LENGTH_MAX
from locutorio.store.privileged import PrivilegedRow
from locutorio.web.drawing import drawn
from locutorio.web.posts import SENDING
from locutorio.web.saying import day_said, moment_said
from locutorio.web.seats import actor_of, for_acts
from locutorio.web.staff.faults import fault_said
from locutorio.web.staff.fields import Choice
from locutorio.web.staff.proposals import ARGUMENT, drawn_new
from locutorio.web.words import say, words

ENTER, END = "enter_privileged", "end_privileged"
FIELDS = ("number", "kind", "name", "since", "until")


@dataclass(frozen=True, slots=True)
class NumberSaid:
    """One registered number; ``id`` is empty for whoever may not propose that it ends."""

    id: str
    number: str
    name: str
    kind: str
    days: str


@dataclass(frozen=True, slots=True)
class NumbersPage:
    """The registered numbers, what was signed of them, and what was written in the form."""

    numbers: tuple[NumberSaid, ...]
    signed: str
    root: str
    enter: bool
    kinds: tuple[Choice, ...]
    said: dict[str, str]
    wrong: tuple[str, ...]
    name_max: int = NAME_LENGTH_MAX


@for_acts("read_privileged", posts=True)
def numbers(request: HttpRequest, lang: str, seat: Seat) -> HttpResponse:
    """Show the registered numbers; show what somebody proposes of them before they do."""
    if request.method != SENDING:
        return _drawn(request, lang, seat)
    act = END if request.POST.get("act") == END else ENTER
    if not may(actor_of(seat), act):
        raise Http404
    names = ("privileged", "ground") if act == END else FIELDS
    arguments = {name: request.POST.get(f"{ARGUMENT}{name}", "") for name in names}
    try:
        found = preview(actor_of(seat), seat.establishment, act, arguments)
    except NotRegistered as fault:
        return _drawn(
            request, lang, seat, arguments, (say(lang, f"privileged_fault_{fault.name}", **fault.values),)
        )
    except Fault as fault:
        return _drawn(request, lang, seat, arguments, fault_said(fault, lang))
    return drawn_new(request, seat, lang, found)


def _drawn(
    request: HttpRequest,
    lang: str,
    seat: Seat,
    said: dict[str, str] | None = None,
    wrong: tuple[str, ...] = (),
) -> HttpResponse:
    by, told = actor_of(seat), words(lang)
    found = privileged_shown(by, seat.establishment)
    last = found.signed.register if found.signed else None
    page = NumbersPage(
        tuple(_said(row, lang, ends=may(by, END)) for row in found.numbers),
        say(
            lang,
            "privileged_signed",
            moment=moment_said(lang, datetime.fromtimestamp(last.issued_at, UTC), seat.zone),
            count=len(last.lines),
        )
        if last
        else told["privileged_unsigned"],
        last.root.hex() if last else "",
        may(by, ENTER),
        tuple(Choice(kind, told[f"proposal_word_privileged_{kind}"]) for kind in KINDS),
        said or {},
        wrong,
    )
    return drawn(
        request,
        seat,
        lang,
        "staff/privileged.html",
        page,
        title=told["privileged_title"],
        part="staff-privileged",
        status=409 if wrong else 200,
    )


def _said(row: PrivilegedRow, lang: str, *, ends: bool) -> NumberSaid:
    days = {"since": row.since, "until": row.until}
    return NumberSaid(
        str(row.id) if ends else "",
        row.number,
        row.name,
        words(lang)[f"proposal_word_privileged_{row.kind}"],
        ". ".join(
            f"{words(lang)[f'proposal_line_{name}']} {day_said(lang, found)}"
            for name, found in days.items()
            if found is not None
        ),
    )
