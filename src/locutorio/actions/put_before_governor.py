"""Puts calls that are owed, and were not made up by their day, before the governor, and tells both sides."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from locutorio.actions.authority import About, authorize
from locutorio.actions.deciding import local_day
from locutorio.actions.unplacing import due_on, tell_escalated
from locutorio.store import people, unplaced
from locutorio.store.identifiers import new_id
from locutorio.store.transaction import Answer, Sent, Transaction, answering, perform
from locutorio.store.unplaced import UnplacedRow


def put_before_governors(at: datetime) -> None:
    """Do it in every establishment; nothing is written where none is late.

    Raises:
        Fault: the database does not answer, or cannot write.
    """
    with answering():
        late = [one for one in people.establishments() if _late(one, at)]
    for establishment in late:
        put_before_governor(Sent(new_id(at), establishment, at))


def put_before_governor(sent: Sent) -> tuple[UUID, ...]:
    """Do it.

    Returns:
        those that stand before the governor from now on.
    """
    authorize(sent.by, "put_before_governor", About(sent.establishment))

    def work(tx: Transaction) -> Answer:
        late = _late(tx.establishment, tx.at)
        unplaced.put_before(tx, [one.id for one in late])
        for one in late:
            tell_escalated(tx, one)
        return {"escalated": [str(one.id) for one in late]}

    done = perform(sent.command("put_before_governor", {}), work)
    return tuple(map(UUID, done["escalated"]))


def _late(at: UUID, now: datetime) -> list[UnplacedRow]:
    house = people.establishment(at)
    today = local_day(house.zone, now)
    waiting = [one for one in unplaced.owed_here(at) if one.escalated_at is None]
    return [one for one in waiting if (due := due_on(one, house)) is not None and due < today]
