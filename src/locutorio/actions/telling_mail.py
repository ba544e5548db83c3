"""Tells the person, and the sender where that is somebody outside, what became of an item of mail."""

from __future__ import annotations

from collections.abc import Callable, Collection

from locutorio.actions.deciding import language
from locutorio.actions.deciding_mail import ITEM, MailDecision
from locutorio.decisions.decision import Decision
from locutorio.facts.vocabulary import vocabulary
from locutorio.notices import mail as letters
from locutorio.notices.audience import Reader
from locutorio.notices.letter import Letter
from locutorio.notices.mail import Item
from locutorio.store import notices
from locutorio.store.knowledge import Knowledge
from locutorio.store.mail import INCOMING, MailRow
from locutorio.store.transaction import Transaction

Compose = Callable[[Item, Reader, str], Letter]
READERS = (Reader.PERSON, Reader.CONTACT)


def stopped(tx: Transaction, one: MailRow, found: MailDecision) -> None:
    """Tell that the law does not let an item through."""
    naming = found.known.naming(one.contact)

    def compose(item: Item, reader: Reader, lang: str) -> Letter:
        return letters.stopped(item, reader, found.decision, naming if reader is Reader.CONTACT else (), lang)

    _tell(tx, found.known, one, letters.STOPPED, compose, READERS)


def rejected(tx: Transaction, known: Knowledge, one: MailRow, decision: Decision, paper: str) -> None:
    """Tell that an item was rejected: those whom the law says must be told, and nobody else."""
    kinds = (kind for kind in vocabulary().facts.values() if one.ground in kind.values)
    ground = next(kind.values[one.ground] for kind in kinds if kind.path.startswith("instrument."))

    def compose(item: Item, reader: Reader, lang: str) -> Letter:
        return letters.rejected(item, reader, decision, ground, one.why, paper, lang)

    owed = {reader for told in decision.notices for reader in told.to}
    readers = [reader for reader in READERS if reader.value in owed]
    _tell(tx, known, one, letters.REJECTED, compose, readers)


def appealed(tx: Transaction, known: Knowledge, one: MailRow) -> None:
    """Tell what became of an appeal."""

    def compose(item: Item, reader: Reader, lang: str) -> Letter:
        return letters.appealed(item, reader, one.appeal, one.appeal_why, lang)

    _tell(tx, known, one, letters.APPEAL, compose, READERS)


def _tell(
    tx: Transaction,
    known: Knowledge,
    one: MailRow,
    kind: str,
    compose: Compose,
    readers: Collection[Reader],
) -> None:
    """Tell some readers; of what goes out only the person, who sent it."""
    contact = known.contacts[one.contact]
    item = Item(
        establishment=known.establishment.name,
        person=known.person.name,
        contact=contact.name,
        direction=one.direction,
        kind=one.facts.get(ITEM, "letter"),
        on=one.on,
        reference=str(one.id)[-8:],
    )
    if Reader.PERSON in readers:
        letter = compose(item, Reader.PERSON, language(known.person.language))
        notices.keep(tx, kind=kind, letter=letter, person=one.person, mail=one.id)
    if Reader.CONTACT in readers and one.direction == INCOMING:
        letter = compose(item, Reader.CONTACT, language(contact.language))
        notices.keep(tx, kind=kind, letter=letter, contact=one.contact, mail=one.id)
