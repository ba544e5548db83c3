"""Opens a day or a session that was closed. What was withdrawn stays so: its people may book again."""

from __future__ import annotations

from uuid import UUID

from locutorio.actions.authority import About, authorize
from locutorio.actions.offer_places import offer_places
from locutorio.kernel.faults import Fault
from locutorio.store import changes
from locutorio.store.locks import hold_establishment
from locutorio.store.transaction import Answer, Sent, Transaction, perform


def lift_closure(closure: UUID, sent: Sent) -> None:
    """Open it again, and offer its places to those who wait.

    Raises:
        Fault: nothing is closed by that closure.
    """
    authorize(sent.by, "lift_closure", About(sent.establishment))

    def work(tx: Transaction) -> Answer:
        hold_establishment(tx)
        if not changes.lift_closure(tx, closure):
            raise Fault("nothing is closed by this closure", remedy="look at the list of closed days")
        return {}

    perform(sent.command("lift_closure", {"closure": str(closure)}), work)
    offer_places(sent)
