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
WORDS = ("choice", "office")


def variable(path: str) -> str:
    """Name the variable of a fact."""
    return path.replace(".", "__")


def paths_of(rules: Iterable[Rule]) -> frozenset[str]:
    """Give the facts that some provisions read."""
    return frozenset(
        path for rule in rules for line in lines_of(rule.when) for path in facts_of(sums_of(line))
    )


def module(rules: Sequence[Rule], words: Vocabulary, codes: Mapping[str, int] | None = None) -> str:
    """Print variables as Python, over `Variable`, `YEAR` and `CASE`; the nth provision is `speaks_n`.

    With ``codes`` words are whole numbers, which arrays of many cases compare fastest.
    """
    inputs = [_variable(variable(path), _type(path, words, codes)) for path in sorted(paths_of(rules))]
    formulas = [
        _variable(f"speaks_{number}", "bool", condition(rule.when, rule.numbers, codes))
        for number, rule in enumerate(rules)
    ]
    return "\n".join([*inputs, *formulas])


def _type(path: str, words: Vocabulary, codes: Mapping[str, int] | None) -> str:
    if codes is not None and path != FORM and words.facts[path].type in WORDS:
        return "int"
    return "str" if path == FORM else TYPES[words.facts[path].type]


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


def condition(node: Condition, numbers: Mapping[str, int], codes: Mapping[str, int] | None = None) -> str:
    """Print a condition over arrays of one case or many."""
    return _Printer(numbers, codes).condition(node)


class _Printer:
    def __init__(self, numbers: Mapping[str, int], codes: Mapping[str, int] | None) -> None:
        self.numbers = numbers
        self.codes = codes

    def condition(self, node: Condition) -> str:
        if not isinstance(node, Group):
            return self._line(node)
        if not node.parts:
            return "case.filled_array(True)"
        word = " & " if node.every else " | "
        return f"({word.join(self.condition(part) for part in node.parts)})"

    def _line(self, line: Line) -> str:
        match line:
            case Holds(fact, negated, _):
                return f"({'~' if negated else ''}{_fact(fact.path)})"
            case Compare(op, left, right, _):
                return f"({self._sum(left)} {op} {self._sum(right)})"
            case Member(asked, items, negated, _):
                word, op = (" & ", "!=") if negated else (" | ", "==")
                return f"({word.join(self._each(asked, op, items))})"

    def _each(self, asked: Sum, op: str, items: Iterable[Value]) -> list[str]:
        printed = self._sum(asked)
        return [f"({printed} {op} {self._constant(item)})" for item in items]

    def _sum(self, printed: Sum) -> str:
        return operand(printed, self.numbers, _fact, self._constant)

    def _constant(self, value: Value) -> str:
        found = raw(value)
        return repr(found if self.codes is None or not isinstance(found, str) else self.codes[found])


def _fact(path: str) -> str:
    return f"case({variable(path)!r}, period)"
