"""The promises a decision keeps on any law and any facts. Each function draws one case and fails with all it used."""

from __future__ import annotations

import random
from collections.abc import Mapping
from dataclasses import replace

from locutorio.decisions.assess import assess, view_of
from locutorio.decisions.decide import Judge
from locutorio.decisions.decision import Decision, Outcome
from locutorio.facts.snapshot import Snapshot
from locutorio.rules.explain import truth, value_of
from locutorio.rules.effects import sums_of_effect
from locutorio.rules.provision import Pack
from locutorio.rules.rulebook import ABOUT, Rulebook
from tests.properties.drawing import Drawer


def shown(snapshot: Snapshot) -> str:
    """Write what a question was decided on, for a person to read after a failure."""
    question = snapshot.question
    lines = [f"{question.kind} {question.about or question.subject} on {question.on}, asked {question.asked_on}"]
    lines += [f"  {path}: {value}" for path, value in sorted(snapshot.facts.items())]
    for paper in snapshot.papers:
        lines.append(f"  {paper.name} ({paper.form})")
        lines += [f"    {path}: {value}" for path, value in sorted(paper.facts.items())]
    return "\n".join([*lines, f"  complete: {sorted(snapshot.complete)}", f"  adopted: {sorted(snapshot.adopted)}"])


def difference(less: Snapshot, more: Snapshot) -> str:
    """Write what one snapshot knows that another does not."""
    lines = [f"  {path}: {value}" for path, value in sorted(more.facts.items()) if less.facts.get(path) != value]
    own = {paper.name: paper for paper in less.papers}
    for paper in more.papers:
        known = own[paper.name].facts if paper.name in own else {}
        lines += [f"  {paper.name} ({paper.form})"] if paper.name not in own else []
        lines += [
            f"  {paper.name}: {path}: {value}" for path, value in sorted(paper.facts.items()) if known.get(path) != value
        ]
    gained = sorted(more.complete - less.complete)
    return "\n".join([*lines, f"  no other paper of: {gained}", f"  asked on: {more.question.asked_on}"])


def more_facts_never_turn(judge: Judge, drawer: Drawer, rng: random.Random, *, deep: bool) -> None:
    """A firm answer stays what it is as more becomes known, in each step up to everything."""
    full = drawer.full(rng, most=2)
    steps = [full]
    for _ in range(rng.choice([1, 2, 2, 3])):
        steps.append(drawer.fewer(steps[-1], rng))
    steps.reverse()
    for at, less in enumerate(steps[:-1]):
        outcome = judge.outcome(less)
        if deep and outcome is None:
            decision = judge.decide(less)
            outcome = decision.outcome if decision.firm else None
        if outcome is None:
            continue
        for more in steps[at + 1 :]:
            found = judge.outcome(more)
            if found is None and deep:
                deeper = judge.decide(more)
                found = deeper.outcome if deeper.firm else None
            assert found == outcome, (
                f"{outcome} became {found}\n{shown(less)}\nmore becomes known:\n{difference(less, more)}"
            )
        return
