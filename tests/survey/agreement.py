"""One row three ways: columns, one decision by generated Python, one decision by the explaining reader."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from functools import cache, cached_property
from typing import Any

from locutorio.decisions.assess import Assessment, assess, view_of
from locutorio.decisions.deciders import deciders
from locutorio.decisions.weigh import MAYBE, YES, Said, conditions
from locutorio.facts.snapshot import Snapshot
from locutorio.rules.explain import truth, value_of
from locutorio.rules.generate import Facts, Speaker
from locutorio.rules.rulebook import Rulebook, Speakers
from locutorio.rules.tree import Sum
from locutorio.survey.survey import Survey
from tests.properties.laws import Law
from tests.properties.promises import shown
from tests.survey.tables import draw

WORD = 64
OUTCOME, SPOKE = "outcome ", "spoke "
Name = tuple[str, str | None]


@dataclass(frozen=True)
class Answer:
    """What must be the same however a row is decided."""

    outcome: str
    deciders: frozenset[Name]
    fired: frozenset[Name]
    maybe: frozenset[Name]
    standing: frozenset[Name]
    conditions: frozenset[str]
    conditions_maybe: frozenset[str]
    missing: tuple[tuple[Name, str], ...]
    missing_maybe: tuple[tuple[Name, str], ...]
    counts: tuple[tuple[Name, int | None, int | None], ...]
    papers: tuple[tuple[str, str], ...]


def by_columns(survey: Survey, row: Mapping[str, Any]) -> Answer:
    """Give one row of what a survey found."""
    names = [(bit.provision.name, bit.paper) for bit in survey.provisions]

    def chosen(mask: str) -> frozenset[Name]:
        return frozenset(
            name for at, name in enumerate(names) if row[f"{mask}_{at // WORD}"] >> at % WORD & 1
        )

    def held(mask: str) -> frozenset[str]:
        return frozenset(token for at, token in enumerate(survey.conditions) if row[mask] >> at & 1)

    def lacking(mask: str) -> tuple[tuple[Name, str], ...]:
        keys = [(names[at], effect.key) for at, effect in survey.keys]
        return ordered(key for at, key in enumerate(keys) if row[mask] >> at & 1)

    return Answer(
        row["outcome"],
        chosen("deciders"),
        chosen("fired"),
        chosen("maybe"),
        chosen("standing"),
        held("conditions"),
        held("conditions_maybe"),
        lacking("missing"),
        lacking("missing_maybe"),
        ordered(
            (names[of], row[f"limit_{at}"], row[f"used_{at}"])
            for at, (of, _) in enumerate(survey.counts)
            if row["counts"] >> at & 1
        ),
        ordered((name, found) for name in survey.papers if (found := row[f"standing.{name}"]) is not None),
    )


def ordered(items: Iterable[Any]) -> tuple[Any, ...]:
    """Give things that may hold None in one order."""
    return tuple(sorted(items, key=repr))


def by_decision(snapshot: Snapshot, book: Rulebook) -> tuple[Answer, set[str]]:
    """Decide one row by itself; with it the provisions that surely speak on any side."""
    found = assess(view_of(snapshot, book), book)
    said, first = found.first_said, found.first

    def named(one: Said) -> Name:
        return one.provision.name, one.paper

    everything = [
        *zip(said, first.standing, strict=True),
        *(pair for paper in found.judged for pair in zip(paper.said, paper.standing, strict=True)),
    ]
    held = conditions(said, first.standing, book)

    def missing(state: int) -> tuple[tuple[Name, str], ...]:
        return ordered((named(said[at]), effect.key) for at, effect, known in first.keys if known == state)

    answer = Answer(
        found.outcome.value if found.outcome else "open",
        frozenset(named(said[at]) for at in deciders(found)),
        frozenset(named(one) for one, _ in everything if one.state == YES),
        frozenset(named(one) for one, _ in everything if one.state == MAYBE),
        frozenset(named(one) for one, standing in everything if standing == YES),
        frozenset(token for token, (state, _) in held.items() if state == YES),
        frozenset(token for token, (state, _) in held.items() if state == MAYBE),
        missing(YES),
        missing(MAYBE),
        ordered((named(said[count.said]), count.limit, count.used) for count in first.counts),
        _papers(found),
    )
    sides = (*found.by_sides.values(), *(paper.said for paper in found.judged))
    return answer, {one.provision.name for side in sides for one in side if one.state == YES}


def _papers(found: Assessment) -> tuple[tuple[str, str], ...]:
    return ordered((paper.name, paper.outcome.value if paper.outcome else "open") for paper in found.judged)


class _Reading(Speakers):
    """Provisions whose conditions are read by the explaining reader instead of by generated Python."""

    numbers: Sequence[Mapping[str, int]] = ()

    @cached_property
    def speak(self) -> Speaker:
        def read(facts: Facts) -> tuple[list[int], list[int]]:
            found = {i: truth(p.when, facts, self.numbers[i]) for i, p in self._provisions}
            return [i for i, held in found.items() if held], [i for i, held in found.items() if held is None]

        return read


class ReadingBook(Rulebook):
    """A rulebook decided upon by the explaining reader alone."""

    def _chosen(self, kind: str, name: str | None, about: str | None, bare: bool) -> Speakers:
        found = super()._chosen(kind, name, about, bare)
        if not isinstance(found, _Reading):
            reading = _Reading(found._provisions, self.day, found._fixed)
            reading.numbers = self.numbers
            self._speakers[kind, name, about, bare] = found = reading
        return found

    def compute(self, index: int, operand: Sum, facts: Facts) -> int | None:
        value = value_of(operand, facts, self.numbers[index])
        return None if value is None else int(value)


@cache
def read_by_line(book: Rulebook) -> ReadingBook:
    """Give the same law, decided upon by the explaining reader."""
    return ReadingBook(book.pack, book.day, book.words)


def columns_agree(law: Law, rng: random.Random, size: int) -> Counter[str]:
    """Decide a drawn table three ways; give how often each outcome came, and which provisions spoke."""
    drawn = draw(law.drawer, rng, size)
    found = drawn.survey.evaluate(drawn.rows)
    tally: Counter[str] = Counter()
    for row, given in zip(drawn.rows.iter_rows(named=True), found.iter_rows(named=True), strict=True):
        snapshot = drawn.survey.snapshot(row)
        wanted, spoke = by_decision(snapshot, law.book)
        assert by_decision(snapshot, read_by_line(law.book))[0] == wanted, shown(snapshot)
        answer = by_columns(drawn.survey, given)
        assert answer == wanted, f"{differing(answer, wanted)}\n{shown(snapshot)}"
        tally.update([OUTCOME + wanted.outcome, *(SPOKE + law.book.pack.name + " " + name for name in spoke)])
    return tally


def differing(answer: Answer, wanted: Answer) -> str:
    """Write where columns and a decision differ, for a person to read."""
    return "\n".join(
        f"{field.name}: columns {getattr(answer, field.name)}, decision {getattr(wanted, field.name)}"
        for field in fields(answer)
        if getattr(answer, field.name) != getattr(wanted, field.name)
    )


def silent(tally: Mapping[str, int], laws: Iterable[Law]) -> list[str]:
    """Give the provisions on contacts and papers that spoke in no row."""
    known = {
        f"{law.book.pack.name} {one.name}"
        for law in laws
        for one in law.book.provisions
        if one.about != "clock"
    }
    return sorted(name for name in known if not tally.get(SPOKE + name))


def shares(tally: Mapping[str, int]) -> str:
    """Write the share of each outcome."""
    counts = {name.removeprefix(OUTCOME): n for name, n in tally.items() if name.startswith(OUTCOME)}
    total = sum(counts.values()) or 1
    return ", ".join(f"{name} {count / total:.1%}" for name, count in sorted(counts.items()))
