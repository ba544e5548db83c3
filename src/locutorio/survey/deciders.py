"""Which findings made the outcome of every row: every one, never just the first. As decisions/deciders.py."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from locutorio.rules.kleene import NO, Node
from locutorio.survey.said import Sitting
from locutorio.survey.weigh import Weighed, against, lifted


@dataclass(frozen=True)
class Deciding:
    """One weighing with the outcome of every row; ``unknown`` says where a paper nobody knows of may bear."""

    weighed: Weighed
    outcome: Mapping[str, Node]
    unknown: Mapping[str, Node]
    sitting: Sitting
    gate: bool

    def deciders(self) -> list[Node]:
        """Say of each what is said where it made the outcome.

        Where an outcome is firm because every case of the unknown facts leads to it, what may apply is given.
        """
        logic, weighed = self.sitting.logic, self.weighed
        first, second = self._made(sure=True), self._made(sure=False)
        forces = [(f.said, f.state) for f in (*weighed.prohibitions, *weighed.rights, *weighed.opens)]
        last = self._spread([*forces, *((at, state) for at, _, state in weighed.keys)], sure=False)
        found, settled = first, logic.some(first)
        for tier in (second, last):
            found = [
                logic.some((one, logic.but(more, settled))) for one, more in zip(found, tier, strict=True)
            ]
            settled = logic.some((settled, *tier))
        return found

    def _keep(self, state: Node, *, sure: bool) -> Node:
        return self.sitting.logic.sure(state) if sure else self.sitting.logic.possible(state)

    def _spread(self, states: Iterable[tuple[int, Node]], *, sure: bool) -> list[Node]:
        """Say of each what is said where one of its states is sure, or possible."""
        found = [NO] * len(self.weighed.standing)
        for at, state in states:
            found[at] = self.sitting.logic.some((found[at], self._keep(state, sure=sure)))
        return found

    def _made(self, *, sure: bool) -> list[Node]:
        logic, weighed = self.sitting.logic, self.weighed
        permissions = [(force.said, force.state) for force in (*weighed.rights, *weighed.opens)]
        lacking = [(at, state) for at, _, state in weighed.keys]
        refusing = self._refusing(sure=sure)
        by_outcome = {
            "refuse": self._refused(refusing, permissions, lacking if self.gate else [], sure=sure),
            "refer": self._referred(self._spread([*refusing, *permissions], sure=sure), sure=sure),
            "pending": self._spread(lacking, sure=sure),
            "permit": self._spread(permissions, sure=sure),
        }
        return [
            logic.some(logic.every((self.outcome[name], made[at])) for name, made in by_outcome.items())
            for at in range(len(weighed.standing))
        ]

    def _refusing(self, *, sure: bool) -> list[tuple[int, Node]]:
        """Give the prohibitions that no higher right surely beats."""
        logic, weighed = self.sitting.logic, self.weighed
        found = []
        for force in weighed.prohibitions:
            beaten = logic.some(right.state for right in weighed.rights if right.rank < force.rank)
            found.append((force.said, logic.but(self._keep(force.state, sure=sure), logic.sure(beaten))))
        return found

    def _refused(
        self,
        refusing: list[tuple[int, Node]],
        permissions: list[tuple[int, Node]],
        at_the_gate: list[tuple[int, Node]],
        *,
        sure: bool,
    ) -> list[Node]:
        logic, weighed = self.sitting.logic, self.weighed
        found = self._spread([*refusing, *at_the_gate], sure=sure)
        permitted = self._keep(logic.some(state for _, state in permissions), sure=not sure)
        rest = logic.contrary(logic.some((permitted, *found)))
        for at in weighed.residual:
            residual = logic.every((self._keep(weighed.standing[at], sure=sure), rest))
            found[at] = logic.some((found[at], residual))
        return found

    def _referred(self, either: list[Node], *, sure: bool) -> list[Node]:
        """Give what opposes at equal rank and what forces a question; where nothing does, what counts."""
        logic, weighed = self.sitting.logic, self.weighed
        found = self._opposed()
        for at in weighed.refers:
            found[at] = logic.some((found[at], self._keep(weighed.standing[at], sure=sure)))
        alone = logic.contrary(logic.some(found))
        return [logic.some((a, logic.every((alone, b)))) for a, b in zip(found, either, strict=True)]

    def _opposed(self) -> list[Node]:
        """Say where each takes part in an opposition of equal rank."""
        logic, weighed = self.sitting.logic, self.weighed
        may_lift = lifted(self.unknown, self.sitting)
        found = []
        for rank, (effective, equal) in against(weighed, self.sitting, may_lift).items():
            higher = logic.some((may_lift, *(right.state for right in weighed.rights if right.rank < rank)))
            opposing = [(f.said, logic.but(f.state, higher)) for f in weighed.prohibitions if f.rank == rank]
            found += [
                (at, logic.every((logic.possible(state), logic.possible(equal)))) for at, state in opposing
            ]
            found += [
                (right.said, logic.every((logic.possible(right.state), logic.possible(effective))))
                for right in weighed.rights
                if right.rank == rank
            ]
        return self._spread(found, sure=False)
