"""Prints the law and its composition as solver formulas, from the same typed tree that decides.

Facts are fully known here: what holds of every full set of facts holds of every firm answer, because more
facts never
turn one. Of each form at most one paper exists; it may be absent.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import reduce
from typing import Any

import z3

from locutorio.decisions.papers import FROM, UNTIL
from locutorio.facts.vocabulary import Value
from locutorio.kernel.moments import NEVER
from locutorio.rules.generate import raw
from locutorio.rules.provision import (
    Ceiling,
    Defect,
    Floor,
    Lapse,
    Permit,
    Prohibit,
    Provision,
    Refer,
    Require,
    Supersede,
    Void,
)
from locutorio.rules.rulebook import ABOUT, Rulebook
from locutorio.rules.tree import Compare, Condition, Constant, Fact, Group, Holds, Line, Sum

AMOUNT_MAX = 1_000_000
ROLE = "contact.role"


@dataclass(slots=True)
class Said:
    """One provision of one source (general law or the paper of a form): does it speak, does it stand."""

    index: int
    provision: Provision
    form: str | None
    speaks: Any
    stands: Any = None


@dataclass(slots=True)
class Answer:
    """The outcome of one question as formulas: exactly one of the four is true. ``rights`` (floors owed
    among them) and ``bars`` (ceilings exhausted among them) hold when each counts.
    """

    said: Sequence[Said]
    binds: Mapping[str, Any]
    refuse: Any
    refer: Any
    pending: Any
    permit: Any
    permission: Any
    rights: Sequence[tuple[Said, Any]]
    bars: Sequence[tuple[Said, Any]]


def either(parts: Iterable[Any]) -> Any:
    """Give the disjunction; of nothing, false."""
    return reduce(z3.Or, parts, z3.BoolVal(val=False))


def both(parts: Iterable[Any]) -> Any:
    """Give the conjunction; of nothing, true."""
    return reduce(z3.And, parts, z3.BoolVal(val=True))


@dataclass(slots=True)
class Formulas:
    """Formulas of one rulebook. Variables are made once for each fact and each form's paper."""

    book: Rulebook
    adopted: frozenset[str] = frozenset()
    variables: dict[str, Any] = field(default_factory=dict)
    bounds: list[Any] = field(default_factory=list)

    def variable(self, path: str, form: str | None) -> Any:
        """Give the variable of a fact; a fact of a paper has one for each form."""
        name = f"{form}:{path}" if path.startswith("instrument.") else path
        if name not in self.variables:
            kind = self.book.words.facts[path]
            if kind.type == "yes_no":
                self.variables[name] = z3.Bool(name)
            else:
                made = self.variables[name] = z3.Int(name)
                low, high = 0, AMOUNT_MAX
                if kind.type in {"choice", "office"}:
                    high = len(self._words(path)) - 1
                elif kind.type == "day":
                    low, high = date(1900, 1, 1).toordinal(), NEVER.toordinal()
                self.bounds.append(z3.And(made >= low, made <= high))
        return self.variables[name]

    def present(self, form: str) -> Any:
        """Give the variable that says whether a paper of a form exists."""
        return self.variables.setdefault(f"{form}:present", z3.Bool(f"{form}:present"))

    def has_end(self, form: str) -> Any:
        """Give the variable that says whether a form's paper states an end of its own."""
        return self.variables.setdefault(f"{form}:has_until", z3.Bool(f"{form}:has_until"))

    def _words(self, path: str) -> Sequence[str]:
        kind = self.book.words.facts[path]
        return list(kind.values) if kind.type == "choice" else list(self.book.words.offices)

    def code(self, path: str, value: Value) -> Any:
        """Give a value of a fact as the solver's constant."""
        plain = raw(value)
        if isinstance(plain, bool):
            return z3.BoolVal(plain)
        return z3.IntVal(self._words(path).index(plain) if isinstance(plain, str) else plain)

    def sum(
        self, operand: Sum, numbers: Mapping[str, int], form: str | None, owner: str | None = None
    ) -> Any:
        """Print an operand; ``owner`` is the fact whose words a constant is one of."""
        parts = []
        for sign, term in operand.terms:
            match term:
                case Fact(path):
                    printed = self.variable(path, form)
                case Constant(value):
                    printed = self.code(owner or "", value)
                case _:
                    printed = z3.IntVal(numbers[term.name])
            parts.append(-printed if sign < 0 else printed)
        return parts[0] if len(parts) == 1 else z3.Sum(parts)

    def line(self, line: Line, numbers: Mapping[str, int], form: str | None) -> Any:
        """Print one condition line."""
        match line:
            case Holds(fact, negated, _):
                printed = self.variable(fact.path, form)
                return z3.Not(printed) if negated else printed
            case Compare(op, left, right, _):
                owner = next((t.path for s in (left, right) for _, t in s.terms if isinstance(t, Fact)), None)
                a, b = self.sum(left, numbers, form, owner), self.sum(right, numbers, form, owner)
                match op:
                    case "==":
                        return a == b
                    case "!=":
                        return a != b
                    case "<":
                        return a < b
                    case "<=":
                        return a <= b
                    case ">":
                        return a > b
                    case _:
                        return a >= b
            case _:
                term = line.operand.terms[0][1]
                owner = term.path if isinstance(term, Fact) else None
                a = self.sum(line.operand, numbers, form, owner)
                inside = either(a == self.code(owner or "", item) for item in line.items)
                return z3.Not(inside) if line.negated else inside

    def condition(self, condition: Condition | None, numbers: Mapping[str, int], form: str | None) -> Any:
        """Print a condition."""
        if condition is None:
            return z3.BoolVal(val=True)
        if not isinstance(condition, Group):
            return self.line(condition, numbers, form)
        parts = [self.condition(part, numbers, form) for part in condition.parts]
        return both(parts) if condition.every else either(parts)

    def _said(self, indices: Iterable[int], form: str | None, when: Any) -> list[Said]:
        said = []
        for index in indices:
            provision = self.book.provisions[index]
            if index not in self.book.off(self.adopted):
                speaks = self.condition(provision.when, self.book.numbers[index], form)
                said.append(Said(index, provision, form, z3.And(when, speaks)))
        return said

    def _stand(self, said: Sequence[Said]) -> None:
        by_index: dict[int, list[Said]] = {}
        for one in said:
            by_index.setdefault(one.index, []).append(one)

        def stand(one: Said) -> Any:
            if one.stands is None:
                over = [
                    other for i in self.book.overriders.get(one.index, ()) for other in by_index.get(i, ())
                ]
                one.stands = z3.And(one.speaks, z3.Not(either(stand(other) for other in over)))
            return one.stands

        for one in said:
            stand(one)

    def _judged(self, form: str) -> tuple[Any, list[tuple[Any, str]]]:
        """Say that a paper of the form exists and binds on the day, contested questions aside; and which
        questions leave that open when.
        """
        judges = self._said(self.book.judges(form).indices, form, z3.BoolVal(val=True))
        self._stand(judges)
        on = self.variable("request.on", form)
        against = [z3.And(self.has_end(form), on >= self.variable(UNTIL, form))]
        left_open = []
        for one in judges:
            for effect in one.provision.effects:
                if isinstance(effect, Void | Defect | Supersede):
                    against.append(one.stands)
                elif isinstance(effect, Lapse):
                    ends = self.sum(effect.on, self.book.numbers[one.index], form)
                    against.append(z3.And(one.stands, on >= ends))
                elif isinstance(effect, Refer):
                    left_open.append((one.stands, effect.question))
        binds = both([self.present(form), on >= self.variable(FROM, form), z3.Not(either(against))])
        return binds, left_open

    def side(self, question: str) -> Any:
        """Give the variable that says which side of a contested question is taken: its position in
        `sides`.
        """
        name = f"side of {question}"
        if name not in self.variables:
            made = self.variables[name] = z3.Int(name)
            self.bounds.append(z3.And(made >= 0, made < len(self.book.pack.contested[question].sides)))
        return self.variables[name]

    def answer(self, about: str) -> Answer:
        """Print the composition of one question, on whichever side of each contested question."""
        always = self.variable(ABOUT, None) == self.code(ABOUT, about)
        said = self._said(self.book.general(about).indices, None, always)
        judged = {form: self._judged(form) for form in self.book.pack.forms}
        aside = {form: binds for form, (binds, _) in judged.items()}
        binds = {
            form: both(
                [aside[form], *(z3.Implies(open_, self._sided(name, None, aside)) for open_, name in left)]
            )
            for form, (_, left) in judged.items()
        }
        for form in self.book.pack.forms:
            said += self._said(self.book.form(form, about).indices, form, z3.And(always, binds[form]))
        for one in said:
            if one.provision.side is not None:
                one.speaks = z3.And(one.speaks, self._sided(*one.provision.side, aside))
        self._stand(said)
        return self._weigh(said, binds, gate=about == "entry")

    def _sided(self, name: str, side: str | None, aside: Mapping[str, Any]) -> Any:
        """Say that a contested question is asked and takes a side; None is the first, the interim's."""
        question = self.book.pack.contested[name]
        position = [one.name for one in question.sides].index(side) if side else 0
        asked = self.condition(question.when, {}, None)
        if question.papers:
            of_kind = [
                bound for form, bound in aside.items() if self.book.pack.forms[form].kind in question.papers
            ]
            asked = z3.And(asked, either(of_kind))
        return z3.And(asked, self.side(name) == position)

    def _weigh(self, said: Sequence[Said], binds: Mapping[str, Any], *, gate: bool) -> Answer:
        bars: list[tuple[Said, Any]] = []
        rights: list[tuple[Said, Any]] = []
        opens, residual, refers, missing = [], [], [], []
        for one in said:
            numbers = self.book.numbers[one.index]
            for effect in one.provision.effects:
                match effect:
                    case Prohibit() if one.provision.residual:
                        residual.append(one.stands)
                    case Prohibit():
                        bars.append((one, one.stands))
                    case Permit(right):
                        rights.append((one, one.stands)) if right else opens.append(one.stands)
                    case Require(key, _):
                        missing.append(z3.And(one.stands, z3.Not(self.variable(key, one.form))))
                    case Ceiling(_, limit, used, asked):
                        parts = [self.sum(part, numbers, one.form) for part in (used, asked, limit)]
                        bars.append((one, z3.And(one.stands, parts[0] + parts[1] > parts[2])))
                    case Floor(_, limit, used):
                        owed = self.sum(used, numbers, one.form) < self.sum(limit, numbers, one.form)
                        rights.append((one, z3.And(one.stands, owed)))
                    case Refer():
                        refers.append(one.stands)
                    case _:
                        pass
        effective = []
        for one, bar in bars:
            rank = one.provision.rank
            higher = either(right for of, right in rights if of.provision.rank < rank)
            equal = either(right for of, right in rights if of.provision.rank == rank)
            effective.append((z3.And(bar, z3.Not(higher)), equal))
        barred = either(z3.And(bar, z3.Not(equal)) for bar, equal in effective)
        opposed = either(z3.And(bar, equal) for bar, equal in effective)
        permission = either([*(r for _, r in rights), *opens])
        lacking = either(missing)
        hard = z3.Or(barred, z3.And(either(residual), z3.Not(permission)))
        refuse = z3.Or(hard, lacking) if gate else hard
        refer = z3.And(z3.Not(refuse), z3.Or(opposed, either(refers)))
        pending = both([z3.Not(refuse), z3.Not(refer), lacking])
        permit = both([z3.Not(refuse), z3.Not(refer), z3.Not(pending)])
        return Answer(said, binds, refuse, refer, pending, permit, permission, rights, bars)
