"""Prints conditions as CEL, mechanically from the typed tree, and asks Google's CEL what comes of them.

A fact that is unknown is left out of what CEL is given; an error it does not absorb is unknown.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from cel_expr_python import cel

from locutorio.facts.vocabulary import Value, Vocabulary
from locutorio.rules.generate import Facts, raw
from locutorio.rules.tree import Compare, Condition, Fact, Group, Holds, Line, Member, Number, Sum

Numbers = Mapping[str, int]
NO_NUMBERS: Numbers = MappingProxyType({})
UNKNOWN = "No value with name"


def cel_value(value: Value) -> str:
    """Print a constant: a day as its number, a word in quotes."""
    plain = raw(value)
    if isinstance(plain, bool):
        return "true" if plain else "false"
    return f'"{plain}"' if isinstance(plain, str) else str(plain)


def cel_sum(operand: Sum, numbers: Numbers) -> str:
    """Print an operand."""
    printed = ""
    for sign, term in operand.terms:
        match term:
            case Fact(path):
                word = path
            case Number(name):
                word = str(numbers[name])
            case _:
                word = cel_value(term.value)
        printed += (" + " if sign > 0 else " - ") + word
    return printed.removeprefix(" + ").strip()


def cel_line(line: Line, numbers: Numbers = NO_NUMBERS) -> str:
    """Print one condition line; ``numbers`` are those of its provision in force on the day."""
    match line:
        case Holds(fact, negated, _):
            return f"!{fact.path}" if negated else fact.path
        case Compare(op, left, right, _):
            return f"{cel_sum(left, numbers)} {op} {cel_sum(right, numbers)}"
        case Member(operand, items, negated, _):
            listed = f"{cel_sum(operand, numbers)} in [{', '.join(cel_value(item) for item in items)}]"
            return f"!({listed})" if negated else listed


def cel_condition(condition: Condition | None, numbers: Numbers) -> str:
    """Print a whole condition; no condition always holds."""
    if condition is None:
        return "true"
    if not isinstance(condition, Group):
        return cel_line(condition, numbers)
    word = " && " if condition.every else " || "
    return f"({word.join(cel_condition(part, numbers) for part in condition.parts)})"


class Cel:
    """Google's CEL with one typed variable for each fact of the vocabulary; expressions are compiled once."""

    def __init__(self, words: Vocabulary) -> None:
        types = {"yes_no": cel.Type.BOOL, "quantity": cel.Type.INT, "day": cel.Type.INT}
        variables = {path: types.get(kind.type, cel.Type.STRING) for path, kind in words.facts.items()}
        self.env = cel.NewEnv(variables=variables)
        self._compiled: dict[str, Any] = {}

    def known(self, facts: Facts) -> Any:
        """Give CEL what is known."""
        return self.env.Activation({path: value for path, value in facts.items() if value is not None})

    def truth(self, text: str, known: Any) -> bool | None:
        """Evaluate an expression in three values."""
        if text not in self._compiled:
            self._compiled[text] = self.env.compile(text)
        found = self._compiled[text].eval(known)
        if found.type() == cel.Type.BOOL:
            return bool(found.value())
        assert UNKNOWN in str(found.value()), f"{text}: {found.value()}"
        return None
