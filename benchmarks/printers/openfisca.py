"""Prints provisions as OpenFisca variables, mechanically from the typed tree: facts are inputs.

OpenFisca has no unknown: an input that is not given has the default of its type. So the answers can be
compared only where no unknown fact leaves anything open.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from benchmarks.law import FORM, Rule
from benchmarks.printers.operands import operand
from locutorio.facts.vocabulary import Value, Vocabulary
from locutorio.rules.generate import raw
from locutorio.rules.tree import (
    Compare,
    Condition,
    Group,
    Holds,
    Line,
    Member,
    Sum,
    facts_of,
    lines_of,
    sums_of,
)

TYPES = {"yes_no": "bool", "quantity": "int", "day": "int", "choice": "str", "office": "str"}


def variable(path: str) -> str:
    """Name the variable of a fact."""
    return path.replace(".", "__")


def module(rules: Sequence[Rule], words: Vocabulary) -> str:
    """Print variables as Python, over `Variable`, `YEAR` and `CASE`; the nth provision is `speaks_n`."""
    paths = {path for rule in rules for line in lines_of(rule.when) for path in facts_of(sums_of(line))}
    inputs = [
        _variable(variable(path), "str" if path == FORM else TYPES[words.facts[path].type])
        for path in sorted(paths)
    ]
    formulas = [
        _variable(f"speaks_{number}", "bool", condition(rule.when, rule.numbers))
        for number, rule in enumerate(rules)
    ]
    return "\n".join([*inputs, *formulas])


def _variable(name: str, kind: str, formula: str | None = None) -> str:
    lines = [
        f"\n\nclass {name}(Variable):",
        f"    value_type = {kind}",
        "    entity = CASE",
        "    definition_period = YEAR",
        f"    label = {name!r}",
    ]
    if formula is not None:
        lines += ["", "    def formula(case, period):", f"        return {formula}"]
    return "\n".join(lines)


def condition(node: Condition, numbers: Mapping[str, int]) -> str:
    """Print a condition over arrays of one case or many."""
    if not isinstance(node, Group):
        return _line(node, numbers)
    if not node.parts:
        return "case.filled_array(True)"
    word = " & " if node.every else " | "
    return f"({word.join(condition(part, numbers) for part in node.parts)})"


def _line(line: Line, numbers: Mapping[str, int]) -> str:
    match line:
        case Holds(fact, negated, _):
            return f"({'~' if negated else ''}{_fact(fact.path)})"
        case Compare(op, left, right, _):
            return f"({_sum(left, numbers)} {op} {_sum(right, numbers)})"
        case Member(asked, items, negated, _):
            word, op = (" & ", "!=") if negated else (" | ", "==")
            return f"({word.join(_each(asked, op, items, numbers))})"


def _each(asked: Sum, op: str, items: Iterable[Value], numbers: Mapping[str, int]) -> list[str]:
    printed = _sum(asked, numbers)
    return [f"({printed} {op} {_constant(item)})" for item in items]


def _sum(printed: Sum, numbers: Mapping[str, int]) -> str:
    return operand(printed, numbers, _fact, _constant)


def _fact(path: str) -> str:
    return f"case({variable(path)!r}, period)"


def _constant(value: Value) -> str:
    return repr(raw(value))
