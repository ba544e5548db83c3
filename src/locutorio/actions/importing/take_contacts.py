"""Takes a file of contacts into the store: each on the list of one person."""

from __future__ import annotations

from collections import defaultdict
from datetime import timedelta
from typing import Any
from uuid import UUID

from locutorio.actions.importing.forms import Forms
from locutorio.actions.importing.names import alike
from locutorio.actions.importing.papers import Brought, Papers
from locutorio.actions.importing.reading import ReadFile
from locutorio.actions.importing.remarks import Unread
from locutorio.actions.importing.taking import CHANGED, NEW, SAME, Step, Taker
from locutorio.actions.importing.values import ContactRow
from locutorio.store import people, replaying
from locutorio.store.imported import (
    ContactHere,
    contacts_here,
    listings_here,
    persons_here,
)
from locutorio.store.transaction import Transaction

STATUSES = {"approved": people.APPROVED, "denied": people.DENIED, "pending": people.ASKED}
NON_CONTACT = "visitors.csv, non_contact_only"
ONE_DAY = timedelta(days=1)


class Known:
    """The contacts that are here, found by number, or by name among all or among those of one person."""

    def __init__(self, at: UUID) -> None:
        self.by_id = {one.id: one for one in contacts_here(at)}
        self.listings = listings_here(at)
        self._by_name: defaultdict[str, list[UUID]] = defaultdict(list)
        self._by_number: dict[str, UUID] = {}
        self._on_list: defaultdict[UUID, set[UUID]] = defaultdict(set)
        for one in self.by_id.values():
            self.add(one)
        for person, contact in self.listings:
            self._on_list[person].add(contact)

    def add(self, one: ContactHere) -> None:
        """Know a contact."""
        self.by_id[one.id] = one
        if one.id not in self._by_name[_named(one.surname, one.forenames)]:
            self._by_name[_named(one.surname, one.forenames)].append(one.id)
        if one.number:
            self._by_number[one.number] = one.id

    def listed(self, person: UUID, contact: UUID) -> None:
        """Know that a contact is on a list."""
        self._on_list[person].add(contact)

    def numbered(self, number: str) -> ContactHere | None:
        """Give the contact of a number."""
        found = self._by_number.get(number)
        return None if found is None else self.by_id[found]

    def named(self, surname: str, forenames: str) -> list[ContactHere]:
        """Give the contacts of a name, accents and capitals aside."""
        return [self.by_id[one] for one in self._by_name.get(_named(surname, forenames), [])]

    def named_for(self, person: UUID, surname: str, forenames: str) -> list[ContactHere]:
        """Give the contacts of a name that are on the list of a person."""
        return [one for one in self.named(surname, forenames) if one.id in self._on_list[person]]


class Contacts(Taker[ContactRow]):
    """Register the contacts of a file, and put each on the list of the person it names."""

    def __init__(self, tx: Transaction, reading: ReadFile) -> None:
        super().__init__(tx, reading)
        self._persons = persons_here(tx.establishment)
        self._known = Known(tx.establishment)
        self._forms = Forms(people.establishment(tx.establishment).law)
        self._papers = Papers(tx)

    def step(self, row: ContactRow) -> Step:
        person = self._persons.get(row.person_number)
        if person is None:
            raise Unread("person_unknown", column="inmate_person_no")
        surname = f"{row.surname} {row.suffix}".strip()
        before = self._found(row, surname, person.id)
        columns = _columns(row, surname)
        if before is not None:
            columns = {name: value for name, value in columns.items() if value not in (None, "", {})}
        id_ = before.id if before else self.tx.new_id()
        differs = before is None or any(getattr(before, name) != value for name, value in columns.items())
        listing, listing_differs = self._listing(row, person.id, id_)
        paper = self._glass(row, person.id, id_)
        made = NEW if before is None else CHANGED if differs or listing_differs or paper else SAME
        if made == SAME:
            return Step(SAME)
        whole = {field: getattr(before, field) for field in ContactHere.__slots__} if before else _empty(id_)
        self._known.add(ContactHere(**{**whole, **columns}))
        self._known.listed(person.id, id_)
        reached = {person.id}
        if before is not None and differs:
            reached |= {*replaying.persons_with(self.tx.establishment, id_)}

        def write() -> None:
            if differs:
                people.keep_contact(self.tx, id_, columns)
            people.keep_listed(self.tx, person.id, id_, listing)
            if paper:
                self._papers.write(paper)

        said = (("non_contact_only", "paper_undecided"),) if paper else ()
        return Step(made, frozenset(reached), write, said, about=frozenset({person.id, id_}))

    def _found(self, row: ContactRow, surname: str, person: UUID) -> ContactHere | None:
        """Give the contact whom a row is about, if they are here; refuse where that cannot be told."""
        if row.number and (before := self._known.numbered(row.number)):
            born_otherwise = None not in (row.born_on, before.born_on) and row.born_on != before.born_on
            if born_otherwise or _named(surname, row.first_names) != _named(before.surname, before.forenames):
                raise Unread(
                    "contact_differs_here", column="visitor_no", name=f"{before.forenames} {before.surname}"
                )
            return before
        same = [one for one in self._known.named(surname, row.first_names) if not (row.number and one.number)]
        if row.born_on is not None:
            exact = [one for one in same if one.born_on == row.born_on]
            blank = [
                one for one in self._known.named_for(person, surname, row.first_names) if one.born_on is None
            ]
            same = exact or [one for one in blank if not (row.number and one.number)]
        else:
            same = [one for one in same if one in self._known.named_for(person, surname, row.first_names)]
        if len(same) > 1:
            raise Unread("contact_ambiguous", column="last_name", count=str(len(same)))
        return same[0] if same else None

    def _listing(self, row: ContactRow, person: UUID, contact: UUID) -> tuple[dict[str, Any], bool]:
        listing = {
            "role": row.role,
            "relation": row.relation or "",
            "status": STATUSES[row.status],
            "since": row.approved_on,
            "until": row.expires_on + ONE_DAY if row.expires_on else None,
            "ground": row.denied_reason or row.comment,
        }
        before = self._known.listings.get((person, contact))
        return listing, before is None or any(getattr(before, key) != value for key, value in listing.items())

    def _glass(self, row: ContactRow, person: UUID, contact: UUID) -> Brought | None:
        """Give the paper by which a contact visits without touching; nobody says here who decided it."""
        if not row.non_contact:
            return None
        form = self._forms.form("non_contact", office=None, court=False)
        if form is None:
            raise Unread("no_form", column="non_contact_only", kind="non_contact", law=self._forms.law)
        facts = {**form.facts, "decider": "unknown", "until": "unknown"}
        found = Brought(person, contact, form.form, facts, None, None, NON_CONTACT)
        return None if self._papers.here(found) else found


def _named(surname: str, forenames: str) -> str:
    return f"{alike(surname)} {alike(forenames)}"


def _columns(row: ContactRow, surname: str) -> dict[str, Any]:
    paper = row.paper
    identity = {
        "kind": paper.kind,
        "number": paper.number,
        "country": paper.country,
        "expires_on": paper.expires_on.isoformat() if paper.expires_on else None,
    }
    return {
        "number": row.number or "",
        "surname": surname,
        "forenames": row.first_names,
        "born_on": row.born_on,
        "phone": row.telephones[0].number if row.telephones else "",
        "email": row.email,
        "identity": {name: value for name, value in identity.items() if value},
        **({"language": row.language} if row.language else {}),
    }


def _empty(id_: UUID) -> dict[str, Any]:
    blank = {"number": "", "surname": "", "forenames": "", "phone": "", "email": "", "language": "en"}
    return {"id": id_, "born_on": None, "identity": {}, **blank}
