"""Every act that needs two people, by name: how it is shown, who proposes and approves it, how it is done."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from locutorio.actions import (
    add_factor,
    change_retention,
    change_rules,
    change_witnesses,
    end_hold,
    end_paper,
    end_privileged,
    enter_event,
    enter_paper,
    enter_privileged,
    give_role,
    list_contact,
    order_erasure,
    release_person,
    retire_keys,
    rotate_keys,
    rule_petition,
    transfer_person,
)
from locutorio.actions.two_people import Arguments, FourEyes, Shown, digest_of, lines_of
from locutorio.kernel.faults import Fault, suggestion

ACTS: Mapping[str, FourEyes] = {
    one.act: one
    for one in (
        enter_paper.FOUR_EYES,
        enter_event.FOUR_EYES,
        end_paper.FOUR_EYES,
        list_contact.FOUR_EYES,
        enter_privileged.FOUR_EYES,
        end_privileged.FOUR_EYES,
        change_rules.FOUR_EYES,
        give_role.FOUR_EYES,
        transfer_person.FOUR_EYES,
        release_person.FOUR_EYES,
        change_retention.FOUR_EYES,
        end_hold.FOUR_EYES,
        order_erasure.FOUR_EYES,
        change_witnesses.FOUR_EYES,
        rotate_keys.FOUR_EYES,
        retire_keys.FOUR_EYES,
        add_factor.FOUR_EYES,
        rule_petition.FOUR_EYES,
    )
}
ARGUMENT_LENGTH_MAX = 200_000


def of(act: str) -> FourEyes:
    """Give an act that needs two people.

    Raises:
        Fault: there is none of that name.
    """
    if act not in ACTS:
        raise Fault("this is no act that needs two people", remedy=suggestion(act, ACTS))
    return ACTS[act]


def shown(establishment: UUID, act: str, arguments: Arguments) -> tuple[Shown, list[dict[str, Any]], str]:
    """Give the statement of an act as it is now, its lines as they are kept, and their digest.

    Raises:
        Fault: it is no such act, or its arguments cannot be read or are not of this establishment.
    """
    kind = of(act)
    if arguments.keys() - kind.takes or any(len(one) > ARGUMENT_LENGTH_MAX for one in arguments.values()):
        raise Fault("this says more than the act takes", remedy="fill in the form of the page again")
    found = kind.shown(establishment, arguments)
    lines = lines_of(found)
    return found, lines, digest_of(establishment, act, arguments, lines)


def differing(
    before: Sequence[Mapping[str, Any]], now: Sequence[Mapping[str, Any]]
) -> list[Mapping[str, Any]]:
    """Give the lines that are other than they were, as they are now; those that are gone, as they were."""
    names = {line["name"] for line in now}
    return [line for line in now if line not in before] + [
        line for line in before if line["name"] not in names
    ]
