"""Three-valued logic over columns: each thing said is written once, folded while it is written, and worked
out over batches of rows.

A line is a Polars expression whose Boolean column holds Kleene's three values: true is YES, null MAYBE, false
NO.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum, auto

import polars as pl

Node = int
NO: Node = 0
YES: Node = 1
MAYBE: Node = 2


class Kind(Enum):
    """What a node is."""

    CONSTANT = auto()
    LEAF = auto()
    EVERY = auto()
    SOME = auto()
    CONTRARY = auto()
    SURE = auto()
    POSSIBLE = auto()


@dataclass(frozen=True, slots=True)
class _Made:
    kind: Kind
    of: tuple[Node, ...]
    two_valued: bool


@dataclass
class Kleene:
    """Everything said of one table. A node is a number; the same thing said twice is the same node."""

    _made: list[_Made] = field(default_factory=list)
    _known: dict[tuple[Kind, tuple[Node, ...]], Node] = field(default_factory=dict)
    _leaves: dict[str, Node] = field(default_factory=dict)
    _expressions: dict[Node, pl.Expr] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for two_valued in (True, True, False):
            self._made.append(_Made(Kind.CONSTANT, (), two_valued))

    def leaf(self, key: str, expression: pl.Expr, *, two_valued: bool = False) -> Node:
        """Give the node of a Boolean expression; ``key`` says what it is, so that it is made once."""
        if key not in self._leaves:
            self._leaves[key] = len(self._made)
            self._expressions[len(self._made)] = expression
            self._made.append(_Made(Kind.LEAF, (), two_valued))
        return self._leaves[key]

    def every(self, parts: Iterable[Node]) -> Node:
        """Give the least of some states; YES where there is none."""
        return self._joined(Kind.EVERY, parts, neutral=YES, decisive=NO)

    def some(self, parts: Iterable[Node]) -> Node:
        """Give the greatest of some states; NO where there is none."""
        return self._joined(Kind.SOME, parts, neutral=NO, decisive=YES)

    def contrary(self, node: Node) -> Node:
        """Give YES for NO, NO for YES."""
        made = self._made[node]
        if made.kind is Kind.CONSTANT:
            return {NO: YES, YES: NO, MAYBE: MAYBE}[node]
        if made.kind is Kind.CONTRARY:
            return made.of[0]
        return self._node(Kind.CONTRARY, (node,), made.two_valued)

    def but(self, node: Node, against: Node) -> Node:
        """Give what is left of a state when something may stand against it."""
        return self.every((node, self.contrary(against)))

    def sure(self, node: Node) -> Node:
        """Give YES where a state is YES, else NO."""
        made = self._made[node]
        if made.two_valued:
            return node
        if node == MAYBE or (made.kind is Kind.EVERY and MAYBE in made.of):
            return NO
        return self._node(Kind.SURE, (node,), True)

    def possible(self, node: Node) -> Node:
        """Give NO where a state is NO, else YES."""
        made = self._made[node]
        if made.two_valued:
            return node
        if node == MAYBE or (made.kind is Kind.SOME and MAYBE in made.of):
            return YES
        return self._node(Kind.POSSIBLE, (node,), True)

    def open(self, node: Node) -> Node:
        """Give YES where a state is MAYBE, else NO."""
        return self.but(self.possible(node), self.sure(node))

    def at_most_maybe(self, where: Node) -> Node:
        """Give MAYBE in the rows where something two-valued is so, else YES."""
        return self.some((self.contrary(where), MAYBE))

    def _joined(self, kind: Kind, parts: Iterable[Node], *, neutral: Node, decisive: Node) -> Node:
        found: dict[Node, None] = {}
        for part in parts:
            inner = self._made[part].of if self._made[part].kind is kind else (part,)
            found.update(dict.fromkeys(inner))
        found.pop(neutral, None)
        if decisive in found or any(
            self._made[one].two_valued and self._known.get((Kind.CONTRARY, (one,))) in found for one in found
        ):
            return decisive
        if not found:
            return neutral
        if len(found) == 1:
            return next(iter(found))
        of = tuple(sorted(found))
        return self._node(kind, of, all(self._made[one].two_valued for one in of))

    def _node(self, kind: Kind, of: tuple[Node, ...], two_valued: bool) -> Node:
        if (kind, of) not in self._known:
            self._known[kind, of] = len(self._made)
            self._made.append(_Made(kind, of, two_valued))
        return self._known[kind, of]

    def columns(self) -> frozenset[str]:
        """Name the columns that any line reads."""
        return frozenset(name for one in self._expressions.values() for name in one.meta.root_names())

    def over(self, wanted: Collection[Node]) -> Reckoner:
        """Make ready to work out some nodes over batches of rows."""
        order = self._needed(wanted)
        leaves = {node: self._expressions[node] for node in order if node in self._expressions}
        return Reckoner([(node, self._made[node].kind, self._made[node].of) for node in order], leaves)

    def _needed(self, wanted: Iterable[Node]) -> list[Node]:
        """Give what is needed, each after what it rests on: a node is made after its parts."""
        found: set[Node] = set()
        waiting = list(wanted)
        while waiting:
            node = waiting.pop()
            if node not in found:
                found.add(node)
                waiting += self._made[node].of
        return sorted(found)


Truth = bool | pl.Series
Pair = tuple[Truth, Truth]


@dataclass(frozen=True)
class Reckoner:
    """Works out nodes over one batch after another.

    A state is a pair: where it is certain, and where it is possible; one and the same where nothing is
    unknown. What comes out the same in all rows of a batch is folded, so that a paper nobody has costs
    nothing.
    """

    order: Sequence[tuple[Node, Kind, tuple[Node, ...]]]
    leaves: Mapping[Node, pl.Expr]

    def columns(self) -> frozenset[str]:
        """Name the columns that the lines read."""
        return frozenset(name for one in self.leaves.values() for name in one.meta.root_names())

    def over(self, rows: pl.DataFrame) -> dict[Node, Pair]:
        """Give every node, where it is certain and where it is possible."""
        found: dict[Node, Pair] = {NO: (False, False), YES: (True, True), MAYBE: (False, True)}
        found |= self._lines(rows)
        for node, kind, of in self.order:
            match kind:
                case Kind.EVERY:
                    found[node] = _fold([found[one] for one in of], _both)
                case Kind.SOME:
                    found[node] = _fold([found[one] for one in of], _either)
                case Kind.CONTRARY:
                    certain, possible = found[of[0]]
                    not_possible = _not(possible)
                    found[node] = (not_possible, not_possible if certain is possible else _not(certain))
                case Kind.SURE:
                    found[node] = (found[of[0]][0],) * 2
                case Kind.POSSIBLE:
                    found[node] = (found[of[0]][1],) * 2
                case _:
                    pass
        return found

    def _lines(self, rows: pl.DataFrame) -> dict[Node, Pair]:
        lines = rows.select(**{str(node): line for node, line in self.leaves.items()})
        unsure = [one.name for one in lines if one.null_count()]
        certain = lines.select(pl.col(unsure).fill_null(False)) if unsure else lines
        possible = lines.select(pl.col(unsure).fill_null(True)) if unsure else lines
        found: dict[Node, Pair] = {}
        for one in lines:
            if one.null_count():
                found[int(one.name)] = (_same(certain[one.name]), _same(possible[one.name]))
            else:
                found[int(one.name)] = (_same(one),) * 2
        return found


def _fold(pairs: Sequence[Pair], join: Callable[[Truth, Truth], Truth]) -> Pair:
    certain, possible = pairs[0]
    for more_certain, more_possible in pairs[1:]:
        known = certain is possible and more_certain is more_possible
        certain = join(certain, more_certain)
        possible = certain if known else join(possible, more_possible)
    return certain, possible


def _both(left: Truth, right: Truth) -> Truth:
    if left is False or right is False:
        return False
    if left is True or left is right:
        return right
    return left if right is True else _same(left & right)


def _either(left: Truth, right: Truth) -> Truth:
    if left is True or right is True:
        return True
    if left is False or left is right:
        return right
    return left if right is False else _same(left | right)


def _not(truth: Truth) -> Truth:
    return not truth if isinstance(truth, bool) else ~truth


def _same(truth: pl.Series) -> Truth:
    """Give yes or no alone where all rows say the same."""
    if not truth.any():
        return False
    return True if truth.all() else truth
