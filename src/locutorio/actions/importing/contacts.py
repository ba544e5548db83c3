"""Reads one row of the file of contacts: a contact on the list of one person."""

from __future__ import annotations

from locutorio.actions.importing.cells import Cells
from locutorio.actions.importing.people import person_number
from locutorio.actions.importing.telephones import Telephone, is_telephone, read_telephone
from locutorio.actions.importing.values import ContactRow, IdPaper

ROLES = frozenset(
    {"attorney", "attorney_staff", "consul", "clergy", "media", "business", "community", "adviser"}
)


def read_contact(cells: Cells) -> ContactRow | None:
    """Read a row; None where a cell of it cannot be read."""
    surname, first = cells.name("last_name"), cells.name("first_name")
    born_on = cells.day("birth_date")
    if not cells.text("birth_date"):
        cells.changed("birth_date", "birth_not_known")
    if born_on and born_on > cells.settings.on:
        cells.refuse("birth_date", "born_later")
    person = person_number(cells, "inmate_person_no")
    role, relation = role_and_relation(cells, needed=True)
    status, comment = cells.code_with_comment("status", "contact_status")
    approved_on = cells.day("approved_on")
    expires_on = cells.day("expires_on", newest=cells.settings.far)
    if approved_on and expires_on and expires_on < approved_on:
        cells.refuse("expires_on", "ends_first", other="approved_on")
    if expires_on and expires_on < cells.settings.on and status == "approved":
        cells.changed("expires_on", "approval_over", value=expires_on.isoformat())
    number = cells.number("visitor_no", needed=False)
    paper = _paper(cells)
    non_contact = _yes_no(cells, "non_contact_only")
    telephones, email = _reached(cells)
    language = cells.code("language", "language")
    if cells.refused or not surname or not first or not status:
        return None
    return ContactRow(
        number=number or None,
        surname=surname.text,
        suffix=surname.suffix or first.suffix,
        first_names=first.text,
        nickname=first.nickname or surname.nickname,
        born_on=born_on,
        paper=paper,
        role=role or "social",
        relation=relation,
        person_number=person,
        status=status,
        comment=comment,
        non_contact=non_contact,
        approved_on=approved_on,
        expires_on=expires_on,
        denied_reason=cells.text("denied_reason"),
        telephones=telephones,
        email=email,
        language=None if language == "interpreter" else language,
    )


def role_and_relation(cells: Cells, *, needed: bool) -> tuple[str | None, str | None]:
    """Read in which role a contact comes, and how they are related to the person."""
    if not needed and not cells.text("relationship"):
        return None, None
    found = cells.code("relationship", "relationship", needed=needed)
    return (found, None) if found in ROLES else ("social" if found else None, found)


def _yes_no(cells: Cells, field: str) -> bool | None:
    written = cells.code(field, "yes_no")
    return None if written is None else written == "yes"


def _paper(cells: Cells) -> IdPaper:
    expires_on = cells.day("id_expiry", newest=cells.settings.far)
    if expires_on and expires_on < cells.settings.on:
        cells.changed("id_expiry", "paper_over", value=expires_on.isoformat())
    return IdPaper(
        cells.code("id_kind", "id_kind"),
        cells.number("id_no", needed=False) or None,
        cells.code("id_country", "nationality"),
        expires_on,
    )


def _reached(cells: Cells) -> tuple[tuple[Telephone, ...], str]:
    """Give telephone numbers and the e-mail address, each from wherever it stands."""
    region = cells.settings.region
    written = {"phone": cells.text("phone"), "email": cells.text("email")}
    found: list[Telephone] = []
    email = ""
    for field, other in (("phone", "email"), ("email", "phone")):
        text = written[field]
        if not text:
            continue
        if "@" in text:
            if email and email != text:
                cells.refuse(field, "emails_two")
            if field == "phone":
                cells.changed(field, "email_elsewhere", column=other)
            email = text
        elif field == "phone" or is_telephone(text, region):
            telephone = cells.telephone(field) if field == "phone" else read_telephone(text, region)
            if field == "email":
                cells.changed(field, "telephone_elsewhere", column=other)
            if telephone and telephone not in found:
                found.append(telephone)
        else:
            cells.refuse(field, "email")
    if email and not _address(email):
        cells.refuse("email", "email")
    return tuple(found), email


def _address(text: str) -> bool:
    before, _, after = text.rpartition("@")
    return bool(before) and "." in after.strip(".") and not {" ", ",", ";", "@"} & set(before + after)
