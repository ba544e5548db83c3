"""Closes a day, or one session of a day. What is booked then is withdrawn, with other times to choose."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from locutorio.actions.at_gate import schedule_here
from locutorio.actions.authority import About, authorize
from locutorio.actions.plain import as_plain
from locutorio.actions.replay import (
    Replayed,
    Touched,
    by_the_house,
    changed,
    known_by_person,
    note,
    same,
    touched,
)
from locutorio.kernel.faults import Fault, suggestion
from locutorio.notices.withdrawn import CLOSED
from locutorio.store import changes, replaying
from locutorio.store.locks import hold_establishment
from locutorio.store.transaction import Answer, Sent, Transaction


@dataclass(frozen=True, slots=True)
class Closing:
    """A day, and a session of it, empty for the whole day. Everyone whose visit it was is told the reason."""

    on: date
    reason: str
    session: str = ""


@dataclass(frozen=True, slots=True)
class Closed:
    """The closure, and what it did to what was booked."""

    closure: UUID
    touched: Touched


def close_date(what: Closing, sent: Sent) -> Closed:
    """Close it. This refuses nobody: each is told the reason and when there was a place instead.

    Raises:
        Fault: no reason is given, or the schedule has no such session.
    """
    authorize(sent.by, "close_date", About(sent.establishment))
    if not what.reason.strip():
        raise Fault("a closure needs a reason", why="everyone whose visit is withdrawn is told it")
    done = changed(sent, "close_date", what, lambda tx: _work(what, tx))
    return Closed(UUID(done["closure"]), touched(done))


def _work(what: Closing, tx: Transaction) -> Answer:
    hold_establishment(tx)
    schedule = schedule_here(tx.establishment)
    sessions = [one.code for one in schedule.sessions] if schedule else []
    if what.session and what.session not in sessions:
        raise Fault(
            f'the schedule has no session "{what.session}"', remedy=suggestion(what.session, sessions)
        )
    closure = changes.add_closure(tx, as_plain(what))
    standing = replaying.standing(tx.establishment, tx.at, on=what.on, session=what.session)
    known, done = known_by_person(tx, standing), Replayed()
    for one in standing:
        done.looked_at += 1
        by_the_house(tx, known[one.person], one, CLOSED, done, ground=same(what.reason))
    note(tx, done)
    return {"closure": str(closure), "replayed": as_plain(done)}
