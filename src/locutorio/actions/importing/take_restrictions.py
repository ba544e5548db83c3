"""Takes a file of restrictions into the store: each becomes a paper by a form of the law, or a separation."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from locutorio.actions.importing.forms import Form, Forms
from locutorio.actions.importing.papers import Brought, Papers
from locutorio.actions.importing.reading import ReadFile
from locutorio.actions.importing.remarks import Unread
from locutorio.actions.importing.take_contacts import Known
from locutorio.actions.importing.taking import NEW, SAME, Step, Taker
from locutorio.actions.importing.values import RestrictionRow
from locutorio.actions.separate import AT_ONCE, Apart, keep_apart
from locutorio.store import people
from locutorio.store.imported import (
    ContactHere,
    SeparationHere,
    persons_here,
    separations_here,
)
from locutorio.store.transaction import Transaction

ONE_DAY = timedelta(days=1)


class Restrictions(Taker[RestrictionRow]):
    """Enter the papers of a file. What fits no form of the establishment's law is not taken."""

    def __init__(self, tx: Transaction, reading: ReadFile) -> None:
        super().__init__(tx, reading)
        self._persons = persons_here(tx.establishment)
        self._known = Known(tx.establishment)
        self._forms = Forms(people.establishment(tx.establishment).law)
        self._papers = Papers(tx)
        self._separations = separations_here(tx.establishment)

    def step(self, row: RestrictionRow) -> Step:
        person = self._persons.get(row.person_number)
        if person is None:
            raise Unread("person_unknown", column="inmate_person_no")
        if row.kind == "separation":
            return self._separation(row, person.id)
        form = self._forms.form(row.kind, office=row.office, court=row.office == "court")
        if form is None:
            raise Unread("no_form", column="kind", kind=row.kind, law=self._forms.law)
        return self._paper(row, person.id, form)

    def _paper(self, row: RestrictionRow, person: UUID, form: Form) -> Step:
        contact = self._contact(row, person, form)
        ends = row.end.on + ONE_DAY if row.end.on else None
        facts = {**form.facts, "signed_on": row.issued_on.isoformat()}
        if row.end.kind == "unknown":
            facts["until"] = "unknown"
        source = f"{row.authority}, {row.paper_number}"
        found = Brought(person, contact, form.form, facts, row.since, ends, source)
        if self._papers.here(found):
            return Step(SAME)
        self._papers.bring(found)
        whom = frozenset({person})
        return Step(NEW, whom, lambda: self._papers.write(found), about=whom)

    def _contact(self, row: RestrictionRow, person: UUID, form: Form) -> UUID | None:
        """Give whom the paper is about: nobody where it is about all contacts."""
        if form.about == "person" or (form.about == "either" and not row.other):
            if row.other:
                raise Unread("form_of_nobody", column="other_name", kind=row.kind)
            return None
        return self._named(row, person).id

    def _named(self, row: RestrictionRow, person: UUID) -> ContactHere:
        """Find the other by name: a contact on the person's list, else the only one of that name."""
        first, _, last = row.other.rpartition(" ")
        comma = row.other.partition(",")
        splits = {(comma[0].strip(), comma[2].strip())} if comma[1] else _splits(row.other)
        found: dict[UUID, ContactHere] = {}
        for surname, forenames in splits | ({(last, first)} if first and not comma[1] else set()):
            mine = self._known.named_for(person, surname, forenames)
            found |= {one.id: one for one in mine or self._known.named(surname, forenames)}
        if not found:
            raise Unread("other_unknown", column="other_name")
        if len(found) > 1:
            raise Unread("other_ambiguous", column="other_name", count=str(len(found)))
        return next(iter(found.values()))

    def _separation(self, row: RestrictionRow, person: UUID) -> Step:
        other = self._persons.get(row.other)
        contact = None
        if other is None:
            if row.other_is_number:
                raise Unread("other_unknown", column="other_name")
            contact = self._named(row, person).id
        elif other.id == person:
            raise Unread("separate_from_self", column="other_name")
        ends = row.end.on + ONE_DAY if row.end.on else None
        source = f"{row.authority}, {row.paper_number}"
        found = SeparationHere(person, other.id if other else None, contact, AT_ONCE, row.since, ends, source)
        if found in self._separations:
            return Step(SAME)
        same = (found.person, found.other_person, found.contact, source)
        if any((one.person, one.other_person, one.contact, one.source) == same for one in self._separations):
            raise Unread("paper_says_otherwise", column="paper_no")
        self._separations.append(found)
        reached = frozenset({person} | ({other.id} if other else set()))
        apart = Apart(person, found.other_person, contact, AT_ONCE, row.since, ends, source)
        return Step(NEW, reached, lambda: keep_apart(apart, self.tx), about=frozenset({person}))


def _splits(name: str) -> set[tuple[str, str]]:
    """Give each way of parting a name without a comma into surname and first names."""
    words = name.split()
    return {(" ".join(words[at:]), " ".join(words[:at])) for at in range(1, len(words))}
