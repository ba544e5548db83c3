"""Prints provisions as one Rego set, `data.law.speaks`, mechanically from the typed tree.

What is undefined makes a rule silent, which is what "speaks for certain" means; so *not* is printed as a
comparison, never as `not`, which would hold of an unknown fact.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping

from benchmarks.law import Rule
from benchmarks.printers.operands import operand
from locutorio.facts.vocabulary import Value
from locutorio.rules.generate import raw
from locutorio.rules.tree import Compare, Condition, Group, Holds, Line, Member, Sum


def module(rules: Iterable[Rule]) -> str:
    """Print a module with one member of the set `speaks` for each provision."""
    printer = _Printer()
    for rule in rules:
        body = printer.condition(rule.when, rule.numbers)
        printer.lines.append(f"speaks contains {json.dumps(rule.name)} if {{ {body} }}")
    return "\n".join(["package law", "", "import rego.v1", "", *printer.lines, ""])


class _Printer:
    """Prints bodies; every *any of* becomes a rule of its own with one body for each alternative."""

    def __init__(self) -> None:
        self.lines: list[str] = []
        self.alternatives = 0

    def condition(self, node: Condition, numbers: Mapping[str, int]) -> str:
        if not isinstance(node, Group):
            return _line(node, numbers)
        if node.every:
            return "; ".join(self.condition(part, numbers) for part in node.parts) or "true"
        self.alternatives += 1
        name = f"any_{self.alternatives}"
        for part in node.parts:
            self.lines.append(f"{name} if {{ {self.condition(part, numbers)} }}")
        return name


def _line(line: Line, numbers: Mapping[str, int]) -> str:
    match line:
        case Holds(fact, negated, _):
            return f"{_fact(fact.path)} == {'false' if negated else 'true'}"
        case Compare(op, left, right, _):
            return f"{_sum(left, numbers)} {op} {_sum(right, numbers)}"
        case Member(asked, items, negated, _):
            printed = _sum(asked, numbers)
            if negated:
                return "; ".join(f"{printed} != {_constant(item)}" for item in items)
            return f"{printed} in [{', '.join(_constant(item) for item in items)}]"


def _sum(printed: Sum, numbers: Mapping[str, int]) -> str:
    return operand(printed, numbers, _fact, _constant)


def _fact(path: str) -> str:
    return f"input[{json.dumps(path)}]"


def _constant(value: Value) -> str:
    return json.dumps(raw(value))
