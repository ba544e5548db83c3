"""Tells of a paper that takes effect, or stops to: the person, and each contact whom it affects."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from datetime import date, timedelta
from uuid import UUID

from locutorio.actions import answer, deciding
from locutorio.actions.deciding import Contact, MemberDecision, language
from locutorio.facts.case import Case
from locutorio.facts.snapshot import Question
from locutorio.kernel.faults import Fault
from locutorio.notices import ordered
from locutorio.rules.provision import Pack
from locutorio.store import notices, people
from locutorio.store.entered import PaperRow, case_paper
from locutorio.store.knowledge import Knowledge, PartyMember
from locutorio.store.people import APPROVED
from locutorio.store.transaction import Transaction

KINDS_OF_CONTACT = ("visit", "call")
_SATURDAY, _WEEK = 5, 7
Asked = tuple[UUID, str, date]


class Telling:
    """What each contact of a person may do before a paper changes it, and the notices of what is other then.

    What stood before is read when it is made, so it is made before the paper is written.
    """

    def __init__(self, tx: Transaction, person: UUID, contacts: Collection[UUID], first: date) -> None:
        """Decide what is asked of each contact alone, as long as nothing is changed.

        Args:
            tx: the change, which holds the person.
            person: in custody.
            contacts: whom the paper can reach; empty for everybody who is approved.
            first: the first day on which something can be other.
        """
        self._tx, self._person, self._first = tx, person, first
        mine = (row.contact for row in people.listed_of(tx.establishment, person) if row.status == APPROVED)
        self._contacts = sorted({*(contacts or mine)})
        self._before = dict(self._permitted(self._known()))

    def tell(self, row: PaperRow, law: Pack) -> None:
        """Write the notices: each contact of themselves, the person of the paper, each reason once."""
        known = self._known()
        found = [*self._different(known)]
        rests = {one.contact for one in found if _rests_on(one, row)}
        if row.contact not in rests:
            found += self._named(known, row)
        paper = ordered.Paper(
            known.establishment.name,
            known.person.name,
            law.forms[row.form].title,
            row.cited,
            row.holds_from,
            row.holds_until,
            row.awaits if row.waits else "",
            row.ended_how,
        )
        naming = frozenset({row.name})
        for member in found:
            contact = known.contacts[member.contact]
            mine = naming if row.contact == member.contact else frozenset[str]()
            letter = ordered.to_contact(paper, member.decision, mine, language(contact.language))
            notices.keep(self._tx, kind=ordered.KIND, letter=letter, contact=member.contact)
        lang = language(known.person.language)
        for members in _by_reasons(found):
            names = tuple(dict.fromkeys(known.contacts[one.contact].name for one in members))
            letter = ordered.to_person(paper, members[0].decision, names, lang)
            notices.keep(self._tx, kind=ordered.KIND, letter=letter, person=self._person)
        if not found:
            letter = ordered.by_itself(paper, self._alone(row, law), lang)
            notices.keep(self._tx, kind=ordered.KIND, letter=letter, person=self._person)

    def _known(self) -> Knowledge:
        return deciding.knowledge(self._tx.establishment, self._person, self._contacts, known_at=self._tx.at)

    def _asked(self, known: Knowledge) -> Iterator[tuple[Asked, Contact]]:
        today = deciding.local_day(known.establishment.zone, self._tx.at)
        left = known.person.left_on
        days = [on for on in _days(self._first) if left is None or on < left]
        for contact in self._contacts:
            for about in KINDS_OF_CONTACT:
                for on in days:
                    asked = Contact((PartyMember(contact),), on, min(today, on), about)
                    yield (contact, about, on), asked

    def _permitted(self, known: Knowledge) -> Iterator[tuple[Asked, str | None]]:
        """Give the conditions on which each is permitted, None where it is not; nothing if none can say."""
        for key, asked in self._asked(known):
            try:
                yield key, deciding.permitted(known, asked)
            except Fault:
                continue

    def _different(self, known: Knowledge) -> Iterator[MemberDecision]:
        """Decide in full what is other now: of a contact and a kind of contact, the first such day."""
        told = set()
        today = deciding.local_day(known.establishment.zone, self._tx.at)
        after = dict(self._permitted(known))
        for key, asked in self._asked(known):
            contact, about, _ = key
            if (contact, about) in told or self._before.get(key) == after.get(key):
                continue
            told.add((contact, about))
            yield deciding.decided(known, asked, told_on=today).members[0]

    def _named(self, known: Knowledge, row: PaperRow) -> Iterator[MemberDecision]:
        """Decide of the contact whom a paper names, where the answer rests on it as before."""
        today = deciding.local_day(known.establishment.zone, self._tx.at)
        for (contact, _, _), asked in self._asked(known):
            if contact != row.contact or deciding.permitted(known, asked) is not None:
                continue
            (member,) = deciding.decided(known, asked, told_on=today).members
            if _rests_on(member, row):
                yield member
                return

    def _alone(self, row: PaperRow, law: Pack) -> ordered.Decision | None:
        """Judge the paper itself; nothing of one that waits for an event."""
        if row.waits:
            return None
        question = Question("instrument", self._first, subject=row.name)
        return answer.answer(Case(law.name, question, {}, (case_paper(row),), None))


def _rests_on(one: MemberDecision, row: PaperRow) -> bool:
    """Tell whether a reason of what was decided is a paper."""
    return row.name in {reason.instrument for reason in one.decision.reasons}


def _days(first: date) -> tuple[date, date]:
    """Give the first day that is none of a weekend, and the first Saturday: rules differ between them."""
    days = [first + timedelta(days=ahead) for ahead in range(_WEEK)]
    weekday = next(one for one in days if one.weekday() < _SATURDAY)
    return weekday, next(one for one in days if one.weekday() == _SATURDAY)


def _by_reasons(found: Collection[MemberDecision]) -> Collection[list[MemberDecision]]:
    """Give those whose answer rests on the same, together."""
    by: Mapping[object, list[MemberDecision]]
    by = {}
    for one in found:
        reasons = tuple((each.provision, each.instrument) for each in one.decision.reasons)
        terms = tuple(sorted(each.token for each in one.decision.conditions))
        by.setdefault((one.decision.about, one.decision.outcome, reasons, terms), []).append(one)
    return by.values()
