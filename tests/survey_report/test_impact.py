"""Promises about the impact of a change of law: exact, row by row, against deciding each row twice."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from datetime import date
from pathlib import Path

import polars as pl
import pytest

from locutorio.actions.impact import impact
from locutorio.actions.laws import draft
from locutorio.actions.people import open_people
from locutorio.actions.survey import Asked, compiled_for
from locutorio.decisions.decide import Judge
from locutorio.kernel.faults import Faults
from tests.survey_report import drafts

ON = date(2026, 12, 5)
LAW = "us-federal"
ASKED = Asked("visit", ON, usual=True)
Answer = tuple[str, frozenset[str]]


def answers(people: Path, law: str) -> list[Answer]:
    """Decide every row by itself: its outcome and the provisions that made it."""
    book = draft(law).on(ON)
    compiled, judge = compiled_for(open_people(people), book, ASKED), Judge(book)
    found = []
    for row in pl.read_parquet(people).iter_rows(named=True):
        one = judge.reasoned(compiled.snapshot(row))
        made = frozenset(finding.provision for finding in one.reasons)
        found.append((one.outcome.value if one.firm else "open", made))
    return found


@pytest.fixture(scope="module", params=[drafts.changed_number, drafts.new_provision])
def new(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> str:
    """Give the folder of a draft."""
    make: Callable[[Path], Path] = request.param
    return str(make(tmp_path_factory.mktemp("draft")))


def test_every_count_is_exact(people: Path, new: str) -> None:
    """Matrix, rows with other reasons only, and what each provision does, are those of brute force."""
    found = impact(people, LAW, new, ASKED, "en")
    pairs = list(zip(answers(people, LAW), answers(people, new), strict=True))
    firm = [(old, after) for old, after in pairs if "open" not in (old[0], after[0])]
    moved: Counter[tuple[str, bool, str, str]] = Counter()
    for (before, made), (after, makes) in firm:
        if before != after:
            moved.update((name, name in made, before, after) for name in made ^ makes)

    assert {step: n for step, n in found.matrix.items() if n} == Counter((o[0], n[0]) for o, n in pairs)
    assert found.changed == sum(old[0] != after[0] for old, after in pairs)
    assert found.changed > 0
    assert {
        (one.provision.name, one.stops, one.before, one.after): one.rows
        for one in found.moved
        if "open" not in (one.before, one.after)
    } == moved
    assert found.reasons_only >= sum(old[0] == after[0] and old[1] != after[1] for old, after in firm)


def test_the_rows_that_change_are_named(people: Path, new: str, tmp_path: Path) -> None:
    """The file of rows has exactly the rows that change, with both answers; examples are among them."""
    found = impact(people, LAW, new, ASKED, "es", rows_to=tmp_path / "rows.parquet")
    rows = pl.read_parquet(tmp_path / "rows.parquet")
    pairs = list(zip(answers(people, LAW), answers(people, new), strict=True))
    expected = {at + 1: (old[0], after[0]) for at, (old, after) in enumerate(pairs) if old[0] != after[0]}
    told = {
        number: (before, after) for number, before, after in rows.select("row", "before", "after").iter_rows()
    }

    assert {number: step for number, step in told.items() if step[0] != step[1]} == expected
    assert len(told) == found.changed + found.reasons_only
    assert found.examples
    for example in found.examples:
        assert expected[example.row] == (example.before, example.after)
        assert example.old.lang == example.new.lang == "es"
        assert example.old.outcome != example.new.outcome or "open" in (example.before, example.after)


def test_the_provision_that_changed_is_named(people: Path, tmp_path: Path) -> None:
    """What differs in the law is told by provision and part, and nothing else is."""
    number = impact(people, LAW, str(drafts.changed_number(tmp_path)), ASKED, "en")
    added = impact(people, LAW, str(drafts.new_provision(tmp_path)), ASKED, "en")

    assert [(one.provision.name, one.what) for one in number.amended] == [
        ("540.44.e.child_escort", ("numbers",))
    ]
    assert [(one.provision.name, one.what) for one in added.amended] == [(drafts.ADDED, ("added",))]
    assert drafts.ADDED in {one.provision.name for one in added.moved}


def test_the_other_way_round_is_the_mirror(people: Path, new: str) -> None:
    """From the draft back to the law, every step is counted as often, in the other direction."""
    there, back = impact(people, LAW, new, ASKED, "en"), impact(people, new, LAW, ASKED, "en")

    assert {step: rows for step, rows in there.matrix.items() if rows} == {
        (after, before): rows for (before, after), rows in back.matrix.items() if rows
    }
    assert there.reasons_only == back.reasons_only


def test_the_same_law_changes_nothing(people: Path, tmp_path: Path) -> None:
    """A law beside itself, or beside one that only says it in other words, changes no row."""
    for other in (LAW, str(drafts.only_words(tmp_path))):
        found = impact(people, LAW, other, ASKED, "en", rows_to=tmp_path / "rows.parquet")
        assert (found.changed, found.reasons_only, found.moved, found.examples) == (0, 0, (), ())
        assert sum(found.matrix.values()) == found.scope.rows
        assert len(pl.read_parquet(tmp_path / "rows.parquet")) == 0


def test_a_draft_is_known_to_be_one(people: Path, new: str) -> None:
    """The shipped law is proved as it stands; a draft is not, and is named after its folder."""
    found = impact(people, LAW, new, ASKED, "en")

    assert (found.old.proved, found.new.proved) == (True, False)
    assert found.new.pack == Path(new).name


def test_a_draft_that_is_not_valid_is_refused(people: Path, tmp_path: Path) -> None:
    """A draft with a fault is not compared: the fault is told with its place."""
    folder = drafts.new_provision(tmp_path)
    file = folder / drafts.SECTION
    file.write_text(
        file.read_text("utf-8").replace('contact.relation == "friend"', 'contact.relation == "fiend"'),
        "utf-8",
    )

    with pytest.raises(Faults) as refused:
        impact(people, LAW, str(folder), ASKED, "en")
    assert "540_44.yaml, line" in str(refused.value)
    assert "fiend" in str(refused.value)


def test_where_more_than_provisions_differs_every_row_is_compared(people: Path, tmp_path: Path) -> None:
    """A change of what surrounds the provisions is seen too: no row is passed over."""
    folder = drafts.new_provision(tmp_path)
    pack = folder / "pack.yaml"
    text = pack.read_text("utf-8")
    assert "  sanction: {label: {en: disciplinary sanction" in text
    pack.write_text(text.replace("{en: disciplinary sanction", "{en: disciplinary measure"), "utf-8")
    found = impact(people, LAW, str(folder), ASKED, "en")
    plain = impact(people, LAW, str(drafts.new_provision(tmp_path / "plain")), ASKED, "en")

    assert found.matrix == plain.matrix
    assert found.reasons_only == plain.reasons_only
