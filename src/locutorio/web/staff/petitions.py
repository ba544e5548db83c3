"""Petitions for staff: what waits before each office, one petition, what happened to it, what was ruled."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from locutorio.actions import clock
from locutorio.actions.attach_letter import attach_letter
from locutorio.actions.authority import may
from locutorio.actions.note_petition import NOTED, Noting, note_petition
from locutorio.actions.petitioning import SHORT_MAX, TEXT_MAX
from locutorio.actions.petitions_seen import PetitionSeen, petition_seen, petitions_due
from locutorio.actions.propose import preview
from locutorio.actions.rule_petition import ACT, Ruling, arguments_of, rule_petition
from locutorio.actions.sign_in import Seat
from locutorio.actions.two_people import NotByTwo
from locutorio.kernel.faults import Fault
from locutorio.kernel.moments import day
from locutorio.notices.petition import title
from locutorio.notices.petition_course import event
from locutorio.notices.words import Words
from locutorio.remedies.values import TRAVELS, Carried, Kind, Outcome
from locutorio.web.drawing import drawn
from locutorio.web.frame import Link
from locutorio.web.petitions import STAFF, RowPart, draw_petition, list_page, row_part
from locutorio.web.posts import SENDING
from locutorio.web.seats import actor_of, for_acts
from locutorio.web.sending import SeeOther, sent
from locutorio.web.staff.fields import Choice, whole
from locutorio.web.staff.petition_faults import fault_said
from locutorio.web.staff.petition_forms import MORE_OFFICES
from locutorio.web.staff.proposals import drawn_new
from locutorio.web.words import say, words

PAGES_MAX = 1_000
_OF = {Kind.ENDED: Kind.OPPOSED, Kind.ANSWERED: Kind.OFFERED}
_SAYING = (Kind.OPPOSED, Kind.OFFERED, Kind.ANSWERED, Kind.REPLIED, Kind.TAKEN_BACK)


@dataclass(frozen=True, slots=True)
class DuePage:
    """What waits; ``offices`` lead to what waits before each, with how many."""

    offices: tuple[Link, ...]
    rows: tuple[RowPart, ...]
    more: str


@dataclass(frozen=True, slots=True)
class NotePage:
    """``kinds`` to choose from; once one is chosen, its fields. ``shows`` are those beside day and proof."""

    petition: str
    kinds: tuple[Choice, ...]
    kind: str
    shows: frozenset[str]
    carried: tuple[Choice, ...]
    of: tuple[Choice, ...]
    said: dict[str, str]
    wrong: tuple[str, ...]
    short_max: int = SHORT_MAX
    text_max: int = TEXT_MAX


@dataclass(frozen=True, slots=True)
class RulePage:
    """The form of a ruling."""

    petition: str
    outcomes: tuple[Choice, ...]
    asks: tuple[Choice, ...]
    granted: tuple[str, ...]
    offices: tuple[Choice, ...]
    said: dict[str, str]
    wrong: tuple[str, ...]
    short_max: int = SHORT_MAX
    text_max: int = TEXT_MAX


@for_acts("read_petitions_due")
def petitions(request: HttpRequest, lang: str, seat: Seat) -> HttpResponse:
    """Show what waits before each office, the soonest due first."""
    office, told = request.GET.get("office", ""), words(lang)
    page = min(whole(request.GET.get("page", "")) or 0, PAGES_MAX)
    found = petitions_due(actor_of(seat), seat.establishment, office, page, clock.now())
    here = reverse(STAFF, args=[lang])
    offices = [Link(here, f"{told['petitions_all']} ({sum(found.counts.values())})", not office)]
    offices += [
        Link(f"{here}?office={name}", f"{Words(lang).office(name)} ({count})", name == office)
        for name, count in sorted(found.counts.items())
    ]
    shown = DuePage(
        tuple(offices),
        tuple(row_part(one, lang, found.on, "staff-petition") for one in found.rows),
        f"{here}?office={office}&page={page + 1}" if found.more else "",
    )
    return drawn(
        request, seat, lang, "staff/petitions.html", shown, title=told["petitions_title"], part=STAFF
    )


@for_acts("read_petitions", here=True)
def of_person(request: HttpRequest, lang: str, seat: Seat, person: UUID) -> HttpResponse:
    """Show the petitions of one person."""
    may_enter = may(actor_of(seat), "enter_petition")
    new = reverse("staff-petition-new", args=[lang, person]) if may_enter else ""
    page = list_page(seat, lang, person, "staff-petition", new, "")
    name = say(lang, "petitions_of_title", name=page.whose)
    return drawn(request, seat, lang, "establishment/petitions.html", page, title=name, part=STAFF)


@for_acts("read_petition", here=True)
def petition(request: HttpRequest, lang: str, seat: Seat, id_: UUID) -> HttpResponse:
    """Show one petition."""
    return draw_petition(request, seat, lang, id_, _trail(lang), STAFF)


@for_acts("note_petition", "read_petition", posts=True)
def note(request: HttpRequest, lang: str, seat: Seat, id_: UUID) -> HttpResponse:
    """Show the form of what happened; take it filled in."""
    wrong = None
    if request.method == SENDING:
        try:
            note_petition(_noting(request, id_), sent(request, seat))
            return SeeOther(f"{reverse('staff-petition', args=[lang, id_])}?did=noted")
        except Fault as fault:
            wrong = fault
    form = request.POST if request.method == SENDING else request.GET
    said = {key: str(value) for key, value in form.items()}
    seen = petition_seen(actor_of(seat), seat.establishment, id_, clock.now(), lang)
    page = _note_page(seen, said, lang, wrong)
    return _drawn(request, seat, lang, id_, "petition_note", page, wrong)


@for_acts("attach_letter", "read_petition", posts=True)
def letter(request: HttpRequest, lang: str, seat: Seat, id_: UUID) -> HttpResponse:
    """Take which file is put with a petition; the page of the petition has the form."""
    here = reverse("staff-petition", args=[lang, id_])
    document = _identifier(request.POST.get("document", "")) if request.method == SENDING else None
    if document is not None:
        attach_letter(id_, document, sent(request, seat))
    return SeeOther(f"{here}?did=letter" if document else here)


def _noting(request: HttpRequest, id_: UUID) -> Noting:
    said = request.POST
    return Noting(
        id_,
        said.get("kind", ""),
        day(said["on"]) if said.get("on") else None,
        proof=said.get("proof", ""),
        by=said.get("by", ""),
        carried=said.get("carried", Carried.PETITION.value),
        says=said.get("says", ""),
        ends_with=said.get("ends_with", ""),
        of=_identifier(said.get("of", "")),
    )


def _identifier(said: str) -> UUID | None:
    try:
        return UUID(said) if said else None
    except ValueError as error:
        raise Fault("what was chosen is not of this list", remedy="choose it from the list") from error


def _note_page(seen: PetitionSeen, said: dict[str, str], lang: str, wrong: Fault | None) -> NotePage:
    told, texts = words(lang), Words(lang)
    names = [one.value for one in NOTED]
    kind = Kind(said["kind"]) if said.get("kind") in names else None
    shows = {
        "carried": kind in TRAVELS,
        "says": kind in _SAYING,
        "ends_with": kind is Kind.OPPOSED,
        "of": kind is not None and kind in (*_OF, Kind.TAKEN_BACK),
    }
    wanted = _OF.get(kind) if kind else None
    return NotePage(
        title(texts, seen.told),
        tuple(Choice(name, told[f"petition_kind_{name}"]) for name in names),
        kind.value if kind else "",
        frozenset(name for name, shown in shows.items() if shown),
        tuple(Choice(one.value, told[f"petition_note_carried_{one.value}"]) for one in Carried),
        tuple(
            Choice(one.id, event(texts, one))
            for one in seen.told.seen.events
            if wanted is None or one.kind is wanted
        ),
        said,
        fault_said(wrong, lang) if wrong else (),
    )


@for_acts("rule_petition", "read_petition", posts=True)
def rule(request: HttpRequest, lang: str, seat: Seat, id_: UUID) -> HttpResponse:
    """Show the form of a ruling; take it filled in, or show what two people must do together."""
    wrong = None
    if request.method == SENDING:
        try:
            what = _ruling(request, id_)
            rule_petition(what, sent(request, seat))
            return SeeOther(f"{reverse('staff-petition', args=[lang, id_])}?did=ruled")
        except NotByTwo:
            return drawn_new(
                request, seat, lang, preview(actor_of(seat), seat.establishment, ACT, arguments_of(what))
            )
        except Fault as fault:
            wrong = fault
    seen = petition_seen(actor_of(seat), seat.establishment, id_, clock.now(), lang)
    page = _rule_page(request, seen, lang, wrong)
    return _drawn(request, seat, lang, id_, "petition_rule", page, wrong)


def _ruling(request: HttpRequest, id_: UUID) -> Ruling:
    said = request.POST
    granted = sorted({int(one) for one in said.getlist("granted") if one.isascii() and one.isdigit()})
    return Ruling(
        id_,
        said.get("outcome", ""),
        day(said.get("on", "")),
        said.get("proof", ""),
        said.get("by", ""),
        said.get("says", ""),
        tuple(granted) if said.get("outcome") == Outcome.PART else (),
        day(said["until"]) if said.get("until") else None,
        "closes" in said,
        said.get("next", ""),
    )


def _rule_page(request: HttpRequest, seen: PetitionSeen, lang: str, wrong: Fault | None) -> RulePage:
    texts = Words(lang)
    offices = dict.fromkeys([one.to for one in seen.told.routes] + ["warden", *MORE_OFFICES])
    return RulePage(
        title(texts, seen.told),
        tuple(Choice(one.value, texts.say(f"petition.headline.{one.value}")) for one in Outcome),
        tuple(Choice(str(at), ask) for at, ask in enumerate(seen.told.seen.petition.asks)),
        tuple(request.POST.getlist("granted")),
        tuple(Choice(name, texts.office(name)) for name in offices if name),
        {"on": seen.told.on.isoformat(), **{key: str(value) for key, value in request.POST.items()}},
        fault_said(wrong, lang) if wrong else (),
    )


def _drawn(
    request: HttpRequest, seat: Seat, lang: str, id_: UUID, name: str, page: object, wrong: Fault | None
) -> HttpResponse:
    trail = (*_trail(lang), Link(reverse("staff-petition", args=[lang, id_]), _name(page)))
    return drawn(
        request,
        seat,
        lang,
        f"staff/{name}.html",
        page,
        title=words(lang)[name],
        part=STAFF,
        trail=trail,
        status=409 if wrong else 200,
    )


def _name(page: object) -> str:
    assert isinstance(page, NotePage | RulePage)
    return page.petition


def _trail(lang: str) -> tuple[Link, ...]:
    return (Link(reverse(STAFF, args=[lang]), words(lang)["petitions_title"]),)
