"""Draws defects of the shipped packs by seed, and says of each that nothing noticed why that may be."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import cache
from typing import Any

from locutorio.actions.check import Checked
from locutorio.decisions.clocks import known_clocks
from locutorio.decisions.decide import Judge
from locutorio.decisions.decision import ClockSeen, Decision
from locutorio.facts.snapshot import Question, Snapshot
from locutorio.kernel.faults import Fault
from locutorio.rules.rulebook import Rulebook
from tests.defects.generated import Defect, all_defects, caught_by
from tests.properties.drawing import Drawer, shipped
from tests.properties.laws import PAPERS, SHIPPED

SEED = 20261121
CASES = 2_000
SHARE_CAUGHT = 0.95


@cache
def drawn(seed: int) -> tuple[tuple[str, Defect], ...]:
    """Give every defect of the shipped packs, with the name of its pack, in an order drawn by the seed."""
    every = [(name, defect) for name in SHIPPED for defect in all_defects(shipped(name))]
    random.Random(seed).shuffle(every)
    return tuple(every)


@cache
def noticed_without_defect(name: str) -> str | None:
    """Name what notices something in the law as it is: then it would notice every defect."""
    checked = shipped(name)
    return caught_by(checked, Defect("nothing", "unchanged", next(iter(checked.pack.provisions.values()))))


def uncaught(defects: Sequence[tuple[str, Defect]]) -> list[str]:
    """Try some defects; give one line for each that nothing notices, with why."""
    for name in SHIPPED:
        assert noticed_without_defect(name) is None, f"{name} as it is: {noticed_without_defect(name)}"
    return [
        f"{name}: {defect.name}: {why(shipped(name), name, defect)}"
        for name, defect in defects
        if caught_by(shipped(name), defect) is None
    ]


def why(checked: Checked, name: str, defect: Defect) -> str:
    """Say whether the law with the defect decides any drawn, fully known case otherwise."""
    provisions = {**checked.pack.provisions, defect.provision.name: defect.provision}
    day = checked.shelf.days()[-1]
    books = (checked.shelf.on(day), Rulebook(replace(checked.pack, provisions=provisions), day))
    judges = [Judge(book) for book in books]
    wide = Drawer(books[0], checked.cases, papers=PAPERS[name])
    near = Drawer(books[0], checked.cases, papers=PAPERS[name])
    near.micro = [one for one in near.micro if one.provision == defect.provision.name] or near.micro
    rng = random.Random(SEED)
    for number in range(CASES):
        drawer = near if number % 2 else wide
        snapshot = asked(drawer.full(rng, most=2), defect, books[0], rng)
        one, two = (answer(judge, snapshot) for judge in judges)
        if one != two:
            parts = sorted(part for part in one if one[part] != two.get(part))
            return f"a difference in {', '.join(parts)}, first in drawn case {number + 1}"
    return f"no difference found in {CASES:,} drawn cases"


def asked(snapshot: Snapshot, defect: Defect, book: Rulebook, rng: random.Random) -> Snapshot:
    """Ask what the changed provision speaks to: the contact, one of the papers, or a clock."""
    about, on, subject = defect.provision.about, snapshot.question.on, None
    if about == "instrument" and snapshot.papers and rng.random() < 0.5:
        subject = rng.choice(snapshot.papers).name
    elif about == "clock" and rng.random() < 0.8:
        named = [name for name in known_clocks(book) if name in defect.provision.of]
        subject = rng.choice(named or known_clocks(book))
    if subject is None:
        return snapshot
    return replace(snapshot, question=Question(about, on, None, snapshot.question.asked_on, subject))


def answer(judge: Judge, snapshot: Snapshot) -> Mapping[str, Any]:
    """Give what an answer says and does, whichever provisions it rests on."""
    try:
        contact = snapshot.question.kind == "contact"
        decision = judge.reasoned(snapshot) if contact else judge.decide(snapshot)
    except Fault as fault:
        return {"fault": str(fault)}
    return _essence(decision)


def _essence(decision: Decision) -> Mapping[str, Any]:
    return {
        "outcome": (decision.outcome, decision.firm),
        "conditions": {(one.token, one.contested) for one in decision.conditions},
        "keys": {(one.fact, one.office, one.state) for one in decision.keys},
        "limits": {(one.kind, one.of, one.limit, one.left) for one in decision.limits},
        "length": dict(decision.may_last),
        "beside": {(one.kind, one.amount, one.of, one.day, one.recipients) for one in decision.beside},
        "notices": {(one.to, one.by, one.within_days, one.given, one.tell["en"]) for one in decision.notices},
        "routes": {(one.recipient, one.office, one.form["en"], _clock(one.clock)) for one in decision.routes},
        "clocks": {_clock(one) for one in decision.clocks},
        "contested": {(one.name, tuple(side.outcome for side in one.sides)) for one in decision.contested},
        "papers": {(one.name, one.standing, one.ends_on) for one in decision.instruments},
    }


def _clock(clock: ClockSeen | None) -> tuple[Any, ...] | None:
    return None if clock is None else (clock.name, clock.start, clock.last_day, clock.count, clock.outcome)
