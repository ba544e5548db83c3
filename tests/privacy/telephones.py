"""Plants calls: whom somebody calls where staff may listen, and where nobody may."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from locutorio.arrangements.call_course import ANSWERED, UNDER_WAY
from locutorio.store import calls
from locutorio.store.calls import CallRow
from locutorio.store.identifiers import new_id
from locutorio.store.transaction import Answer, Transaction, perform

if TYPE_CHECKING:
    from tests.privacy.planting import Step, World

DAY_OVER = datetime(2026, 11, 10, 20, 30, tzinfo=UTC)


def plant(world: World, step: Step) -> None:
    """Keep a call of the day on the plane that the kind says, under way or over."""
    number, begun = f"+1900{next(world.number):07}", DAY_OVER - timedelta(minutes=next(world.number))
    live = not calls.under_way_of(world.oak.id, world.oak.people[step.person])
    row = CallRow(
        new_id(begun),
        begun,
        number,
        UNDER_WAY if live else ANSWERED,
        world.oak.people[step.person],
        world.oak.contacts[step.contact],
        answered_at=begun,
        ended_at=None if live else DAY_OVER,
        plane=calls.PRIVATE if step.kind == "private_call" else calls.MONITORED,
        by=calls.POINT,
    )

    def work(tx: Transaction) -> Answer:
        calls.keep(tx, row)
        return {}

    perform(world.sent().command("authorize_call", {"number": number}, person=row.person), work)
    world.keep(step, (number,))
