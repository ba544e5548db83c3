"""What needs two people: proposing it, what waits to be approved, and approving or refusing it."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.urls import reverse

from locutorio.actions import clock
from locutorio.actions.approve_proposal import approve_proposal
from locutorio.actions.authority import NotFresh, may
from locutorio.actions.create_account import STAFF, Role
from locutorio.actions.four_eyes import ACTS
from locutorio.actions.proposals_seen import ProposalSeen, may_see, proposal_seen, proposals_seen
from locutorio.actions.propose import Preview, Proposing, preview, propose
from locutorio.actions.refuse_proposal import refuse_proposal
from locutorio.actions.sign_in import Seat
from locutorio.actions.two_people import WORDS_MAX, NotByTwo
from locutorio.actions.withdraw_proposal import withdraw_proposal
from locutorio.kernel.faults import Fault
from locutorio.web.drawing import drawn
from locutorio.web.frame import Link
from locutorio.web.posts import SENDING
from locutorio.web.saying import moment_said
from locutorio.web.seats import actor_of, for_acts
from locutorio.web.sending import SeeOther, sent
from locutorio.web.staff.faults import fault_said as gate_fault_said
from locutorio.web.staff.fields import Choice
from locutorio.web.staff.statements import LineSaid, said
from locutorio.web.stepping_up import fresh
from locutorio.web.words import say, words

ARGUMENT, ACT, LOOK = "arg:", "act", "look"
STATES = {"approved": "permit", "refused": "refuse", "waiting": "pending"}


@dataclass(frozen=True, slots=True)
class ProposalPart:
    """One proposal in a list."""

    address: str
    title: str
    by: str
    state: str
    tone: str


@dataclass(frozen=True, slots=True)
class ProposalsPage:
    """What waits for the reader, what waits for others, what is over."""

    to_approve: tuple[ProposalPart, ...]
    waiting: tuple[ProposalPart, ...]
    over: tuple[ProposalPart, ...]
    may_approve: bool
    roles: tuple[Choice, ...]


@dataclass(frozen=True, slots=True)
class ProposalPage:
    """One proposal. ``can`` names the forms that are shown: approve, refuse, withdraw."""

    lines: tuple[LineSaid, ...]
    does: str
    why: str
    by: str
    until: str
    state: str
    tone: str
    decided: str
    ground: str
    differing: tuple[LineSaid, ...]
    digest: str
    can: frozenset[str]
    did: str
    wrong: tuple[str, ...]
    words_max: int = WORDS_MAX


@dataclass(frozen=True, slots=True)
class ProposePage:
    """What would be proposed, before it is; ``fields`` carry its arguments."""

    lines: tuple[LineSaid, ...]
    does: str
    act: str
    fields: tuple[tuple[str, str], ...]
    digest: str
    why: str
    wrong: tuple[str, ...]
    words_max: int = WORDS_MAX


@for_acts("read_proposals")
def proposals(request: HttpRequest, lang: str, seat: Seat) -> HttpResponse:
    """Show what waits to be approved, and what became of the rest."""
    found = proposals_seen(actor_of(seat), seat.establishment, clock.now())
    page = ProposalsPage(
        tuple(_part(one, lang, seat) for one in found.to_approve),
        tuple(_part(one, lang, seat) for one in found.waiting),
        tuple(_part(one, lang, seat) for one in found.over),
        any(not seat.roles.isdisjoint(kind.approving) for kind in ACTS.values()),
        _roles(lang) if may(actor_of(seat), "give_role") else (),
    )
    title = words(lang)["proposals_title"]
    return drawn(request, seat, lang, "staff/proposals.html", page, title=title, part="staff-proposals")


@for_acts("propose", posts=True)
def new(request: HttpRequest, lang: str, seat: Seat) -> HttpResponse:
    """Show what somebody wants done that needs two people; take that they propose it."""
    form = request.POST if request.method == SENDING else request.GET
    act, arguments = form.get(ACT, ""), _arguments(form, sending=request.method == SENDING)
    if not may_see(seat.roles, act):
        raise Http404
    if request.method != SENDING or LOOK in form:
        return drawn_new(request, seat, lang, preview(actor_of(seat), seat.establishment, act, arguments))
    try:
        made = propose(
            Proposing(act, arguments, form.get("why", ""), form.get("digest", "")), sent(request, seat)
        )
    except Fault as fault:
        now = preview(actor_of(seat), seat.establishment, act, arguments)
        return drawn_new(request, seat, lang, now, wrong=fault)
    return SeeOther(f"{_address(lang, made)}?did=proposed")


def drawn_new(
    request: HttpRequest, seat: Seat, lang: str, what: Preview, *, wrong: Fault | None = None
) -> HttpResponse:
    """Draw an act as it would be proposed, with the form that proposes it."""
    page = ProposePage(
        lines=said(what.lines, lang, seat.zone),
        does=words(lang)[f"proposal_does_{what.act}"],
        act=what.act,
        fields=tuple((f"{ARGUMENT}{name}", value) for name, value in what.arguments.items()),
        digest=what.digest,
        why=request.POST.get("why", ""),
        wrong=fault_said(wrong, lang) if wrong else (),
    )
    title = words(lang)[f"proposal_act_{what.act}"]
    return drawn(
        request,
        seat,
        lang,
        "staff/propose.html",
        page,
        title=title,
        part="staff-proposals",
        trail=_trail(lang),
        status=409 if wrong else 200,
    )


@for_acts("read_proposal", posts=True)
def proposal(request: HttpRequest, lang: str, seat: Seat, id_: UUID) -> HttpResponse:
    """Show one proposal; take that it is approved, refused or taken back."""
    if request.method != SENDING:
        return _drawn(request, seat, lang, id_)
    _seen(seat, id_)
    do = request.POST.get("do", "")
    shown = fresh(request, lang, seat) if do == "approve" else seat
    if isinstance(shown, HttpResponse):
        return shown
    try:
        match do:
            case "approve":
                approve_proposal(id_, request.POST.get("digest", ""), sent(request, shown, do))
            case "refuse":
                refuse_proposal(id_, request.POST.get("ground", ""), sent(request, seat, do))
            case "withdraw":
                withdraw_proposal(id_, sent(request, seat, do))
            case _:
                return _drawn(request, seat, lang, id_)
    except Fault as fault:
        return _drawn(request, seat, lang, id_, wrong=fault)
    return SeeOther(f"{_address(lang, id_)}?did={do}")


def fault_said(fault: Fault, lang: str) -> tuple[str, ...]:
    """Give what a page says of what was not done."""
    if isinstance(fault, NotFresh):
        return (words(lang)["proposal_fault_stale"],)
    if isinstance(fault, NotByTwo):
        return (words(lang)[f"proposal_fault_{fault.name}"],)
    return gate_fault_said(fault, lang)


def _seen(seat: Seat, id_: UUID) -> ProposalSeen:
    found = proposal_seen(actor_of(seat), seat.establishment, id_, clock.now())
    if found is None:
        raise Http404
    return found


def _drawn(
    request: HttpRequest, seat: Seat, lang: str, id_: UUID, *, wrong: Fault | None = None
) -> HttpResponse:
    one = _seen(seat, id_)
    row, told = one.row, words(lang)
    page = ProposalPage(
        lines=said(row.lines, lang, seat.zone),
        does=told[f"proposal_does_{row.act}"],
        why=row.why,
        by=_by(one, lang, seat),
        until=say(lang, "proposal_until", moment=moment_said(lang, row.expires_at, seat.zone)),
        state=told[f"proposal_state_{one.state}"],
        tone=STATES.get(one.state, "refer"),
        decided=say(
            lang,
            "proposal_decided_by",
            name=one.decided_by,
            moment=moment_said(lang, row.decided_at, seat.zone),
        )
        if row.decided_at
        else "",
        ground=row.ground,
        differing=said(one.differing or (), lang, seat.zone),
        digest=row.digest,
        can=_can(one),
        did=told.get(f"proposal_did_{request.GET.get('did', '')}", ""),
        wrong=fault_said(wrong, lang) if wrong else (),
    )
    return drawn(
        request,
        seat,
        lang,
        "staff/proposal.html",
        page,
        title=told[f"proposal_act_{row.act}"],
        part="staff-proposals",
        trail=_trail(lang),
        status=409 if wrong else 200,
    )


def _can(one: ProposalSeen) -> frozenset[str]:
    if not one.waits:
        return frozenset()
    if one.mine:
        return frozenset({"withdraw"})
    if not one.may_approve:
        return frozenset()
    return frozenset({"refuse"} if one.differing else {"approve", "refuse"})


def _roles(lang: str) -> tuple[Choice, ...]:
    return tuple(Choice(role, words(lang)[f"proposal_word_role_{role}"]) for role in Role if role in STAFF)


def _arguments(form: QueryDict, *, sending: bool) -> dict[str, str]:
    """Read the arguments of an act: from a link by their names, from the form by names with a mark."""
    if not sending:
        return {name: form.get(name, "") for name in form if name != ACT}
    return {name.removeprefix(ARGUMENT): form.get(name, "") for name in form if name.startswith(ARGUMENT)}


def _part(one: ProposalSeen, lang: str, seat: Seat) -> ProposalPart:
    return ProposalPart(
        _address(lang, one.row.id),
        words(lang)[f"proposal_act_{one.row.act}"],
        _by(one, lang, seat),
        words(lang)[f"proposal_state_{one.state}"],
        STATES.get(one.state, "refer"),
    )


def _by(one: ProposalSeen, lang: str, seat: Seat) -> str:
    moment = moment_said(lang, one.row.proposed_at, seat.zone)
    return say(lang, "proposal_by", name=one.proposed_by, moment=moment)


def _address(lang: str, id_: UUID) -> str:
    return reverse("staff-proposal", args=[lang, id_])


def _trail(lang: str) -> tuple[Link, ...]:
    return (Link(reverse("staff-proposals", args=[lang]), words(lang)["proposals_title"]),)
