"""Asks clingo what a case comes to: facts for precedence.lp, many cases in one call."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import product
from pathlib import Path

import clingo

from locutorio.facts.snapshot import Paper, Snapshot, derived
from locutorio.rules.explain import truth, value_of
from locutorio.rules.generate import Facts, raw
from locutorio.rules.provision import (
    Ceiling,
    Defect,
    Effect,
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
from locutorio.rules.rulebook import Rulebook
from locutorio.rules.tree import Sum

PROGRAM = Path(__file__).with_suffix(".lp")


class Precedence:
    """Collects cases, all fully known, and solves them together."""

    def __init__(self) -> None:
        self._text: list[str] = []
        self._said: set[str] = set()
        self._books: list[Rulebook] = []
        self.cases = 0

    def add(self, snapshot: Snapshot, book: Rulebook) -> int:
        """State one case; the number it gets back is its name in the answers."""
        case = self.cases
        self.cases += 1
        if book not in self._books:
            self._books.append(book)
        stated = _Stated(case, snapshot, book, self._books.index(book), self._law)
        self._text += [f"{atom}." for atom in stated.atoms()]
        return case

    def _law(self, atom: str) -> None:
        """State what is so in every case, once."""
        if atom not in self._said:
            self._said.add(atom)
            self._text.append(f"{atom}.")

    def solve(self) -> dict[int, str]:
        """Give the outcome of each case; there is exactly one answer set."""
        control = clingo.Control(["--warn=none"])
        control.load(str(PROGRAM))
        control.add("base", [], "\n".join(self._text))
        control.ground([("base", [])])
        found: list[dict[int, str]] = []
        with control.solve(yield_=True) as handle:
            for model in handle:
                shown = model.symbols(shown=True)
                found.append({atom.arguments[0].number: atom.arguments[1].name for atom in shown})
                assert len(found[-1]) == len(shown), "a case has two outcomes"
        assert len(found) == 1, f"{len(found)} answer sets"
        return found[0]


class _Stated:
    """One case as atoms. What speaks and what numbers are comes from the explaining reader."""

    def __init__(
        self, case: int, snapshot: Snapshot, book: Rulebook, number: int, law: Callable[[str], None]
    ) -> None:
        self.case = case
        self.snapshot = snapshot
        self.book = book
        self.number = number
        self.law = law
        self.on = snapshot.question.on.toordinal()
        facts = {
            **snapshot.facts,
            "request.about": snapshot.question.about or "",
            "request.on": snapshot.question.on,
            "request.asked_on": snapshot.question.asked_on or snapshot.question.on,
        }
        self.facts: Facts = {path: raw(value) for path, value in derived(facts, book.words).items()}
        self.questions: set[str] = set()

    def atoms(self) -> Iterator[str]:
        case, about = self.case, self.snapshot.question.about
        yield f"on({case},{self.on})"
        if about == "entry":
            yield f"gate({case})"
        yield from self._source("law", None, self.facts)
        for paper in self.snapshot.papers:
            yield from self._paper(paper)
        yield from self._contested()

    def _paper(self, paper: Paper) -> Iterator[str]:
        case, name = self.case, paper.name
        facts = {**self.facts, **{path: raw(value) for path, value in paper.facts.items()}}
        yield f"from({case},{name},{facts['instrument.from']})"
        if facts.get("instrument.until") is not None:
            yield f"until({case},{name},{facts['instrument.until']})"
        yield f'kind({case},{name},"{self.book.pack.forms[paper.form].kind}")'
        yield from self._source(name, paper.form, facts)
        for index, provision in enumerate(self.book.provisions):
            if provision.about == "instrument" and paper.form in provision.of and self._speaks(index, facts):
                yield f"judges({case},{name},{self._id(index)})"
                for effect in provision.effects:
                    if isinstance(effect, Lapse):
                        day = self._number(index, effect.on, facts)
                        yield f"lapses({case},{name},{self._id(index)},{day})"

    def _source(self, source: str, form: str | None, facts: Facts) -> Iterator[str]:
        for index, provision in enumerate(self.book.provisions):
            if provision.about == "contact" and provision.form == form and self._speaks(index, facts):
                yield f"speaks({self.case},{source},{self._id(index)})"
                for effect in provision.effects:
                    yield from self._effect(source, index, effect, facts)

    def _effect(self, source: str, index: int, effect: Effect, facts: Facts) -> Iterator[str]:
        where = f"{self.case},{source},{self._id(index)}"
        match effect:
            case Ceiling(_, limit, used, asked):
                numbers = ",".join(str(self._number(index, part, facts)) for part in (limit, used, asked))
                yield f"ceiling({where},{numbers})"
            case Floor(_, limit, used):
                numbers = ",".join(str(self._number(index, part, facts)) for part in (limit, used))
                yield f"floor({where},{numbers})"
            case Require(key, _) if facts.get(key) is True:
                yield f'given({self.case},{source},"{key}")'
            case _:
                pass

    def _speaks(self, index: int, facts: Facts) -> bool:
        provision = self.book.provisions[index]
        decides = provision.status in ("verified", "derived")
        adopted = self.snapshot.adopted & {provision.name, *provision.rows}
        if not (decides or adopted) or truth(provision.when, facts, self.book.numbers[index]) is not True:
            return False
        self._of_law(index, provision)
        if provision.side:
            self.questions.add(provision.side[0])
        self.questions |= {e.question for e in provision.effects if isinstance(e, Refer)}
        return True

    def _of_law(self, index: int, provision: Provision) -> None:
        own = self._id(index)
        self.law(f"rank({own},{provision.rank})")
        for atom in (atom for effect in provision.effects for atom in _lasting(own, effect)):
            self.law(atom)
        if provision.residual:
            self.law(f"residual({own})")
        if provision.side:
            self.law(f"sided({own})")
            self.law(f'side({own},"{self._name(provision.side[0])}","{provision.side[1]}")')
        for effect in provision.effects:
            if isinstance(effect, Refer):
                self.law(f'doubts({own},"{self._name(effect.question)}")')
        for other, removers in self.book.overriders.items():
            if index in removers:
                self.law(f"overrides({own},{self._id(other)})")

    def _number(self, index: int, operand: Sum, facts: Facts) -> int:
        found = value_of(operand, facts, self.book.numbers[index])
        assert isinstance(found, int)
        return found

    def _id(self, index: int) -> str:
        return f"p({self.number},{index})"

    def _name(self, question: str) -> str:
        return f"{self.number}:{question}"

    def _contested(self) -> Iterator[str]:
        """State which questions hold, and every way to take the sides of those that can matter."""
        sides: list[Sequence[tuple[str, str]]] = []
        for question in self.book.pack.contested.values():
            name = self._name(question.name)
            self.law(f'first("{name}","{question.sides[0].name}")')
            for kind in question.papers:
                self.law(f'needs("{name}","{kind}")')
                self.law(f'needs_paper("{name}")')
            if truth(question.when, self.facts, {}) is True:
                yield f'holds({self.case},"{name}")'
                if question.name in self.questions:
                    sides.append([(name, side.name) for side in question.sides])
        for number, way in enumerate(product(*sides)):
            yield f"way({self.case},{number})"
            yield from (f'takes({self.case},{number},"{name}","{side}")' for name, side in way)


def _lasting(own: str, effect: Effect) -> Iterator[str]:
    """Give what an effect is, whatever the case."""
    match effect:
        case Prohibit():
            yield f"prohibits({own})"
        case Permit(right):
            yield f"{'grants' if right else 'opens'}({own})"
        case Require(key, _):
            yield f'requires({own},"{key}")'
        case Void() | Defect() | Supersede():
            yield f"undoes({own})"
        case _:
            pass
