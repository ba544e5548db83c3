"""What is known of one person and of those who want contact, as cases that can be decided.

Everything an establishment knows by itself (its lists, its bookings, who comes together) is said as facts of
the vocabulary; a fact that was entered says more than what would follow from these. Its lists of papers are
whole, except of a kind of which somebody entered that it is not known.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from copy import copy
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db.models import Q

from locutorio.arrangements.periods import month_of
from locutorio.facts.case import UNKNOWN, Case, CasePaper, Dated
from locutorio.facts.snapshot import Question
from locutorio.facts.vocabulary import Value, vocabulary
from locutorio.kernel.moments import years_between
from locutorio.store import calls, people, unplaced
from locutorio.store.calls import CallUsed
from locutorio.store.context import inside
from locutorio.store.entered import KIND_OF_PAPER, FactRow, PaperRow, case_paper, layered, timeline
from locutorio.store.models import Fact, Guardianship, Listed, Paper
from locutorio.store.people import (
    APPROVED,
    BLOCKED,
    ContactRow,
    EstablishmentRow,
    ListedRow,
    NumberRow,
    PersonRow,
)
from locutorio.store.uses import Used, used_of

ADULT_AGE = 18
_WEEK = timedelta(days=7)
_ON_LIST = ("approval.listing", "arcadia.listed", "contact.on_visiting_list")
_WITH_ADULT = ("escort.present", "arcadia.adult_comes")
_VISITS = {"week": ("use.visits_week",), "month": ("usage.visits_month", "arcadia.visits_this_month")}
_NUMBER = ("approval.number", "call.number_on_list")
_CALLS = {"week": ("arcadia.calls_this_week", "use.calls_week"), "month": ("use.calls_month",)}
_OWED = {"week": "arcadia.calls_{}", "month": "use.calls_{}"}
_COUNSEL = frozenset({"attorney", "attorney_staff"})
_TELEPHONE_WORKS = "arcadia.telephone_works"  # until somebody enters that a part does not
_OF_PERSON = {
    "person.status": "legal_status",
    "person.security_level": "custody_level",
    "person.incentive_level": "incentive",
}


@dataclass(frozen=True, slots=True)
class PartyMember:
    """One who comes; ``lap`` for a child held on one."""

    contact: UUID
    lap: bool = False


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked of a contact: for which day, when, beside whom, and after which earlier bookings.

    ``before`` is the moment of the first decision and the identifier of a booking that is decided again: only
    what was booked before it counts as used, and itself never does. ``contact`` is none where a number is
    called that is nobody's whom the person lists.
    """

    contact: UUID | None
    party: Sequence[PartyMember]
    on: date
    asked_on: date
    about: str = "visit"
    video: bool | None = None
    before: tuple[datetime, UUID] | None = None
    also: Mapping[str, Value] = field(default_factory=dict)


class Knowledge:
    """All that is known of one person by a moment, read once, from which any number of cases is made."""

    def __init__(
        self,
        at: UUID,
        person: UUID,
        contacts: Iterable[UUID],
        *,
        known_at: datetime,
        establishment: EstablishmentRow | None = None,
        adult_age: int = ADULT_AGE,
        week_begins: int = 0,
    ) -> None:
        """Read it.

        Args:
            at: the establishment.
            person: in custody.
            contacts: all who may be asked about, or come with those.
            known_at: facts and papers that became known later are left out.
            establishment: as it was read before, with what follows from its schedule; None to read it now.
            adult_age: from which age somebody is an adult here.
            week_begins: the first day of a week here, 0 for Monday.

        Raises:
            Fault: the person or a contact is not of this establishment.
        """
        self._adult_age, self._week_begins, self._known_at = adult_age, week_begins, known_at
        with inside(at):
            self.establishment = establishment or people.establishment(at)
            self._read(at, person, {*contacts})

    def _read(self, at: UUID, person: UUID, wanted: set[UUID]) -> None:
        here = Q(establishment=at)
        self.person: PersonRow = people.person(at, person)
        self.contacts: dict[UUID, ContactRow] = people.contacts(at, wanted)
        for missing in wanted - {*self.contacts}:
            people.contact(at, missing)
        self._listed = {row.contact: row for row in people.listed_of(at, person)}
        elsewhere = Listed.objects.filter(here, contact__in=wanted, status=APPROVED).exclude(person=person)
        self._elsewhere = [*elsewhere.values_list("contact", "since", "until")]
        answering = Guardianship.objects.filter(here, child__in=wanted)
        self._guardians = {
            (child, adult): until for child, adult, until in answering.values_list("child", "adult", "until")
        }
        self._numbers = people.numbers_of(at, person)
        known = Q(known_at__lte=self._known_at)
        about = (Q(person=person) | Q(person=None)) & (Q(contact__in=wanted) | Q(contact=None))
        facts = Fact.objects.filter(here & known & about).order_by("known_at", "id")
        self._facts: list[FactRow] = people.rows(FactRow, facts)
        papers = Paper.objects.filter(here & known, person=person).order_by("known_at", "id")
        self._papers: list[PaperRow] = people.rows(PaperRow, papers)
        self._used = used_of(at, person, self._known_at)
        self._called = calls.used_of(at, person, self.establishment.zone, self._known_at)
        self._calls_owed = unplaced.owed_to(at, person, self._known_at)
        self._made_up = unplaced.settled_to(at, person)

    def with_calls(self, called: Sequence[CallUsed], known_at: datetime) -> Knowledge:
        """Give the same with other calls, as they are known by another moment."""
        found = copy(self)
        found._called, found._known_at = [*called], known_at  # noqa: SLF001 - its own
        return found

    def forget(self, booking: UUID) -> None:
        """Leave a booking out of what is used: it does not stand any more."""
        self._used = [used for used in self._used if used.id != booking]

    def case(self, asked: Asked) -> Case:
        """Give the case of one contact.

        Raises:
            Fault: a fact that was entered cannot be read.
        """
        facts = dict(self._following(asked))
        for path, dated in self._entered(asked.contact):
            if not path.startswith(KIND_OF_PAPER):
                facts[path] = layered(dated, facts.get(path, ()))
        facts |= {path: (Dated(value),) for path, value in asked.also.items()}
        return Case(
            law=self.establishment.law,
            question=Question("contact", asked.on, asked.about, asked.asked_on),
            facts={path: facts[path] for path in sorted(facts)},
            papers=tuple(self._case_papers(asked)),
            complete=None,
        )

    def naming(self, contact: UUID) -> frozenset[str]:
        """Give the names of the papers that name a contact."""
        return frozenset(row.name for row in self._papers if row.contact == contact)

    def relation(self, contact: UUID) -> str | None:
        """Give what a contact is to the person, if that is on the list."""
        listed = self._listed.get(contact)
        return (listed.relation or None) if listed else None

    def week_of(self, on: date) -> tuple[date, date]:
        """Give the first day of the week of a day, as it begins here, and that of the next."""
        begins = on - timedelta(days=(on.weekday() - self._week_begins) % 7)
        return begins, begins + _WEEK

    def unknown_kinds(self, contact: UUID | None, on: date) -> frozenset[str]:
        """Give the kinds of paper of which it was entered that nobody knows whether there is one on a day."""
        said = (row for row in self._facts if row.path.startswith(KIND_OF_PAPER))
        mine = [row for row in said if row.contact in {None, contact} and _holds(row.since, row.until, on)]
        mine.sort(key=lambda row: (row.contact is not None, row.person is not None))
        last = {row.path.removeprefix(KIND_OF_PAPER): row.value for row in mine}
        return frozenset(kind for kind, value in last.items() if value == UNKNOWN)

    def _entered(self, contact: UUID | None) -> Iterator[tuple[str, tuple[Dated, ...]]]:
        """Give what was entered: of a path, on each day what is said of the fewest."""
        by_path: dict[str, dict[tuple[bool, bool], list[FactRow]]] = defaultdict(lambda: defaultdict(list))
        for row in self._facts:
            if row.contact in {None, contact}:
                by_path[row.path][row.contact is not None, row.person is not None].append(row)
        for path, levels in by_path.items():
            yield path, layered(*(timeline(levels[level]) for level in sorted(levels, reverse=True)))

    def _following(self, asked: Asked) -> Iterator[tuple[str, tuple[Dated, ...]]]:
        """Give what follows from the establishment's own lists and bookings, and from who comes together."""
        contact = self.contacts[asked.contact] if asked.contact else None
        listed = self._listed.get(asked.contact) if asked.contact else None
        words = vocabulary().facts
        for path, column in _OF_PERSON.items():
            if getattr(self.person, column) in words[path].values:
                yield path, (Dated(getattr(self.person, column)),)
        if contact is not None and contact.born_on is not None:
            yield "contact.born_on", (Dated(contact.born_on),)
        if listed is not None:
            yield "contact.role", (Dated(listed.role),)
            if listed.relation in words["contact.relation"].values:
                yield "contact.relation", (Dated(listed.relation),)
        yield from ((path, _while_approved(listed)) for path in _ON_LIST)
        elsewhere = (
            _holds(since, until, asked.on) for one, since, until in self._elsewhere if one == asked.contact
        )
        yield "contact.on_other_list", (Dated(any(elsewhere)),)
        if asked.video is not None:
            yield "visit.by_video", (Dated(asked.video),)
        if asked.about == "call":
            yield from ((path, (Dated(self._number_approved(asked)),)) for path in _NUMBER)
            yield from ((path, (Dated(value),)) for path, value in self._calls(asked))
            yield _TELEPHONE_WORKS, (Dated(True),)
        yield from ((path, (Dated(value),)) for path, value in self._list_size(asked))
        yield from ((path, (Dated(value),)) for path, value in self._uses(asked))
        if asked.contact is not None:
            yield from self._party(asked, asked.contact)

    def _party(self, asked: Asked, contact: UUID) -> Iterator[tuple[str, tuple[Dated, ...]]]:
        """Say who comes together, and which adult comes with a child."""
        ages = {member.contact: self.age(member.contact, asked.on) for member in asked.party}
        yield "request.party_size", (Dated(len(asked.party)),)
        if None not in ages.values():
            yield "visit.adults", (Dated(sum(self._adult(age) for age in ages.values())),)
        child = not self._adult(ages.get(contact))
        others = [one for one in ages if one != contact]
        ageless = [one for one in others if ages[one] is None]
        comes = any(_minor(ages[one]) for one in others)
        if not child and (comes or not ageless):
            yield "contact.comes_with_child", (Dated(comes),)
        adults = [one for one in others if self._adult(ages[one])] if child else []
        if adults or not (child and ageless):
            yield from ((path, (Dated(bool(adults)),)) for path in _WITH_ADULT)
        if not adults:
            return
        approved = any(self._approved(one, asked.on) for one in adults)
        if approved or not any(self._approved(one, asked.on) for one in ageless):
            yield "escort.approved", (Dated(approved),)
        escort = min(adults, key=lambda one: self._rank(contact, one, asked.on))
        for path, dated in self._entered(escort):
            of_escort = f"escort.{path.removeprefix('contact.')}"
            if path.startswith("contact.") and of_escort in vocabulary().facts:
                yield of_escort, dated

    def _rank(self, child: UUID, adult: UUID, on: date) -> tuple[bool, bool]:
        """Rank the adults who come with a child: an approved one first, then who answers for the child."""
        answers = (child, adult) in self._guardians and _holds(None, self._guardians[child, adult], on)
        return not self._approved(adult, on), not answers

    def age(self, contact: UUID, on: date) -> int | None:
        """Give the age of a contact on a day, None where it is not known."""
        born = self.contacts[contact].born_on
        return None if born is None or born > on else years_between(born, on)

    def _adult(self, age: int | None) -> bool:
        return age is not None and age >= self._adult_age

    def _approved(self, contact: UUID, on: date) -> bool:
        listed = self._listed.get(contact)
        return listed is not None and listed.status == APPROVED and _holds(listed.since, listed.until, on)

    def _number_approved(self, asked: Asked) -> bool:
        def holds(row: NumberRow) -> bool:
            return _holds(row.since, row.until, asked.on)

        blocked = {row.number for row in self._numbers if row.status == BLOCKED and holds(row)}
        mine = (row for row in self._numbers if row.contact == asked.contact and row.status == APPROVED)
        return any(holds(row) and row.number not in blocked for row in mine)

    def _list_size(self, asked: Asked) -> Iterator[tuple[str, Value]]:
        others = [one for one in self._listed if one != asked.contact and self._approved(one, asked.on)]
        yield "use.contacts_listed", len(others)
        yield "use.friends_listed", sum(self._listed[one].relation == "friend" for one in others)
        yield "person.has_visiting_list", bool(self._listed)
        yield "person.has_other_visitors", bool(others)

    def _uses(self, asked: Asked) -> Iterator[tuple[str, Value]]:
        """Count the visits that were booked before, or took place, in the week and the month of the day."""
        counted = [used for used in self._used if _counts(used, asked.before)]
        for period, (first, after) in {"week": self.week_of(asked.on), "month": month_of(asked.on)}.items():
            within = [used for used in counted if first <= used.on < after]
            social = sum(bool(used.roles(self.role) & {"social"}) for used in within)
            yield from ((path, social) for path in _VISITS[period])
            if period == "week":
                lawyers = sum(bool(used.roles(self.role) & {"attorney", "attorney_staff"}) for used in within)
                yield "counsel.visits_this_week", lawyers
            else:
                yield "usage.visits_of_all_kinds", len(within)
                yield "use.visit_minutes_month", sum(used.minutes_had for used in within)

    def _calls(self, asked: Asked) -> Iterator[tuple[str, Value]]:
        """Count the calls before this one in the week and the month of the day, and say how calls are kept.

        Minutes are whole ones of all calls together. Authorised are the calls that were placed and those that
        are owed. A call that made up one of an earlier time counts there.
        """
        before = [one for one in self._called if asked.before is None or one.id != asked.before[1]]
        for period, (first, after) in {"week": self.week_of(asked.on), "month": month_of(asked.on)}.items():
            within = [one for one in before if first <= one.on < after and not self._is_of(one, first)]
            social = [one for one in within if self._called_role(one) not in _COUNSEL]
            placed = sum(one.counts for one in social)
            yield from ((path, placed) for path in _CALLS[period])
            yield _OWED[period].format("authorised"), placed + self._calls_owed
            yield _OWED[period].format("placed"), placed
            if period == "week":
                yield "counsel.calls_this_week", len(within) - len(social)
            else:
                yield "use.call_minutes_month", sum(one.seconds for one in social) // 60
        ended = [one.ended_at for one in before if one.ended_at is not None]
        if ended:
            yield "use.minutes_since_call", max(0, int((self._known_at - max(ended)).total_seconds()) // 60)
        kept = calls.settings(self.establishment)
        yield "local.call_minutes", kept.minutes
        yield "local.wait_minutes", kept.wait_minutes
        yield "call.direction", "outgoing"

    def _is_of(self, one: CallUsed, first: date) -> bool:
        """Tell whether a call made up one that was owed before a day, and so is of an earlier time."""
        return self._made_up.get(one.id, first) < first

    def _called_role(self, one: CallUsed) -> str:
        contact = one.contact
        if contact is None:
            contact = next((row.contact for row in self._numbers if row.number == one.called), None)
        return self.role(contact) if contact else "social"

    def is_listed(self, contact: UUID) -> bool:
        """Tell whether a contact has a place on the person's list, whatever became of it."""
        return contact in self._listed

    def role(self, contact: UUID) -> str:
        """Give in which role a contact comes: that of the list, social for who is on none."""
        listed = self._listed.get(contact)
        return listed.role if listed else "social"

    def _case_papers(self, asked: Asked) -> Iterator[CasePaper]:
        """Give the papers about all contacts and about this one that have not ended by the day."""
        for row in (one.as_of(self._known_at) for one in self._papers):
            since, until = row.holds_from, row.holds_until
            holds = until is None or (until > asked.on and (since is None or since < until))
            if row.contact in {None, asked.contact} and holds and not row.waits:
                yield case_paper(row)


def case_of(  # noqa: PLR0913 - each says another thing of one question
    at: UUID,
    person: UUID,
    contact: UUID,
    party: Sequence[PartyMember],
    on: date,
    *,
    about: str = "visit",
    known_at: datetime,
    asked_on: date,
    before: tuple[datetime, UUID] | None = None,
) -> Case:
    """Give the case of one contact of a party; `Knowledge` gives many for one person.

    Raises:
        Fault: someone is not of this establishment, or a fact that was entered cannot be read.
    """
    known = Knowledge(at, person, {contact, *(member.contact for member in party)}, known_at=known_at)
    return known.case(Asked(contact, party, on, asked_on, about, before=before))


def _while_approved(listed: ListedRow | None) -> tuple[Dated, ...]:
    if listed is None or listed.status != APPROVED:
        return (Dated(False),)
    before = (Dated(False, until=listed.since),) if listed.since else ()
    after = (Dated(False, since=listed.until),) if listed.until else ()
    return (*before, Dated(True, since=listed.since, until=listed.until), *after)


def _minor(age: int | None) -> bool:
    return age is not None and age < ADULT_AGE


def _holds(since: date | None, until: date | None, on: date) -> bool:
    return (since is None or since <= on) and (until is None or on < until)


def _counts(used: Used, before: tuple[datetime, UUID] | None) -> bool:
    return before is None or (used.id != before[1] and (used.happened or (used.decided_at, used.id) < before))
