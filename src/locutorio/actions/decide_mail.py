"""Decides an item of mail again: with what was not known before, or because something changed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from uuid import UUID

from locutorio.actions import deciding_mail, telling_mail
from locutorio.actions.authority import About, authorize
from locutorio.actions.log_mail import MailLogged
from locutorio.actions.plain import as_plain
from locutorio.actions.replay import Replayed, changed, replay
from locutorio.kernel.faults import Fault
from locutorio.store import changes, mail
from locutorio.store.entered import read_entered
from locutorio.store.locks import hold_person
from locutorio.store.mail import MailRow
from locutorio.store.transaction import Answer, Sent, Transaction

_OF_PERSON, _OF_CONTACT = "person.", "contact."


@dataclass(frozen=True, slots=True)
class Knowing:
    """What is known now of an item, its person or its contact, each value as a case file writes it.

    What is said of the item holds for it alone; what is said of the person, or of the contact as regards the
    person, is entered as a fact, known from now on.
    """

    mail: UUID
    facts: Mapping[str, str] = field(default_factory=dict)


def decide_mail(what: Knowing, sent: Sent) -> MailLogged:
    """Say what was not known of an item, and decide it again, and with it what is booked of the person.

    Raises:
        Fault: the item does not wait any more, or what is said is no such fact or cannot be read.
    """
    authorize(sent.by, "decide_mail", About(sent.establishment, "mail", what.mail))
    person = mail.mail(sent.establishment, what.mail).person

    def work(tx: Transaction) -> Answer:
        one = held(tx, what.mail)
        of_item = {path: said for path, said in what.facts.items() if not _lasts(path)}
        deciding_mail.refuse_unsaid(of_item)
        replayed = _entered(tx, one, {path: said for path, said in what.facts.items() if _lasts(path)})
        one, found = deciding_mail.settled(tx, replace(one, facts={**one.facts, **of_item}))
        mail.change(tx, one)
        if one.standing == mail.STOPPED:
            telling_mail.stopped(tx, one, found)
        answer = {"mail": str(one.id), "outcome": one.outcome, "standing": one.standing}
        return {**answer, "replayed": as_plain(replayed)}

    done = changed(sent, "decide_mail", what, work, person=person)
    return MailLogged(UUID(done["mail"]), done["outcome"], done["standing"])


def held(tx: Transaction, id_: UUID, *standings: str) -> MailRow:
    """Hold the person of an item, and give the item as it stands.

    Args:
        tx: the change.
        id_: the item.
        standings: in which it may stand; left out: those in which it waits for something.

    Raises:
        Fault: there is no such item, or it stands elsewhere.
    """
    hold_person(tx, mail.mail(tx.establishment, id_).person)
    one = mail.mail(tx.establishment, id_)
    if one.standing not in (standings or mail.OPEN):
        raise Fault(
            f"this item of mail is {one.standing.replace('_', ' ')}: nothing was done",
            remedy="look at it again",
        )
    return one


def _lasts(path: str) -> bool:
    return path.startswith((_OF_PERSON, _OF_CONTACT)) and not deciding_mail.of_item(path)


def _entered(tx: Transaction, one: MailRow, facts: Mapping[str, str]) -> Replayed:
    for path, value in facts.items():
        read_entered(path, value)
        contact = one.contact if path.startswith(_OF_CONTACT) else None
        columns = {"path": path, "value": value, "person_id": one.person, "contact_id": contact}
        changes.add_fact(tx, {**columns, "source": f"item of mail {str(one.id)[-8:]}"})
    return replay(tx, [one.person]) if facts else Replayed()
