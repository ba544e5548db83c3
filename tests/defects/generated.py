"""Defects made from the shipped law by rule, and whether anything notices.

A defect is one small change a person could make by mistake: a line dropped, negated or off by one, a number
off by one, an override, a citation, an effect or a duty removed.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from locutorio.actions.check import Checked, micro
from locutorio.decisions.proofs import Prover
from locutorio.decisions.running import judges_of, run_worked
from locutorio.facts.vocabulary import vocabulary
from locutorio.kernel.faults import Fault
from locutorio.rules.checks import faults
from locutorio.rules.effects import NAMES
from locutorio.rules.provision import Provision
from locutorio.rules.rulebook import Shelf
from locutorio.rules.tree import Compare, Condition, Group, Holds, Line, Member

OFF_BY_ONE = {"<": "<=", "<=": "<", ">": ">=", ">=": ">"}
OPPOSITE = {"==": "!=", "!=": "==", "<": ">=", "<=": ">", ">": "<=", ">=": "<"}


@dataclass(frozen=True)
class Defect:
    """One changed provision: which rule made it, and the provision as changed."""

    rule: str
    detail: str
    provision: Provision

    @property
    def name(self) -> str:
        return f"{self.provision.name}: {self.rule} ({self.detail})"


def negated(line: Line) -> Line:
    """Give the opposite of a line."""
    match line:
        case Compare(op, left, right, source):
            return Compare(OPPOSITE[op], left, right, f"not: {source}")
        case Member(operand, items, was, source):
            return Member(operand, items, not was, f"not: {source}")
        case Holds(fact, was, source):
            return Holds(fact, not was, f"not: {source}")


def changed_lines(condition: Condition) -> Iterator[tuple[str, str, Condition | None]]:
    """Give (rule, line, condition with that one line changed) for every change of every line."""
    if isinstance(condition, Group):
        for at, part in enumerate(condition.parts):
            for rule, source, changed in changed_lines(part):
                before, after = condition.parts[:at], condition.parts[at + 1 :]
                kept = (*before, *(() if changed is None else (changed,)), *after)
                yield rule, source, Group(condition.every, kept) if kept else None
        return
    yield "line dropped", condition.source, None
    yield "line negated", condition.source, negated(condition)
    if isinstance(condition, Compare) and condition.op in OFF_BY_ONE:
        off = Compare(OFF_BY_ONE[condition.op], condition.left, condition.right, condition.source)
        yield "line off by one", condition.source, off


def defects_of(provision: Provision) -> Iterator[Defect]:
    """Give every defect of one provision."""
    if provision.when is not None:
        for rule, source, changed in changed_lines(provision.when):
            if changed is None or isinstance(changed, Group):
                yield Defect(rule, source, replace(provision, when=changed))
    for name, number in provision.numbers.items():
        for at, row in enumerate(number.rows):
            for step in (-1, 1):
                rows = (*number.rows[:at], replace(row, value=row.value + step), *number.rows[at + 1 :])
                numbers = {**provision.numbers, name: replace(number, rows=rows)}
                yield Defect("number off by one", f"{name} {step:+d}", replace(provision, numbers=numbers))
    for other in provision.overrides:
        left = tuple(name for name in provision.overrides if name != other)
        yield Defect("override removed", other, replace(provision, overrides=left))
    yield Defect("citation removed", provision.citation, replace(provision, citation=""))
    for at, effect in enumerate(provision.effects):
        effects = (*provision.effects[:at], *provision.effects[at + 1 :])
        yield Defect("effect removed", NAMES[type(effect)], replace(provision, effects=effects))


def all_defects(checked: Checked) -> list[Defect]:
    """Give every defect of a pack, in a fixed order."""
    provisions = sorted(checked.pack.provisions.values(), key=lambda provision: provision.name)
    return [defect for provision in provisions for defect in defects_of(provision)]


def caught_by(checked: Checked, defect: Defect) -> str | None:
    """Name what notices a defect: checks, micro-cases, cases or proofs; None if nothing does."""
    provisions = {**checked.pack.provisions, defect.provision.name: defect.provision}
    pack = replace(checked.pack, provisions=provisions)
    if next(iter(faults(pack, vocabulary())), None) is not None:
        return "checks"
    try:
        changed = replace(checked, pack=pack, shelf=Shelf(pack))
        own = [one for one in checked.cases.micro if one.provision == defect.provision.name]
        narrowed = replace(changed, cases=replace(checked.cases, micro=tuple(own)))
        if next(iter(micro(narrowed)), None) is not None:
            return "micro-cases"
        if any(not result.passed for result in run_worked(pack, checked.cases, judges_of(changed.shelf))):
            return "cases"
    except Fault:
        return "checks"
    prover = Prover(changed.shelf.on(changed.shelf.days()[-1]))
    if any(not proof.proved for proof in prover.prove()) or any(prover.oppositions()):
        return "proofs"
    return None
