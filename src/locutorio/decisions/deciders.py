"""Which findings made the outcome: every one, never just the first."""

from __future__ import annotations

from locutorio.decisions.assess import Assessment
from locutorio.decisions.decision import Outcome
from locutorio.decisions.weigh import MAYBE, NO, YES, Force, Weighed


def beaten(force: Force, weighed: Weighed) -> list[Force]:
    """Give the rights of higher rank that surely stand against a prohibition."""
    return [right for right in weighed.rights if right.state == YES and right.rank < force.rank]


def deciders(assessment: Assessment) -> list[int]:
    """Give the positions, in the first side's list of what was said, of what made the outcome.

    Where an outcome is firm because every case of the unknown facts leads to it, what may apply is given.
    """
    weighed = assessment.first
    for least in (YES, MAYBE):
        found = _made(weighed, assessment.outcome, least)
        if found:
            return list(dict.fromkeys(found))
    open_ended = [force.said for force in (*weighed.prohibitions, *weighed.rights, *weighed.opens)]
    return list(dict.fromkeys([*open_ended, *(at for at, _, state in weighed.keys if state)]))


def _made(weighed: Weighed, outcome: Outcome | None, least: int) -> list[int]:
    permissions = (*weighed.rights, *weighed.opens)
    refusing = [f.said for f in weighed.prohibitions if f.state >= least and not beaten(f, weighed)]
    permitting = [force.said for force in permissions if force.state >= least]
    lacking = [at for at, _, state in weighed.keys if state >= least]
    match outcome:
        case Outcome.REFUSE:
            nothing_permits = max((force.state for force in permissions), default=NO) <= YES - least
            rest = [at for at in weighed.residual if weighed.standing[at] >= least and nothing_permits]
            at_the_gate = lacking if weighed.gate else []
            return [*refusing, *at_the_gate] or rest
        case Outcome.REFER:
            opposed = [force.said for pair in weighed.opposed for force in pair]
            forced = [at for at, _ in weighed.refers if weighed.standing[at] >= least]
            return [*opposed, *forced] or [*refusing, *permitting]
        case Outcome.PENDING:
            return lacking
        case Outcome.PERMIT:
            return permitting
        case _:
            return []
