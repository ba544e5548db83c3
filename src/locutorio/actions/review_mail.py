"""Gives an item of mail to somebody who reads or translates it, and takes it back; never special mail."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from locutorio.actions.authority import About, authorize
from locutorio.actions.decide_mail import held
from locutorio.actions.deciding import local_day
from locutorio.actions.plain import as_plain
from locutorio.kernel.faults import Fault
from locutorio.store import mail, people
from locutorio.store.transaction import Answer, Sent, Transaction, perform

OFFICE_MAX = 200


@dataclass(frozen=True, slots=True)
class Reviewing:
    """An item that goes to an office to be read or translated, from a day on."""

    mail: UUID
    office: str
    since: date


@dataclass(frozen=True, slots=True)
class Returning:
    """An item that came back from there, on a day."""

    mail: UUID
    on: date


def review_mail(what: Reviewing, sent: Sent) -> None:
    """Give an item to be read or translated.

    Raises:
        Fault: it is special mail, is there already, or the office or the day cannot be.
    """
    authorize(sent.by, "review_mail", About(sent.establishment, "mail", what.mail))
    if not what.office.strip() or len(what.office) > OFFICE_MAX:
        raise Fault("it is not said to whom it goes", remedy=f"write it in up to {OFFICE_MAX} characters")

    def work(tx: Transaction) -> Answer:
        one = held(tx, what.mail, mail.WAITING)
        if one.special:
            raise Fault(
                "this is special mail, which nobody reads",
                why="it goes between the person and a lawyer, a consulate, a court or a public office",
                remedy="hand it over as its conditions say",
            )
        _refuse_day(tx, what.since, one.on)
        away = replace(one, standing=mail.IN_REVIEW, reviewed_by=what.office.strip())
        mail.change(tx, replace(away, review_since=what.since, review_until=None))
        return {}

    person = mail.mail(sent.establishment, what.mail).person
    perform(sent.command("review_mail", as_plain(what), person=person), work)


def end_review(what: Returning, sent: Sent) -> None:
    """Take an item back.

    Raises:
        Fault: it is not away, or the day cannot be.
    """
    authorize(sent.by, "end_review", About(sent.establishment, "mail", what.mail))

    def work(tx: Transaction) -> Answer:
        one = held(tx, what.mail, mail.IN_REVIEW)
        assert one.review_since is not None
        _refuse_day(tx, what.on, one.review_since)
        mail.change(tx, replace(one, standing=mail.WAITING, review_until=what.on))
        return {}

    person = mail.mail(sent.establishment, what.mail).person
    perform(sent.command("end_review", as_plain(what), person=person), work)


def _refuse_day(tx: Transaction, on: date, first: date) -> None:
    today = local_day(people.establishment(tx.establishment).zone, tx.at)
    if not first <= on <= today:
        raise Fault(
            f"it cannot be on {on.isoformat()}",
            why=f"the item was here from {first.isoformat()}, and today is {today.isoformat()}",
            remedy="check the day",
        )
