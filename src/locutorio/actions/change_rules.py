"""Lets an establishment go by another law, or a newer text of its own; what is booked is decided again."""

from __future__ import annotations

from locutorio.actions.open_establishment import refuse_unusable
from locutorio.actions.plain import as_plain
from locutorio.actions.replay import Touched, changed, replay, touched
from locutorio.store import people, replaying
from locutorio.store.locks import hold_establishment
from locutorio.store.transaction import Answer, Sent, Transaction


def change_rules(law: str, sent: Sent) -> Touched:
    """Go by the pack of this name, as it is now, and decide again all that is booked.

    Raises:
        Fault: there is no such law, or its safety is not proved.
    """

    def work(tx: Transaction) -> Answer:
        hold_establishment(tx)
        house = people.establishment(tx.establishment)
        refuse_unusable(law, "", house.zone)
        reached = replaying.persons_booked(tx.establishment, tx.at)
        people.change_establishment(tx, {"law": law})
        return {"replayed": as_plain(replay(tx, reached))}

    return touched(changed(sent, "change_rules", {"law": law}, work))
