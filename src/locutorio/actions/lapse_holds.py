"""Gives up the holds that ran out, and offers their places to those who wait."""

from __future__ import annotations

from uuid import UUID

from locutorio.actions.offer_places import offer_places
from locutorio.store import bookings
from locutorio.store.transaction import Answer, Sent, Transaction, perform


def lapse_holds(sent: Sent) -> tuple[UUID, ...]:
    """Give them up.

    Returns:
        the bookings that lapsed.
    """

    def work(tx: Transaction) -> Answer:
        return {"lapsed": [str(one) for one in bookings.lapse(tx)]}

    done = perform(sent.command("lapse_holds", {}), work)
    offer_places(sent)
    return tuple(map(UUID, done["lapsed"]))
