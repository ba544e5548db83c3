"""Whether somebody may do an act to something: asked first by every action and every read of a door.

Whatever is refused is refused in the same words, after the same work: nobody learns from it whether there is
such a thing.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from uuid import UUID, uuid5

from locutorio.actions import clock
from locutorio.actions.acts import Act, acts
from locutorio.actions.roles import Role
from locutorio.kernel.faults import Fault
from locutorio.store.actor import PROGRAM, Actor
from locutorio.store.context import inside
from locutorio.store.identifiers import new_id
from locutorio.store.relations import Related, family, person_told_of, related
from locutorio.store.transaction import Sent, perform

OF_CONTACT = ("own", "told", "listed")


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


def authorize(actor: Actor, act: str, about: About, purpose: str = "") -> None:
    """Let an act be done, or refuse it. Where staff read what is protected, the reading becomes an entry.

    Args:
        actor: who acts; the program itself may do anything.
        act: its name in the table.
        about: to what.
        purpose: why; left out: what the actor said.

    Raises:
        Refused: it is not there, or not theirs. An entry tells of it, one a minute for an account and act.
        PurposeNeeded: it is theirs to read, and they did not say why.
        Fault: the entry of the reading cannot be written.
    """
    if actor == PROGRAM:
        return
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

    Raises:
        Refused, PurposeNeeded, Fault: as of `authorize`.
    """
    authorize(actor, act, about, purpose)
    with inside(about.at):
        yield


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
