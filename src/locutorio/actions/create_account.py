"""Lets somebody sign in: an account with one role; and what changes it later."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from locutorio.actions.authority import About, authorize
from locutorio.actions.passwords import refuse_weak
from locutorio.actions.roles import FOR_CONTACT, STAFF, Role
from locutorio.actions.two_people import refuse_alone, refuse_where_two_can
from locutorio.kernel.faults import Fault
from locutorio.kernel.names import refuse_unclear
from locutorio.store import accounts
from locutorio.store.transaction import Answer, Sent, Transaction, perform

__all__ = ["FOR_CONTACT", "STAFF", "NewAccount", "Role", "create_account"]

NAME_LENGTH_MAX = 200


@dataclass(frozen=True, slots=True)
class NewAccount:
    """Who is to sign in: as family or counsel for ``contact``, as the ``person`` in custody, or as staff.

    Staff act for neither; ``holder`` says who holds an account of staff, as the establishment writes them.
    Without a password, the account waits for its holder to choose one with the code of a reset.
    """

    name: str
    password: str
    role: Role
    language: str = "en"
    contact: UUID | None = None
    person: UUID | None = None
    holder: str = ""


def create_account(new: NewAccount, sent: Sent) -> UUID:
    """Create an account; give its identifier. The password is kept only as a hash, and not in the record.

    Raises:
        NotByTwo: it is an account of staff, and somebody asks alone: see `give_role`.
        Fault: the name is taken or empty, the password is easy to guess, or the role lacks whom it acts for.
    """
    authorize(sent.by, "create_account", About(sent.establishment), at=sent.at)
    _refuse_unfit(new)
    if new.password:
        refuse_weak(new.password, [new.name, *accounts.own_words(sent.establishment)])
    if new.role in STAFF:
        refuse_alone("create_account", sent)
        refuse_where_two_can("give_role", sent.establishment, sent.by)
    password_hash = accounts.hashed(new.password)

    def work(tx: Transaction) -> Answer:
        made = accounts.make(tx, new.name, password_hash, new.language, new.holder.strip())
        if made is None:
            raise Fault(
                f'the name "{new.name}" is taken',
                why="each account signs in by a name of its own",
                remedy="choose another name",
            )
        tx.about = new.contact or new.person
        accounts.give_role(tx, made, new.role, contact=new.contact, person=new.person)
        return {"account": str(made)}

    arguments = {
        "name": new.name,
        "role": str(new.role),
        "language": new.language,
        "contact": str(new.contact) if new.contact else None,
        "person": str(new.person) if new.person else None,
        "holder": new.holder.strip(),
    }
    answer = perform(sent.command("create_account", arguments, person=new.person), work)
    return UUID(answer["account"])


def _refuse_unfit(new: NewAccount) -> None:
    if not 0 < len(new.name.strip()) <= NAME_LENGTH_MAX:
        raise Fault("the account has no name", remedy=f"give it a name of at most {NAME_LENGTH_MAX} letters")
    if len(new.holder) > NAME_LENGTH_MAX:
        raise Fault("the holder's name is too long", remedy=f"write at most {NAME_LENGTH_MAX} letters")
    for name in (new.name, new.holder):
        refuse_unclear(name, "the account's name or holder")
    for needed, whom, named in (
        (new.role in FOR_CONTACT, "contact", new.contact),
        (new.role is Role.PERSON, "person", new.person),
    ):
        if needed != (named is not None):
            raise Fault(
                f'an account with the role "{new.role}" {"needs a" if needed else "has no"} {whom}',
                remedy="family and counsel act for a contact, a person in custody for themselves, staff for "
                "nobody",
            )
