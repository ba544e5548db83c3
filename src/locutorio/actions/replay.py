"""Decides again what stands, in the order first decided, when something that it rests on has changed.

There is one way for every change: its action holds the people it reaches, changes what is known, and calls
`replay` in the same transaction. Who no longer stands is withdrawn and told why; where somebody must look,
the booking is marked and its people are told by when; nobody else's rows are written.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import partial
from uuid import UUID

from locutorio.actions import deciding, telling
from locutorio.actions.attending import party_of
from locutorio.actions.calls_again import calls_again
from locutorio.actions.deciding import Contact, PartyDecision
from locutorio.actions.next_times import next_times
from locutorio.actions.offer_places import offer_places
from locutorio.actions.plain import as_plain
from locutorio.arrangements.schedule.parties import places_needed, touching
from locutorio.arrangements.schedule.slots import slot_of
from locutorio.decisions.decision import Outcome
from locutorio.facts.vocabulary import LANGUAGES
from locutorio.notices import at_risk, conditions, withdrawn
from locutorio.store import bookings, replaying, requests
from locutorio.store.knowledge import Knowledge
from locutorio.store.replaying import Standing
from locutorio.store.requests import Versions
from locutorio.store.transaction import Answer, Sent, Transaction, Work, perform

BY_LAW, BY_HOUSE = "law", "establishment"
UNDER_WAY = "under_way"
KEPT, MOVED = "kept", "moved"
LAPSED_MAX = 10_000


@dataclass(frozen=True, slots=True)
class Touched:
    """What a change did to what was booked, as its answer says it."""

    looked_at: int
    withdrawn: tuple[UUID, ...]
    at_risk: tuple[UUID, ...]
    stands_again: tuple[UUID, ...]
    conditions: tuple[UUID, ...]
    moved: tuple[UUID, ...]


@dataclass(slots=True)
class Replayed:
    """What a change did to what was booked: how many were looked at, and which were touched.

    ``calls`` are those under way that are to end, or to be unheard.
    """

    looked_at: int = 0
    withdrawn: list[UUID] = field(default_factory=list)
    at_risk: list[UUID] = field(default_factory=list)
    stands_again: list[UUID] = field(default_factory=list)
    conditions: list[UUID] = field(default_factory=list)
    moved: list[UUID] = field(default_factory=list)
    calls: list[UUID] = field(default_factory=list)


def replay(tx: Transaction, persons: Iterable[UUID], done: Replayed | None = None) -> Replayed:
    """Decide again what stands of people, whom the caller holds: their calls under way, then what is booked.

    Each booking is decided in the order of the first decisions, by the law of the day of the visit, with what
    was booked before it counted as used. Nothing is written of what still stands as it did.

    Args:
        tx: the change.
        persons: whom it reaches.
        done: what the change has already done to bookings.

    Raises:
        Fault: what is known now contradicts itself; the change is not made.
    """
    done = done or Replayed()
    reached = [*persons]
    done.calls += calls_again(tx, reached)
    for known, standing in each_person(tx, reached):
        for one in standing:
            done.looked_at += 1
            _again(tx, known, one, done)
    note(tx, done)
    return done


def note(tx: Transaction, done: Replayed) -> None:
    """Write what a change did to what was booked into its entry."""
    tx.noted["replayed"] = as_plain(done)


def changed(
    sent: Sent,
    action: str,
    arguments: object,
    work: Work,
    *,
    person: UUID | None = None,
    frees: bool = False,
) -> Answer:
    """Carry out a change, and offer what it frees to those who wait.

    Holds that ran out are given up with it: no clock that is behind can confirm one that was not replayed.

    Args:
        sent: by whom, and when.
        action: the name of the change.
        arguments: all that the work rests on.
        work: makes the change; its answer says as "replayed" what that did to what was booked.
        person: whom it is about, where it is about one.
        frees: whether it may free places beside those of what it withdraws.

    Raises:
        Fault: the change cannot be made.
    """

    def whole(tx: Transaction) -> Answer:
        answer = work(tx)
        return {**answer, "lapsed": len(bookings.lapse(tx, LAPSED_MAX))}

    done = perform(sent.command(action, as_plain(arguments), person=person), whole)
    if frees or done["lapsed"] or done["replayed"]["withdrawn"] or done["replayed"]["moved"]:
        offer_places(sent)
    return done


def touched(answer: Answer) -> Touched:
    """Read what a change did to what was booked from its answer, where it stands as "replayed"."""
    plain = answer["replayed"]
    names = ("withdrawn", "at_risk", "stands_again", "conditions", "moved")
    of = {name: tuple(UUID(one) for one in plain[name]) for name in names}
    return Touched(plain["looked_at"], **of)


def each_person(tx: Transaction, persons: Iterable[UUID]) -> list[tuple[Knowledge, list[Standing]]]:
    """Give what is known of each person of whom anything stands, with what stands, in first order."""
    standing = replaying.standing(tx.establishment, tx.at, persons=persons)
    by_person = known_by_person(tx, standing)
    return [
        (known, [one for one in standing if one.person == person])
        for person, known in sorted(by_person.items())
    ]


def known_of(tx: Transaction, one: Standing) -> Knowledge:
    """Read what is known of the person of a booking, and of all who come."""
    return known_by_person(tx, [one])[one.person]


def known_by_person(tx: Transaction, standing: Iterable[Standing]) -> dict[UUID, Knowledge]:
    """Read what is known of each person of some bookings, and of all who come to them."""
    contacts: dict[UUID, set[UUID]] = {}
    for one in standing:
        contacts.setdefault(one.person, set()).update(one.contacts)
    return {
        person: deciding.knowledge(tx.establishment, person, coming, known_at=tx.at)
        for person, coming in contacts.items()
    }


def by_the_house(
    tx: Transaction,
    known: Knowledge,
    one: Standing,
    why: str,
    done: Replayed,
    *,
    ground: Mapping[str, str] | None = None,
) -> None:
    """Withdraw a booking that the establishment cannot hold, with the next times that had a place."""
    if one.under_way:
        _mark_under_way(tx, known, one, done)
        return
    bookings.release(tx, one.id, "withdrawn", by=BY_HOUSE, ground=(ground or {}).get("en") or why)
    known.forget(one.id)
    times = () if why in withdrawn.ELSEWHERE else next_times(tx, known, one)
    telling.by_the_house(tx, known, one, why, ground=ground or {}, times=times)
    done.withdrawn.append(one.id)


def same(text: str) -> dict[str, str]:
    """Give what staff wrote, to be told as it is in every language."""
    return dict.fromkeys(LANGUAGES, text)


def _again(tx: Transaction, known: Knowledge, one: Standing, done: Replayed) -> None:
    asked = _asked(known, one)
    if deciding.permitted(known, asked) == one.conditions and not one.risk:
        return
    found = deciding.decided(known, asked, told_on=deciding.local_day(known.establishment.zone, tx.at))
    if one.under_way:
        if found.conditions is None or {*found.conditions.split()} - {*one.conditions.split()}:
            _mark_under_way(tx, known, one, done)
    elif found.conditions is not None:
        _permitted(tx, known, one, found, done)
    elif found.outcome is Outcome.REFUSE:
        _keep(tx, known, one, found)
        bookings.release(tx, one.id, "withdrawn", by=BY_LAW, ground=_citations(found))
        known.forget(one.id)
        telling.by_law(tx, known, one, found, kind=withdrawn.KIND)
        done.withdrawn.append(one.id)
    elif _risk(found) != one.risk:
        _keep(tx, known, one, found)
        replaying.set_risk(tx, one.id, _risk(found))
        telling.by_law(tx, known, one, found, kind=at_risk.KIND)
        done.at_risk.append(one.id)


def _permitted(
    tx: Transaction, known: Knowledge, one: Standing, found: PartyDecision, done: Replayed
) -> None:
    """Let a booking stand; on other conditions, at a place that they allow, or else nowhere."""
    if found.conditions == one.conditions and not one.risk:
        return
    _keep(tx, known, one, found)
    now = replace(one, conditions=found.conditions or "")
    place = _place(tx, known, now)
    if place is None:
        _without_a_place(tx, known, now, found, done)
        return
    if one.risk:
        replaying.set_risk(tx, one.id, "")
        telling.stands_again(tx, known, one)
        done.stands_again.append(one.id)
    if now.conditions != one.conditions:
        compose = partial(conditions.stands, moved=place == MOVED)
        telling.conditions(tx, known, one, found, conditions.KIND, compose)
        done.conditions.append(one.id)
    if place == MOVED:
        done.moved.append(one.id)


def _place(tx: Transaction, known: Knowledge, one: Standing) -> str | None:
    """See that a booking has a place that its conditions allow; None where its time has none free."""
    schedule = deciding.read(known.establishment.schedule)
    slot = slot_of(schedule, one.key) if schedule else None
    if not requests.no_contact(one.conditions) or (slot and not touching(slot, one.kind)):
        return KEPT
    if schedule is None or slot is None:
        return None
    party = party_of(known, one.party, one.on)
    kind, places = places_needed(schedule, slot, party, no_contact=True)
    had = not touching(slot, kind) and replaying.move_places(tx, one, slot, kind, places)
    return MOVED if had else None


def _without_a_place(
    tx: Transaction, known: Knowledge, one: Standing, found: PartyDecision, done: Replayed
) -> None:
    bookings.release(tx, one.id, "withdrawn", by=BY_HOUSE, ground=_of_no_contact(found))
    known.forget(one.id)
    compose = partial(conditions.withdrawn_for_want, times=next_times(tx, known, one))
    telling.conditions(tx, known, one, found, withdrawn.KIND, compose)
    done.withdrawn.append(one.id)


def _of_no_contact(found: PartyDecision) -> str:
    """Give where the law says that they may not touch, each once."""
    held = (each for one in found.decisions for each in one.conditions if each.token == requests.NON_CONTACT)
    return "; ".join(dict.fromkeys(finding.citation for each in held for finding in each.findings))


def _mark_under_way(tx: Transaction, known: Knowledge, one: Standing, done: Replayed) -> None:
    """Leave a visit that has begun to staff, who are told: nobody is sent out of a room by a program."""
    if one.risk != UNDER_WAY:
        replaying.set_risk(tx, one.id, UNDER_WAY)
        telling.under_way(tx, known, one)
        done.at_risk.append(one.id)


def _asked(known: Knowledge, one: Standing) -> Contact:
    return Contact(
        one.party,
        one.on,
        deciding.local_day(known.establishment.zone, one.asked_at),
        one.about,
        deciding.by_video(known.establishment, one.session),
        (one.decided_at, one.id),
    )


def _keep(tx: Transaction, known: Knowledge, one: Standing, found: PartyDecision) -> None:
    deciding.keep(tx, one.request, found, cause="replay")
    versions = Versions(known.person.version, known.establishment.version)
    requests.keep_outcome(tx, one.request, found.outcome.value, one.on, versions, found.conditions)


def _citations(found: PartyDecision) -> str:
    """Give where the law says what withdrew it, each once."""
    refused = (one for one in found.decisions if one.outcome is found.outcome)
    return "; ".join(dict.fromkeys(reason.citation for one in refused for reason in one.reasons))


def _risk(found: PartyDecision) -> str:
    """Say what a person must look at: the outcome, and what is missing, not known or contested."""
    named: dict[str, None] = {}
    for one in found.decisions:
        if one.outcome is not Outcome.PERMIT:
            keys = (key.fact for key in one.keys)
            contested = (question.name for question in one.contested if question.decides)
            named |= dict.fromkeys((*keys, *one.unknown, *contested))
    return f"{found.outcome.value}: {', '.join(named)}"
