"""Gives up the holds that ran out, and offers their places to those who wait."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from locutorio.actions.authority import About, authorize
from locutorio.actions.offer_places import offer_places
from locutorio.store import bookings
from locutorio.store.identifiers import new_id
from locutorio.store.transaction import Answer, Sent, Transaction, answering, perform


def lapse_everywhere(at: datetime) -> None:
    """Give up the holds that ran out in every establishment; nothing is written where none did.

    Raises:
        Fault: the database does not answer, or cannot write.
    """
    with answering():
        late = bookings.holds_ran_out(at)
    for establishment in late:
        lapse_holds(Sent(new_id(at), establishment, at))


def lapse_holds(sent: Sent) -> tuple[UUID, ...]:
    """Give them up.

    Returns:
        the bookings that lapsed.
    """
    authorize(sent.by, "lapse_holds", About(sent.establishment))

    def work(tx: Transaction) -> Answer:
        return {"lapsed": [str(one) for one in bookings.lapse(tx)]}

    done = perform(sent.command("lapse_holds", {}), work)
    offer_places(sent)
    return tuple(map(UUID, done["lapsed"]))
