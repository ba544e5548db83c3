"""Adopting rules: a pack comes of every form that is read, under every check, and is never half there."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from locutorio.actions import check, house_rules, shelf
from locutorio.actions.house_rules import adopt, adopted_in
from locutorio.kernel.faults import Fault
from locutorio.rules.packs import pack_hash, proved_hash
from tests.house.forms import changed, drawn, example, later, rules_of
from tests.house.trying import adopted_and_told

DRAWN = 6


def files(folder: Path) -> dict[str, bytes]:
    """Give every file of a folder with its bytes."""
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.mark.parametrize("seed", range(DRAWN))
def test_every_form_that_is_read_becomes_a_proved_pack(seed: int) -> None:
    """Whatever an establishment lays down within the limits, a valid and proved pack comes of it."""
    assert adopted_and_told(drawn(seed))[-1].endswith("is active: the proof is stored with its hash")


def test_the_example_becomes_an_active_pack(at_home: Path) -> None:
    """Oak County Jail's pack is valid, its cases hold, its safety is proved and the proof is stored."""
    told = [line for line, passed in check.report("house-oak", write=False) if passed]

    assert any(line.startswith("worked cases: 11 pass, 0 fail") for line in told)
    assert any(line.startswith("proved: 32 of 32") for line in told)
    assert "house-oak" in shelf.laws()
    assert shelf.pack("house-oak").hash == proved_hash(at_home / "rules" / "house-oak")


def test_adopting_again_changes_nothing(tmp_path: Path) -> None:
    """A second run with the same form writes nothing and says so."""
    adopt(rules_of(example()), tmp_path)
    before = files(tmp_path)

    again = adopt(rules_of(example()), tmp_path)

    assert not again.changed
    assert again.lines == ("house-oak is adopted already: nothing was changed",)
    assert files(tmp_path) == before


def test_a_pack_that_was_tampered_with_is_made_anew(tmp_path: Path) -> None:
    """The same form mends a pack whose text was changed by hand."""
    adopt(rules_of(example()), tmp_path)
    before = files(tmp_path)
    visits = tmp_path / "house-oak" / "1_visits.yaml"
    visits.write_text(visits.read_text("utf-8").replace("value: '3'", "value: '9'"), encoding="utf-8")

    assert adopt(rules_of(example()), tmp_path).changed
    assert files(tmp_path) == before


def test_a_dry_run_writes_nothing(tmp_path: Path) -> None:
    """A dry run checks and proves, and leaves no file behind."""
    tried = adopt(rules_of(example()), tmp_path / "rules", dry_run=True)

    assert (tried.folder, tried.lines[-1]) == (None, "proved, not stored")
    assert list(tmp_path.iterdir()) == []


def test_a_later_memo_adds_a_row_and_keeps_the_old_one(tmp_path: Path) -> None:
    """A number that a memo changes has a row for each day it changed: no day loses the number it had."""
    adopt(rules_of(changed()), tmp_path)
    adopt(rules_of(later(changed(), "2026-05-01", visits_a_week=5)), tmp_path)
    shelf.known(tmp_path)
    try:
        rows = shelf.pack("house-oak").provisions["visits.a_week"].numbers["visits_a_week"].rows
    finally:
        shelf._known.clear()

    assert [(str(row.since), row.value, row.citation) for row in rows] == [
        ("2026-01-15", 2, "memo 2026-03 (2026-01-05), item 1"),
        ("2026-05-01", 5, "memo of 2026-05-01 (2026-05-01), item 2"),
    ]


def test_a_later_memo_can_change_what_is_no_number(tmp_path: Path) -> None:
    """What a memo ends or turns into its opposite ends with the provision that said it."""
    form = later(changed(), "2026-05-01", calls_heard="nobody", visit_minutes="none")
    adopt(rules_of(form), tmp_path)
    pack = check.load(str(tmp_path / "house-oak")).pack
    until = {name: str(one.until) for name, one in pack.provisions.items() if one.until}

    assert until == {
        "calls.recorded": "2026-05-01",
        "calls.told": "2026-05-01",
        "visits.minutes": "2026-05-01",
    }


def test_a_memo_that_was_adopted_is_not_rewritten(tmp_path: Path) -> None:
    """A form that says something else of a memo, or leaves it out, is refused; what stands stays."""
    adopt(rules_of(example()), tmp_path)
    before = files(tmp_path)
    for form in (changed(visits_a_week=1), changed()):
        with pytest.raises(Fault, match="was adopted, and these rules leave it out or say something else"):
            adopt(rules_of(form), tmp_path)

    assert files(tmp_path) == before


def test_a_form_that_was_typed_wrongly_can_be_replaced(tmp_path: Path) -> None:
    """Someone who says so puts other rules in the place of those adopted."""
    adopt(rules_of(example()), tmp_path)

    assert adopt(rules_of(changed(visits_a_week=1)), tmp_path, replace=True).changed
    assert adopted_in(tmp_path, "oak") == rules_of(changed(visits_a_week=1))


def test_rules_that_fail_a_check_are_not_adopted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Should a pack not be provable, the line that failed is told and the rules before it stay in force."""
    adopt(rules_of(changed()), tmp_path)
    before = files(tmp_path)

    def spoiled(rules: house_rules.HouseRules) -> dict[str, str]:
        made = dict(house_rules_files(rules))
        path = "5_privileged.yaml"
        return made | {path: made[path].replace("permit: right", "prohibit: 'yes'")}

    house_rules_files = house_rules.pack_files
    monkeypatch.setattr(house_rules, "pack_files", spoiled)
    with pytest.raises(Fault) as refused:
        adopt(rules_of(later(changed(), "2026-05-01", visits_a_week=5)), tmp_path)

    assert refused.value.what == "these rules make no valid pack of law, and nothing was adopted"
    assert refused.value.why
    assert files(tmp_path) == before


def test_a_crash_between_two_names_leaves_what_stood(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Should the new pack not get its name, the old one gets it back."""
    adopt(rules_of(changed()), tmp_path)
    before = files(tmp_path)
    rename = Path.rename

    def full(self: Path, target: Path) -> Path:
        if target == tmp_path / "house-oak" and "before" not in self.name:
            raise OSError(28, "No space left on device")
        return rename(self, target)

    monkeypatch.setattr(Path, "rename", full)
    with pytest.raises(Fault, match="cannot be written"):
        adopt(rules_of(later(changed(), "2026-05-01", visits_a_week=5)), tmp_path)

    assert files(tmp_path) == before


def test_a_folder_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    """A file where a folder belongs ends in words, not in a traceback."""
    (tmp_path / "rules").write_text("", encoding="utf-8")

    with pytest.raises(Fault, match="the rules cannot be written"):
        adopt(rules_of(example()), tmp_path / "rules")


def test_without_the_solver_nothing_is_adopted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A program without the solver says which package is missing, and adopts nothing unproved."""
    monkeypatch.delitem(sys.modules, "locutorio.decisions.proofs", raising=False)
    monkeypatch.setitem(sys.modules, "z3", None)

    with pytest.raises(Fault) as refused:
        adopt(rules_of(example()), tmp_path)

    assert "pip install 'locutorio[proofs]'" in refused.value.remedy
    assert list(tmp_path.iterdir()) == []


def test_the_stored_hash_is_of_the_pack(at_home: Path) -> None:
    """No byte of the adopted pack differs from what was proved."""
    folder = at_home / "rules" / "house-oak"

    assert proved_hash(folder) == pack_hash(folder)
