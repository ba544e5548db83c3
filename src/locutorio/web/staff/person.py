"""One person: their visits and why, the papers about them, what they were told, and what is owed to them."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from locutorio.actions import clock
from locutorio.actions.authority import may
from locutorio.actions.day_shown import PersonShown, person_shown
from locutorio.actions.deciding import local_day
from locutorio.actions.paper_forms import paper_forms
from locutorio.actions.proposing_shown import OF_PERSON
from locutorio.actions.sign_in import Seat
from locutorio.store.actor import Actor
from locutorio.store.entered import PaperRow
from locutorio.store.gate import OwedRow
from locutorio.web.drawing import drawn
from locutorio.web.requests_shown import RequestShown, shown
from locutorio.web.saying import day_said
from locutorio.web.seats import actor_of, for_acts
from locutorio.web.staff.booking import NoticePart, notice_part
from locutorio.web.staff.told import BookingRow, booking_row
from locutorio.web.words import say, words


@dataclass(frozen=True, slots=True)
class PaperPart:
    """A paper about the person: its page, what it is, about whom, when it holds.

    ``end`` names it where the reader may propose that it ends.
    """

    address: str
    title: str
    about: str
    dates: str
    source: str
    state: str
    end: str


@dataclass(frozen=True, slots=True)
class OwedPart:
    """One change of what is owed."""

    day: str
    says: str
    address: str


@dataclass(frozen=True, slots=True)
class PersonPage:
    """``enter`` and ``ask`` lead to a paper's form and to a request on somebody's behalf; empty without them.

    ``mail`` leads to the person's mail, ``calls`` to their calls, ``told`` to who was told what,
    ``documents`` to the files about them, ``courts`` to what courts entered, ``recordings`` to what was
    recorded of their calls, ``petitions`` to what was asked in writing, ``export`` to where all of it is
    given.

    ``papers`` is None for those who do not see them.
    """

    name: str
    number: str
    unit: str
    left: str
    bookings: tuple[BookingRow, ...]
    requests: tuple[RequestShown, ...]
    papers: tuple[PaperPart, ...] | None
    notices: tuple[NoticePart, ...]
    owed: str
    owed_rows: tuple[OwedPart, ...]
    enter: str
    ask: str
    emergency: str
    propose: str
    mail: str
    calls: str
    told: str
    documents: str
    recordings: str
    courts: str
    petitions: str
    export: str
    did: str
    today: str


@for_acts("read_person")
def person(request: HttpRequest, lang: str, seat: Seat, person: UUID) -> HttpResponse:
    """Show one person."""
    found = person_shown(actor_of(seat), seat.establishment, person)
    page = _page(found, seat, lang, request.GET.get("did", ""))
    title = f"{page.name}, {page.number}"
    return drawn(request, seat, lang, "staff/person.html", page, title=title, part="staff-people")


def _page(found: PersonShown, seat: Seat, lang: str, did: str) -> PersonPage:
    one, told, now = found.person, words(lang), clock.now()
    by = actor_of(seat)
    return PersonPage(
        name=one.name,
        number=one.number,
        unit=one.unit,
        left=say(lang, "staff_left", day=day_said(lang, one.left_on)) if one.left_on else "",
        bookings=tuple(booking_row(row, seat, lang) for row in found.bookings),
        requests=tuple(
            shown(row, lang, now, address=_link(by, "read_request", "staff-visits-request", lang, row.id))
            for row in found.requests
        ),
        papers=None if found.papers is None else _papers(found.papers, found, seat, lang),
        notices=tuple(notice_part(row, {}, seat, lang) for row in found.notices),
        owed=say(lang, "staff_minutes", minutes=found.owed_minutes) if found.owed else "",
        owed_rows=tuple(_owed(row, by, lang) for row in found.owed),
        enter=_link(by, "enter_paper", "staff-paper", lang, one.id),
        ask=_link(by, "request_visit", "staff-visits-ask", lang, one.id),
        emergency=_link(by, "break_glass", "staff-emergency", lang, one.id),
        propose=_link(by, "propose", "staff-person-propose", lang, one.id)
        if any(may(by, act) for act in OF_PERSON)
        else "",
        mail=_link(by, "read_mail_item", "staff-mail-person", lang, one.id),
        calls=_link(by, "read_calls_of", "staff-person-calls", lang, one.id),
        told=_link(by, "disclose", "staff-disclosures", lang, one.id),
        documents=_link(by, "read_documents", "staff-documents", lang, one.id),
        recordings=_link(by, "read_recordings", "staff-recordings", lang, one.id),
        courts=_link(by, "read_leads", "staff-person-leads", lang, one.id),
        petitions=_link(by, "read_petitions", "staff-person-petitions", lang, one.id),
        export=_link(by, "export_person", "staff-export", lang, one.id),
        did=told.get(f"staff_did_{did}", ""),
        today=local_day(seat.zone, now).isoformat(),
    )


def _papers(papers: tuple[PaperRow, ...], found: PersonShown, seat: Seat, lang: str) -> tuple[PaperPart, ...]:
    by = actor_of(seat)
    titles = {form.name: form.title[lang] for form in paper_forms(by, seat.establishment)}
    ends = may(by, "end_paper")
    opens = may(by, "read_paper")
    return tuple(_paper(row, titles, found, lang, ends=ends, opens=opens) for row in reversed(papers))


def _paper(
    row: PaperRow, titles: dict[str, str], found: PersonShown, lang: str, *, ends: bool, opens: bool
) -> PaperPart:
    told = words(lang)
    first, last = row.holds_from, row.ended_on or row.until
    since = day_said(lang, first) if first else told["staff_paper_no_day"]
    until = day_said(lang, last) if last else told["staff_paper_no_day"]
    state = "paper_state_ended" if row.ended_on else "paper_state_waits" if row.waits else ""
    return PaperPart(
        reverse("staff-one-paper", args=[lang, row.id]) if opens else "",
        titles.get(row.form, row.form),
        say(lang, "staff_paper_about", name=found.names[row.contact])
        if row.contact
        else told["staff_paper_all"],
        say(lang, "staff_paper_dates", since=since, until=until),
        row.cited,
        told[state] if state else "",
        str(row.id) if ends and row.ended_on is None else "",
    )


def _owed(row: OwedRow, by: Actor, lang: str) -> OwedPart:
    says = say(lang, f"staff_owed_{row.cause}", minutes=abs(row.minutes))
    return OwedPart(
        day_said(lang, row.on), says, _link(by, "read_booking", "staff-booking", lang, row.booking)
    )


def _link(by: Actor, act: str, name: str, lang: str, id_: UUID) -> str:
    """Give an address to those who may do there what it is for, else nothing."""
    return reverse(name, args=[lang, id_]) if may(by, act) else ""
