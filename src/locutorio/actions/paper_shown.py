"""What the page of one paper shows: all that it says, what it is on a day, which papers it bears on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from locutorio.actions import shelf
from locutorio.actions.authority import About, reading
from locutorio.actions.new_paper import named, standing
from locutorio.facts.vocabulary import LANGUAGES, Text
from locutorio.store import changes, documents, people
from locutorio.store.actor import Actor
from locutorio.store.entered import PaperRow

ENDED = "ended"


@dataclass(frozen=True, slots=True)
class PaperShown:
    """A paper about ``person``, named with their number; about one ``contact``, empty for everybody.

    ``standing`` is what it is on the day: stands, defective, void, …, waits for an event, ended; None where
    that is not known. ``beside`` names the papers that bear on it or that it bears on, by how. ``files`` are
    those it came as.
    """

    row: PaperRow
    person: str
    title: Text
    citation: str
    contact: str
    standing: str | None
    beside: tuple[tuple[str, UUID, Text], ...]
    files: tuple[tuple[UUID, str], ...]


def paper_shown(by: Actor, at: UUID, paper: UUID, on: date) -> PaperShown:
    """Give one paper as it is on a day.

    Raises:
        Refused: there is none here that they may read.
    """
    with reading(by, "read_paper", About(at, "paper", paper)):
        law = shelf.pack(people.establishment(at).law)
        row = changes.paper(at, paper)
        others = {one.id: one for one in changes.papers_of(at, row.person)}
        held = people.person(at, row.person)
        form = law.forms.get(row.form)
        beside = [(row.earlier_how, others[row.earlier])] if row.earlier in others else []
        beside += [(f"{one.earlier_how}_by", one) for one in others.values() if one.earlier == paper]
        ended = row.ended_on is not None and row.ended_on <= on
        return PaperShown(
            row,
            f"{held.name}, {held.number}",
            form.title if form else dict.fromkeys(LANGUAGES, row.form),
            form.citation if form else "",
            people.contact(at, row.contact).name if row.contact else "",
            ENDED if ended else standing(row, law.name, on) if form else None,
            tuple((how, one.id, named(one, law)) for how, one in beside),
            tuple((one.id, one.name) for one in documents.attached(at, paper=paper)),
        )


def papers_in_force(by: Actor, at: UUID, person: UUID) -> Mapping[UUID, Text]:
    """Give the papers of a person that nothing has ended, by name: those that another can bear on."""
    with reading(by, "read_papers", About(at)):
        law = shelf.pack(people.establishment(at).law)
        rows = (row for row in changes.papers_of(at, person) if row.ended_on is None)
        return {row.id: named(row, law) for row in rows}


def files_unclaimed(by: Actor, at: UUID, person: UUID) -> Mapping[UUID, str]:
    """Give the files about a person that belong to nothing yet, by name: what a paper can have come as."""
    with reading(by, "read_papers", About(at)):
        rows = documents.documents_of(at, person)
        return {row.id: row.name for row in rows if not documents.belongs_to(row)}
