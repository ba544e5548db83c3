"""The typed tree of a condition, and how to walk it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from locutorio.facts.vocabulary import Value


@dataclass(frozen=True, slots=True)
class Type:
    """yes_no, quantity (with a unit; None fits any unit), day, choice or office (with the fact that owns
    its values).
    """

    kind: str
    unit: str | None = None
    owner: str | None = None


@dataclass(frozen=True, slots=True)
class Fact:
    """A fact of the vocabulary, by path."""

    path: str


@dataclass(frozen=True, slots=True)
class Number:
    """A dated number of the provision, by name."""

    name: str


@dataclass(frozen=True, slots=True)
class Constant:
    """A value written in the line."""

    value: Value


Term = Fact | Number | Constant


@dataclass(frozen=True, slots=True)
class Sum:
    """Terms added (+1) or taken away (-1); one term alone is a sum of one."""

    terms: tuple[tuple[int, Term], ...]
    type: Type


@dataclass(frozen=True, slots=True)
class Compare:
    """One comparison of two sums."""

    op: str
    left: Sum
    right: Sum
    source: str


@dataclass(frozen=True, slots=True)
class Member:
    """An operand that is, or is not, one of some constants."""

    operand: Sum
    items: tuple[Value, ...]
    negated: bool
    source: str


@dataclass(frozen=True, slots=True)
class Holds:
    """A yes/no fact, or its opposite."""

    fact: Fact
    negated: bool
    source: str


Line = Compare | Member | Holds


@dataclass(frozen=True, slots=True)
class Group:
    """All of, or any of, its parts."""

    every: bool
    parts: tuple[Condition, ...]


Condition = Line | Group


def lines_of(condition: Condition) -> tuple[Line, ...]:
    """Give every line of a condition, in reading order."""
    if isinstance(condition, Group):
        return tuple(line for part in condition.parts for line in lines_of(part))
    return (condition,)


def sums_of(line: Line) -> tuple[Sum, ...]:
    """Give the operands of a line."""
    match line:
        case Compare(_, left, right, _):
            return left, right
        case Member(operand, _, _, _):
            return (operand,)
        case Holds(fact, _, _):
            return (Sum(((1, fact),), Type("yes_no")),)


def facts_of(sums: Sequence[Sum]) -> tuple[str, ...]:
    """Give the paths of the facts in these operands, each once, in order."""
    return tuple(
        dict.fromkeys(term.path for part in sums for _, term in part.terms if isinstance(term, Fact))
    )


def numbers_of(sums: Sequence[Sum]) -> tuple[str, ...]:
    """Give the names of the numbers in these operands, each once, in order."""
    return tuple(
        dict.fromkeys(term.name for part in sums for _, term in part.terms if isinstance(term, Number))
    )
