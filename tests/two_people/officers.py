"""Officers of the establishment under test, who propose and approve, and an order that one wants lifted."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import UUID

from locutorio.actions.approve_proposal import approve_proposal
from locutorio.actions.enter_paper import NewPaper, enter_paper
from locutorio.actions.propose import Proposing, preview, propose
from locutorio.store import proposals
from locutorio.store.actor import PROGRAM, Actor
from locutorio.store.identifiers import new_id
from locutorio.store.models import Account, Paper, Role
from locutorio.store.proposals import ProposalRow
from locutorio.store.transaction import Sent
from tests.establishment import FOUNDED, Oak

NOW = FOUNDED + timedelta(days=1)
SOON = NOW + timedelta(minutes=1)
ORDER = {"decider": "court", "signed_on": "2026-11-02", "later_order": "no"}
STAFF = (("sorrel", "visits", "17"), ("tansy", "governor", "18"), ("yarrow", "governor", "19"))


@dataclass
class Officers:
    """Accounts by name, each with the role it has, at one establishment."""

    oak: Oak
    roles: dict[str, str] = field(default_factory=dict)
    ids: dict[str, UUID] = field(default_factory=dict)

    def add(self, name: str, role: str, holder: str) -> UUID:
        """Make an account of staff."""
        id_ = new_id(FOUNDED)
        Account.objects.create(id=id_, name=name, password="!", holder=holder)
        Role.objects.create(id=new_id(FOUNDED), establishment_id=self.oak.id, account_id=id_, role=role)
        self.roles[name], self.ids[name] = role, id_
        return id_

    def by(self, name: str, at: datetime = NOW, *, factor: str = "passkey") -> Actor:
        """Give an officer who has just shown, at a moment, who they are."""
        return Actor(
            self.ids[name],
            frozenset({self.roles[name]}),
            factor=factor,
            authenticated_at=at,
            establishment=self.oak.id,
        )

    def sent(self, name: str, step: str, at: datetime = NOW, shown_at: datetime | None = None) -> Sent:
        """Give what a door says of a change of an officer."""
        return self.oak.sent(f"{name} {step}", at, self.by(name, shown_at or at))

    def proposed(
        self, arguments: dict[str, str], act: str = "end_paper", by: str = "sorrel", step: str = ""
    ) -> ProposalRow:
        """Propose an act, as its page does; give the proposal."""
        what = preview(PROGRAM, self.oak.id, act, arguments)
        said = Proposing(act, arguments, "the court lifted it", what.digest)
        return proposals.proposal(self.oak.id, propose(said, self.sent(by, f"proposes {act}{step}")))

    def approve(
        self, row: ProposalRow, by: str = "tansy", at: datetime = SOON, step: str = "approves"
    ) -> None:
        """Approve a proposal as its page does."""
        approve_proposal(row.id, row.digest, self.sent(by, f"{step} {row.id}", at))


def officers(oak: Oak) -> Officers:
    """Give an officer who proposes and two who approve."""
    made = Officers(oak)
    for name, role, number in STAFF:
        made.add(name, role, f"{name.title()}, staff {number}")
    return made


def order(oak: Oak, person: str = "rowan", contact: str = "alder") -> UUID:
    """Enter an order of a court that keeps a contact away; give it."""
    what = NewPaper(
        oak.people[person],
        "order_no_visits",
        oak.contacts[contact],
        ORDER,
        since=FOUNDED.date(),
        source="order 26-117",
    )
    return enter_paper(what, oak.sent(f"order {person} {contact}")).paper


def lifting(paper: UUID) -> dict[str, str]:
    """Give the arguments of lifting an order."""
    return {"paper": str(paper), "on": NOW.date().isoformat()}


def ended(paper: UUID) -> bool:
    """Tell whether an order was lifted."""
    return Paper.objects.get(id=paper).ended_on is not None
