"""The second compiler: prints typed conditions as Polars expressions over the columns of a table. Only the
tree is printed, never the text it was read from.

Numbers of the day are baked in. What a constant or an unknown fact settles is settled here, once for all
rows.
"""

from __future__ import annotations

from calendar import isleap
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import MINYEAR, date
from functools import reduce

import polars as pl

from locutorio.facts.vocabulary import Value
from locutorio.rules.explain import line_truth, value_of
from locutorio.rules.generate import Raw, raw
from locutorio.rules.kleene import MAYBE, NO, YES, Kleene, Node
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
    sums_of,
)

EPOCH = date(1970, 1, 1).toordinal()
LISTED_MAX = 8
_OPPOSITE = {"!=": "==", ">=": "<", ">": "<="}
_COMPARE: Mapping[str, Callable[[pl.Expr, pl.Expr], pl.Expr]] = {
    "==": lambda left, right: left == right,
    "<": lambda left, right: left < right,
    "<=": lambda left, right: left <= right,
}


@dataclass(frozen=True, slots=True)
class Span:
    """Whole years from the day in a column, as days since 1970, until one day."""

    name: str
    since: pl.Expr
    until: date

    def latest(self, years: int) -> int:
        """Give the last day since which so many whole years have gone by, as days since 1970."""
        year = self.until.year - years
        if year < MINYEAR:
            return date.min.toordinal() - 1 - EPOCH
        missing = (self.until.month, self.until.day) == (2, 29) and not isleap(year)
        return self.until.replace(year=year, day=28 if missing else self.until.day).toordinal() - EPOCH


@dataclass(frozen=True, slots=True)
class Cells:
    """A fact as a column: Booleans, whole numbers, days since 1970, or the place of a word in ``words``.

    With ``span`` it is counted, and need not be counted to be compared with a number.
    """

    name: str
    expression: pl.Expr
    type: str
    words: Mapping[str, int] | None = None
    span: Span | None = None

    def equals(self, value: bool | int | str) -> pl.Expr:
        """Print that a cell is a raw value; a word that the column cannot hold is nowhere."""
        if self.words is None or not isinstance(value, str):
            return self.expression == pl.lit(value)
        if value not in self.words:
            return self.expression != self.expression
        return self.expression == pl.lit(self.words[value])

    def same(self, other: Cells) -> pl.Expr:
        """Print that two cells hold the same."""
        if self.words == other.words:
            return self.expression == other.expression
        return pl.col(self.name).cast(pl.String) == pl.col(other.name).cast(pl.String)


Given = Raw | Cells
Known = Mapping[str, Given]


@dataclass(frozen=True, slots=True)
class Amount:
    """A number, or a day as its ordinal, of each row: the value of ``expression`` and ``offset`` together."""

    key: str
    expression: pl.Expr
    offset: int
    span: Span | None = None

    @property
    def value(self) -> pl.Expr:
        return self.expression.cast(pl.Int64) + self.offset


class Printer:
    """Prints the conditions and operands of one table."""

    def __init__(self, logic: Kleene) -> None:
        self.logic = logic

    def condition(self, condition: Condition | None, facts: Known, numbers: Mapping[str, int]) -> Node:
        """Give the truth of a condition; no condition always holds."""
        if condition is None:
            return YES
        if not isinstance(condition, Group):
            return self._line(condition, facts, numbers)
        parts = (self.condition(part, facts, numbers) for part in condition.parts)
        return self.logic.every(parts) if condition.every else self.logic.some(parts)

    def holds(self, path: str, facts: Known) -> Node:
        """Give the truth of a yes/no fact."""
        given = facts.get(path)
        if given is None:
            return MAYBE
        if isinstance(given, Cells):
            return self.logic.leaf(given.name, given.expression)
        return YES if given else NO

    def amount(self, operand: Sum, facts: Known, numbers: Mapping[str, int]) -> int | Amount | None:
        """Give an operand that is a number or a day (as its ordinal); None where it is unknown everywhere."""
        given = [facts.get(path) for path in facts_of((operand,))]
        if None in given:
            return None
        if not any(isinstance(one, Cells) for one in given):
            value = value_of(operand, facts, numbers)  # type: ignore[arg-type]
            assert value is not None
            return int(value)
        offset, keys, parts = 0, [], []
        for sign, term in operand.terms:
            cells = facts[term.path] if isinstance(term, Fact) else None
            if isinstance(cells, Cells):
                keys.append(f"{'+' if sign > 0 else '-'} {cells.name}")
                parts.append((sign, cells.expression))
                offset += sign * EPOCH if cells.type == "day" else 0
            else:
                alone = Sum(((1, term),), operand.type)
                offset += sign * int(value_of(alone, facts, numbers) or 0)  # type: ignore[arg-type]
        return Amount(" ".join(keys), _total(parts), offset, _span(operand, facts))

    def compare(self, op: str, left: int | Amount | None, right: int | Amount | None) -> Node:
        """Give the truth of a comparison of two amounts."""
        if op in _OPPOSITE:
            return self.logic.contrary(self.compare(_OPPOSITE[op], left, right))
        if left is None or right is None:
            return MAYBE
        if isinstance(left, int) and isinstance(right, int):
            return YES if {"==": left == right, "<": left < right, "<=": left <= right}[op] else NO
        if isinstance(left, Amount) and left.span and isinstance(right, int):
            return self._counted(op, left.span, right)
        if isinstance(right, Amount) and right.span and isinstance(left, int):
            turned = self._counted({"<": "<=", "<=": "<"}.get(op, op), right.span, left)
            return turned if op == "==" else self.logic.contrary(turned)
        if isinstance(left, int):
            assert isinstance(right, Amount)
            bound = left - right.offset
            key, found = f"{bound} {op} {right.key}", _COMPARE[op](pl.lit(bound), right.expression)
        elif isinstance(right, int):
            bound = right - left.offset
            key, found = f"{left.key} {op} {bound}", _COMPARE[op](left.expression, pl.lit(bound))
        else:
            more = right.offset - left.offset
            key = f"{left.key} {op} {right.key} + {more}"
            found = _COMPARE[op](left.expression, right.expression.cast(pl.Int64) + more)
        return self.logic.leaf(key, found)

    def _counted(self, op: str, span: Span, years: int) -> Node:
        """Compare whole years with a number by the day from which they are counted."""
        if op == "<=":
            return self._counted("<", span, years + 1)
        if op == "==":
            return self.logic.but(self._counted("<=", span, years), self._counted("<", span, years))
        latest = span.latest(years)
        return self.logic.leaf(f"{latest} < {span.name}", pl.lit(latest) < span.since)

    def _line(self, line: Line, facts: Known, numbers: Mapping[str, int]) -> Node:
        given = [facts.get(path) for path in facts_of(sums_of(line))]
        if None in given:
            return MAYBE
        if not any(isinstance(one, Cells) for one in given):
            return YES if line_truth(line, facts, numbers) else NO  # type: ignore[arg-type]
        match line:
            case Holds(fact, negated, _):
                found = self.holds(fact.path, facts)
                return self.logic.contrary(found) if negated else found
            case Member(operand, items, negated, _):
                found = self.logic.some(self._equal(operand, item, facts, numbers) for item in items)
                return self.logic.contrary(found) if negated else found
            case Compare(op, left, right, _):
                return self._compare(op, left, right, facts, numbers)

    def _equal(self, operand: Sum, item: Value, facts: Known, numbers: Mapping[str, int]) -> Node:
        return self._compare("==", operand, Sum(((1, Constant(item)),), operand.type), facts, numbers)

    def _compare(self, op: str, left: Sum, right: Sum, facts: Known, numbers: Mapping[str, int]) -> Node:
        if left.type.kind in ("quantity", "day"):
            amounts = [self.amount(side, facts, numbers) for side in (left, right)]
            return self.compare(op, *amounts)
        sides = [_single(side, facts) for side in (left, right)]
        cells, other = sides if isinstance(sides[0], Cells) else sides[::-1]
        assert isinstance(cells, Cells)
        if isinstance(other, Cells):
            found = self.logic.leaf(f"{cells.name} == {other.name}", cells.same(other))
        else:
            assert other is not None
            found = self.logic.leaf(f"{cells.name} == {other}", cells.equals(other))
        return self.logic.contrary(found) if op == "!=" else found


def _total(parts: Sequence[tuple[int, pl.Expr]]) -> pl.Expr:
    if len(parts) == 1 and parts[0][0] > 0:
        return parts[0][1]
    wide = [
        expression.cast(pl.Int64) if sign > 0 else -expression.cast(pl.Int64) for sign, expression in parts
    ]
    return reduce(lambda left, right: left + right, wide)


def _span(operand: Sum, facts: Known) -> Span | None:
    """Give what an operand counts, if it is whole years and nothing else."""
    sign, term = operand.terms[0]
    cells = facts[term.path] if isinstance(term, Fact) else None
    return cells.span if len(operand.terms) == 1 and sign > 0 and isinstance(cells, Cells) else None


def _single(side: Sum, facts: Known) -> Given:
    match side.terms[0][1]:
        case Fact(path):
            return facts[path]
        case Constant(value):
            return raw(value)
        case term:
            raise AssertionError(term)
