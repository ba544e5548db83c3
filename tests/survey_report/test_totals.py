"""Promises about the counts of a survey: each is what counting single decisions, one by one, comes to."""

from __future__ import annotations

from collections import Counter
from datetime import date
from functools import cache
from pathlib import Path

import polars as pl
import pytest

from locutorio.actions import shelf
from locutorio.actions.people import open_people
from locutorio.actions.survey import Asked, compiled_for, survey
from locutorio.decisions.decide import Judge
from locutorio.decisions.decision import Decision, Truth
from locutorio.kernel.faults import Fault

ON = date(2026, 12, 5)
LAW = "us-federal"


def asked(about: str) -> Asked:
    """Ask with usual values for what no column has."""
    return Asked(about, ON, usual=True)


@cache
def decisions(people: Path, about: str) -> tuple[Decision, ...]:
    """Decide every row by itself."""
    table = open_people(people)
    book = shelf.shelf(LAW).on(ON)
    compiled, judge = compiled_for(table, book, asked(about)), Judge(book)
    return tuple(
        judge.reasoned(compiled.snapshot(row)) for row in pl.read_parquet(people).iter_rows(named=True)
    )


def outcome(decision: Decision) -> str:
    """Give the outcome as a survey counts it."""
    return decision.outcome.value if decision.firm else "open"


pytestmark = pytest.mark.parametrize("about", ["visit", "call"])


def test_outcomes_are_counted_exactly(people: Path, about: str) -> None:
    """Every row counts once, under its own decision's outcome."""
    found = survey(people, LAW, asked(about)).outcomes
    expected = Counter(outcome(one) for one in decisions(people, about))

    assert {name: rows for name, rows in found.items() if rows} == expected
    assert len(expected) > 2


def test_what_makes_an_answer_is_counted_exactly(people: Path, about: str) -> None:
    """A provision counts in each row whose firm answer its decision says it made."""
    found = survey(people, LAW, asked(about)).decided
    expected = Counter(
        (name, outcome(one))
        for one in decisions(people, about)
        if one.firm
        for name in {finding.provision for finding in one.reasons}
    )

    assert {(one.provision.name, one.outcome): one.rows for one in found if one.outcome != "open"} == expected


def test_missing_keys_are_counted_exactly(people: Path, about: str) -> None:
    """A key counts where an approval is missing and the decision says that nobody gave it."""
    found = survey(people, LAW, asked(about)).missing
    expected = Counter(
        key
        for one in decisions(people, about)
        if outcome(one) == "pending"
        for key in {(key.fact, key.office) for key in one.keys if key.state is Truth.NO}
    )

    assert {(fact, office): rows for fact, office, rows in found} == expected


def test_conditions_are_counted_exactly(people: Path, about: str) -> None:
    """A condition counts where it surely holds and the contact may take place, now or once a key is given."""
    found = survey(people, LAW, asked(about)).conditions
    expected = Counter(
        condition.token
        for one in decisions(people, about)
        if outcome(one) in ("permit", "pending")
        for condition in one.conditions
        if condition.truth is Truth.YES and condition.contested is None
    )

    assert dict(found) == expected


def test_floors_not_met_are_counted_exactly(people: Path, about: str) -> None:
    """A floor counts where the decision reports a floor breach."""
    found = survey(people, LAW, asked(about)).breached
    expected = Counter(
        name
        for one in decisions(people, about)
        for name in {beside.finding.provision for beside in one.beside if beside.kind == "floor_breach"}
    )

    assert {provision.name: rows for provision, rows in found} == expected


def test_every_open_row_names_what_is_missing(people: Path, about: str) -> None:
    """What is told as unknown is a column with holes, a fact without column, or papers nobody knows of."""
    found = survey(people, LAW, asked(about))
    table = pl.read_parquet(people)

    assert found.outcomes["open"]
    assert found.unknown
    for path, rows in found.unknown:
        assert 0 < rows <= found.outcomes["open"]
        if path in table.columns:
            assert rows <= table[path].null_count()


def test_the_file_of_rows_says_what_the_counts_say(people: Path, about: str, tmp_path: Path) -> None:
    """Each row stands in the file once, in order, with its outcome and the names of what made it."""
    found = survey(people, LAW, asked(about), rows_to=tmp_path / "rows.parquet")
    rows = pl.read_parquet(tmp_path / "rows.parquet")
    single = decisions(people, about)

    assert rows["outcome"].to_list() == [outcome(one) for one in single]
    assert rows.select("person", "contact").equals(pl.read_parquet(people, columns=["person", "contact"]))
    for told, one in zip(rows["decided_by"].to_list(), single, strict=True):
        if one.firm:
            assert set(told) == {finding.provision for finding in one.reasons}
    assert found.scope.rows == len(rows)


def test_the_size_of_a_batch_changes_no_count(
    people: Path, about: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Counted in batches of 137 rows the survey is the same."""
    whole = survey(people, LAW, asked(about))
    monkeypatch.setattr("locutorio.actions.people.ROWS_AT_ONCE", 137)
    told: list[tuple[int, int]] = []
    parts = survey(people, LAW, asked(about), progress=lambda done, all_: told.append((done, all_)))

    assert parts.outcomes == whole.outcomes
    assert Counter({(o.provision.name, o.outcome): o.rows for o in parts.decided}) == Counter(
        {(o.provision.name, o.outcome): o.rows for o in whole.decided}
    )
    assert sorted(parts.missing) == sorted(whole.missing)
    assert told[-1] == (1500, 1500)
    assert len(told) == 11


def test_a_question_that_the_law_does_not_know_is_refused(people: Path, about: str) -> None:
    """An unknown question, kind of paper or provision is named, with what could be meant."""
    for wrong in (
        Asked("visitt", ON),
        Asked(about, ON, complete=("sanctions",)),
        Asked(about, ON, adopt=("no.such",)),
    ):
        with pytest.raises(Fault, match="is not known here") as refused:
            survey(people, LAW, wrong)
        assert refused.value.remedy
