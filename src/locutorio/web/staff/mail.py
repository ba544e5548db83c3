"""The mail that waits, a person's mail with the form to log an item, and what is done with one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from locutorio.actions import clock
from locutorio.actions.authority import may
from locutorio.actions.deciding import local_day
from locutorio.actions.deciding_mail import ELECTRONIC, ITEM, LANGUAGE, MARKED, OFFICE, ROLE, SHEETS
from locutorio.actions.log_mail import DIRECTIONS, NewMail, Somebody, log_mail
from locutorio.actions.mail_shown import MailOfPerson, mail_of_person, mail_waiting
from locutorio.actions.sign_in import Seat
from locutorio.facts.vocabulary import LANGUAGES, vocabulary
from locutorio.kernel.faults import Fault
from locutorio.kernel.moments import day
from locutorio.store.mail import STOPPED
from locutorio.web.drawing import drawn
from locutorio.web.frame import Link
from locutorio.web.languages import NAMES
from locutorio.web.mail_rows import MailLine, mail_line
from locutorio.web.posts import SENDING
from locutorio.web.seats import actor_of, for_acts
from locutorio.web.sending import SeeOther, sent
from locutorio.web.staff.faults import fault_said
from locutorio.web.staff.fields import Asked, Choice, asked
from locutorio.web.words import say, words

FACT = "fact:"
NAME_MAX = 200
_FACTS = (ITEM, MARKED, OFFICE, ROLE, LANGUAGE, SHEETS, ELECTRONIC)
_OWN_WORDS = {LANGUAGE: "mail_language", ROLE: "mail_role", SHEETS: "mail_sheets"}
_PLAIN = {ITEM: "letter", MARKED: "no", OFFICE: "none", ROLE: "social", ELECTRONIC: "no"}


@dataclass(frozen=True, slots=True)
class MailPage:
    """What waits, those that are overdue first."""

    items: tuple[MailLine, ...]


@dataclass(frozen=True, slots=True)
class PersonMailPage:
    """A person's items; ``log`` tells whether the form is shown, ``said`` holds what was written into it."""

    items: tuple[MailLine, ...]
    log: bool
    directions: tuple[Choice, ...]
    contacts: tuple[Choice, ...]
    languages: tuple[Choice, ...]
    facts: tuple[Asked, ...]
    said: Mapping[str, str]
    wrong: tuple[str, ...]
    name_max: int = NAME_MAX


@for_acts("read_mail")
def mail(request: HttpRequest, lang: str, seat: Seat) -> HttpResponse:
    """Show the mail that waits."""
    found = mail_waiting(actor_of(seat), seat.establishment, clock.now())
    page = MailPage(tuple(mail_line(one, lang, whose=True, linked=True) for one in found))
    title = words(lang)["mail_title"]
    return drawn(request, seat, lang, "staff/mail.html", page, title=title, part="staff-mail")


@for_acts("read_mail_item", posts=True)
def of_person(request: HttpRequest, lang: str, seat: Seat, person: UUID) -> HttpResponse:
    """Show a person's mail; log an item."""
    if request.method != SENDING:
        return _drawn(request, lang, seat, person)
    try:
        done = log_mail(_new(request, person), sent(request, seat))
    except Fault as fault:
        return _drawn(request, lang, seat, person, wrong=fault)
    did = "stopped" if done.standing == STOPPED else "logged"
    return SeeOther(f"{reverse('staff-mail-item', args=[lang, done.mail])}?did={did}")


def _new(request: HttpRequest, person: UUID) -> NewMail:
    said = {name: value.strip() for name, value in request.POST.items() if isinstance(value, str)}
    contact = _contact(said.get("contact", ""))
    new = Somebody(
        said.get("surname", "")[:NAME_MAX], said.get("forenames", "")[:NAME_MAX], said.get("language", "en")
    )
    facts = {path: said[FACT + path] for path in _FACTS if said.get(FACT + path)}
    if contact is not None:
        facts.pop(ROLE, None)
    return NewMail(
        person,
        said.get("direction", ""),
        day(said.get("on", "")),
        contact=contact,
        new=None if contact else new,
        facts=facts,
    )


def _contact(said: str) -> UUID | None:
    try:
        return UUID(said) if said else None
    except ValueError as error:
        raise Fault("there is no such contact here", remedy="choose one of the list") from error


def _drawn(
    request: HttpRequest, lang: str, seat: Seat, person: UUID, *, wrong: Fault | None = None
) -> HttpResponse:
    by, now = actor_of(seat), clock.now()
    found = mail_of_person(by, seat.establishment, person, now)
    page = _page(found, request, lang, seat, local_day(seat.zone, now), wrong)
    return drawn(
        request,
        seat,
        lang,
        "staff/person_mail.html",
        page,
        title=say(lang, "mail_of", name=found.person.name, number=found.person.number),
        part="staff-mail",
        trail=(Link(reverse("staff-person", args=[lang, person]), found.person.name),),
        status=409 if wrong else 200,
    )


def _page(
    found: MailOfPerson, request: HttpRequest, lang: str, seat: Seat, today: date, wrong: Fault | None
) -> PersonMailPage:
    told = words(lang)
    said = {"on": today.isoformat(), "language": found.person.language}
    said |= {key: str(value) for key, value in request.POST.items()}
    return PersonMailPage(
        items=tuple(mail_line(one, lang, whose=False, linked=True) for one in found.items),
        log=may(actor_of(seat), "log_mail"),
        directions=tuple(Choice(one, told[f"mail_direction_{one}"]) for one in DIRECTIONS),
        contacts=tuple(Choice(str(one.id), one.name) for one in found.contacts),
        languages=tuple(Choice(one, NAMES[one]) for one in LANGUAGES),
        facts=tuple(_asked(path, said.get(FACT + path, _PLAIN.get(path, "")), lang) for path in _FACTS),
        said=said,
        wrong=fault_said(wrong, lang) if wrong else (),
    )


def _asked(path: str, chosen: str, lang: str) -> Asked:
    field = asked(vocabulary().facts[path], FACT + path, chosen, lang)
    own = _OWN_WORDS.get(path)
    return replace(field, says=words(lang)[own]) if own else field
