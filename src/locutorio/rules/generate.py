"""Prints typed conditions as Python. Only the tree is printed, never the text it was read from.

Values are compared raw: days as ordinals, choices and offices as words. None is unknown. Each line is
printed twice,
as what is *certain* and as what is *possible*; a provision speaks for certain, perhaps, or not at all.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from typing import Any

from locutorio.facts.vocabulary import Value
from locutorio.rules.provision import Provision
from locutorio.rules.tree import (
    Compare,
    Condition,
    Constant,
    Fact,
    Group,
    Holds,
    Line,
    Member,
    Sum,
    facts_of,
    lines_of,
    sums_of,
)

Raw = bool | int | str | None
Facts = Mapping[str, Raw]
Speaker = Callable[[Facts], tuple[list[int], list[int]]]
Computer = Callable[[Facts], int | None]


def raw(value: Value) -> bool | int | str:
    """Give a value as conditions compare it: a day as its ordinal, anything else as it is."""
    return value.toordinal() if isinstance(value, date) else value


def _literal(value: Value) -> str:
    return repr(raw(value))


class _Printer:
    """Prints terms with short local names for facts and the numbers in force baked in."""

    def __init__(self, numbers: Mapping[str, int], fixed: Facts) -> None:
        self.numbers = numbers
        self.fixed = fixed
        self.locals: dict[str, str] = {}

    def fact(self, path: str) -> str:
        return self.locals.setdefault(path, f"f{len(self.locals)}")

    def sum(self, operand: Sum) -> str:
        printed = []
        for sign, term in operand.terms:
            match term:
                case Fact(path) if path in self.fixed:
                    word = repr(self.fixed[path])
                case Fact(path):
                    word = self.fact(path)
                case Constant(value):
                    word = _literal(value)
                case _:
                    word = str(self.numbers[term.name])
            printed.append(("- " if sign < 0 else "+ ") + word)
        return " ".join(printed).removeprefix("+ ")

    def unknowns(self, *operands: Sum) -> list[str]:
        return [self.fact(path) for path in facts_of(operands) if path not in self.fixed]

    def line(self, line: Line) -> tuple[str, str]:
        """Give (certain, possible)."""
        match line:
            case Holds(fact, negated, _):
                name = self.fact(fact.path) if fact.path not in self.fixed else repr(self.fixed[fact.path])
                wanted, other = ("False", "True") if negated else ("True", "False")
                return f"{name} is {wanted}", f"{name} is not {other}"
            case Compare(op, left, right, _):
                plain = f"{self.sum(left)} {op} {self.sum(right)}"
                unknowns = self.unknowns(left, right)
            case Member(operand, items, negated, _):
                inside = ", ".join(_literal(item) for item in items) + ","
                plain = f"{self.sum(operand)} {'not in' if negated else 'in'} ({inside})"
                unknowns = self.unknowns(operand)
        if not unknowns:
            return plain, plain
        known = " and ".join(f"{name} is not None" for name in unknowns)
        missing = " or ".join(f"{name} is None" for name in unknowns)
        return f"({known} and {plain})", f"({missing} or {plain})"

    def condition(self, condition: Condition) -> tuple[str, str]:
        if not isinstance(condition, Group):
            return self.line(condition)
        pairs = [self.condition(part) for part in condition.parts]
        word = " and " if condition.every else " or "
        return f"({word.join(pair[0] for pair in pairs)})", f"({word.join(pair[1] for pair in pairs)})"


def fixed_truth(condition: Condition, fixed: Facts) -> bool | None:
    """Decide what can be decided from the fixed facts alone; None where more is needed."""
    if isinstance(condition, Group):
        parts = [fixed_truth(part, fixed) for part in condition.parts]
        if condition.every:
            return False if False in parts else (True if all(part is True for part in parts) else None)
        return True if True in parts else (False if all(part is False for part in parts) else None)
    paths = facts_of(sums_of(condition))
    if not paths or any(path not in fixed for path in paths):
        return None
    match condition:
        case Compare(op, Sum(terms=((1, Fact(path)),)), Sum(terms=((1, Constant(value)),)), _) if op in {
            "==",
            "!=",
        }:
            return (fixed[path] == raw(value)) == (op == "==")
        case Member(Sum(terms=((1, Fact(path)),)), items, negated, _):
            return (fixed[path] in [raw(item) for item in items]) != negated
        case _:
            return None


def can_speak(provision: Provision, fixed: Facts) -> bool:
    """Say whether the fixed facts leave a provision anything to say."""
    return provision.when is None or fixed_truth(provision.when, fixed) is not False


def numbers_on(provision: Provision, day: date) -> dict[str, int] | None:
    """Give the provision's numbers in force on a day; None if one has no row yet."""
    found = {}
    for name, number in provision.numbers.items():
        row = number.on(day)
        if row is None:
            return None
        found[name] = row.value
    return found


def speaker(provisions: Iterable[tuple[int, Provision]], day: date, fixed: Facts) -> Speaker:
    """Compile which provisions speak.

    Args:
        provisions: those that can speak, with the index that stands for each in the answer.
        day: the day whose numbers are baked in; every number has a row by then.
        fixed: facts that never change for this speaker, such as request.about.

    Returns:
        A function from facts to (indices that speak for certain, indices that speak perhaps).
    """
    printer = _Printer({}, fixed)
    body = []
    for index, provision in provisions:
        printer.numbers = numbers_on(provision, day) or {}
        parts = provision.when.parts if provision.when else ()
        kept = [part for part in parts if fixed_truth(part, fixed) is not True]
        if not kept:
            body.append(f" certain({index})")
            continue
        sure, possible = printer.condition(Group(every=True, parts=tuple(kept)))
        body.append(f" if {possible[1:-1]}:\n  (certain if {sure[1:-1]} else perhaps)({index})")
    loads = [f" {name} = get({path!r})" for path, name in printer.locals.items()]
    source = "\n".join(
        [
            "def speak(facts):",
            " sure, maybe = [], []",
            " certain, perhaps, get = sure.append, maybe.append, facts.get",
            *loads,
            *body,
            " return sure, maybe",
        ]
    )
    speak: Speaker = _run(source, "speak")
    return speak


def computer(operand: Sum, numbers: Mapping[str, int]) -> Computer:
    """Compile an operand into a function from facts to its value (days as ordinals), or None where
    unknown.
    """
    printer = _Printer(numbers, {})
    text = printer.sum(operand)
    unknowns = " or ".join(f"{name} is None" for name in printer.unknowns(operand))
    loads = [f" {name} = get({path!r})" for path, name in printer.locals.items()]
    result = f" return None if {unknowns} else {text}" if unknowns else f" return {text}"
    compute: Computer = _run(
        "\n".join(["def compute(facts):", " get = facts.get", *loads, result]), "compute"
    )
    return compute


def _run(source: str, name: str) -> Any:
    space: dict[str, object] = {"__builtins__": {}}
    exec(compile(source, f"<{name}>", "exec"), space)  # noqa: S102 - printed from the tree alone
    return space[name]


def facts_read(provision: Provision) -> frozenset[str]:
    """Give the facts a provision's condition reads."""
    return (
        frozenset(path for line in lines_of(provision.when) for path in facts_of(sums_of(line)))
        if provision.when
        else frozenset()
    )
