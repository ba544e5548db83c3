"""Prints provisions as Cedar policies, mechanically from the typed tree.

A missing attribute is an error in Cedar, and a policy with an error is skipped. For *all of* that is what
"speaks for certain" means; in *any of* an unknown alternative would hide a known one, so there each line
first asks `has`.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping

from benchmarks.law import Rule
from benchmarks.printers.operands import operand
from locutorio.facts.vocabulary import Value
from locutorio.rules.generate import raw
from locutorio.rules.tree import Compare, Condition, Group, Holds, Line, Member, Sum, facts_of, sums_of


def policies(rules: Iterable[Rule]) -> str:
    """Print one policy for each provision; its name is its ``@id``."""
    return "\n".join(
        f"@id({json.dumps(rule.name)})\n"
        f"permit (principal, action, resource)\nwhen {{ {condition(rule.when, rule.numbers)} }};"
        for rule in rules
    )


def condition(node: Condition, numbers: Mapping[str, int], *, guarded: bool = False) -> str:
    """Print a condition; ``guarded``: it stands in an *any of*."""
    if not isinstance(node, Group):
        return _line(node, numbers, guarded=guarded)
    if not node.parts:
        return "true" if node.every else "false"
    guarded = guarded or not node.every
    word = " && " if node.every else " || "
    return f"({word.join(condition(part, numbers, guarded=guarded) for part in node.parts)})"


def _line(line: Line, numbers: Mapping[str, int], *, guarded: bool) -> str:
    match line:
        case Holds(fact, negated, _):
            printed = f"{_fact(fact.path)} == {'false' if negated else 'true'}"
        case Compare(op, left, right, _):
            printed = f"{_sum(left, numbers)} {op} {_sum(right, numbers)}"
        case Member(asked, items, negated, _):
            listed = ", ".join(_constant(item) for item in items)
            printed = f"{'!' if negated else ''}[{listed}].contains({_sum(asked, numbers)})"
    known = [f"context has {json.dumps(path)}" for path in facts_of(sums_of(line))] if guarded else []
    return f"({' && '.join([*known, printed])})"


def _sum(printed: Sum, numbers: Mapping[str, int]) -> str:
    return operand(printed, numbers, _fact, _constant)


def _fact(path: str) -> str:
    return f"context[{json.dumps(path)}]"


def _constant(value: Value) -> str:
    return json.dumps(raw(value))
