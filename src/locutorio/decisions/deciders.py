"""Which findings made the outcome: every one, never just the first."""

from __future__ import annotations

from locutorio.decisions.assess import Assessment
from locutorio.decisions.decision import Outcome
from locutorio.decisions.weigh import YES, Force, Weighed


def beaten(force: Force, weighed: Weighed) -> list[Force]:
    """Give the rights of higher rank that surely stand against a prohibition."""
    return [right for right in weighed.rights if right.state == YES and right.rank < force.rank]


def deciders(assessment: Assessment) -> list[int]:
    """Give the positions, in the first side's list of what was said, of what made the outcome."""
    weighed = assessment.first
    refusing = [
        force.said for force in weighed.prohibitions if force.state == YES and not beaten(force, weighed)
    ]
    permitting = [force.said for force in (*weighed.rights, *weighed.opens) if force.state == YES]
    lacking = [at for at, _, state in weighed.keys if state == YES]
    match assessment.outcome:
        case Outcome.REFUSE:
            found = refusing or [
                at for at in weighed.residual if weighed.standing[at] == YES and not permitting
            ]
            found = [*found, *lacking] if weighed.outcome is Outcome.REFUSE and not found else found
        case Outcome.REFER:
            found = [force.said for pair in weighed.opposed for force in pair]
            found += [at for at, _ in weighed.refers if weighed.standing[at] == YES]
            found = found or [*refusing, *permitting]
        case Outcome.PENDING:
            found = lacking
        case Outcome.PERMIT:
            found = permitting
        case _:
            open_ended = [force.said for force in (*weighed.prohibitions, *weighed.rights, *weighed.opens)]
            found = [*open_ended, *(at for at, _, state in weighed.keys if state)]
    return list(dict.fromkeys(found))
