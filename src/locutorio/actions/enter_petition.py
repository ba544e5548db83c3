"""Keeps what a person asks of an office in writing; what becomes of it is noted of it, day by day."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from locutorio.actions import deciding
from locutorio.actions.authority import About, authorize
from locutorio.actions.petition_clocks import procedure
from locutorio.actions.petitioning import SHORT_MAX, TEXT_MAX, WORDS_MAX, refuse_ahead, refuse_long
from locutorio.actions.plain import as_plain
from locutorio.facts.vocabulary import vocabulary
from locutorio.kernel.faults import Fault, suggestion
from locutorio.kernel.moments import day
from locutorio.remedies.forms import BLANKS, DAYS, OTHER, is_fact
from locutorio.remedies.values import Event, Kind
from locutorio.store import changes, people, petitions
from locutorio.store.entered import read_entered
from locutorio.store.locks import hold_person
from locutorio.store.petitions import DOES, END_PAPER, LIST_CONTACT
from locutorio.store.transaction import Answer, Sent, Transaction, perform

ASKS_MAX = 10


@dataclass(frozen=True, slots=True)
class Ask:
    """One thing asked. ``does`` is what a grant of it does here: end_paper, list_contact, or nothing."""

    says: str
    does: str = ""


@dataclass(frozen=True, slots=True)
class NewPetition:
    """A petition: of whom, to which office, what it asks, one by one.

    ``about`` is what it complains of, ``particulars`` the blanks of that form. ``paper`` is what it contests,
    ``contact`` whom it asks contact with. ``clock`` is the deadline of the law to file it, empty for
    none. ``arose_on`` is the day of what it is about; ``written_on`` that of the petition. ``sensitive``: the
    person would be in danger if the establishment knew of it.
    """

    person: UUID
    office: str
    asks: tuple[Ask, ...]
    about: str = OTHER
    says: str = ""
    office_name: str = ""
    clock: str = ""
    number: str = ""
    language: str = "en"
    contact: UUID | None = None
    paper: UUID | None = None
    particulars: Mapping[str, str] = field(default_factory=dict)
    arose_on: date | None = None
    written_on: date | None = None
    emergency: bool = False
    sensitive: bool = False
    follows: UUID | None = None


def enter_petition(what: NewPetition, sent: Sent) -> UUID:
    """Keep a petition; give its identifier.

    Raises:
        Refused: they may not.
        Fault: it asks nothing, names what is not the person's, or holds what its form does not ask for.
    """
    authorize(sent.by, "enter_petition", About(sent.establishment, "person", what.person))
    _refuse_unsaid(what)

    def work(tx: Transaction) -> Answer:
        hold_person(tx, what.person)
        house = people.establishment(tx.establishment)
        today = deciding.local_day(house.zone, tx.at)
        for on in (what.arose_on, what.written_on):
            refuse_ahead(on, today)
        _refuse_not_theirs(tx, what)
        rungs = procedure(house.law, today).rungs
        if what.clock and what.clock not in rungs:
            raise Fault(
                f'the law {house.law} sets no deadline "{what.clock}" for an office to answer',
                remedy=suggestion(what.clock, rungs),
            )
        made = petitions.add(tx, _columns(what))
        kept = petitions.petition(tx.establishment, made)
        if what.written_on is not None:
            written = Event(id=str(tx.new_id()), kind=Kind.WRITTEN, known_at=tx.at, on=what.written_on)
            petitions.note(tx, kept.row, written)
        return {"petition": str(made)}

    done = perform(sent.command("enter_petition", as_plain(what), person=what.person), work)
    return UUID(done["petition"])


def _columns(what: NewPetition) -> dict[str, object]:
    kept = (
        *("office", "office_name", "about", "clock", "number", "language", "says", "arose_on"),
        *("emergency", "sensitive", "follows"),
    )
    return {
        **{name: getattr(what, name) for name in kept},
        "person_id": what.person,
        "contact_id": what.contact,
        "paper_id": what.paper,
        "asks": as_plain(what.asks),
        "particulars": dict(what.particulars),
    }


def _refuse_unsaid(what: NewPetition) -> None:
    offices = vocabulary().offices
    if what.office not in offices:
        raise Fault(f'there is no office "{what.office}"', remedy=suggestion(what.office, offices))
    if what.about not in BLANKS:
        raise Fault(f'there is no form about "{what.about}"', remedy=suggestion(what.about, BLANKS))
    if not 0 < len(what.asks) <= ASKS_MAX or not all(one.says.strip() for one in what.asks):
        raise Fault(
            "a petition says what it asks for",
            why="an office can only grant what was asked",
            remedy=f"write one to {ASKS_MAX} things that are asked, each on its own line",
        )
    for one in what.asks:
        refuse_long(WORDS_MAX, ask=one.says)
        if one.does not in DOES:
            raise Fault(f'"{one.does}" is nothing that a grant does here', remedy=suggestion(one.does, DOES))
    does = {one.does for one in what.asks}
    if (END_PAPER in does and what.paper is None) or (LIST_CONTACT in does and what.contact is None):
        raise Fault(
            "what is asked is of a paper or a contact that is not named", remedy="choose it from the list"
        )
    if what.sensitive and any(does):
        raise Fault(
            "what a sensitive petition asks is not done by itself",
            why="two people of the establishment would see it",
            remedy="leave open what a grant does; what is granted is entered by itself",
        )
    refuse_long(SHORT_MAX, office_name=what.office_name, number=what.number, language=what.language)
    refuse_long(TEXT_MAX, says=what.says)
    _refuse_blanks(what)


def _refuse_blanks(what: NewPetition) -> None:
    """Refuse what the form does not ask for, and what cannot be read."""
    blanks = BLANKS[what.about]
    for name, said in what.particulars.items():
        if name not in blanks:
            raise Fault(f'this form has no blank "{name}"', remedy=suggestion(name, blanks))
        refuse_long(WORDS_MAX, **{name: said})
        if is_fact(name):
            read_entered(name, said)
        elif name in DAYS:
            day(said)


def _refuse_not_theirs(tx: Transaction, what: NewPetition) -> None:
    if what.contact is not None:
        people.contact(tx.establishment, what.contact)
    papers = {row.id for row in changes.papers_of(tx.establishment, what.person)}
    before = {one.row.id: one.row for one in petitions.petitions_of(tx.establishment, what.person)}
    if what.paper not in {None, *papers} or what.follows not in {None, *before}:
        raise Fault(
            "the paper or petition that is named is not of this person", remedy="choose it from the list"
        )
    if what.follows is not None and before[what.follows].sensitive and not what.sensitive:
        raise Fault(
            "this contests the answer to a sensitive petition",
            why="the establishment would learn of that one",
            remedy="mark this one as sensitive too",
        )
