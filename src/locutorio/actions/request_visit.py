"""Asks for a visit: decides for each of the party, and keeps what was asked and what was answered."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from locutorio.actions import deciding, telling
from locutorio.actions.authority import About, authorize
from locutorio.actions.plain import as_plain
from locutorio.decisions.decision import Outcome
from locutorio.kernel.faults import Fault, suggestion
from locutorio.store import requests
from locutorio.store.knowledge import PartyMember
from locutorio.store.locks import share_contacts
from locutorio.store.requests import RequestRow
from locutorio.store.transaction import Sent, Transaction, perform

VISIT = "visit"
WAYS = ("page", "telephone", "letter", "counter", "import")


@dataclass(frozen=True, slots=True)
class VisitRequest:
    """What is asked: who would come to whom, on which day. ``way`` is how it was asked."""

    person: UUID
    party: tuple[PartyMember, ...]
    on: date
    way: str = "page"
    note: str = ""


@dataclass(frozen=True, slots=True)
class MemberAnswer:
    """The outcome for one of the party; ``decided`` is the decision that was kept."""

    contact: UUID
    outcome: str
    decided: UUID


@dataclass(frozen=True, slots=True)
class VisitAnswer:
    """The worst outcome of the party: permit, pending, refer or refuse; and each one's."""

    request: UUID
    outcome: str
    members: tuple[MemberAnswer, ...]


def request_visit(what: VisitRequest, sent: Sent) -> VisitAnswer:
    """Decide a request and keep it; no place is taken. Who is refused, and the person, get a notice of it.

    It is decided as a visit in person; booking a time by video decides it again.

    Raises:
        Fault: nobody comes, somebody twice, the day is past, or someone is not of this establishment.
    """
    authorize(
        sent.by,
        "request_visit",
        About(
            sent.establishment,
            "person",
            what.person,
            [one.contact for one in what.party],
            as_staff=what.way != "page",
        ),
    )
    _refuse_unusable(what)
    return _read(
        perform(sent.command("request_visit", as_plain(what), person=what.person), lambda tx: _work(what, tx))
    )


def _work(what: VisitRequest, tx: Transaction) -> dict[str, Any]:
    contacts = [member.contact for member in what.party]
    share_contacts(tx, contacts)
    known = deciding.knowledge(tx.establishment, what.person, contacts, known_at=tx.at)
    asked_on = deciding.local_day(known.establishment.zone, tx.at)
    if what.on < asked_on:
        raise Fault(f"the day {what.on.isoformat()} is past", remedy="ask for today or a later day")
    asked = deciding.Contact(what.party, what.on, asked_on, VISIT, video=False)
    found = deciding.decided(known, asked, told_on=asked_on)
    request = tx.new_id()
    kept = RequestRow(
        id=request,
        person=what.person,
        about=VISIT,
        way=what.way,
        by=tx.command.actor,
        asked_at=tx.at,
        on=what.on,
        outcome=found.outcome.value,
        person_version=known.person.version,
        establishment_version=known.establishment.version,
        note=what.note,
        conditions=found.conditions or "",
        party=what.party,
    )
    requests.keep_request(tx, kept)
    decided = deciding.keep(tx, request, found, cause="request")
    if found.outcome is Outcome.REFUSE:
        telling.refused(tx, known, request, found)
    members = tuple(MemberAnswer(row.contact, row.outcome, row.id) for row in decided)
    answer: dict[str, Any] = as_plain(VisitAnswer(request, found.outcome.value, members))
    return answer


def _read(plain: Any) -> VisitAnswer:
    members = (
        MemberAnswer(UUID(one["contact"]), one["outcome"], UUID(one["decided"])) for one in plain["members"]
    )
    return VisitAnswer(UUID(plain["request"]), plain["outcome"], tuple(members))


def _refuse_unusable(what: VisitRequest) -> None:
    contacts = [member.contact for member in what.party]
    if not contacts or len(set(contacts)) < len(contacts):
        raise Fault(
            "somebody is named twice" if contacts else "nobody is named who would come",
            remedy="name each one who comes, once",
        )
    if what.way not in WAYS:
        raise Fault(f'"{what.way}" is no way of asking', remedy=suggestion(what.way, WAYS))
