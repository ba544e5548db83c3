"""Reckons the deadlines of petitions by the clocks of the law: to file, to answer, and what follows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from locutorio.actions import remedy, shelf
from locutorio.decisions.clock_kinds import ClockKind
from locutorio.decisions.decision import Outcome
from locutorio.decisions.reckoned import Told
from locutorio.facts.vocabulary import Value
from locutorio.kernel.faults import Fault
from locutorio.remedies.rungs import Deadlines, Due, Rung, facts, rungs
from locutorio.remedies.telling import Seen


@dataclass(frozen=True, slots=True)
class Procedure:
    """The deadlines of a law as of a day, and the rungs that they make; none where the law sets none."""

    law: str
    on: date
    kinds: Mapping[str, ClockKind]
    rungs: Mapping[str, Rung]


def procedure(law: str, on: date) -> Procedure:
    """Give the procedure of a law on a day. It has no rungs where the law decides nothing on that day."""
    try:
        kinds = remedy.kinds(law, on) if law in shelf.laws() else {}
    except Fault:
        kinds = {}
    return Procedure(law, on, kinds, rungs(kinds))


def deadlines(by: Procedure, chain: Sequence[tuple[Rung, Seen]]) -> Deadlines:
    """Reckon the deadlines of the last petition of a chain.

    Args:
        by: the procedure, as of the day asked about.
        chain: the petition, after those whose answers it contests; empty where no law here counts its time.
    """
    if not chain:
        return Deadlines()
    rung, given = chain[-1][0], facts(chain)
    after = (rung.answer, *(by.kinds[name] for name in rung.next))
    filed = _course(by, (rung.file,), given)
    usual = _course(by, after, given)
    last = _last_day(_course(by, after[:1], given, longest=True))
    urgent = chain[-1][1].petition.emergency and rung.emergency
    return Deadlines(
        _due(filed[0]) if filed else None,
        _due(usual[0]) if usual else None,
        last if last != _last_day(usual) else None,
        _last_day(_course(by, after[:1], {**given, urgent: True})) if urgent else None,
        {one.kind.name: _due(one) for one in usual[1:]},
    )


def _course(
    by: Procedure, chain: Sequence[ClockKind], given: Mapping[str, Value], *, longest: bool = False
) -> tuple[Told, ...]:
    """Give the steps of a course; none where nothing tells the day of its first."""
    return tuple(remedy.course(by.law, chain, given, by.on, frozenset(), longest=longest))


def _last_day(course: Sequence[Told]) -> date | None:
    return course[0].last_day if course else None


def _due(told: Told) -> Due:
    return Due(told.kind.name, told.last_day, told.seen.outcome or Outcome.OPEN, told.seen.finding.citation)
