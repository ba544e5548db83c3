"""The second reading of the same tree: walks it line by line, and says what each line used. Kleene's three
values.
"""

from __future__ import annotations

from collections.abc import Mapping

from locutorio.rules.generate import Facts, raw
from locutorio.rules.tree import Compare, Condition, Constant, Fact, Group, Holds, Line, Member, Sum


def value_of(operand: Sum, facts: Facts, numbers: Mapping[str, int]) -> bool | int | str | None:
    """Give an operand's raw value; None where a fact is unknown."""
    values: list[bool | int | str | None] = []
    for _, term in operand.terms:
        match term:
            case Fact(path):
                values.append(facts.get(path))
            case Constant(value):
                values.append(raw(value))
            case _:
                values.append(numbers[term.name])
    if any(value is None for value in values):
        return None
    if len(values) == 1 and operand.terms[0][0] > 0:
        return values[0]
    return sum(
        sign * int(value) for (sign, _), value in zip(operand.terms, values, strict=True) if value is not None
    )


def line_truth(line: Line, facts: Facts, numbers: Mapping[str, int]) -> bool | None:
    """Say whether a line holds; None where a fact it needs is unknown."""
    match line:
        case Holds(fact, negated, _):
            value = facts.get(fact.path)
            return None if value is None else bool(value) != negated
        case Member(operand, items, negated, _):
            value = value_of(operand, facts, numbers)
            return None if value is None else (value in [raw(item) for item in items]) != negated
        case Compare(op, left, right, _):
            return _compare(op, value_of(left, facts, numbers), value_of(right, facts, numbers))


def _compare(op: str, left: bool | int | str | None, right: bool | int | str | None) -> bool | None:
    if left is None or right is None:
        return None
    match op:
        case "==":
            return left == right
        case "!=":
            return left != right
        case "<":
            return left < right  # type: ignore[operator]
        case "<=":
            return left <= right  # type: ignore[operator]
        case ">":
            return left > right  # type: ignore[operator]
        case _:
            return left >= right  # type: ignore[operator]


def truth(condition: Condition | None, facts: Facts, numbers: Mapping[str, int]) -> bool | None:
    """Say whether a condition holds; no condition always does."""
    if condition is None:
        return True
    if not isinstance(condition, Group):
        return line_truth(condition, facts, numbers)
    parts = [truth(part, facts, numbers) for part in condition.parts]
    decisive = not condition.every
    if decisive in parts:
        return decisive
    return None if None in parts else condition.every
