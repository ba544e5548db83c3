"""Whether somebody may do an act to something: asked first by every action and every read of a door.

Whatever is refused is refused in the same words, after the same work: nobody learns from it whether there is
such a thing.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID, uuid5

from locutorio.actions import clock
from locutorio.actions.acts import Act, acts
from locutorio.actions.roles import STAFF, Role
from locutorio.actions.sign_in import PASSWORD
from locutorio.kernel.faults import Fault
from locutorio.store import accounts, factors
from locutorio.store.actor import PROGRAM, Actor
from locutorio.store.context import inside
from locutorio.store.identifiers import new_id
from locutorio.store.relations import Related, family, person_told_of, related
from locutorio.store.transaction import Sent, perform

OF_CONTACT = ("own", "told", "listed")
FRESH = timedelta(minutes=5)
SECOND = frozenset({factors.TOTP, factors.PASSKEY, factors.RECOVERY})


class Refused(Fault):
    """It is not there, or it is not theirs: which of them is told to nobody."""

    def __init__(self) -> None:
        super().__init__(
            "there is nothing here under that name that is yours",
            remedy="look at the list of what is yours",
        )


class PurposeNeeded(Fault):
    """What is protected is opened by staff who did not say why. ``person`` is whom it is about."""

    def __init__(self, person: UUID | None) -> None:
        super().__init__(
            "what is opened here is protected",
            why="whoever it is about can be told who read it, and why",
            remedy="say why you open it",
        )
        self.person = person


class NotFresh(Fault):
    """It is theirs to do, and they showed too long ago, or with too little, that it is really them."""

    def __init__(self, why: str = "it is done only within 5 minutes of showing that") -> None:
        super().__init__(
            "this needs you to show again that it is you",
            why=why,
            remedy="confirm that it is you, and send it again",
        )


@dataclass(frozen=True, slots=True)
class About:
    """What an act is about: the establishment ``at``, and in it a thing of a kind, where the act names one.

    ``party`` are the contacts whom the act brings along. ``as_staff``: it is done in the name of staff.
    """

    at: UUID
    kind: str = ""
    id: UUID | None = None
    party: Collection[UUID] = ()
    as_staff: bool = False


def authorize(actor: Actor, act: str, about: About, purpose: str = "", *, at: datetime | None = None) -> None:
    """Let an act be done, or refuse it. Where staff read what is protected, the reading becomes an entry.

    Args:
        actor: who acts; the program itself may do anything.
        act: its name in the table.
        about: to what.
        purpose: why; left out: what the actor said.
        at: the moment of the act; left out: now.

    Raises:
        Refused: it is not there, or not theirs. An entry tells of it, one a minute for an account and act.
        PurposeNeeded: it is theirs to read, and they did not say why.
        NotFresh: the act needs step-up, and they did not show within 5 minutes of the moment who they are.
        Fault: the entry of the reading cannot be written.
    """
    if actor == PROGRAM:
        return
    _allow(actor, act, about, purpose)
    if acts()[act].step_up and not _is_fresh(actor, at or clock.now()):
        raise NotFresh


def _allow(actor: Actor, act: str, about: About, purpose: str) -> None:
    rule = acts()[act]
    found = _found(actor, rule, about)
    if found is None:
        _note_refused(actor, act)
        raise Refused
    if rule.protected and "here" in _relations(actor, rule):
        _note_read(actor, rule, about, found, purpose or actor.purpose)


def may(actor: Actor, act: str) -> bool:
    """Tell whether somebody may do an act to something in their establishment at all."""
    return actor == PROGRAM or bool(_relations(actor, acts()[act]))


@contextmanager
def reading(actor: Actor, act: str, about: About, purpose: str = "") -> Iterator[None]:
    """Let something be read, as `authorize` does, and see the rows of that establishment alone.

    To look at what is needed for an act, nobody shows anew who they are.

    Raises:
        Refused, PurposeNeeded, Fault: as of `authorize`.
    """
    if actor != PROGRAM:
        _allow(actor, act, about, purpose)
    with inside(about.at):
        yield


def _is_fresh(actor: Actor, at: datetime) -> bool:
    shown = actor.authenticated_at
    return shown is not None and abs(at - shown) <= FRESH and _is_enough(actor)


def _is_enough(actor: Actor) -> bool:
    """Tell whether what somebody showed is all that they can: a password only where there is no more.

    A token and a PIN are never enough.
    """
    if actor.account is None or actor.factor != PASSWORD:
        return actor.factor in SECOND
    needed = any(
        seat.factor_needed and not seat.roles.isdisjoint(STAFF)
        for seat in accounts.seats_of(actor.account)
        if seat.establishment == actor.establishment
    )
    return not needed and not factors.kinds(actor.account)


def _relations(actor: Actor, rule: Act) -> frozenset[str]:
    return frozenset(rule.who[role] for role in actor.roles if role in rule.who)


def _found(actor: Actor, rule: Act, about: About) -> Related | None:
    """Give whom the thing is about, if it is theirs."""
    relations = _relations(actor, rule)
    if not relations or actor.establishment != about.at:
        return None
    if about.id is None or about.kind == "account":
        mine = "here" in relations or ("self" in relations and about.id in (None, actor.account))
        return Related(here=True) if mine else None
    with inside(about.at):
        found = related(about.at, about.kind, about.id)
        held = family(about.at, actor.contacts) if relations & {*OF_CONTACT} else frozenset[UUID]()
    holds = any(
        _holds(role, rule.who[role], actor, about, found, held) for role in actor.roles if role in rule.who
    )
    return found if found.here and holds else None


def _holds(
    role: str, relation: str, actor: Actor, about: About, found: Related, held: frozenset[UUID]
) -> bool:
    """Tell whether a role stands so to a thing that is here; ``held`` are those whom family acts for."""
    if relation == "here":
        return True
    if about.as_staff or not held.issuperset(about.party) or relation not in OF_CONTACT:
        return False
    if role == Role.PERSON:
        return relation != "listed" and found.person is not None and found.person == actor.person
    return bool(found.contacts & (frozenset(actor.contacts) if relation == "told" else held))


def _note_read(actor: Actor, rule: Act, about: About, found: Related, purpose: str) -> None:
    person = found.person
    if person is None and about.kind == "notice" and about.id is not None:
        person = person_told_of(about.at, about.id)
    if not purpose:
        raise PurposeNeeded(person)
    now = clock.now()
    said = {"purpose": purpose, "of": str(about.id)}
    sent = Sent(new_id(now), about.at, now, actor)
    perform(sent.command(rule.name, said, person=person), lambda _: {})


def _note_refused(actor: Actor, act: str) -> None:
    """Note that something was refused; nothing of what it was, and nothing that grows with how often."""
    if actor.account is None or actor.establishment is None:
        return
    minute = clock.now().replace(second=0, microsecond=0)
    sent = Sent(
        uuid5(actor.account, f"{actor.establishment} {act} {minute.isoformat()}"),
        actor.establishment,
        minute,
        actor,
    )
    with suppress(Fault):  # it stays refused where that cannot be written
        perform(sent.command("refuse_act", {"act": act}), lambda _: {})
