"""Proposals: what somebody wants done that needs a second person, what they were shown, what became of it."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from locutorio.kernel.faults import Fault
from locutorio.store.context import within
from locutorio.store.models import Account, Proposal, Role
from locutorio.store.people import rows
from locutorio.store.transaction import Transaction

WAITING, APPROVED, REFUSED, WITHDRAWN = "waiting", "approved", "refused", "withdrawn"
RECENT_MAX = 50


@dataclass(frozen=True, slots=True)
class ProposalRow:
    """A proposal. ``lines`` is the statement that was shown, and ``digest`` binds it."""

    id: UUID
    act: str
    arguments: Mapping[str, str]
    lines: Sequence[Mapping[str, Any]]
    digest: str
    person: UUID | None
    why: str
    proposed_by: UUID
    proposed_factor: str
    proposed_at: datetime
    expires_at: datetime
    standing: str
    decided_by: UUID | None
    decided_factor: str
    decided_at: datetime | None
    ground: str


@dataclass(frozen=True, slots=True)
class Holding:
    """An account of staff as it is now: its sign-in name, who holds it, and what it may do here."""

    account: UUID
    name: str
    holder: str
    roles: frozenset[str]

    @property
    def one(self) -> str:
        """Tell one holder from another: without case, width or spaces that only look different."""
        return " ".join(unicodedata.normalize("NFKC", self.holder).casefold().split())


@within
def holding(at: UUID, account: UUID) -> Holding | None:
    """Give an account as it is now; None where it was stopped or may do nothing here."""
    found = Account.objects.filter(id=account, stopped_at=None, roles__establishment=at)
    kept = found.values_list("name", "holder").first()
    roles = frozenset(Role.objects.filter(establishment=at, account=account).values_list("role", flat=True))
    return Holding(account, *kept, roles) if kept and roles else None


@within
def holders(at: UUID, roles: frozenset[str]) -> list[Holding]:
    """Give the accounts that have any of some roles here, and of which it is known who holds them."""
    found = Role.objects.filter(establishment=at, role__in=[*roles], account__stopped_at=None)
    mine = [holding(at, id_) for id_ in sorted({*found.values_list("account", flat=True)})]
    return [one for one in mine if one is not None and one.one]


@within
def names_of(at: UUID, accounts: Sequence[UUID]) -> dict[UUID, str]:
    """Give who holds each of some accounts of an establishment, or else its sign-in name."""
    found = Account.objects.filter(id__in=accounts, roles__establishment=at).values_list(
        "id", "holder", "name"
    )
    return {id_: holder or name for id_, holder, name in found}


def add(tx: Transaction, columns: Mapping[str, Any]) -> UUID:
    """Add a proposal that waits, made now."""
    id_ = tx.new_id()
    Proposal.objects.create(
        id=id_, establishment_id=tx.establishment, proposed_at=tx.at, standing=WAITING, **columns
    )
    return id_


@within
def proposal(at: UUID, id_: UUID) -> ProposalRow:
    """Give a proposal.

    Raises:
        Fault: there is none of that identifier here.
    """
    found = rows(ProposalRow, Proposal.objects.filter(establishment=at, id=id_))
    if not found:
        raise Fault("there is no such proposal here", remedy="look at the list of proposals")
    return found[0]


@within
def waiting(at: UUID, moment: datetime) -> list[ProposalRow]:
    """Give the proposals that can be approved at a moment, in the order in which they were made."""
    found = Proposal.objects.filter(establishment=at, standing=WAITING, expires_at__gt=moment)
    return rows(ProposalRow, found.order_by("proposed_at", "id"))


@within
def recent(at: UUID, moment: datetime) -> list[ProposalRow]:
    """Give the last proposals of which something became, or which nobody approved in time, latest first."""
    over = Proposal.objects.filter(establishment=at).exclude(standing=WAITING, expires_at__gt=moment)
    return rows(ProposalRow, over.order_by("-proposed_at", "-id")[:RECENT_MAX])


def settle(
    tx: Transaction, id_: UUID, standing: str, by: UUID, *, factor: str = "", ground: str = ""
) -> bool:
    """Say what became of a proposal that waits; tell whether it waited until now.

    Whoever comes at the same moment waits here, and then finds that it does not wait any more.
    """
    found = Proposal.objects.filter(establishment=tx.establishment, id=id_, standing=WAITING)
    columns = {"decided_by": by, "decided_factor": factor, "decided_at": tx.at, "ground": ground}
    return bool(found.update(standing=standing, **columns))
