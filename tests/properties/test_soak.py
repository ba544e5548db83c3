"""The soak goes on where it stopped, and does not do again what it has done."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from tests import soak
from tests.campaign import Campaign, Done
from tests.campaigns import CAMPAIGNS

TEN = Campaign("ten", "numbers", 40, 10, lambda seed: Done(10))


def test_totals_outlive_the_run(tmp_path: Path) -> None:
    """Each batch is kept by campaign and seed as soon as it is done."""
    path = tmp_path / "build" / "soak.json"
    soak.Totals(path).add(soak.Batch("ten", 3, 10, ("a note",), None))

    assert json.loads(path.read_text("utf-8")) == {"ten": {"3": {"count": 10, "notes": ["a note"]}}}
    assert soak.Totals(path).count("ten") == 10
    assert soak.Totals(path).notes("ten") == ["a note"]


def test_only_what_is_missing_is_run(tmp_path: Path) -> None:
    """Seeds that were run are left out, and a count that is reached needs none."""
    totals = soak.Totals(tmp_path / "soak.json")
    totals.add(soak.Batch("ten", 1, 10, (), None))

    assert list(soak.seeds_left(TEN, totals, 40)) == [0, 2, 3]
    assert list(soak.seeds_left(TEN, totals, 10)) == []


def test_a_failed_batch_is_not_counted(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """It is printed with its seed and can be run alone."""
    totals = soak.Totals(tmp_path / "soak.json")
    failed = soak.report([soak.Batch("ten", 7, 0, (), "it broke")], totals)

    assert failed == 1
    assert totals.count("ten") == 0
    assert "ten, seed 7 failed" in capsys.readouterr().out


def test_every_campaign_is_named_after_itself() -> None:
    """`--only NAME` finds each, and the counts that were promised stand."""
    assert all(name == campaign.name for name, campaign in CAMPAIGNS.items())
    assert CAMPAIGNS["cel"].count == CAMPAIGNS["clingo"].count == 200_000
    assert CAMPAIGNS["defects"].count >= 200


def test_what_no_batch_did_fails_the_campaign(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Counts of all batches are added up; at full count, what is still lacking is named and nothing held."""
    ten = replace(
        TEN, told=lambda tally: [f"spoke: {dict(tally)}"], lacking=lambda tally: ["silent"] * (not tally["b"])
    )
    totals = soak.Totals(tmp_path / "soak.json")
    for seed in range(3):
        totals.add(soak.Batch("ten", seed, 10, (), None, {"a": 2}))

    assert soak.campaign_run(ten, totals, 30, 1)
    totals.add(soak.Batch("ten", 3, 10, (), None, {"a": 2}))
    assert not soak.campaign_run(ten, totals, 40, 1)
    assert "spoke: {'a': 8}" in capsys.readouterr().out
    totals.add(soak.Batch("ten", 4, 10, (), None, {"b": 1}))
    assert soak.campaign_run(ten, totals, 40, 1)
