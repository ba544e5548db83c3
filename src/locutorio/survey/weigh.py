"""Weighs what is said of every row into outcomes. The same composition as decisions/weigh.py, over columns:
least, greatest and complement of three values, and nothing else.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from locutorio.decisions.weigh import displacing
from locutorio.rules.columns import Amount
from locutorio.rules.kleene import MAYBE, NO, Node
from locutorio.rules.provision import Ceiling, Floor, Impose, Permit, Prohibit, Refer, Require
from locutorio.survey.papers import first_of
from locutorio.survey.said import Said, Sitting

STEPS = ("refuse", "refer", "pending")
OPEN = "open"
OUTCOMES = ("permit", *STEPS, OPEN)
Value = int | Amount | None


@dataclass(frozen=True, slots=True)
class Force:
    """Something for or against the contact: which said, at what rank, how certainly."""

    said: int
    rank: int
    state: Node


@dataclass(frozen=True, slots=True)
class Count:
    """A ceiling or floor with its numbers, counting where ``standing``, used up or owed where ``state``."""

    said: int
    effect: Ceiling | Floor
    limit: Value
    used: Value
    standing: Node
    state: Node


@dataclass
class Weighed:
    """Everything that went into the outcomes on one side of each contested question."""

    standing: Sequence[Node]
    prohibitions: list[Force] = field(default_factory=list)
    rights: list[Force] = field(default_factory=list)
    opens: list[Force] = field(default_factory=list)
    keys: list[tuple[int, Require, Node]] = field(default_factory=list)
    counts: list[Count] = field(default_factory=list)
    residual: list[int] = field(default_factory=list)
    refers: list[int] = field(default_factory=list)


def collect(said: Sequence[Said], standing: Sequence[Node], sitting: Sitting) -> Weighed:
    """Gather what stands by what it does."""
    weighed = Weighed(standing)
    logic, printer = sitting.logic, sitting.printer
    for at, one in enumerate(said):
        state, rank = standing[at], one.provision.rank
        if state == NO:
            continue
        for effect in sitting.book.weighed[one.index]:
            match effect:
                case Prohibit() if one.provision.residual:
                    weighed.residual.append(at)
                case Prohibit():
                    weighed.prohibitions.append(Force(at, rank, state))
                case Permit():
                    (weighed.rights if effect.right else weighed.opens).append(Force(at, rank, state))
                case Require():
                    lacking = logic.but(state, printer.holds(effect.key, one.facts))
                    weighed.keys.append((at, effect, lacking))
                case Ceiling() | Floor():
                    count = _count(at, effect, one, state, sitting)
                    weighed.counts.append(count)
                    into = weighed.prohibitions if isinstance(effect, Ceiling) else weighed.rights
                    into.append(Force(at, rank, count.state))
                case Refer():
                    weighed.refers.append(at)
                case _:
                    pass
    return weighed


def _count(at: int, effect: Ceiling | Floor, one: Said, state: Node, sitting: Sitting) -> Count:
    printer, numbers = sitting.printer, sitting.book.numbers[one.index]
    limit, used = (printer.amount(part, one.facts, numbers) for part in (effect.limit, effect.used))
    if isinstance(effect, Floor):
        short = printer.compare("<", used, limit)
    else:
        short = printer.compare(">", plus(used, printer.amount(effect.asked, one.facts, numbers)), limit)
    return Count(at, effect, limit, used, state, sitting.logic.every((state, short)))


def plus(one: Value, other: Value) -> Value:
    """Add two amounts."""
    if one is None or other is None:
        return None
    if isinstance(one, int):
        return one + other if isinstance(other, int) else plus(other, one)
    if isinstance(other, int):
        return Amount(one.key, one.expression, one.offset + other)
    return Amount(f"{one.key} + {other.key}", one.value + other.value, 0)


def outcomes(
    weighed: Weighed, unknown_papers: Mapping[str, Node], sitting: Sitting, *, gate: bool
) -> dict[str, Node]:
    """Give each outcome where it is firm, and ``open`` where an unknown fact could turn it.

    ``unknown_papers`` says by kind where such a paper may exist unknown.
    """
    logic = sitting.logic
    may_lift = lifted(unknown_papers, sitting)
    hard = [logic.every((logic.some(unknown_papers.values()), MAYBE))]
    soft = []
    for effective, equal in against(weighed, sitting, may_lift).values():
        hard.append(logic.but(effective, equal))
        soft.append(logic.every((effective, equal)))
    permission = logic.some((*(force.state for force in (*weighed.rights, *weighed.opens)), may_lift))
    residual = logic.some((*(weighed.standing[at] for at in weighed.residual), MAYBE))
    hard.append(logic.but(residual, permission))
    refer = logic.some((*soft, *(weighed.standing[at] for at in weighed.refers)))
    missing = logic.some(state for _, _, state in weighed.keys)
    if gate:
        hard, missing = [*hard, missing], NO
    return first_of(list(zip(STEPS, (logic.some(hard), refer, missing), strict=True)), "permit", logic)


def lifted(unknown_papers: Mapping[str, Node], sitting: Sitting) -> Node:
    """Give MAYBE where a paper that nobody knows of could permit."""
    logic, kinds = sitting.logic, sitting.book.pack.kinds
    permitting = (state for kind, state in unknown_papers.items() if kinds[kind].may_permit)
    return logic.every((logic.some(permitting), MAYBE))


def against(weighed: Weighed, sitting: Sitting, may_lift: Node) -> dict[int, tuple[Node, Node]]:
    """Give by rank the prohibitions that no higher right beats, and the rights of the same rank."""
    logic = sitting.logic
    found = {}
    for rank in sorted({force.rank for force in weighed.prohibitions}):
        barred = logic.some(force.state for force in weighed.prohibitions if force.rank == rank)
        higher = logic.some((may_lift, *(right.state for right in weighed.rights if right.rank < rank)))
        equal = logic.some(right.state for right in weighed.rights if right.rank == rank)
        found[rank] = (logic.but(barred, higher), equal)
    return found


def conditions(said: Sequence[Said], standing: Sequence[Node], sitting: Sitting) -> dict[str, Node]:
    """Give the conditions after exclusions, as decisions.weigh.conditions does."""
    logic = sitting.logic
    imposed: dict[str, Node] = {}
    for at, one in enumerate(said):
        for effect in one.provision.effects:
            if isinstance(effect, Impose) and standing[at] != NO:
                for token in effect.tokens:
                    imposed[token] = logic.some((imposed.get(token, NO), standing[at]))
    return {
        token: logic.but(
            state, logic.some(imposed[other] for other in displacing(token, imposed, sitting.book))
        )
        for token, state in imposed.items()
    }
