"""Lists past decisions that would have come out otherwise with a paper known only later, or without one.

Each is decided again on the case that was kept of it, once as it was known then and once with the paper, both
by the law as it stands now: what differs, the paper alone makes. Nothing is changed by it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime
from uuid import UUID

from locutorio.actions import answer, shelf
from locutorio.actions.authority import About, reading
from locutorio.actions.course import Course
from locutorio.actions.end_paper import VACATED
from locutorio.decisions.decision import Outcome
from locutorio.facts.case import Case
from locutorio.kernel.faults import Fault, Faults
from locutorio.store import changes, people, requests
from locutorio.store.actor import Actor
from locutorio.store.entered import PaperRow, case_paper
from locutorio.store.requests import DecidedRow

OF_A_PAGE = 50


@dataclass(frozen=True, slots=True)
class Otherwise:
    """One decision: on which request, of whom, for which day, what it was, and what it would have been.

    Both are outcomes; where both permit, the conditions would have been others.
    """

    request: UUID
    contact: str
    on: date
    decided_at: datetime
    was: str
    would: str


@dataclass(frozen=True, slots=True)
class OtherwiseFound:
    """What was found among the decisions ``first`` to ``last`` of ``total``, in the order they were made.

    ``without``: the paper was vacated, so they are decided again without it. ``unread``: how many of these
    could not be decided again.
    """

    paper: PaperRow
    without: bool
    first: int
    last: int
    total: int
    unread: int
    found: tuple[Otherwise, ...]


def decided_otherwise(by: Actor, at: UUID, paper: UUID, page: int = 1) -> OtherwiseFound:
    """Give what a paper would have made otherwise among one page of the decisions before it was known.

    Of a paper that was vacated: among those that were made since it was known, without it.

    Raises:
        Refused: there is none here that they may read.
    """
    with reading(by, "read_decided_otherwise", About(at, "paper", paper)):
        row = changes.paper(at, paper)
        without = row.ended_how == VACATED
        start = (max(page, 1) - 1) * OF_A_PAGE
        some = slice(start, start + OF_A_PAGE)
        total, rows = requests.decided_about(
            at, row.person, row.contact, row.known_at, since=without, some=some
        )
        names = people.contacts(at, {one.contact for one in rows})
        found: list[Otherwise] = []
        unread = 0
        for one in rows:
            try:
                found.extend(_otherwise(one, row, names[one.contact].name, without=without))
            except (Fault, Faults):
                unread += 1
        return OtherwiseFound(row, without, start + 1, start + len(rows), total, unread, tuple(found))


def _otherwise(one: DecidedRow, row: PaperRow, name: str, *, without: bool) -> Iterator[Otherwise]:
    case = answer.read(one.case.encode(), str(one.id))
    others = tuple(paper for paper in case.papers if paper.name != row.name)
    if without:
        if len(others) == len(case.papers):
            return
        changed = replace(case, papers=others)
    elif row.waits:
        return
    else:
        changed = replace(case, papers=(*others, case_paper(row)))
    was, would = (_became(each, one.on) for each in (case, changed))
    if was != would:
        outcome = would[0].value if would[0] else Outcome.PENDING.value
        yield Otherwise(one.request, name, one.on, one.decided_at, one.outcome, outcome)


def _became(case: Case, on: date) -> tuple[Outcome | None, frozenset[str]]:
    """Give the outcome of a day, None where it is open, with the conditions of what is permitted."""
    course = Course(case, shelf.shelf(case.law), None)
    outcome = course.outcome(on)
    return outcome, course.conditions(on) if outcome is Outcome.PERMIT else frozenset()
