"""`locutorio import` reads files, says what was done by line, and ends with a code a script can rely on."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from locutorio.command.main import app
from tests.architecture.source import ROOT
from tests.databases import Store
from tests.establishment import founded
from tests.importing.files import FILES, GOOD, LOCAL_CALLS, good, written

PROGRAM = Path(sys.executable).with_name("locutorio")
SCHEDULE = ROOT / "examples/schedules/oak-county.yaml"


@pytest.fixture
def folder(store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with the six files of a jail; it is open in the database that is used."""
    for file, kind in FILES.items():
        (tmp_path / file).write_bytes(written([good(kind)]))
    (tmp_path / "codes.yaml").write_text(LOCAL_CALLS)
    founded(SCHEDULE.read_text("utf-8"), law="us-federal")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("LOCUTORIO_DATABASE", store.where)
    return tmp_path


def imported(*arguments: str, establishment: str = "oak") -> Result:
    """Run `locutorio import` for an establishment."""
    done = CliRunner().invoke(app, ["import", *arguments, "--establishment", establishment])
    assert "Traceback" not in done.output
    return done


def test_an_afternoon(folder: Path) -> None:
    """A dry run changes nothing, a run takes what can be taken, the corrected rest completes it."""
    people = [good("people"), good("people", person_no="22222-222", booking_no="2", birth_date="02/30/1980")]
    (folder / "inmates.csv").write_bytes(written(people))

    dry = imported("people", "inmates.csv", "--dry-run")
    assert (dry.exit_code, "1 new" in dry.stdout, "nothing was kept" in dry.stdout) == (4, True, True)
    first = imported("people", "inmates.csv", "--not-taken", "rest.csv")
    assert (first.exit_code, "1 new" in first.stdout) == (4, True)
    assert "inmates.csv, line 3, birth_date" in first.stdout
    rest = folder / "rest.csv"
    rest.write_bytes(rest.read_bytes().replace(b"02/30/1980", b"02/28/1980"))
    second = imported("people", "rest.csv")
    assert (second.exit_code, "1 new" in second.stdout) == (0, True)
    third = imported("people", "rest.csv", "--lang", "es")
    assert (third.exit_code, "No se cambió nada." in third.stdout) == (0, True)


def test_a_whole_folder(folder: Path) -> None:
    """`all` reads each file that is there, in order, and writes the rest of each."""
    done = imported("all", ".", "--codes", "codes.yaml", "--not-taken", "rest")

    assert done.exit_code == 4
    named = [line.split(":")[0] for line in done.stdout.splitlines() if " rows, " in line]
    assert named == list(FILES)
    assert sorted(path.name for path in (folder / "rest").iterdir()) == ["bookings.csv", "restrictions.csv"]


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("people", "nowhere.csv"), "nowhere.csv cannot be read"),
        (("people", "."), "cannot be read"),
        (("people", "codes.yaml"), "has no header"),
        (("people", "visitors.csv"), "the header lacks"),
        (("people", "inmates.csv", "--codes", "nowhere.yaml"), "cannot be read"),
        (("people", "inmates.csv", "--country", "Mars"), "is not a country"),
        (("all", "empty"), "holds none of the files"),
        (("numbers", "numbers.csv", "--not-taken", "inmates.csv"), "is there already"),
    ],
)
def test_what_cannot_be_read(folder: Path, arguments: tuple[str, ...], says: str) -> None:
    """What is wrong with the arguments or a file is told in words, with what to do, and ends with 3."""
    (folder / "empty").mkdir()
    done = imported(*arguments)

    assert done.exit_code == 3
    assert says in done.stderr
    assert "What to do: " in done.stderr


def test_an_establishment_that_is_not_there(folder: Path) -> None:
    """Files for an establishment that was never opened are refused."""
    done = imported("people", "inmates.csv", establishment="elm")

    assert (done.exit_code, 'there is no establishment "elm"' in done.stderr) == (3, True)


def test_the_program_itself(tmp_path: Path) -> None:
    """The program opens its database by itself and refuses files for a jail that it does not have."""
    (tmp_path / "inmates.csv").write_bytes(written([good("people")]))
    done = subprocess.run(
        [str(PROGRAM), "import", "people", "inmates.csv", "--establishment", "elm", "--database", "new.db"],
        cwd=tmp_path,
        check=False,
        capture_output=True,
        text=True,
        encoding="utf-8",
        env={**os.environ, "PYTHONUTF8": "1", "NO_COLOR": "1"},
    )

    assert (done.returncode, 'there is no establishment "elm"' in done.stderr) == (3, True)


def test_every_kind_has_a_command() -> None:
    """The commands are those of the kinds of files."""
    from locutorio.actions.importing.columns import kinds
    from locutorio.command.files import KINDS

    assert tuple(KINDS) == kinds() == tuple(GOOD)
