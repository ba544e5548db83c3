"""Logs an item of mail that came in or was handed in, and decides it. What the law stops is told to both."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from locutorio.actions import deciding_mail, telling_mail
from locutorio.actions.authority import About, authorize
from locutorio.actions.deciding import LETTER, local_day
from locutorio.actions.plain import as_plain
from locutorio.facts.vocabulary import LANGUAGES
from locutorio.kernel.faults import Fault, suggestion
from locutorio.kernel.names import refuse_unclear
from locutorio.store import mail, people
from locutorio.store.locks import hold_person
from locutorio.store.mail import MailRow
from locutorio.store.transaction import Sent, Transaction, perform

DIRECTIONS = (mail.INCOMING, mail.OUTGOING)
_PLAIN = {deciding_mail.ITEM: LETTER, deciding_mail.ELECTRONIC: "no", deciding_mail.MARKED: "no"}


@dataclass(frozen=True, slots=True)
class Somebody:
    """Somebody outside who is not registered here, or an office: as the envelope names them."""

    surname: str
    forenames: str = ""
    language: str = "en"


@dataclass(frozen=True, slots=True)
class NewMail:
    """An item of mail: whose, which way, with whom, on which day it came or was handed in.

    ``contact`` is somebody registered, or ``new`` somebody who is not and then is. ``facts`` holds what is
    said of the item, each value as a case file writes it: its kind, sheets, mark, language, public office,
    and the role of a contact who is on no list.
    """

    person: UUID
    direction: str
    on: date
    contact: UUID | None = None
    new: Somebody | None = None
    facts: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class MailLogged:
    """The item, what was decided of it, and where it stands: waiting, or stopped."""

    mail: UUID
    outcome: str
    standing: str


def log_mail(what: NewMail, sent: Sent) -> MailLogged:
    """Log an item and decide it. Where the law does not let it through, the person and a sender are told.

    Raises:
        Fault: it is not said with whom, the day is to come, or something that is said cannot be read.
    """
    authorize(sent.by, "log_mail", About(sent.establishment, "person", what.person))
    _refuse_unusable(what)
    done = perform(sent.command("log_mail", as_plain(what), person=what.person), lambda tx: _work(what, tx))
    return MailLogged(UUID(done["mail"]), done["outcome"], done["standing"])


def _work(what: NewMail, tx: Transaction) -> dict[str, Any]:
    hold_person(tx, what.person)
    today = local_day(people.establishment(tx.establishment).zone, tx.at)
    if what.on > today:
        raise Fault(f"the day {what.on.isoformat()} is to come", remedy="write the day on which it came")
    one = MailRow(
        id=tx.new_id(),
        person=what.person,
        contact=_contact(what, tx),
        direction=what.direction,
        on=what.on,
        logged_at=tx.at,
        facts={**_PLAIN, **what.facts},
        decided_at=tx.at,
    )
    one, found = deciding_mail.settled(tx, one)
    mail.keep(tx, one)
    if one.standing == mail.STOPPED:
        telling_mail.stopped(tx, one, found)
    return {"mail": str(one.id), "outcome": one.outcome, "standing": one.standing}


def _contact(what: NewMail, tx: Transaction) -> UUID:
    if what.contact is not None:
        return people.contact(tx.establishment, what.contact).id
    assert what.new is not None, "refused before"
    id_ = tx.new_id()
    people.keep_contact(tx, id_, as_plain(what.new))
    return id_


def _refuse_unusable(what: NewMail) -> None:
    if what.direction not in DIRECTIONS:
        raise Fault(
            f'"{what.direction}" is no way that mail goes', remedy=suggestion(what.direction, DIRECTIONS)
        )
    if (what.contact is None) == (what.new is None):
        raise Fault(
            "it is not said with whom outside", remedy="choose a contact, or write the name on the envelope"
        )
    if what.new is not None:
        if not what.new.surname.strip():
            raise Fault("the name on the envelope is empty", remedy="write who it is from or to")
        if what.new.language not in LANGUAGES:
            raise Fault(
                f'"{what.new.language}" is no language of notices',
                remedy=suggestion(what.new.language, LANGUAGES),
            )
        for name in (what.new.surname, what.new.forenames):
            refuse_unclear(name, "the name on the envelope")
    deciding_mail.refuse_unsaid(what.facts)
