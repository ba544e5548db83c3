"""Every hazard that is known of real files is handled, or its line refused with the reason."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest

from tests.architecture.source import ROOT
from tests.importing.files import FILES, GOOD, keys, read_rows
from tests.importing.hazard import Hazard
from tests.importing.hazards import HAZARDS

PUBLISHED = ROOT.parent / "shared" / "data" / "jail_import" / "columns.csv"
# An invented list of the same form, for where the published one is not: two hazards tried here, one not.
INVENTED = """file,column,needed,form,what real files hold instead,seen in
inmates.csv,language,no,code,SPAN; ESP,an invented jail
inmates.csv,language,no,code,written in Klingon,nowhere
"""


def untried(listed: str) -> list[str]:
    """Give the hazards of a list of columns that no case here is of."""
    tried = {(one.file, one.column, one.says) for one in HAZARDS}
    return [
        f"{row['file']}, {row['column']}: {says}"
        for row in csv.DictReader(io.StringIO(listed))
        for says in map(str.strip, row["what real files hold instead"].split(";"))
        if says and (row["file"], row["column"], says) not in tried
    ]


def test_every_published_hazard_is_tried() -> None:
    """Each hazard in the published list of columns has a case here."""
    if not PUBLISHED.exists():
        pytest.skip("needs ../shared")

    assert untried(PUBLISHED.read_text("utf-8")) == []


def test_a_hazard_without_a_case_is_found() -> None:
    """The list is really walked: a hazard that nobody tried is told."""
    assert untried(INVENTED) == ["inmates.csv, language: written in Klingon"]


def test_every_published_column_is_read() -> None:
    """Each column of the published list is one of ours, and needed where it says so."""
    if not PUBLISHED.exists():
        pytest.skip("needs ../shared")
    from locutorio.actions.importing.columns import columns

    for row in csv.DictReader(io.StringIO(PUBLISHED.read_text("utf-8"))):
        ours = columns(FILES[row["file"]])
        for name in row["column"].split():
            assert ours.field(name) == name
            assert (name in ours.needed) == (row["needed"] == "yes"), (row["file"], name)


@pytest.mark.parametrize(
    "tried", HAZARDS, ids=lambda one: f"{Path(one.file).stem}-{one.column.split()[0]}-{one.says[:24]}"
)
def test_hazard(tried: Hazard) -> None:
    """Each row is taken, taken with what was done said, or not taken with the reason, as it should be."""
    reading = read_rows(tried.kind, tried.rows, tried.codes)

    for at, (entry, expected) in enumerate(zip(reading.rows, tried.expects, strict=True)):
        said = keys(reading, at)
        assert entry.taken == (not expected.startswith("refused.")), said
        assert said == set() if not expected else expected in said
    assert tried.holds(*(entry.row for entry in reading.rows if entry.taken))


@pytest.mark.parametrize("kind", GOOD)
def test_a_clean_row_is_taken_without_a_word(kind: str) -> None:
    """What is written as it should be is taken, and nothing is said of it."""
    reading = read_rows(kind, [GOOD[kind]])

    assert reading.rows[0].taken
    assert keys(reading) == set()
