"""Puts one fully known case into the solver's formulas, and reads the outcome off."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import z3

from locutorio.decisions.decision import Outcome
from locutorio.decisions.formulas import Answer, Formulas
from locutorio.decisions.papers import UNTIL
from locutorio.facts.snapshot import Snapshot, derived
from locutorio.facts.vocabulary import Value
from locutorio.rules.rulebook import ABOUT, Rulebook

OUTCOMES = (Outcome.REFUSE, Outcome.REFER, Outcome.PENDING, Outcome.PERMIT)
Sides = tuple[tuple[str, str], ...]


class Solved:
    """The formulas of one rulebook, printed once for each question and each set of adopted texts."""

    def __init__(self, book: Rulebook) -> None:
        self.book = book
        self._printed: dict[tuple[str, frozenset[str]], tuple[Formulas, Answer]] = {}

    def outcomes(self, snapshot: Snapshot, sides: Sides) -> list[Outcome]:
        """Give every outcome the formulas hold true on these facts and sides: one, if they are right."""
        about = snapshot.question.about or ""
        key = (about, snapshot.adopted)
        if key not in self._printed:
            formulas = Formulas(self.book, snapshot.adopted)
            self._printed[key] = formulas, formulas.answer(about)
        formulas, answer = self._printed[key]
        facts = {**snapshot.facts, ABOUT: about, "request.on": snapshot.question.on}
        if snapshot.question.asked_on is not None:
            facts["request.asked_on"] = snapshot.question.asked_on
        facts = derived(facts, self.book.words)
        model = z3.Model()
        for name, variable in formulas.variables.items():
            model.update_value(variable, self._value(name, formulas, facts, snapshot, dict(sides)))
        found = (answer.refuse, answer.refer, answer.pending, answer.permit)
        return [
            outcome
            for outcome, formula in zip(OUTCOMES, found, strict=True)
            if z3.is_true(model.eval(formula, model_completion=True))
        ]

    def _value(
        self,
        name: str,
        formulas: Formulas,
        facts: Mapping[str, Value],
        snapshot: Snapshot,
        sides: Mapping[str, str],
    ) -> Any:
        if name.startswith("side of "):
            question = self.book.pack.contested[name.removeprefix("side of ")]
            positions = [side.name for side in question.sides]
            return z3.IntVal(positions.index(sides[question.name]) if question.name in sides else 0)
        form, colon, path = name.partition(":")
        if not colon:
            return self._coded(name, facts.get(name), formulas)
        paper = next((paper for paper in snapshot.papers if paper.form == form), None)
        if path == "present":
            return z3.BoolVal(paper is not None)
        own = paper.facts if paper else {}
        if path == "has_until":
            return z3.BoolVal(own.get(UNTIL) is not None)
        return self._coded(path, own.get(path), formulas)

    def _coded(self, path: str, value: Value | None, formulas: Formulas) -> Any:
        """Give a value as the solver has it; what is not stated (of an absent paper) does not matter."""
        if value is not None:
            return formulas.code(path, value)
        kind = self.book.words.facts[path].type
        return z3.BoolVal(val=False) if kind == "yes_no" else z3.IntVal(0)
