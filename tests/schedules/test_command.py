"""Promises about `locutorio schedule`: it prints the slots of a file, or says what is wrong with it."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.schedules.published import EXAMPLES, SAMPLES

OAK = EXAMPLES / "oak-county.yaml"


def run(*arguments: str) -> subprocess.CompletedProcess[str]:
    """Run the program."""
    program = Path(sys.executable).with_name("locutorio")
    return subprocess.run(
        [str(program), *arguments],
        check=False,
        capture_output=True,
        text=True,
        encoding="utf-8",
        env={"PATH": "", "PYTHONUTF8": "1", "NO_COLOR": "1"},
    )


@pytest.mark.parametrize(("lang", "words"), [("en", "6 closed"), ("es", "turnos en 2 días")])
def test_it_prints_slots(lang: str, words: str) -> None:
    """The days stand in order with their hours, rooms and places, in both languages."""
    done = run("schedule", str(OAK), "--from", "2026-11-22", "--until", "2026-11-23", "--lang", lang)

    assert done.returncode == 0
    assert words in done.stdout
    assert done.stdout.index("2026-11-22") < done.stdout.index("2026-11-23")


def test_it_prints_json() -> None:
    """As JSON every slot has its key and its moments with their offset."""
    done = run("schedule", str(OAK), "--from", "2026-11-22", "--until", "2026-11-22", "--json")
    slots = json.loads(done.stdout)["slots"]

    assert slots[0]["key"] == "booths@2026-11-22T09:00"
    assert slots[0]["starts"] == "2026-11-22T09:00:00-05:00"


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("--from", "2026-11-23", "--until", "2026-11-22"), "2026-11-22 is before 2026-11-23"),
        (("--from", "2026-02-30"), "--from"),
        (("--from", "2026-01-01", "--until", "2029-01-01"), "shorter"),
    ],
)
def test_it_refuses_days_that_cannot_be(arguments: tuple[str, ...], words: str) -> None:
    """Days in the wrong order, that do not exist, or that are too many are refused in words."""
    done = run("schedule", str(OAK), *arguments)

    assert done.returncode == 3
    assert words in done.stderr


def test_it_names_what_is_wrong(tmp_path: Path) -> None:
    """A file that cannot be used is refused with its line."""
    path = tmp_path / "bad.yaml"
    path.write_text(OAK.read_text("utf-8").replace("zone: America/New_York", "zone: Oak"), "utf-8")
    done = run("schedule", str(path))

    assert done.returncode == 3
    assert "bad.yaml, line 5" in done.stderr


def imported(*arguments: str) -> subprocess.CompletedProcess[str]:
    return run("import", "schedule", *arguments)


def test_it_lays_out_other_systems_files(tmp_path: Path) -> None:
    """What it prints is a schedule in our own format; what it refuses is told beside it, with its line."""
    seed = imported(str(SAMPLES / "seed.yml"), "--from", "uk-seed")
    groups = ("--groups", str(SAMPLES / "groups.yaml"))
    table = imported(str(SAMPLES / "templates.csv"), "--from", "uk-templates", *groups, "--only", "zza")
    listed = imported(str(SAMPLES / "published.yaml"), "--from", "us-published")
    for number, done in enumerate((seed, table)):
        path = tmp_path / f"{number}.yaml"
        path.write_text(done.stdout, "utf-8")
        assert run("schedule", str(path), "--from", "2024-02-27", "--until", "2024-03-04").returncode == 0

    assert listed.stdout.count("\n---\n") == 2
    assert listed.stderr.count("published.yaml, line") == 3
    assert (seed.returncode, table.returncode, listed.returncode) == (0, 0, 0)


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (("--from", "elsewhere"), 2, "uk-seed"),
        (("--from", "us-published", "--only", "nobody"), 2, "zz-rotation"),
        (("--from", "us-published", "--only", "zz-contradiction"), 3, "contradicts itself"),
        (("--from", "uk-seed"), 3, "line 1"),
    ],
)
def test_what_cannot_be_laid_out_is_refused(arguments: tuple[str, ...], code: int, words: str) -> None:
    """An unknown system, an unknown code, a refused entry, a file of another kind: each is told in words."""
    done = imported(str(SAMPLES / "published.yaml"), *arguments)

    assert done.returncode == code
    assert words in done.stderr
