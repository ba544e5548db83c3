"""Petitions on pages: one of them as it is told, and those of a person. Staff and the person see the same."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from locutorio.actions import clock
from locutorio.actions.authority import may
from locutorio.actions.deciding import local_day
from locutorio.actions.note_petition import withdraw_petition
from locutorio.actions.petitions_seen import PetitionSeen, RowSeen, petition_seen, petitions_seen
from locutorio.actions.sign_in import Seat
from locutorio.notices.handout import handouts_pdf
from locutorio.notices.letter import Letter
from locutorio.notices.pdf import pdf
from locutorio.notices.petition import compose, title
from locutorio.notices.petition_form import form
from locutorio.notices.words import Words
from locutorio.remedies.telling import Stage
from locutorio.store.documents import DocumentRow
from locutorio.web.drawing import drawn
from locutorio.web.frame import Link
from locutorio.web.open.letters import DrawnSection, address_in, draw
from locutorio.web.posts import SENDING
from locutorio.web.saving import to_save
from locutorio.web.saying import day_said
from locutorio.web.seats import actor_of, for_acts
from locutorio.web.sending import SeeOther, sent
from locutorio.web.words import say, words

OWN, STAFF = "own-petitions", "staff-petitions"


@dataclass(frozen=True, slots=True)
class RowPart:
    """One petition in a list; ``tone`` is overdue, due, or nothing."""

    address: str
    which: str
    who: str
    state: str
    due: str
    also: str
    tone: str


@dataclass(frozen=True, slots=True)
class LetterPart:
    """A file kept with a petition: its name, its languages, who made it; ``address`` where it is opened."""

    name: str
    says: str
    address: str


@dataclass(frozen=True, slots=True)
class FilePart:
    """A kept file that can be put with a petition."""

    value: str
    says: str


@dataclass(frozen=True, slots=True)
class PetitionPage:
    """One petition as a letter. Each address is empty where its reader may not do that."""

    letter: Letter
    sections: tuple[DrawnSection, ...]
    pdf: str
    form: str
    note: str
    rule: str
    withdraw: bool
    did: str
    letters: tuple[LetterPart, ...]
    files: tuple[FilePart, ...]
    attach: str


@dataclass(frozen=True, slots=True)
class PetitionsPage:
    """The petitions of a person; ``new`` leads to the form of another, where the reader may enter one."""

    whose: str
    what: str
    rows: tuple[RowPart, ...]
    new: str


def row_part(one: RowSeen, lang: str, on: date, page: str) -> RowPart:
    """Give one petition of a list; ``page`` names the address of one."""
    told = Words(lang)
    due, tone = _due(one, lang, on)
    also = say(lang, "petitions_asked_by", day=told.day(one.asked_by)) if one.asked_by else ""
    outcome = one.seen.outcome
    key = outcome.value if outcome else one.seen.stage.value
    return RowPart(
        reverse(page, args=[lang, one.row.id]),
        told.say(
            "petition.title",
            what=told.say(f"petition.what.{one.row.about}"),
            office=told.office(one.row.office),
        ),
        f"{one.person}, {one.number}",
        told.say(f"petition.headline.{key}"),
        due,
        also,
        tone,
    )


def _due(one: RowSeen, lang: str, on: date) -> tuple[str, str]:
    if one.seen.stage is not Stage.PENDING:
        waits = one.seen.stage in (Stage.UNWRITTEN, Stage.WRITTEN, Stage.SENT)
        return (words(lang)["petitions_not_filed"], "") if waits else ("", "")
    if one.due_on is None:
        return words(lang)["petitions_no_clock"], ""
    left, day = (one.due_on - on).days, day_said(lang, one.due_on)
    if left < 0:
        return say(lang, "petitions_overdue", day=day, left=-left), "overdue"
    if left == 0:
        return say(lang, "petitions_due_today", day=day), "due"
    return say(lang, "petitions_due_on", day=day, left=left), "due"


@for_acts("read_petitions", here=False)
def own_petitions(request: HttpRequest, lang: str, seat: Seat) -> HttpResponse:
    """Show a person their petitions."""
    assert seat.person is not None
    new = reverse("own-petition-new", args=[lang]) if not seat.kiosk else ""
    page = list_page(seat, lang, seat.person, "own-petition", new, words(lang)["petitions_own_what"])
    title_said = words(lang)["menu_own_petitions"]
    return drawn(request, seat, lang, "establishment/petitions.html", page, title=title_said, part=OWN)


def list_page(seat: Seat, lang: str, person: UUID, page: str, new: str, what: str) -> PetitionsPage:
    """Give the list of a person's petitions."""
    whom, found = petitions_seen(actor_of(seat), seat.establishment, person, clock.now())
    on = local_day(seat.zone, clock.now())
    rows = tuple(row_part(one, lang, on, page) for one in found)
    return PetitionsPage(f"{whom.name}, {whom.number}", what, rows, new)


@for_acts("read_petition", "withdraw_petition", here=False, posts=True)
def own_petition(request: HttpRequest, lang: str, seat: Seat, id_: UUID) -> HttpResponse:
    """Show a person one of their petitions; take that they take it back."""
    if request.method == SENDING:
        on = local_day(seat.zone, clock.now())
        withdraw_petition(id_, on, sent(request, seat))
        return SeeOther(f"{reverse('own-petition', args=[lang, id_])}?did=withdrawn")
    trail = (Link(reverse(OWN, args=[lang]), words(lang)["menu_own_petitions"]),)
    return draw_petition(request, seat, lang, id_, trail, OWN)


def draw_petition(
    request: HttpRequest, seat: Seat, lang: str, id_: UUID, trail: tuple[Link, ...], part: str
) -> HttpResponse:
    """Draw one petition for staff or for the person it is of."""
    found = petition_seen(actor_of(seat), seat.establishment, id_, clock.now(), lang)
    letter, staff = compose(found.told, lang), part == STAFF
    name, by = "staff" if staff else "own", actor_of(seat)
    over = found.told.seen.stage in (Stage.RULED, Stage.REJECTED, Stage.WITHDRAWN)
    page = PetitionPage(
        letter,
        draw(letter.sections, address_in((seat.law,), lang)),
        "" if seat.kiosk else reverse(f"{name}-petition-pdf", args=[lang, id_]),
        "" if seat.kiosk else reverse(f"{name}-petition-form", args=[lang, id_]),
        reverse("staff-petition-note", args=[lang, id_]) if staff and may(by, "note_petition") else "",
        reverse("staff-petition-rule", args=[lang, id_]) if staff and may(by, "rule_petition") else "",
        not staff and not over and not seat.kiosk,
        words(lang).get(f"petition_did_{request.GET.get('did', '')}", ""),
        tuple(_letter(one, found, lang, opens=staff and may(by, "read_document")) for one in found.letters),
        tuple(FilePart(str(one.id), one.name) for one in found.files) if staff else (),
        reverse("staff-petition-letter", args=[lang, id_]) if staff else "",
    )
    name = letter.title
    return drawn(request, seat, lang, "establishment/petition.html", page, title=name, part=part, trail=trail)


def _letter(one: DocumentRow, found: PetitionSeen, lang: str, *, opens: bool) -> LetterPart:
    """Say what a file is: the letter in its own language, or a translation of it, and who made it."""
    first = next((other.name for other in found.letters if other.id == one.translation_of), "")
    languages, by = ", ".join(one.languages) or "?", one.made_by or words(lang)["petition_letter_nobody"]
    name = "petition_letter_translation" if one.translation_of else "petition_letter_own"
    says = say(lang, name, languages=languages, by=by, of=first)
    return LetterPart(one.name, says, reverse("staff-document", args=[lang, one.id]) if opens else "")


def _printed(lang: str, found: PetitionSeen) -> bytes:
    return pdf(compose(found.told, lang), lang, found.told.on)


def _form(lang: str, found: PetitionSeen) -> bytes:
    name = title(Words(lang), found.told)
    return handouts_pdf(name, (form(found.told, lang),), lang, found.told.on)


def _to_save(made: Callable[[str, PetitionSeen], bytes], name: str) -> Callable[..., HttpResponse]:
    def saved(request: HttpRequest, lang: str, seat: Seat, id_: UUID) -> HttpResponse:  # noqa: ARG001 - as all views
        found = petition_seen(actor_of(seat), seat.establishment, id_, clock.now(), lang)
        return to_save(made(lang, found), "application/pdf", words(lang)[name])

    return saved


own_pdf = for_acts("read_petition", here=False)(_to_save(_printed, "petition_pdf_name"))
own_form = for_acts("read_petition", here=False)(_to_save(_form, "petition_form_pdf_name"))
pdf_for_staff = for_acts("read_petition", here=True)(_to_save(_printed, "petition_pdf_name"))
form_for_staff = for_acts("read_petition", here=True)(_to_save(_form, "petition_form_pdf_name"))
