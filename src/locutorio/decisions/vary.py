"""Other values a fact could have that matter, and a view with one of them set."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date

from locutorio.decisions.assess import View
from locutorio.facts.vocabulary import Vocabulary
from locutorio.kernel.moments import years_between
from locutorio.rules.effects import sums_of_effect
from locutorio.rules.explain import value_of
from locutorio.rules.generate import Facts, Raw
from locutorio.rules.provision import Ceiling, Effect, Floor, Provision
from locutorio.rules.rulebook import Rulebook
from locutorio.rules.tree import (
    Compare,
    Constant,
    Fact,
    Group,
    Line,
    Member,
    Sum,
    Term,
    Type,
    facts_of,
    lines_of,
    sums_of,
)

KINDS = "instruments."
OTHER = "any_other"


def with_fact(view: View, path: str, value: Raw, words: Vocabulary) -> View:
    """Give the view with one fact set; ``NAME:instrument.fact`` is a fact of a paper, ``instruments.KIND``
    a kind.
    """
    if path.startswith(KINDS):
        return replace(
            view, open_kinds=tuple(kind for kind in view.open_kinds if kind != path.removeprefix(KINDS))
        )
    name, colon, fact = path.partition(":")
    if colon:
        papers = tuple(
            (paper, form, {**own, fact: value} if paper == name else own) for paper, form, own in view.papers
        )
        return replace(view, papers=papers)
    return replace(view, facts=_rederived({**view.facts, path: value}, path, words))


def _rederived(facts: dict[str, Raw], changed: str, words: Vocabulary) -> Mapping[str, Raw]:
    for path, kind in words.facts.items():
        if (
            changed not in {kind.years_from, kind.years_to}
            or kind.years_from is None
            or kind.years_to is None
        ):
            continue
        start, end = facts.get(kind.years_from), facts.get(kind.years_to)
        if start is not None and end is not None:
            facts[path] = years_between(date.fromordinal(int(start)), date.fromordinal(int(end)))
    return facts


class Alternatives:
    """For each fact, the values that make some line or count of a rulebook's question come out otherwise."""

    def __init__(self, book: Rulebook, about: str) -> None:
        self.book = book
        self.lines: dict[str, list[tuple[int, Line]]] = {}
        self.effects: dict[str, list[tuple[int, Effect]]] = {}
        indices = set(book.general(about).indices)
        for form in book.pack.forms:
            indices.update(book.form(form, about).indices, book.judges(form).indices)
        for index in indices:
            self._note(index, book.provisions[index])

    def _note(self, index: int, provision: Provision) -> None:
        for line in lines_of(provision.when or Group(True, ())):
            for path in facts_of(sums_of(line)):
                self.lines.setdefault(path, []).append((index, line))
        for effect in provision.effects:
            for path in facts_of(sums_of_effect(effect)):
                self.effects.setdefault(path, []).append((index, effect))

    def of(self, path: str, facts: Facts) -> list[Raw]:
        """Give the values worth trying for a fact, its present one left out."""
        kind = self.book.words.facts[path]
        match kind.type:
            case "yes_no":
                found: list[Raw] = [True, False]
            case "choice" | "office":
                found = self._words(path)
            case _:
                found = [*sorted(self._thresholds(path, facts, at_least=0 if kind.type == "quantity" else 1))]
        return [value for value in found if value != facts.get(path)]

    def _words(self, path: str) -> list[Raw]:
        named = dict.fromkeys(word for _, line in self.lines.get(path, ()) for word in _words_in(line))
        other = [word for word in self._all_words(path) if word not in named]
        return [*named, *other[:1]]

    def _all_words(self, path: str) -> Iterable[str]:
        kind = self.book.words.facts[path]
        return kind.values if kind.type == "choice" else self.book.words.offices

    def exhaustive(self, path: str, facts: Facts) -> bool:
        """Say whether the values tried stand for every value: no line holds this fact against another
        unknown one.
        """
        beside = [part for _, line in self.lines.get(path, ()) for part in facts_of(sums_of(line))]
        beside += [
            part for _, effect in self.effects.get(path, ()) for part in facts_of(sums_of_effect(effect))
        ]
        return all(part == path or facts.get(part) is not None for part in beside)

    def others(self, path: str) -> frozenset[str]:
        """Give the words of a choice that no line names; one stands for all."""
        named = {word for _, line in self.lines.get(path, ()) for word in _words_in(line)}
        return frozenset(word for word in self._all_words(path) if word not in named)

    def _thresholds(self, path: str, facts: Facts, at_least: int) -> set[int]:
        found: set[int] = set()
        for index, line in self.lines.get(path, ()):
            if isinstance(line, Compare):
                found.update(self._equal(path, line.left, line.right, facts, index))
            elif isinstance(line, Member):
                found.update(item.toordinal() for item in line.items if isinstance(item, date))
        for index, effect in self.effects.get(path, ()):
            match effect:
                case Ceiling(_, limit, used, asked):
                    found.update(self._equal(path, _plus(used, asked), limit, facts, index))
                case Floor(_, limit, used):
                    found.update(self._equal(path, used, limit, facts, index))
                case _:
                    pass
        return {value for value in found if at_least <= value <= date.max.toordinal()}

    def _equal(self, path: str, left: Sum, right: Sum, facts: Facts, index: int) -> Iterable[int]:
        """Solve left == right for one fact, and give the values at, below and above."""
        factor = 0
        rest: list[tuple[int, Term]] = []
        sided = [*left.terms, *((-sign, term) for sign, term in right.terms)]
        for sign, term in sided:
            if isinstance(term, Fact) and term.path == path:
                factor += sign
            else:
                rest.append((sign, term))
        if factor == 0:
            return ()
        known = value_of(Sum(tuple(rest), Type("quantity")), facts, self.book.numbers[index]) if rest else 0
        if known is None or isinstance(known, str):
            return ()
        equal = -int(known) // factor
        return (equal - 1, equal, equal + 1)


def _plus(left: Sum, right: Sum) -> Sum:
    return Sum((*left.terms, *right.terms), left.type)


def _words_in(line: Line) -> Iterable[str]:
    match line:
        case Compare(_, left, right, _):
            for _, term in (*left.terms, *right.terms):
                if isinstance(term, Constant) and isinstance(term.value, str):
                    yield term.value
        case Member(_, items, _, _):
            yield from (item for item in items if isinstance(item, str))
        case _:
            return
