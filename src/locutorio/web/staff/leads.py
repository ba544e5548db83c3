"""What courts entered that may touch contact: read from files, shown as leads, closed by a person."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from uuid import UUID

from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from locutorio.actions.answer_lead import WHY_MAX, Answering, answer_lead
from locutorio.actions.authority import Refused, may
from locutorio.actions.leads_seen import LeadSeen, LeadsOfPerson, leads_of_person, open_leads
from locutorio.actions.paper_forms import paper_forms
from locutorio.actions.read_dockets import FILE_BYTES_MAX
from locutorio.actions.sign_in import Seat
from locutorio.actions.take_docket import DocketTaken, take_docket
from locutorio.actions.watch_docket import Watching, end_watch, watch_docket
from locutorio.dockets.watching import Watched
from locutorio.kernel.faults import Fault
from locutorio.notices.dockets import lead_section, not_seen
from locutorio.web.drawing import drawn
from locutorio.web.frame import Link
from locutorio.web.open.letters import DrawnSection, draw
from locutorio.web.posts import SENDING
from locutorio.web.saying import day_said, moment_said
from locutorio.web.seats import actor_of, for_acts
from locutorio.web.sending import SeeOther, sent
from locutorio.web.staff.fields import Choice
from locutorio.web.words import say, words

OPEN = "open"
_FAULTS: Mapping[str, re.Pattern[str]] = {
    "kind": re.compile("is no feed, no docket sheet and no mailed notice$"),
    "court": re.compile("does not say which court it is of$"),
    "unread": re.compile("cannot be read \\(|holds no docket entry$"),
    "parser": re.compile("^dockets cannot be read here"),
    "of_court": re.compile("^this is no court as"),
    "case": re.compile("^this is no number of a case$"),
    "defendant": re.compile("^this is no number of a defendant$"),
    "watched": re.compile("^this case is watched for this person already$"),
    "not_watched": re.compile("^this case is not watched for this person$"),
    "answer": re.compile("^a lead is closed by"),
    "not_open": re.compile("^this lead is not open$"),
    "large": re.compile("^the file is larger than"),
}


@dataclass(frozen=True, slots=True)
class LeadPart:
    """A lead in words. ``papers`` and ``enter`` are there where the reader may close it."""

    id: UUID
    whom: str
    address: str
    section: DrawnSection
    told: str
    became: str
    papers: tuple[Choice, ...]
    enter: str
    closing: bool


@dataclass(frozen=True, slots=True)
class LeadsPage:
    """The leads that wait; what a file said that was just read."""

    leads: tuple[LeadPart, ...]
    watches: str
    takes: bool
    said: dict[str, str]
    became: tuple[str, ...]
    wrong: str


@dataclass(frozen=True, slots=True)
class WatchPart:
    """A case that is watched, or was; ``end`` names it where it can be ended."""

    says: str
    since: str
    end: str


@dataclass(frozen=True, slots=True)
class PersonLeadsPage:
    """The cases of one person, their leads, and what cannot be seen."""

    whom: str
    watches: tuple[WatchPart, ...]
    watches_more: bool
    leads: tuple[LeadPart, ...]
    counted: str
    unseen: tuple[str, ...]
    said: dict[str, str]
    did: str
    wrong: str
    why_max: int = WHY_MAX


@for_acts("read_leads", posts=True, files=True)
def leads(request: HttpRequest, lang: str, seat: Seat) -> HttpResponse:
    """Show the leads that wait for somebody; take a file of a court."""
    wrong, became = "", tuple[str, ...]()
    if request.method == SENDING:
        try:
            became = _taken(_take(request, seat), lang)
        except Refused:
            raise
        except Fault as fault:
            wrong = _fault_said(fault, lang)
    by = actor_of(seat)
    found = open_leads(by, seat.establishment)
    parts = (_part(one, found.persons[one.row.person].name, seat, lang) for one in found.leads)
    page = LeadsPage(
        tuple(parts),
        say(lang, "leads_watches", count=found.watches, waiting=found.waiting, shown=len(found.leads)),
        may(by, "take_docket"),
        {"court": request.POST.get("court", "")},
        became,
        wrong,
    )
    title, status = words(lang)["leads_title"], 409 if wrong else 200
    return drawn(
        request, seat, lang, "staff/leads.html", page, title=title, part="staff-leads", status=status
    )


@for_acts("read_leads", posts=True)
def leads_of_one(request: HttpRequest, lang: str, seat: Seat, person: UUID) -> HttpResponse:
    """Show what was read of dockets about one person; watch a case, or close a lead."""
    wrong = ""
    if request.method == SENDING:
        try:
            did = _do(request, seat, person)
            return SeeOther(f"{reverse('staff-person-leads', args=[lang, person])}?did={did}")
        except Refused:
            raise
        except Fault as fault:
            wrong = _fault_said(fault, lang)
    found = leads_of_person(actor_of(seat), seat.establishment, person)
    page = _page(found, request, seat, lang, wrong)
    return drawn(
        request,
        seat,
        lang,
        "staff/person_leads.html",
        page,
        title=words(lang)["leads_person_title"],
        part="staff-people",
        trail=(Link(reverse("staff-person", args=[lang, person]), found.person.name),),
        status=409 if wrong else 200,
    )


def _take(request: HttpRequest, seat: Seat) -> DocketTaken:
    upload, court = request.FILES.get("file"), request.POST.get("court", "").strip().casefold()
    data = upload.read(FILE_BYTES_MAX + 1) if isinstance(upload, UploadedFile) else b""
    if len(data) > FILE_BYTES_MAX:
        raise Fault("the file is larger than a docket can be", remedy="save the docket of one case")
    name = (upload.name if isinstance(upload, UploadedFile) else "") or "the file"
    return take_docket(data, name, court or None, sent(request, seat))


def _do(request: HttpRequest, seat: Seat, person: UUID) -> str:
    """Do what a form of the page asks for; give the name of what was done."""
    said = request.POST
    what = said.get("do", "")
    if what == "watch":
        given = (said.get(name, "").strip().casefold() for name in ("court", "case", "defendant"))
        watch_docket(Watching(person, Watched(*given)), sent(request, seat))
    elif what == "end":
        end_watch(person, _id(said.get("watch", "")), sent(request, seat))
    elif what == "paper":
        answer_lead(Answering(_id(said.get("lead", "")), _id(said.get("paper", ""))), sent(request, seat))
    else:
        answer_lead(Answering(_id(said.get("lead", "")), why=said.get("why", "")), sent(request, seat))
        return "dismiss"
    return what


def _id(said: str) -> UUID:
    try:
        return UUID(said)
    except ValueError as error:
        raise Fault("a lead is closed by nothing that was chosen", remedy="choose one of the list") from error


def _page(found: LeadsOfPerson, request: HttpRequest, seat: Seat, lang: str, wrong: str) -> PersonLeadsPage:
    by, told = actor_of(seat), words(lang)
    titles = {form.name: form.title[lang] for form in paper_forms(by, seat.establishment)}
    papers = tuple(
        Choice(
            str(row.id),
            f"{titles.get(row.form, row.form)}, {day_said(lang, row.since) if row.since else row.name}",
        )
        for row in reversed(found.papers)
    )
    shown = sorted(found.leads, key=lambda one: one.row.standing != OPEN)
    return PersonLeadsPage(
        found.person.name,
        tuple(
            WatchPart(
                say(lang, "leads_case", court=one.court, case=one.case)
                + (say(lang, "leads_case_defendant", number=one.defendant) if one.defendant else ""),
                moment_said(lang, one.known_at, seat.zone),
                str(one.id) if may(by, "end_watch") and one.ended_at is None else "",
            )
            for one in found.watches
        ),
        may(by, "watch_docket"),
        tuple(_part(one, "", seat, lang, papers) for one in shown),
        say(lang, "leads_counted", count=found.counted),
        not_seen(found.gaps, found.unseen, lang),
        {name: request.POST.get(name, "") for name in ("court", "case", "defendant")},
        told.get(f"leads_did_{request.GET.get('did', '')}", ""),
        wrong,
    )


def _part(one: LeadSeen, whom: str, seat: Seat, lang: str, papers: tuple[Choice, ...] = ()) -> LeadPart:
    by, row, told = actor_of(seat), one.row, words(lang)
    (section,) = draw([lead_section(one.lead, lang, changed=row.changed_at is not None)], _no_address)
    known = (
        say(lang, "leads_told_at", moment=moment_said(lang, row.told_at, seat.zone)) if row.told_at else ""
    )
    if row.changed_at:
        known += say(lang, "leads_changed_at", moment=moment_said(lang, row.changed_at, seat.zone))
    became = told[f"leads_{row.standing}"] + (f" {row.why}" if row.why else "")
    closing = row.standing == OPEN and may(by, "answer_lead")
    return LeadPart(
        row.id,
        whom,
        f"{reverse('staff-person-leads', args=[lang, row.person])}#lead-{row.id}",
        section,
        known,
        became,
        papers if closing else (),
        f"{reverse('staff-paper', args=[lang, row.person])}?lead={row.id}" if may(by, "enter_paper") else "",
        closing,
    )


_no_address: Callable[[str], str] = str


def _taken(done: DocketTaken, lang: str) -> tuple[str, ...]:
    """Give what a file said, line by line; counts of none are left out but for the leads."""
    told = [say(lang, "leads_took", new=done.new, changed=done.changed)]
    if done.cut_short:
        told.append(words(lang)["leads_cut_short"])
    counts = asdict(done)
    rest = ("other_defendants", "counted", "again", "other_cases", "unread")
    return (*told, *(say(lang, f"leads_took_{name}", count=counts[name]) for name in rest if counts[name]))


def _fault_said(fault: Fault, lang: str) -> str:
    for name, known in _FAULTS.items():
        if known.search(fault.what):
            return words(lang)[f"leads_fault_{name}"]
    return f"{words(lang)['gate_fault_other']} {fault.what}. {fault.remedy}"
