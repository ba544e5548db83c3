"""Ends a paper: from a day on it does not hold any more. What is booked is decided again."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from locutorio.actions.plain import as_plain
from locutorio.actions.replay import Touched, changed, replay, touched
from locutorio.kernel.faults import Fault
from locutorio.store import changes
from locutorio.store.locks import hold_person
from locutorio.store.transaction import Answer, Sent, Transaction


def end_paper(paper: UUID, on: date, sent: Sent) -> Touched:
    """End a paper from a day on.

    Raises:
        Fault: there is no such paper here, or it has ended on another day.
    """
    row = changes.paper(sent.establishment, paper)

    def work(tx: Transaction) -> Answer:
        hold_person(tx, row.person)
        ended_on = changes.paper(tx.establishment, paper).ended_on
        if ended_on is not None and ended_on != on:
            raise Fault(
                f"this paper ended on {ended_on.isoformat()}",
                why="a paper ends once",
                remedy="enter a new paper if it holds again",
            )
        changes.end_paper(tx, paper, on)
        return {"replayed": as_plain(replay(tx, [row.person]))}

    arguments = {"paper": paper, "on": on}
    return touched(changed(sent, "end_paper", arguments, work, person=row.person))
