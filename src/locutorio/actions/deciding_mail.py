"""Decides an item of mail, on what the establishment knows and what was said of the item."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from locutorio.actions import deciding
from locutorio.actions.case_text import case_text
from locutorio.actions.deciding import Contact, MemberDecision, language
from locutorio.decisions.decision import Decision, Outcome
from locutorio.facts.vocabulary import Value
from locutorio.kernel.faults import Fault, suggestion
from locutorio.notices.document import as_document
from locutorio.store import mail
from locutorio.store.entered import read_entered
from locutorio.store.knowledge import Knowledge, PartyMember
from locutorio.store.mail import MailRow
from locutorio.store.transaction import Transaction

ITEM, ELECTRONIC, MARKED = "letter.item", "letter.electronic", "letter.marked_special"
SHEETS, LANGUAGE = "letter.sheets", "request.language"
ROLE, OFFICE = "contact.role", "contact.public_office"
OF_ITEM = (ROLE, OFFICE, LANGUAGE)
"""Facts that are said of an item besides those of letters and of approvals."""
ELSEWHERE = ("letter.direction", "letter.logged", "letter.other_recipient_week", "letter.to_old_place")
"""Facts that follow from the log itself."""
SPECIAL, IN_PRESENCE, UNOPENED = "special_mail", "opened_in_presence", "sealed_unopened"


@dataclass(frozen=True, slots=True)
class MailDecision:
    """What was decided of an item, and on what."""

    known: Knowledge
    member: MemberDecision

    @property
    def decision(self) -> Decision:
        """The answer."""
        return self.member.decision

    @property
    def conditions(self) -> frozenset[str]:
        """The words of its conditions."""
        return frozenset(one.token for one in self.decision.conditions)


def of_item(path: str) -> bool:
    """Tell whether a fact is said of one item, and not of its person or contact."""
    return path not in ELSEWHERE and (path in OF_ITEM or path.startswith(("letter.", "approval.")))


def refuse_unsaid(facts: Mapping[str, str]) -> None:
    """Refuse what cannot be said of an item.

    Raises:
        Fault: it is no fact of an item, or its value cannot be read.
    """
    for path, value in facts.items():
        if not of_item(path):
            raise Fault(f"{path} is not said of an item of mail", remedy=suggestion(path, OF_ITEM))
        read_entered(path, value)


def decided(tx: Transaction, one: MailRow) -> MailDecision:
    """Decide whether an item may go through today, on what is known now.

    What was used is counted in the week of the day on which it came or was handed in.

    Raises:
        Fault: what is known contradicts itself, or the law has no text of that day.
    """
    known = deciding.knowledge(tx.establishment, one.person, [one.contact], known_at=tx.at)
    told_on = deciding.local_day(known.establishment.zone, tx.at)
    also = {one.contact: {**_following(tx, known, one, told_on), "clock.event_on": told_on}}
    party = (PartyMember(one.contact),)
    asked = Contact(party, told_on, told_on, deciding.LETTER, also=also)
    return MailDecision(known, deciding.decided(known, asked, told_on=told_on).members[0])


def settled(tx: Transaction, one: MailRow) -> tuple[MailRow, MailDecision]:
    """Give an item as it is decided now: stopped, where the law refuses it. The row is not written yet.

    The answer that is kept with it is in the contact's language.

    Raises:
        Fault: as `decided`.
    """
    found = decided(tx, one)
    now = replace(
        one,
        outcome=found.decision.outcome.value,
        special=SPECIAL in found.conditions,
        decided_at=tx.at,
        law=found.member.case.law,
        law_hash=found.decision.pack_hash,
        case=case_text(found.member.case),
        document=as_document(found.decision, language(found.known.contacts[one.contact].language)),
    )
    if found.decision.outcome is Outcome.REFUSE:
        now = replace(now, standing=mail.STOPPED, ended_at=tx.at, ended_by=tx.command.actor)
    return now, found


def _following(tx: Transaction, known: Knowledge, one: MailRow, today: date) -> dict[str, Value]:
    """Give what was said of an item, and what follows from the log."""
    said = {path: read_entered(path, value) for path, value in one.facts.items()}
    used = mail.used_before(tx.establishment, one, known.week_of(one.on))
    left = known.person.left_on
    found: dict[str, Value | None] = {
        **said,
        "letter.direction": one.direction,
        "letter.logged": True,
        "letter.other_recipient_week": bool(used.others),
        "letter.to_old_place": left is not None and left <= today,
        "use.letters_week": used.letters_out,
        "use.letters_received_week": used.letters_in,
        "use.messages_week": used.messages,
    }
    if known.is_listed(one.contact):
        found.pop(ROLE, None)
    return {path: value for path, value in found.items() if value is not None}
