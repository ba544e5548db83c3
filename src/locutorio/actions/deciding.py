"""Decides whether each of a party may have contact with one person, on what the establishment knows."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from functools import lru_cache
from uuid import UUID
from zoneinfo import ZoneInfo

from locutorio.actions import answer, shelf
from locutorio.actions.case_text import case_text
from locutorio.actions.course import Course, holding
from locutorio.arrangements.schedule.limits import Per
from locutorio.arrangements.schedule.patterns import Medium
from locutorio.arrangements.schedule.values import Schedule
from locutorio.decisions.clocks import is_holiday
from locutorio.decisions.decision import Decision, Outcome
from locutorio.facts.case import Case, Dated
from locutorio.facts.vocabulary import LANGUAGES, Value, vocabulary
from locutorio.kernel.faults import Fault
from locutorio.notices.document import as_document
from locutorio.rules.rulebook import facts_of_provision
from locutorio.rules.tree import facts_of, lines_of, sums_of
from locutorio.store import people, requests
from locutorio.store.knowledge import ADULT_AGE, Asked, Knowledge, PartyMember
from locutorio.store.people import EstablishmentRow, PersonRow
from locutorio.store.requests import DecidedRow
from locutorio.store.slots import schedule_read
from locutorio.store.transaction import Transaction

LETTER = "letter"
WORST_FIRST = (Outcome.REFUSE, Outcome.REFER, Outcome.PENDING, Outcome.PERMIT)
_SATURDAY, _SUNDAY = 5, 6
_TOLD_ON = ("arcadia.refused_on", "review.refused_on")
_IN_WRITING = ("arcadia.refusal_in_writing", "review.refusal_in_writing")


@dataclass(frozen=True, slots=True)
class MemberDecision:
    """What was decided about one of a party, and the case it was decided on."""

    contact: UUID
    case: Case
    decision: Decision


@dataclass(frozen=True, slots=True)
class PartyDecision:
    """What was decided about each of a party, in their order; ``outcome`` is the worst of them."""

    outcome: Outcome
    members: tuple[MemberDecision, ...]

    @property
    def decisions(self) -> tuple[Decision, ...]:
        """The answers, in the order of the party."""
        return tuple(member.decision for member in self.members)

    @property
    def conditions(self) -> str | None:
        """The words of the conditions that hold for any of them, sorted; None where it is not permitted."""
        if self.outcome is not Outcome.PERMIT:
            return None
        return _words(holding(one) for one in self.decisions)

    @property
    def cases(self) -> tuple[Case, ...]:
        """What each was decided on."""
        return tuple(member.case for member in self.members)


@dataclass(frozen=True, slots=True)
class Contact:
    """What is asked for a party: a kind of contact on a day.

    ``video`` says whether it is by video, None where that is open. ``before`` is the first decision and the
    identifier of the booking that is decided again. ``also`` adds facts about each contact, as the gate knows
    them.
    """

    party: Sequence[PartyMember]
    on: date
    asked_on: date
    about: str = "visit"
    video: bool | None = None
    before: tuple[datetime, UUID] | None = None
    also: Mapping[UUID, Mapping[str, Value]] = field(default_factory=dict)


def knowledge(at: UUID, person: UUID, contacts: Iterable[UUID], *, known_at: datetime) -> Knowledge:
    """Read all that is known of one person and some contacts by a moment.

    Raises:
        Fault: someone is not of this establishment, or its schedule cannot be read.
    """
    house = people.establishment(at)
    adult_age, week_begins = _house(read(house.schedule))
    return Knowledge(
        at,
        person,
        contacts,
        known_at=known_at,
        establishment=house,
        adult_age=adult_age,
        week_begins=week_begins,
    )


def decide_party(  # noqa: PLR0913 - the contract of the store: each says another thing of one question
    at: UUID,
    person: UUID,
    party: Sequence[PartyMember],
    on: date,
    *,
    about: str = "visit",
    known_at: datetime,
    asked_on: date,
    video: bool | None = None,
    before: tuple[datetime, UUID] | None = None,
    also: Mapping[UUID, Mapping[str, Value]] | None = None,
) -> PartyDecision:
    """Decide for each of a party, on what is known by a moment, by the law of the day of the contact.

    Raises:
        Fault: what is known contradicts itself, or the law has no text of that day.
    """
    known = knowledge(at, person, [member.contact for member in party], known_at=known_at)
    return decided(known, Contact(party, on, asked_on, about, video, before, also or {}))


def decided(known: Knowledge, asked: Contact, *, told_on: date | None = None) -> PartyDecision:
    """Decide for each of a party, on what was read.

    Args:
        known: what was read.
        asked: the party and the day.
        told_on: the day on which whoever is refused is told so in writing, from which a deadline may run.

    Raises:
        Fault: as `decide_party`.
    """
    if asked.about != LETTER:  # one can come for somebody who left: it is sent on
        refuse_absent(known.person, asked.on)
    cases = _cases(known, asked)
    members = []
    for contact, case in cases.items():
        member = MemberDecision(contact, case, answer.answer(case))
        if told_on is not None and member.decision.outcome is Outcome.REFUSE:
            facts = {**in_writing(told_on), **case.facts}
            told = replace(case, facts={path: facts[path] for path in sorted(facts)})
            member = MemberDecision(contact, told, answer.answer(told))
        members.append(member)
    return PartyDecision(worst(member.decision.outcome for member in members), tuple(members))


def refuse_absent(person: PersonRow, on: date) -> None:
    """Refuse to decide of a day on which the person is not here any more.

    Raises:
        Fault: the person left before.
    """
    if person.left_on is not None and person.left_on <= on:
        raise Fault(
            "this person is not here on that day",
            why=f"the person left on {person.left_on.isoformat()}",
            remedy="ask the establishment where the person is now",
        )


def permitted(known: Knowledge, asked: Contact) -> str | None:
    """Give the conditions on which a party may have contact: those of `decided`, sooner.

    Returns:
        the words of the conditions, sorted; None where it is not permitted, or an unknown fact could turn it.
    """
    courses = [Course(case, shelf.shelf(case.law), None) for case in _cases(known, asked).values()]
    if any(course.outcome(asked.on) is not Outcome.PERMIT for course in courses):
        return None
    return _words(course.conditions(asked.on) for course in courses)


def _words(conditions: Iterable[Iterable[str]]) -> str:
    return " ".join(sorted({word for each in conditions for word in each}))


def worst(outcomes: Iterable[Outcome]) -> Outcome:
    """Give the outcome of a party: that of the one whose answer is worst."""
    return min(outcomes, key=WORST_FIRST.index)


def keep(tx: Transaction, request: UUID, found: PartyDecision, *, cause: str) -> list[DecidedRow]:
    """Keep the decisions on a request, with their cases; each answer is in its contact's language."""
    known = people.contacts(tx.establishment, (member.contact for member in found.members))
    kept = [
        DecidedRow(
            id=tx.new_id(),
            request=request,
            contact=member.contact,
            cause=cause,
            outcome=member.decision.outcome.value,
            on=member.decision.on,
            decided_at=tx.at,
            law=member.case.law,
            law_hash=member.decision.pack_hash,
            case=case_text(member.case),
            document=as_document(member.decision, language(known[member.contact].language)),
        )
        for member in found.members
    ]
    requests.keep_decided(tx, kept)
    return kept


def language(wanted: str) -> str:
    """Give the language in which somebody is told: their own if there are sentences in it, else English."""
    return wanted if wanted in LANGUAGES else LANGUAGES[0]


def local_day(zone: str, moment: datetime) -> date:
    """Give the day of a moment by the clock of an establishment."""
    return moment.astimezone(ZoneInfo(zone)).date()


def _cases(known: Knowledge, asked: Contact) -> dict[UUID, Case]:
    return {
        member.contact: case_of(
            known,
            Asked(
                member.contact,
                asked.party,
                asked.on,
                asked.asked_on,
                asked.about,
                asked.video,
                asked.before,
                asked.also.get(member.contact, {}),
            ),
        )
        for member in asked.party
    }


def case_of(known: Knowledge, asked: Asked) -> Case:
    """Give the case of one contact with what its law can read, and what kind of day it is.

    Raises:
        Fault: a fact that was entered cannot be read.
    """
    law = shelf.pack(known.establishment.law)
    read_ = _facts_read(law.name, law.hash)
    unknown = known.unknown_kinds(asked.contact, asked.on)
    kind = _kind_of_day(asked.on, law.holidays)
    case = known.case(replace(asked, also={"visit.day": kind, **asked.also}))
    return replace(
        case,
        facts={path: dated for path, dated in case.facts.items() if path in read_},
        complete=frozenset(law.kinds) - unknown if unknown else None,
    )


@lru_cache(maxsize=64)
def _facts_read(law: str, edition: str) -> frozenset[str]:  # noqa: ARG001 - the key under which it is kept
    """Give the facts that a law, and what comments on it, can read: no other stands in a case."""
    read_: set[str] = set()
    for pack in map(shelf.pack, (law, *shelf.overlays())):
        read_ |= {path for one in pack.provisions.values() for path in facts_of_provision(one)}
        conditions = [one.when for one in pack.contested.values()] + [one.when for one in pack.kinds.values()]
        lines = (line for when in conditions if when for line in lines_of(when))
        read_ |= {path for line in lines for path in facts_of(sums_of(line))}
    words = vocabulary().facts
    return frozenset(read_ | {start for path in read_ if (start := words[path].years_from)})


def in_writing(told_on: date) -> dict[str, tuple[Dated, ...]]:
    """Give the facts that follow from a refusal told in writing on a day."""
    return {
        **{path: (Dated(told_on),) for path in _TOLD_ON},
        **{path: (Dated(True),) for path in _IN_WRITING},
    }


def _kind_of_day(on: date, country: str | None) -> str:
    if country and is_holiday(country, on):
        return "holiday"
    return {_SATURDAY: "saturday", _SUNDAY: "sunday"}.get(on.weekday(), "weekday")


def read(schedule: str) -> Schedule | None:
    """Read the text of a schedule, once; an empty one is none.

    Raises:
        Fault, Faults: it cannot be used.
    """
    return schedule_read(schedule) if schedule else None


def by_video(house: EstablishmentRow, session: str) -> bool | None:
    """Tell whether a session is held by video; None where the schedule does not have it any more."""
    schedule = read(house.schedule)
    media = [one.medium for one in schedule.sessions if one.code == session] if schedule else []
    return media[0] is Medium.VIDEO if media else None


def _house(schedule: Schedule | None) -> tuple[int, int]:
    """Give the age of an adult and the first day of a week, as a schedule has them."""
    if schedule is None:
        return ADULT_AGE, 0
    weeks = (quota.week_begins for quota in schedule.quotas if quota.per is Per.WEEK)
    return schedule.adult_age, next(weeks, 0)
