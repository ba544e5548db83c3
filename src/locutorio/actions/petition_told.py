"""Puts together all that is told of a petition: its events, the deadlines of the law, and the routes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import Any
from uuid import UUID

from locutorio.actions import deciding, remedy, shelf
from locutorio.actions.petition_clocks import Procedure, deadlines, procedure
from locutorio.decisions.decision import Decision
from locutorio.decisions.reckoned import Told
from locutorio.facts.vocabulary import Value
from locutorio.notices.petition import Meanwhile, Petitioned, between
from locutorio.remedies.forms import RETALIATION, is_fact
from locutorio.remedies.routes import routes
from locutorio.remedies.rungs import Rung, facts
from locutorio.remedies.telling import Seen, Stage, seen
from locutorio.store import changes, people, petitions
from locutorio.store.context import within
from locutorio.store.entered import read_entered
from locutorio.store.people import EstablishmentRow
from locutorio.store.petitions import Kept, PetitionRow

Chain = Sequence[tuple[Rung, Seen]]


@within
def petitioned(at: UUID, id_: UUID, now: datetime, lang: str) -> Petitioned:
    """Put together a petition as it is known now, on the establishment's day.

    Args:
        at: the establishment.
        id_: which petition.
        now: the moment.
        lang: of the reader: papers are named in it.

    Raises:
        Fault: there is no such petition here.
    """
    house = people.establishment(at)
    on = deciding.local_day(house.zone, now)
    kept = petitions.chain(at, id_)
    found, row = kept[-1], kept[-1].row
    by = procedure(house.law, on)
    chain = chain_of(kept, by, on, now)
    one = seen(row.petition, found.events, on, now)
    due = deadlines(by, chain)
    known = {name: _value(name, said) for name, said in row.particulars.items() if is_fact(name)}
    told = _named(at, row, house, lang)
    whole = Petitioned(
        seen=one,
        on=on,
        due=due,
        routes=routes(one, chain[-1][0] if chain else None, by.rungs, due, on),
        decisions=tuple(_decisions(by, chain, known)),
        counted=tuple(_counted(by, known)),
        known=known,
        before=kept[-2].row.office if len(kept) > 1 else "",
        **told,
    )
    return _with_meanwhile(at, row, whole, lang)


def chain_of(kept: Sequence[Kept], by: Procedure, on: date, now: datetime) -> Chain:
    """Give the petitions whose deadlines the law counts, each with its rung; none where the last has none."""
    if kept[-1].row.clock not in by.rungs:
        return ()
    return tuple(
        (by.rungs[one.row.clock], seen(one.row.petition, one.events, on, now))
        for one in kept
        if one.row.clock in by.rungs
    )


def _named(at: UUID, row: PetitionRow, house: EstablishmentRow, lang: str) -> dict[str, Any]:
    held = people.person(at, row.person)
    forms = shelf.pack(house.law).forms
    paper = changes.paper(at, row.paper) if row.paper else None
    return {
        "person": held.name,
        "number": held.number,
        "establishment": house.name,
        "about": row.about,
        "does": tuple(one["does"] for one in row.asks),
        "office_name": row.office_name,
        "case_number": row.number,
        "says": row.says,
        "language": row.language,
        "blanks": row.particulars,
        "paper": forms[paper.form].title[lang] if paper and paper.form in forms else "",
        "contact": people.contact(at, row.contact).name if row.contact else "",
        "sensitive": row.sensitive,
    }


def _value(name: str, said: str) -> Value:
    value = read_entered(name, said)
    assert value is not None, "a blank that is not said is not kept"
    return value


def _decisions(by: Procedure, chain: Chain, known: Mapping[str, Value]) -> Iterator[Decision]:
    """Ask the law about the deadlines to file and, once it is filed, to answer, with all that is said."""
    if not chain or chain[-1][1].stage is Stage.WITHDRAWN:
        return
    rung, one = chain[-1]
    urgent = {rung.emergency: True} if rung.emergency and one.petition.emergency else {}
    given = {**known, **facts(chain), **urgent}
    for kind in (rung.file, rung.answer) if one.filed else (rung.file,):
        for told in remedy.course(by.law, (kind,), given, by.on, frozenset(), longest=False):
            yield told.decision


def _counted(by: Procedure, known: Mapping[str, Value]) -> Iterator[Told]:
    """Reckon the deadlines that count from the days of the form."""
    of_rungs = {name for rung in by.rungs.values() for name in (rung.file.name, rung.answer.name)}
    for kind in by.kinds.values():
        if kind.name not in of_rungs and kind.counting(known):
            yield from remedy.course(by.law, (kind,), known, by.on, frozenset(), longest=False)


def _with_meanwhile(at: UUID, row: PetitionRow, one: Petitioned, lang: str) -> Petitioned:
    """Add what else the record holds between the two days of a complaint of retaliation."""
    found = between(one) if row.about == RETALIATION else None
    if found is None or found.first is None or found.second is None:
        return one
    first, last = sorted((found.first, found.second))
    forms = shelf.pack(people.establishment(at).law).forms
    papers = [
        Meanwhile(paper.since, forms[paper.form].title[lang] if paper.form in forms else paper.form)
        for paper in changes.papers_of(at, row.person)
        if paper.since is not None and first <= paper.since <= last
    ]
    others = [
        Meanwhile(filed.on, other.row.about, other.row.office)
        for other in petitions.petitions_of(at, row.person)
        if other.row.id != row.id and not (other.row.sensitive and not row.sensitive)
        for filed in other.events
        if filed.kind.value == "filed" and filed.on is not None and first <= filed.on <= last
    ]
    return replace(one, meanwhile=tuple(sorted(papers + others, key=lambda item: item.on)))
