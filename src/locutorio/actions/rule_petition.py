"""Enters what an office ruled on a petition. What it grants is done at once, in the same transaction.

Where a grant ends a paper or puts somebody on a list, two people enter it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, fields, replace
from datetime import date
from typing import Any
from uuid import UUID

from locutorio.actions import end_paper, list_contact
from locutorio.actions.authority import About, authorize
from locutorio.actions.list_contact import Listing
from locutorio.actions.petitioning import SHORT_MAX, TEXT_MAX, note, refuse_long, visible
from locutorio.actions.plain import as_plain
from locutorio.actions.replay import Replayed, Touched, changed, touched
from locutorio.actions.telling_petitions import tell_ruled
from locutorio.actions.two_people import (
    Arguments,
    FourEyes,
    Line,
    Shown,
    day_or_none,
    identifier,
    note_alone,
    refuse_alone,
)
from locutorio.facts.vocabulary import vocabulary
from locutorio.kernel.faults import Fault, suggestion
from locutorio.remedies.values import GRANTING, Event, Kind, Outcome
from locutorio.store import changes, people, petitions
from locutorio.store.locks import hold_contacts, hold_person
from locutorio.store.people import APPROVED
from locutorio.store.petitions import END_PAPER, LIST_CONTACT, PetitionRow
from locutorio.store.transaction import Answer, Sent, Transaction

ACT = "rule_petition"
YES = "yes"


@dataclass(frozen=True, slots=True)
class Ruling:
    """What an office ruled. ``granted`` are the places, from 0, of what was granted of several things asked.

    ``until`` is the day by which a rejected form may be put right. ``closes``: the office said that it has no
    power or is the wrong one; ``next`` names the one that it sends the person to.
    """

    petition: UUID
    outcome: str
    on: date
    proof: str = ""
    by: str = ""
    says: str = ""
    granted: tuple[int, ...] = ()
    until: date | None = None
    closes: bool = False
    next: str = ""


def rule_petition(what: Ruling, sent: Sent) -> Touched:
    """Enter a ruling, do what it grants, and tell the person.

    Raises:
        Refused: they may not.
        NotByTwo: it grants what two people do, and somebody asks alone.
        Fault: it cannot have been ruled so, or what it grants cannot be done.
    """
    authorize(sent.by, "rule_petition", About(sent.establishment, "petition", what.petition))
    found = visible(sent.establishment, what.petition, sent.by)
    _refuse_unusable(what)
    if _granted(found.row, what):
        refuse_alone(ACT, sent)

    def work(tx: Transaction) -> Answer:
        if _granted(found.row, what):
            note_alone(tx)
        return _rule(tx, what)

    return touched(changed(sent, ACT, what, work, person=found.row.person))


def arguments_of(what: Ruling) -> dict[str, str]:
    """Give a ruling as the arguments of a proposal."""
    plain = as_plain(replace(what, granted=()))
    plain |= {"granted": ",".join(map(str, what.granted)), "closes": YES if what.closes else ""}
    return {name: str(value or "") for name, value in plain.items()}


def _granted(row: PetitionRow, what: Ruling) -> list[str]:
    """Give what a ruling does here, each once."""
    if what.outcome not in GRANTING:
        return []
    places = what.granted or range(len(row.asks))
    return [
        *dict.fromkeys(row.asks[at]["does"] for at in places if at < len(row.asks) and row.asks[at]["does"])
    ]


def _rule(tx: Transaction, what: Ruling) -> dict[str, Any]:
    event = Event(
        id=str(tx.new_id()),
        kind=Kind.RULED,
        known_at=tx.at,
        on=what.on,
        proof=what.proof.strip(),
        by=what.by.strip(),
        says=what.says.strip(),
        until=what.until,
        outcome=Outcome(what.outcome),
        granted=frozenset(what.granted),
        closes=what.closes,
        next=what.next,
    )
    kept = note(tx, what.petition, event)
    done, answers = Replayed(), [_do(tx, kept.row, does, what.on) for does in _granted(kept.row, what)]
    tell_ruled(tx, kept)
    replayed = as_plain(done)
    for one in answers:
        for name, value in one["replayed"].items():
            replayed[name] = replayed[name] + value
    tx.noted["replayed"] = replayed
    return {"event": event.id, "replayed": replayed}


def _do(tx: Transaction, row: PetitionRow, does: str, on: date) -> Answer:
    """Do what was granted: end the paper from the day of the ruling, or put the contact on the list."""
    if does == END_PAPER:
        assert row.paper is not None
        paper = changes.paper(tx.establishment, row.paper)
        if paper.ended_on is not None and paper.ended_on <= on:
            return {"replayed": as_plain(Replayed())}
        return end_paper.end(tx, paper, on)
    assert row.contact is not None
    before = next(
        (one for one in people.listed_of(tx.establishment, row.person) if one.contact == row.contact), None
    )
    listing = Listing(row.person, row.contact, APPROVED, since=on)
    if before is not None:
        listing = replace(listing, role=before.role, relation=before.relation, since=before.since)
    return list_contact.put(tx, listing)


def _refuse_unusable(what: Ruling) -> None:
    known = [one.value for one in Outcome]
    if what.outcome not in known:
        raise Fault(f'"{what.outcome}" is no outcome of a petition', remedy=suggestion(what.outcome, known))
    offices = vocabulary().offices
    if what.next and what.next not in offices:
        raise Fault(f'there is no office "{what.next}"', remedy=suggestion(what.next, offices))
    refuse_long(SHORT_MAX, proof=what.proof, by=what.by)
    refuse_long(TEXT_MAX, says=what.says)


def _read(arguments: Arguments) -> Ruling:
    try:
        granted = tuple(int(one) for one in arguments.get("granted", "").split(",") if one)
    except ValueError as error:
        raise Fault(
            "what was granted is not said by its places", remedy="mark it on the form again"
        ) from error
    on = day_or_none(arguments, "on")
    if on is None:
        raise Fault("the day of the ruling is not said", remedy="write the day that stands on it")
    what = Ruling(
        identifier(arguments, "petition"),
        arguments.get("outcome", ""),
        on,
        arguments.get("proof", ""),
        arguments.get("by", ""),
        arguments.get("says", ""),
        granted,
        day_or_none(arguments, "until"),
        arguments.get("closes", "") == YES,
        arguments.get("next", ""),
    )
    _refuse_unusable(what)
    return what


def _shown(at: UUID, arguments: Arguments) -> Shown:
    what = _read(arguments)
    row = petitions.petition(at, what.petition).row
    return Shown(tuple(_lines(at, row, what)), row.person)


def _lines(at: UUID, row: PetitionRow, what: Ruling) -> Iterator[Line]:
    """Say which petition, what was ruled, and what is done here because of it."""
    held = people.person(at, row.person)
    yield Line("person", f"{held.name}, {held.number}")
    yield Line("petition_office", vocabulary().offices[row.office].label)
    yield Line("petition_outcome", f"ruled_{what.outcome}", "word")
    yield Line("petition_ruled_on", what.on.isoformat(), "day")
    yield from (Line("petition_proof", one) for one in (what.proof,) if one)
    yield from (Line("petition_says", one) for one in (what.says,) if one)
    for place in what.granted or range(len(row.asks)):
        if what.outcome in GRANTING and place < len(row.asks):
            yield Line("petition_granted", row.asks[place]["says"])
    for does in _granted(row, what):
        if does == END_PAPER and row.paper is not None:
            yield from end_paper.lines(at, changes.paper(at, row.paper), what.on)
        if does == LIST_CONTACT and row.contact is not None:
            yield Line("petition_lists", people.contact(at, row.contact).name)


def _hold(tx: Transaction, arguments: Arguments, _ready: Any) -> None:
    row = petitions.petition(tx.establishment, _read(arguments).petition).row
    hold_person(tx, row.person)
    if row.contact is not None:
        hold_contacts(tx, [row.contact])


def _run(tx: Transaction, arguments: Arguments, _ready: Any) -> Answer:
    return _rule(tx, _read(arguments))


FOUR_EYES = FourEyes(
    act=ACT,
    takes=frozenset(field.name for field in fields(Ruling)),
    shown=_shown,
    run=_run,
    hold=_hold,
)
