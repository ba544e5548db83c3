"""Keeps people apart, or ends that. Of two visits that would bring them together, the later is withdrawn."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import combinations
from typing import Any
from uuid import UUID

from locutorio.actions.authority import About, authorize
from locutorio.actions.plain import as_plain
from locutorio.actions.replay import Replayed, Touched, by_the_house, changed, known_by_person, note, touched
from locutorio.kernel.faults import Fault, suggestion
from locutorio.notices.withdrawn import APART
from locutorio.store import changes, people, replaying
from locutorio.store.locks import hold_person
from locutorio.store.replaying import Standing
from locutorio.store.transaction import Answer, Sent, Transaction, perform

AT_ONCE, DAY = "at_once", "day"


@dataclass(frozen=True, slots=True)
class Apart:
    """Two people held, or a person and a contact, who must not meet at once or on one day.

    It holds from ``since`` up to, not including, ``until``. It is never told to anybody.
    """

    person: UUID
    other_person: UUID | None = None
    contact: UUID | None = None
    scope: str = AT_ONCE
    since: date | None = None
    until: date | None = None
    source: str = ""


@dataclass(frozen=True, slots=True)
class Separated:
    """The separation, and what it did to what was booked."""

    separation: UUID
    touched: Touched


def separate(what: Apart, sent: Sent) -> Separated:
    """Keep people apart. Whose visit is withdrawn is offered other times, and not told of the separation.

    Raises:
        Fault: not exactly one other is named, or the scope is none.
    """
    authorize(sent.by, "separate", About(sent.establishment, "person", what.person))
    if (what.other_person is None) == (what.contact is None) or what.other_person == what.person:
        raise Fault("a separation is of two", remedy="name one other person, or one contact")
    if what.scope not in {AT_ONCE, DAY}:
        raise Fault(f'"{what.scope}" is no scope', remedy=suggestion(what.scope, [AT_ONCE, DAY]))
    done = changed(sent, "separate", what, lambda tx: keep_apart(what, tx), person=what.person)
    return Separated(UUID(done["separation"]), touched(done))


def end_separation(separation: UUID, on: date, sent: Sent) -> None:
    """Let people meet again from a day on.

    Raises:
        Fault: there is no such separation here, or it ends before that day.
    """
    authorize(sent.by, "end_separation", About(sent.establishment))

    def work(tx: Transaction) -> Answer:
        ends = changes.end_separation(tx, separation, on)
        if ends != on:
            raise Fault(
                f"this separation ends on {ends}",
                why="who may meet since then may be booked together",
                remedy="enter a new separation if they must be kept apart again",
            )
        return {}

    perform(sent.command("end_separation", {"separation": str(separation), "on": on.isoformat()}), work)


def keep_apart(what: Apart, tx: Transaction) -> dict[str, Any]:
    """Keep people apart inside a transaction, and withdraw the later of visits that would join them."""
    if what.contact is not None:
        people.contact(tx.establishment, what.contact)
        reached = {what.person, *replaying.hold_with(tx, what.contact, what.person)}
    else:
        assert what.other_person is not None
        reached = {what.person, what.other_person}
        hold_person(tx, *reached)
    columns = {name: getattr(what, name) for name in ("scope", "since", "until", "source")}
    ids = {"person_id": what.person, "other_person_id": what.other_person, "contact_id": what.contact}
    separation = changes.add_separation(tx, {**columns, **ids})
    done = Replayed()
    _part(tx, what, replaying.standing(tx.establishment, tx.at, persons=reached), done)
    note(tx, done)
    return {"separation": str(separation), "replayed": as_plain(done)}


def part_again(tx: Transaction, done: Replayed) -> None:
    """Withdraw the later of visits whose times now bring people together who must not meet at once.

    Args:
        tx: the change of times; everybody is held.
        done: what it does to what was booked.
    """
    for row in changes.separations_at_once(tx.establishment):
        what = Apart(row.person, row.other_person, row.contact, row.scope, row.since, row.until, row.source)
        _part(tx, what, replaying.standing(tx.establishment, tx.at), done)


def _part(tx: Transaction, what: Apart, standing: Iterable[Standing], done: Replayed) -> None:
    later = [*_later_of_each(what, standing)]
    known = known_by_person(tx, later)
    for one in later:
        done.looked_at += 1
        by_the_house(tx, known[one.person], one, APART, done)


def _later_of_each(what: Apart, standing: Iterable[Standing]) -> Iterator[Standing]:
    """Give each booking, in first order, that would bring the two together with one that stands."""
    held = [one for one in standing if _has_person(what, one) or _has_other(what, one)]
    held = [one for one in held if (what.since is None or what.since <= one.on)]
    held = [one for one in held if what.until is None or one.on < what.until]
    gone: set[UUID] = set()
    for one in held:
        if what.contact in one.contacts and one.person == what.person:
            gone.add(one.id)
            yield one
    for first, later in combinations(held, 2):
        if {first.id, later.id} & gone or not _together(what.scope, first, later):
            continue
        if (_has_person(what, first) and _has_other(what, later)) or (
            _has_other(what, first) and _has_person(what, later)
        ):
            gone.add(later.id)
            yield later


def _together(scope: str, one: Standing, other: Standing) -> bool:
    if scope == DAY:
        return one.on == other.on
    return one.starts < other.ends and other.starts < one.ends


def _has_person(what: Apart, one: Standing) -> bool:
    return one.person == what.person


def _has_other(what: Apart, one: Standing) -> bool:
    return one.person == what.other_person or (what.contact is not None and what.contact in one.contacts)
