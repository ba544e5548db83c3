"""Two people confirm that a backup is put back into service, each with a code of their own, at the machine.

There are no pages yet on which they could. Who they are, and what their codes are, the backup itself says.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from locutorio.actions import clock
from locutorio.actions.acts import acts
from locutorio.actions.two_people import NotByTwo, refuse_where_two_can
from locutorio.store import accounts, factors, proposals
from locutorio.store.actor import PROGRAM
from locutorio.store.proposals import Holding

LIKE = "rotate_keys"
"""Whoever may change the log's keys, and whoever approves that, may put a log back."""


@dataclass(frozen=True, slots=True)
class Confirming:
    """Somebody at the machine: the name of their account, and a code of their app or a recovery code."""

    name: str
    code: str


Ask = Callable[[str], tuple[Confirming, Confirming] | None]
"""Asks two people about the establishment of a code; None where there is nobody to ask."""


def confirmed(establishment: UUID, code: str, ask: Ask, used: dict[UUID, str]) -> dict[str, Any]:
    """Ask two people, and say for the entry who they are.

    Args:
        establishment: which is put back.
        code: its code, as it is asked about.
        ask: who asks them.
        used: the code that each has shown already, which is shown once: for several establishments at once.

    Returns:
        both accounts with their holders; or that nobody here can, and the program did it alone.

    Raises:
        NotByTwo: two people could and did not, or these are not two who may.
    """
    try:
        refuse_where_two_can(LIKE, establishment, PROGRAM)
    except NotByTwo as needed:
        said = ask(code)
        if said is None:
            raise needed from None
    else:
        return {"alone": "nobody here could confirm it together with somebody else"}
    first, second = (_one(establishment, one, used) for one in said)
    rule = acts()[LIKE]
    may = (first.roles & set(rule.who) and second.roles & rule.approving) or (
        second.roles & set(rule.who) and first.roles & rule.approving
    )
    if not may or not first.one or first.one == second.one:
        raise NotByTwo(
            "one_person",
            "these are not two people who may put a backup back together",
            why="one keeps the keys and the other is a governor, and each is written down as who they are",
            remedy="nothing was put back: ask the two, and run the command again",
        )
    return {
        "two_people": [{"account": str(one.account), "holder": one.holder} for one in (first, second)],
    }


def _one(establishment: UUID, said: Confirming, used: dict[UUID, str]) -> Holding:
    """Give who somebody is who has shown a code that is right."""
    account, at = accounts.of_name(establishment, said.name), clock.now()
    found = proposals.holding(establishment, account) if account else None
    if account is None or found is None or not _shown(account, said.code, used):
        raise NotByTwo(
            "no_right",
            "this name and this code do not fit together, or may not do this here",
            remedy=f"nothing was put back: see that the clock is right ({at:%H:%M} UTC), and run it again",
        )
    return found


def _shown(account: UUID, code: str, used: dict[UUID, str]) -> bool:
    at = clock.now()
    if account not in used:
        if not (factors.use_totp(account, code, at) or factors.use_recovery_code(account, code, at)):
            return False
        used[account] = code
    return used[account] == code
