"""Other values a fact could have that matter, and a view with one of them set."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from locutorio.decisions.assess import ROLE, View, with_years
from locutorio.decisions.papers import FROM, UNTIL
from locutorio.facts.vocabulary import Value
from locutorio.kernel.moments import birthday
from locutorio.rules.effects import sums_of_effect
from locutorio.rules.explain import value_of
from locutorio.rules.generate import Facts, Raw
from locutorio.rules.language import ORDERED
from locutorio.rules.provision import Ceiling, Effect, Floor, Lapse
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

Numbers = Mapping[str, int]

ON = "request.on"
KINDS = "instruments."
OTHER = "any_other"


def with_fact(view: View, path: str, value: Raw, book: Rulebook) -> View:
    """Give the view with one fact set; ``NAME:instrument.fact`` is a fact of a paper, ``instruments.KIND``
    a kind.
    """
    if path.startswith(KINDS):
        kinds = tuple(kind for kind in view.open_kinds if kind != path.removeprefix(KINDS))
        return View(view.about, view.facts, view.papers, kinds, view.adopted)
    name, colon, fact = path.partition(":")
    if colon:
        papers = tuple(
            (paper, form, {**own, fact: value} if paper == name else own) for paper, form, own in view.papers
        )
        return View(view.about, view.facts, papers, view.open_kinds, view.adopted)
    facts = with_years({**view.facts, path: value}, _counted_anew(path, view.facts, book))
    return View(view.about, facts, view.papers, view.open_kinds, view.adopted)


def _counted_anew(path: str, facts: Facts, book: Rulebook) -> Iterable[tuple[str, str, str]]:
    """Give the derived facts that change with a day they are counted from. A stated one, whose days were not
    both known, stands.
    """
    for one in book.derived_from.get(path, ()):
        derived, *days = one
        if facts.get(derived) is None or all(facts.get(day) is not None for day in days):
            yield one


_ON = Sum(((1, Fact(ON)),), Type("day"))


class Alternatives:
    """For each fact, the values that make some line or count of a rulebook's question come out otherwise."""

    def __init__(self, book: Rulebook, about: str) -> None:
        self.book = book
        self.lines: dict[str, list[tuple[Numbers, Line]]] = {}
        self.effects: dict[str, list[tuple[Numbers, Effect]]] = {}
        self._worth: dict[str, list[Raw]] = {}
        indices = set(book.general(about).indices)
        for form in book.pack.forms:
            indices.update(book.form(form, about).indices, book.judges(form).indices)
        for index in indices:
            provision = book.provisions[index]
            self._note(provision.when, provision.effects, book.numbers[index])
        for question in book.pack.contested.values():
            self._note(question.when, (), {})
        for kind in book.pack.kinds.values():
            self._note(kind.when, (), {})

    def _note(self, when: Group | None, effects: Sequence[Effect], numbers: Numbers) -> None:
        for line in lines_of(when or Group(True, ())):
            for path in facts_of(sums_of(line)):
                self.lines.setdefault(path, []).append((numbers, line))
        for effect in effects:
            for path in facts_of((*sums_of_effect(effect), *((_ON,) if isinstance(effect, Lapse) else ()))):
                self.effects.setdefault(path, []).append((numbers, effect))

    def of(self, path: str, facts: Facts) -> list[Raw]:
        """Give the values worth trying for a fact, its present one left out."""
        kind = self.book.words.facts[path]
        match kind.type:
            case "yes_no":
                found: Sequence[Raw] = (True, False)
            case "choice" | "office":
                found = self._words(path)
            case _:
                found = sorted(self._thresholds(path, facts, at_least=0 if kind.type == "quantity" else 1))
        now = facts.get(path)
        return [value for value in found if value != now]

    def _words(self, path: str) -> list[Raw]:
        if path not in self._worth:
            named = self._named(path)
            other = [word for word in self._all_words(path) if word not in named]
            self._worth[path] = [*named, *other[:1]]
        return self._worth[path]

    def _named(self, path: str) -> dict[str, None]:
        """Give the words of a choice that can matter: all, where a line holds it against another fact."""
        lines = [line for _, line in self.lines.get(path, ())]
        if any(len(facts_of(sums_of(line))) > 1 for line in lines):
            return dict.fromkeys(self._all_words(path))
        kinds = self.book.pack.kinds.values() if path == ROLE else ()
        named = [word for line in lines for word in _words_in(line)]
        return dict.fromkeys([*named, *(role for kind in kinds for role in kind.not_roles)])

    def _all_words(self, path: str) -> Iterable[str]:
        kind = self.book.words.facts[path]
        return kind.values if kind.type == "choice" else self.book.words.offices

    def exhaustive(self, path: str, facts: Facts) -> bool:
        """Say whether the values tried stand for every value: no line holds this fact against another
        unknown one, and nothing derived from it is read.
        """
        beside = [part for _, line in self.lines.get(path, ()) for part in facts_of(sums_of(line))]
        beside += [
            part for _, effect in self.effects.get(path, ()) for part in facts_of(sums_of_effect(effect))
        ]
        derives = any(
            path in (kind.years_from, kind.years_to) and (derived in self.lines or derived in self.effects)
            for derived, kind in self.book.words.facts.items()
        )
        return not derives and all(part == path or facts.get(part) is not None for part in beside)

    def others(self, path: str) -> frozenset[str]:
        """Give the words of a choice that no line names; one stands for all."""
        named = self._named(path)
        return frozenset(word for word in self._all_words(path) if word not in named)

    def _thresholds(self, path: str, facts: Facts, at_least: int) -> set[int]:
        found: set[int] = set()
        for numbers, line in self.lines.get(path, ()):
            match line:
                case Compare(op, left, right, _):
                    found.update(self._edges(path, left, op, right, facts, numbers))
                case Member(operand, items, _, _):
                    for item in items:
                        found.update(self._edges(path, operand, "==", _constant(item), facts, numbers))
                case _:
                    pass
        for numbers, effect in self.effects.get(path, ()):
            match effect:
                case Ceiling(_, limit, used, asked):
                    found.update(self._edges(path, _plus(used, asked), ">", limit, facts, numbers))
                case Floor(_, limit, used):
                    found.update(self._edges(path, used, "<", limit, facts, numbers))
                case Lapse(on):
                    found.update(self._edges(path, on, "<=", _ON, facts, numbers))
                case _:
                    pass
        for years, since, until in self.book.derived_from.get(path, ()):
            if until == path:
                found.update(self._birthdays(years, facts.get(since), facts, after=facts.get(until)))
        for bound in (FROM, UNTIL) if path == ON else (path,) if path in (FROM, UNTIL) else ():
            found.update(self._edges(path, Sum(((1, Fact(bound)),), _ON.type), "<=", _ON, facts, {}))
        return {value for value in found if at_least <= value <= date.max.toordinal()}

    def _birthdays(self, path: str, since: Raw, facts: Facts, *, after: Raw) -> Iterable[int]:
        """Give the days still to come on which years counted from a day reach a number that matters."""
        if since is None or after is None:
            return
        for years in self._thresholds(path, facts, at_least=0):
            day = birthday(date.fromordinal(int(since)), years)
            if day is not None and day.toordinal() > int(after):
                yield day.toordinal()

    def _edges(
        self, path: str, left: Sum, op: str, right: Sum, facts: Facts, numbers: Numbers
    ) -> Iterable[int]:
        """Give the values of one fact on either side of where `left op right` turns."""
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
        known = value_of(Sum(tuple(rest), Type("quantity")), facts, numbers) if rest else 0
        if known is None or isinstance(known, str):
            return ()
        equal = -int(known) // factor
        below, above = (equal - 1, equal), (equal, equal + 1)
        if factor not in {1, -1} or op not in ORDERED:
            return (*below, *above)
        return below if (op in {"<", ">="}) == (factor == 1) else above


def _constant(value: Value) -> Sum:
    return Sum(((1, Constant(value)),), Type("quantity"))


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
