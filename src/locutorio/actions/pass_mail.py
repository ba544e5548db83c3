"""Lets an item of mail through, sends it on or gives it back; how it was opened, when and by whom is kept."""

from __future__ import annotations

from dataclasses import dataclass, replace
from uuid import UUID

from locutorio.actions import deciding_mail, telling_mail
from locutorio.actions.authority import About, authorize
from locutorio.actions.decide_mail import held
from locutorio.actions.deciding_mail import IN_PRESENCE, UNOPENED, MailDecision
from locutorio.actions.log_mail import MailLogged
from locutorio.actions.plain import as_plain
from locutorio.decisions.decision import Outcome
from locutorio.kernel.faults import Fault, suggestion
from locutorio.store import mail, notices
from locutorio.store.mail import MailRow
from locutorio.store.transaction import Answer, Sent, Transaction, perform

LETS, ON, BACK = "through", "on", "back"
WAYS = (LETS, ON, BACK)
"""Handed to the person or sent out; sent on to where the person is now; given back to the sender."""
NOT_OPENED, BEFORE_THEM, INSPECTED, READ = "not_opened", "before_the_person", "inspected", "read"
OPENINGS = (NOT_OPENED, BEFORE_THEM, INSPECTED, READ)
_READABLE = "may_be_read"


@dataclass(frozen=True, slots=True)
class Passing:
    """What is done with an item, and how it was opened before."""

    mail: UUID
    way: str
    opened: str = NOT_OPENED


def pass_mail(what: Passing, sent: Sent) -> MailLogged:
    """Let an item through if the law still does, send it on, or give it back.

    What goes through is decided again first. If something changed so that the law now refuses it, it is
    stopped, and the person and a sender are told.

    Raises:
        Fault: it does not wait any more, the law has no answer yet, or it was opened as it may not be.
    """
    authorize(sent.by, "pass_mail", About(sent.establishment, "mail", what.mail))
    for said, known in ((what.way, WAYS), (what.opened, OPENINGS)):
        if said not in known:
            raise Fault(f'"{said}" is nothing that is done with mail', remedy=suggestion(said, known))

    def work(tx: Transaction) -> Answer:
        one = held(tx, what.mail, mail.WAITING, *([mail.STOPPED, mail.REJECTED] if what.way == BACK else []))
        if what.way == BACK:
            _refuse_kept(tx, one)
            one = replace(one, standing=mail.GIVEN_BACK)
        else:
            one = _passed(tx, one, what)
        mail.change(tx, replace(one, opened=what.opened, ended_at=tx.at, ended_by=tx.command.actor))
        return {"mail": str(one.id), "outcome": one.outcome, "standing": one.standing}

    person = mail.mail(sent.establishment, what.mail).person
    done = perform(sent.command("pass_mail", as_plain(what), person=person), work)
    return MailLogged(UUID(done["mail"]), done["outcome"], done["standing"])


def _refuse_kept(tx: Transaction, one: MailRow) -> None:
    """Refuse to give back what was rejected and told to nobody: whoever sent it would learn of it."""
    if one.standing == mail.REJECTED and not notices.notices_about_mail(tx.establishment, one.id):
        raise Fault(
            "this item does not go back",
            why="it was rejected on a ground of which the law tells neither side",
            remedy="pass it to the police, as the law says",
        )


def _passed(tx: Transaction, one: MailRow, what: Passing) -> MailRow:
    """Give an item that goes through or on, if it may; else it is stopped, and that is told."""
    one, found = deciding_mail.settled(tx, one)
    if one.standing == mail.STOPPED:
        telling_mail.stopped(tx, one, found)
        return one
    if found.decision.outcome is not Outcome.PERMIT:
        raise Fault(
            f"the law has no answer yet for this item: {found.decision.outcome.value}",
            why="a fact or somebody's yes is missing, or a person must decide",
            remedy="look at the item: it says what is missing, and who can give it",
        )
    _refuse_opening(one, found, what.opened)
    if what.way == ON:
        return replace(one, standing=mail.SENT_ON)
    return replace(one, standing=mail.HANDED_OVER if one.direction == mail.INCOMING else mail.SENT_OUT)


def _refuse_opening(one: MailRow, found: MailDecision, opened: str) -> None:
    """Refuse what is opened or read in a way that its conditions do not allow."""
    before_them = IN_PRESENCE in found.conditions and opened not in (NOT_OPENED, BEFORE_THEM)
    untouched = UNOPENED in found.conditions and opened != NOT_OPENED
    read = opened == READ and (one.special or _READABLE not in found.conditions)
    if before_them or untouched or read:
        raise Fault(
            "it was opened in a way that the law does not allow",
            why="it is special mail" if one.special else "the law does not say that it may be read",
            remedy="write how it was opened; if it was opened so, tell the person and the governor",
        )
