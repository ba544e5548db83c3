"""What the page of one person needs so that somebody can propose what takes two: whom it can be about."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from locutorio.actions.authority import About, Refused, may, reading
from locutorio.actions.list_contact import PRIVILEGED
from locutorio.facts.vocabulary import Text, vocabulary
from locutorio.store import people
from locutorio.store.actor import Actor

OF_PERSON = ("list_contact", "transfer_person", "release_person")


@dataclass(frozen=True, slots=True)
class ProposingShown:
    """A person, the acts that may be proposed of them, and the roles that make counsel.

    ``contacts`` are those on their list, for whoever may propose a change of it.
    """

    name: str
    acts: tuple[str, ...]
    contacts: tuple[tuple[UUID, str], ...]
    roles: tuple[tuple[str, Text], ...]


def proposing_shown(by: Actor, at: UUID, person: UUID) -> ProposingShown:
    """Give what somebody may propose of a person.

    Raises:
        Refused: there is no such person here, or they may propose nothing.
    """
    with reading(by, "propose", About(at, "person", person)):
        acts = tuple(act for act in OF_PERSON if may(by, act))
        if not acts:
            raise Refused
        lists = "list_contact" in acts
        found = people.contacts(at, [row.contact for row in people.listed_of(at, person)]) if lists else {}
        words = vocabulary().facts["contact.role"].values
        return ProposingShown(
            people.person(at, person).name,
            acts,
            tuple(sorted(((id_, row.name) for id_, row in found.items()), key=lambda one: one[1])),
            tuple((role, words[role]) for role in sorted(PRIVILEGED)),
        )
