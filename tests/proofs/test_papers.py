"""What stands in a paper that does not bind changes nothing."""

from collections.abc import Iterator
from dataclasses import replace

import pytest

from locutorio.actions import shelf
from locutorio.actions.check import load
from locutorio.decisions.cases import snapshot_of
from locutorio.decisions.decide import Judge
from locutorio.decisions.decision import Decision, Outcome
from locutorio.facts.snapshot import Snapshot

NOT_BINDING = {Outcome.DEFECTIVE, Outcome.VOID, Outcome.LAPSED, Outcome.SUPERSEDED}


def contacts(name: str) -> Iterator[tuple[Judge, Snapshot]]:
    """Give every worked case of a pack that asks about a contact and holds a paper."""
    checked = load(name)
    for worked in checked.cases.worked:
        if worked.case.question.kind == "contact":
            snapshot = snapshot_of(worked.case, checked.pack.zone, list(checked.pack.kinds))
            if snapshot.papers:
                yield Judge(checked.shelf.on(worked.case.question.on)), snapshot


def weight(decision: Decision) -> tuple[object, ...]:
    """Give what of an answer a paper could move."""
    conditions = {one.token for one in decision.conditions}
    keys = {one.fact for one in decision.keys}
    return decision.outcome, decision.firm, conditions, keys, {one.provision for one in decision.reasons}


@pytest.mark.parametrize("name", shelf.laws())
def test_a_paper_that_does_not_bind_changes_nothing(name: str) -> None:
    """With a defective, void, lapsed or superseded paper the answer is the one without it."""
    met = set()
    for judge, snapshot in contacts(name):
        decision = judge.reasoned(snapshot)
        ineffective = {one.name: one.standing for one in decision.instruments if one.standing in NOT_BINDING}
        if ineffective:
            rest = tuple(paper for paper in snapshot.papers if paper.name not in ineffective)
            met |= set(ineffective.values())

            assert weight(judge.reasoned(replace(snapshot, papers=rest))) == weight(decision), snapshot

    assert met >= {Outcome.DEFECTIVE}
