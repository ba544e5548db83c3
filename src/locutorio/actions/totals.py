"""Counts the answers of a survey, batch by batch: what it holds grows with the law, not with the rows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

import polars as pl

from locutorio.actions.breaches import Breaches
from locutorio.actions.unknowns import Unknowns, bits
from locutorio.notices.reports.values import OUTCOMES, Decided, Law, Scope, Surveyed
from locutorio.survey.survey import Survey

MAY_HAPPEN = ("permit", "pending")
Group = tuple[str, tuple[int, ...], int]


def words_of(name: str, frame: pl.DataFrame) -> list[str]:
    """Give the columns of a mask in their order: NAME_0, NAME_1, ..."""
    return [f"{name}_{at}" for at in range(len(frame.columns)) if f"{name}_{at}" in frame.columns]


def grouped(frame: pl.DataFrame, name: str) -> Iterator[Group]:
    """Give (outcome, words of a mask, rows) for each combination of the two."""
    words = words_of(name, frame) or [name]
    for outcome, *mask, rows in frame.group_by("outcome", *words).len().iter_rows():
        yield str(outcome), tuple(mask), rows


class Totals:
    """The counts of one survey so far."""

    def __init__(self, survey: Survey) -> None:
        self._survey = survey
        self._unknowns = Unknowns(survey)
        self._breaches = Breaches(survey)
        self.rows = 0
        self._outcomes: Counter[str] = Counter()
        self._decided: Counter[tuple[str, str]] = Counter()
        self._missing: Counter[tuple[str, str]] = Counter()
        self._conditions: Counter[str] = Counter()
        self._breached: Counter[str] = Counter()
        self._unknown: Counter[str] = Counter()

    def add(self, rows: pl.DataFrame, answers: pl.DataFrame) -> None:
        """Count a batch: the rows of the table, and what the survey gave for them."""
        survey = self._survey
        self.rows += len(rows)
        for outcome, mask, count in grouped(answers, "deciders"):
            self._outcomes[outcome] += count
            for name in {survey.provisions[bit].provision.name for bit in bits(mask)}:
                self._decided[name, outcome] += count
        for outcome, mask, count in grouped(answers, "missing"):
            if outcome == "pending":
                keys = {(key.key, key.office) for key in (survey.keys[bit][1] for bit in bits(mask))}
                self._missing.update(dict.fromkeys(keys, count))
        for outcome, mask, count in grouped(answers, "conditions"):
            if outcome in MAY_HAPPEN:
                self._conditions.update({survey.conditions[bit]: count for bit in bits(mask)})
        self._breached.update(self._breaches.counted(answers))
        unknown = self._unknowns.of(rows, answers)
        if len(unknown):
            for *words, count in unknown.group_by(pl.all()).len().iter_rows():
                self._unknown.update({self._unknowns.paths[bit]: count for bit in bits(words)})

    def surveyed(self, scope: Scope, law: Law) -> Surveyed:
        """Give what was counted as a report has it."""
        named = {bit.provision.name: bit.provision for bit in self._survey.provisions}
        return Surveyed(
            scope=scope,
            law=law,
            outcomes={name: self._outcomes[name] for name in OUTCOMES},
            decided=tuple(
                Decided(named[name], outcome, rows) for (name, outcome), rows in self._decided.items()
            ),
            missing=tuple((fact, office, rows) for (fact, office), rows in self._missing.items()),
            conditions=tuple(self._conditions.items()),
            breached=tuple((named[name], rows) for name, rows in self._breached.items()),
            unknown=tuple(self._unknown.items()),
            kinds={name: kind.label for name, kind in self._survey.sitting.book.pack.kinds.items()},
        )
