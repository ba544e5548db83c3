"""The benchmark of surveys compares the same law: over columns, OpenFisca and Cedar name what we name."""

from importlib import import_module
from importlib.util import find_spec
from pathlib import Path

import pytest

from locutorio.actions.generate import Wanted, generate
from tests.survey_report.conftest import INVENTED, ON

NEEDED = ("openfisca_core", "cedarpy")


@pytest.mark.skipif(not all(find_spec(one) for one in NEEDED), reason="needs openfisca-core and cedarpy")
def test_engines_agree_over_columns(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """On every row of a small population each provision speaks in all of them or in none; each is timed."""
    columns = import_module("benchmarks.columns")
    path = tmp_path / "people.parquet"
    generate(INVENTED, Wanted(60, 10, 3, ON, unknown_pct=0), path)
    monkeypatch.setattr(columns, "table", lambda people, unknown_pct: path)
    monkeypatch.setattr(columns, "ROUNDS", 1)
    monkeypatch.setattr(columns, "SAMPLE", 20)

    found = columns.Columns().compared()

    assert (found.rows, found.differing, found.cedar_differing) == (600, 0, 0)
    assert found.provisions > 90
    assert all(seconds > 0 for seconds in found.seconds.values())
