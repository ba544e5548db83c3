"""Proves the safety properties of a pack with a solver, or gives a counterexample in facts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import z3

from locutorio.decisions.findings import shown
from locutorio.decisions.formulas import Answer, Formulas, either
from locutorio.facts.vocabulary import Value
from locutorio.rules.provision import Impose, Permit, Prohibit, Provision, RouteTo, SafetyProperty
from locutorio.rules.rulebook import ABOUT, Rulebook

TIMEOUT_MS = 60_000


@dataclass(frozen=True, slots=True)
class Proof:
    """One property of one question: proved, or the facts on which it fails ("unknown" if the solver gave
    up).
    """

    name: str
    about: str
    proved: bool
    counterexample: Mapping[str, Value | str]


class Prover:
    """Proves properties of one rulebook."""

    def __init__(self, book: Rulebook, adopted: frozenset[str] = frozenset()) -> None:
        self.book = book
        self.formulas = Formulas(book, adopted)
        self.answers: dict[str, Answer] = {}

    def abouts(self) -> list[str]:
        """Give the questions the pack answers."""
        values = self.book.words.facts[ABOUT].values
        return [
            about
            for about in values
            if any(self.book.provisions[i].residual for i in self.book.general(about).indices)
        ]

    def answer(self, about: str) -> Answer:
        """Give the formulas of one question, printed once."""
        if about not in self.answers:
            self.answers[about] = self.formulas.answer(about)
        return self.answers[about]

    def prove(self) -> Iterator[Proof]:
        """Prove every general property and every property the pack states."""
        for about in self.abouts():
            answer = self.answer(about)
            for name, violated in self._general(answer):
                yield self._try(name, about, violated)
            for stated in self.book.pack.safety:
                if about in stated.about:
                    yield self._try(stated.name, about, self._stated(stated, answer))

    def _general(self, answer: Answer) -> Iterator[tuple[str, Any]]:
        routes = either(
            one.stands
            for one in answer.said
            if any(isinstance(e, RouteTo) and "refuse" in e.on for e in one.provision.effects)
        )
        yield "no refusal without a route", z3.And(answer.refuse, z3.Not(routes))
        yield "no refusal without a provision", z3.And(answer.refuse, z3.Not(answer.against))
        yield "no permit without a provision", z3.And(answer.permit, z3.Not(answer.permission))
        unbound = [z3.And(one.stands, z3.Not(answer.binds[one.form])) for one in answer.said if one.form]
        yield "nothing of a paper that does not bind counts", either(unbound)
        yield "nothing private is listened to", self._mixed(answer)

    def _held(self, token: str, answer: Answer) -> Any:
        """Say that a condition is imposed and not displaced by a protective one."""
        kinds = self.book.words.conditions

        def imposed(word: str) -> Any:
            return either(
                one.stands
                for one in answer.said
                if any(isinstance(e, Impose) and word in e.tokens for e in one.provision.effects)
            )

        over = [
            w
            for w, kind in kinds.items()
            if token in kind.excludes and (kind.protective or not kinds[token].protective)
        ]
        return z3.And(imposed(token), z3.Not(either(imposed(word) for word in over)))

    def _mixed(self, answer: Answer) -> Any:
        kinds = self.book.words.conditions
        return either(
            z3.And(self._held(token, answer), self._held(other, answer))
            for token, kind in kinds.items()
            if kind.protective
            for other in kind.excludes
        )

    def _stated(self, stated: SafetyProperty, answer: Answer) -> Any:
        when = self.formulas.condition(stated.when, {}, None)
        unless = either(
            bound
            for form, bound in answer.binds.items()
            if self.book.pack.forms[form].kind in stated.unless_papers
        )
        outcomes = {
            "permit": answer.permit,
            "refuse": answer.refuse,
            "pending": answer.pending,
            "refer": answer.refer,
        }
        bad = either(
            [
                *(outcomes[outcome] for outcome in stated.never_outcomes),
                *(
                    z3.And(z3.Not(answer.refuse), self._held(token, answer))
                    for token in stated.never_conditions
                ),
            ]
        )
        return z3.And(when, z3.Not(unless), bad)

    def _try(self, name: str, about: str, violated: Any) -> Proof:
        solver = z3.Solver()
        solver.set("timeout", TIMEOUT_MS)
        asked = self.formulas.variable(ABOUT, None) == self.formulas.code(ABOUT, about)
        solver.add(*self.formulas.bounds, asked, violated)
        found = solver.check()
        if found == z3.unsat:
            return Proof(name, about, proved=True, counterexample={})
        model = self._model(solver.model()) if found == z3.sat else {"solver": "unknown"}
        return Proof(name, about, proved=False, counterexample=model)

    def _model(self, model: Any) -> dict[str, Value | str]:
        facts: dict[str, Value | str] = {}
        for name, variable in sorted(self.formulas.variables.items()):
            value = model[variable]
            if value is None:
                continue
            if z3.is_bool(value):
                facts[name] = z3.is_true(value)
                continue
            path = name.rpartition(":")[2]
            kind = self.book.words.facts.get(path)
            if kind is not None and kind.type in {"choice", "office"}:
                words = list(kind.values) if kind.type == "choice" else list(self.book.words.offices)
                facts[name] = words[value.as_long()]
            else:
                facts[name] = shown(path, value.as_long(), self.book) or 0
        return facts

    def oppositions(self) -> Iterator[tuple[Provision, Provision]]:
        """Give the pairs of one instrument, right against prohibition at one rank, that can both stand
        unexplained.
        """
        for about in self.abouts():
            for right, bar in _pairs(self.answer(about).said):
                if right.provision.reading is None and bar.provision.reading is None:
                    solver = z3.Solver()
                    solver.add(*self.formulas.bounds, right.stands, bar.stands)
                    if solver.check() != z3.unsat:
                        yield right.provision, bar.provision


def _pairs(said: Sequence[Any]) -> Iterator[tuple[Any, Any]]:
    rights = [one for one in said if any(isinstance(e, Permit) and e.right for e in one.provision.effects)]
    bars = [
        one
        for one in said
        if not one.provision.residual and any(isinstance(e, Prohibit) for e in one.provision.effects)
    ]
    for right in rights:
        for bar in bars:
            same = (
                right.provision.instrument == bar.provision.instrument
                and right.provision.rank == bar.provision.rank
            )
            if same and right.form == bar.form:
                yield right, bar


def solver_version() -> str:
    """Name the solver and its version."""
    return f"z3 {z3.get_version_string()}"
