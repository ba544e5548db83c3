"""Gives an establishment another schedule. What is booked is looked at again: times, places, quotas, law."""

from __future__ import annotations

from locutorio.actions.authority import About, authorize
from locutorio.actions.deciding import read
from locutorio.actions.offering_again import offer_again
from locutorio.actions.open_establishment import refuse_unusable
from locutorio.actions.plain import as_plain
from locutorio.actions.replay import Replayed, Touched, changed, replay, touched
from locutorio.actions.separate import part_again
from locutorio.kernel.faults import Fault
from locutorio.store import people, replaying
from locutorio.store.locks import hold_establishment
from locutorio.store.transaction import Answer, Sent, Transaction


def change_schedule(schedule: str, sent: Sent) -> Touched:
    """Go by another schedule. What it has no time or place for is withdrawn, the latest booked first to go.

    Raises:
        Fault, Faults: it cannot be used, or it counts time in other steps while visits are booked.
    """
    authorize(sent.by, "change_schedule", About(sent.establishment), at=sent.at)

    def work(tx: Transaction) -> Answer:
        hold_establishment(tx)
        house = people.establishment(tx.establishment)
        refuse_unusable(house.law, schedule, house.zone)
        before, after = read(house.schedule), read(schedule)
        standing = replaying.standing(tx.establishment, tx.at)
        if before and after and standing and before.tick_minutes != after.tick_minutes:
            raise Fault(
                "the schedule counts time in other steps than the one before it",
                why="what is booked was kept apart in those steps",
                remedy=f"write tick_minutes: {before.tick_minutes}",
            )
        people.change_establishment(tx, {"schedule": schedule})
        done = Replayed()
        offer_again(tx, standing, before, after, done)
        if after is not None:
            replaying.change_slots(tx, after)
            part_again(tx, done)
        return {"replayed": as_plain(replay(tx, replaying.persons_booked(tx.establishment, tx.at), done))}

    return touched(changed(sent, "change_schedule", {"schedule": schedule}, work, frees=True))
