"""Proves the safety properties of a pack with a solver, or gives a counterexample in facts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import product
from typing import Any

import z3

from locutorio.decisions.findings import shown
from locutorio.decisions.formulas import Answer, Formulas, both, either
from locutorio.facts.vocabulary import Value
from locutorio.rules.provision import Impose, Provision, RouteTo, SafetyProperty
from locutorio.rules.rulebook import ABOUT, Rulebook

TIMEOUT_MS = 60_000


@dataclass(frozen=True, slots=True)
class Proof:
    """One property of one question: proved, or the facts on which it fails ("unknown" if the solver gave
    up). A property no facts of which can arise says nothing: it is ``vacuous``, not proved.
    """

    name: str
    about: str
    proved: bool
    counterexample: Mapping[str, Value | str]
    vacuous: bool = False


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
                    yield self._prove_stated(stated, about, answer)

    def _general(self, answer: Answer) -> Iterator[tuple[str, Any]]:
        routes = either(
            one.stands
            for one in answer.said
            if any(isinstance(e, RouteTo) and "refuse" in e.on for e in one.provision.effects)
        )
        yield "no refusal without a route", z3.And(answer.refuse, z3.Not(routes))
        yield "no permit without a provision", z3.And(answer.permit, z3.Not(answer.permission))

    def _held(self, token: str, answer: Answer) -> Any:
        """Say that a condition is imposed and not displaced by a protective one."""
        kinds = self.book.words.conditions
        over = [
            w
            for w, kind in kinds.items()
            if token in kind.excludes and (kind.protective or not kinds[token].protective)
        ]
        return z3.And(_imposed(token, answer), z3.Not(either(_imposed(word, answer) for word in over)))

    def _prove_stated(self, stated: SafetyProperty, about: str, answer: Answer) -> Proof:
        """Prove a stated property, and that it says something: its facts can arise in this question."""
        arises = self._arises(stated, answer)
        proof = self._try(stated.name, about, z3.And(arises, self._bad(stated, answer)))
        if proof.proved and self._solve(about, arises).check() != z3.sat:
            return Proof(stated.name, about, proved=False, counterexample={}, vacuous=True)
        return proof

    def _arises(self, stated: SafetyProperty, answer: Answer) -> Any:
        when = self.formulas.condition(stated.when, {}, None)
        unless = either(
            bound
            for form, bound in answer.binds.items()
            if self.book.pack.forms[form].kind in stated.unless_papers
        )
        only_held = not (stated.never_outcomes or stated.never_imposed)
        return both([when, z3.Not(unless), *([z3.Not(answer.refuse)] if only_held else [])])

    def _bad(self, stated: SafetyProperty, answer: Answer) -> Any:
        outcomes = {
            "permit": answer.permit,
            "refuse": answer.refuse,
            "pending": answer.pending,
            "refer": answer.refer,
        }
        return either(
            [
                *(outcomes[outcome] for outcome in stated.never_outcomes),
                *(
                    z3.And(z3.Not(answer.refuse), self._held(token, answer))
                    for token in stated.never_conditions
                ),
                *(_imposed(token, answer) for token in stated.never_imposed),
            ]
        )

    def _solve(self, about: str, *formulas: Any) -> Any:
        solver = z3.Solver()
        solver.set("timeout", TIMEOUT_MS)
        asked = self.formulas.variable(ABOUT, None) == self.formulas.code(ABOUT, about)
        solver.add(*self.formulas.bounds, asked, *formulas)
        return solver

    def _try(self, name: str, about: str, violated: Any) -> Proof:
        solver = self._solve(about, violated)
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
        """Give the pairs of one instrument, right or floor against prohibition or ceiling at one rank, that
        can both stand unexplained. They make the pack invalid.
        """
        for about in self.abouts():
            for right, bar, both_stand in self._pairs(about, within=True):
                if self._solve(about, both_stand).check() != z3.unsat:
                    yield right, bar

    def left_to_a_person(self) -> Iterator[tuple[Provision, Provision]]:
        """Give such pairs of different instruments that can both stand where the answer is refer."""
        for about in self.abouts():
            refer = self.answer(about).refer
            for right, bar, both_stand in self._pairs(about, within=False):
                if self._solve(about, both_stand, refer).check() != z3.unsat:
                    yield right, bar

    def _pairs(self, about: str, *, within: bool) -> Iterator[tuple[Provision, Provision, Any]]:
        """Give right, bar and the formula that both count, for each pair of one rank without a reading."""
        answer = self.answer(about)
        for (right, owed), (bar, barred) in product(answer.rights, answer.bars):
            one, other = right.provision, bar.provision
            same = one.instrument == other.instrument and right.form == bar.form
            if one.rank == other.rank and one.reading is None and other.reading is None and same is within:
                yield one, other, z3.And(owed, barred)


def _imposed(token: str, answer: Answer) -> Any:
    """Say that something that stands imposes a condition, displaced or not."""
    return either(
        one.stands
        for one in answer.said
        if any(isinstance(e, Impose) and token in e.tokens for e in one.provision.effects)
    )


def solver_version() -> str:
    """Name the solver and its version."""
    return f"z3 {z3.get_version_string()}"
