"""The commands for a population, run as a person runs them: what is printed, written, and told of errors."""

from __future__ import annotations

import csv
import io
import subprocess
import sys
from pathlib import Path

import polars as pl
import pytest

from locutorio.command.population import Progress
from tests.command.test_command import run
from tests.survey_report import drafts

ROOT = Path(__file__).parents[2]
INVENTED = str(ROOT / "examples" / "populations" / "invented.yaml")
ON = ("--on", "2026-12-05")
PAGE_FILES = {"outcomes", "decided", "missing", "conditions", "unknown", "assumed"}


@pytest.fixture(scope="module")
def people(tmp_path_factory: pytest.TempPathFactory) -> str:
    """Give a table made by the command itself."""
    path = tmp_path_factory.mktemp("people") / "people.parquet"
    code, out, error = run(
        "generate", str(path), "--people", "40", "--contacts", "5", "--distributions", INVENTED
    )
    assert (code, error) == (0, "")
    assert "40 people, 200 rows" in out
    return str(path)


def test_a_survey_is_told_in_text(people: str) -> None:
    """Without any format the report is printed, in the language asked for, and nothing is written."""
    code, out, error = run("survey", people, *ON, "--usual")
    _, spanish, _ = run("survey", people, *ON, "--usual", "--lang", "es")

    assert (code, error) == (0, "")
    assert "A visit on 5 December 2026" in out
    assert "28 CFR 540.44" in out
    assert "Una visita el 5 de diciembre de 2026" in spanish


def test_every_format_is_written_into_the_folder(people: str, tmp_path: Path) -> None:
    """CSV, Parquet and page stand in the folder that is named, and their names are printed."""
    formats = [word for one in ("csv", "parquet", "page") for word in ("--format", one)]
    code, out, error = run(
        "survey", people, *ON, "--usual", *formats, "--out", str(tmp_path / "new" / "folder")
    )
    written = {path.name for path in (tmp_path / "new" / "folder").iterdir()}

    assert (code, error) == (0, "")
    assert {f"{name}.csv" for name in PAGE_FILES} | {"survey.html", "rows.parquet"} <= written
    assert {Path(line).name for line in out.splitlines()} == written
    rows = pl.read_parquet(tmp_path / "new" / "folder" / "rows.parquet")
    assert len(rows) == 200
    with (tmp_path / "new" / "folder" / "outcomes.csv").open(encoding="utf-8", newline="") as file:
        assert sum(int(row[1]) for row in list(csv.reader(file))[1:]) == 200


def test_an_impact_names_rows_and_provisions(people: str, tmp_path: Path) -> None:
    """The impact of a draft is told in text and as a page; it names the draft as one that is not proved."""
    new = str(drafts.new_provision(tmp_path))
    options = ("--format", "text", "--format", "page", "--out", str(tmp_path / "out"))
    code, out, error = run("impact", "us-federal", new, people, *ON, "--usual", *options)

    assert (code, error) == (0, "")
    assert "would get another answer" in " ".join(out.split())
    assert drafts.ADDED in out
    assert "the pack added is a draft" in " ".join(out.split())
    assert (tmp_path / "out" / "impact.html").is_file()
    assert (tmp_path / "out" / "moves.csv").is_file()


def test_the_same_command_gives_the_same_table(people: str, tmp_path: Path) -> None:
    """A population is a function of its options."""
    again = tmp_path / "again.parquet"
    run("generate", str(again), "--people", "40", "--contacts", "5", "--distributions", INVENTED)

    assert again.read_bytes() == Path(people).read_bytes()


def _table(path: Path, **columns: list[object]) -> str:
    pl.DataFrame(columns).write_parquet(path)
    return str(path)


def test_what_is_no_table_is_told(tmp_path: Path) -> None:
    """A missing file, another kind of file, one cut short, a folder, a table without rows: each is told."""
    (tmp_path / "plain.parquet").write_text("person,contact\n1,2\n", "utf-8")
    whole = Path(_table(tmp_path / "whole.parquet", person=[1, 2, 3]))
    (tmp_path / "short.parquet").write_bytes(whole.read_bytes()[:-20])
    empty = _table(tmp_path / "empty.parquet", person=[])
    expected = {
        str(tmp_path / "nothing.parquet"): "cannot be read",
        str(tmp_path / "plain.parquet"): "is not a Parquet file",
        str(tmp_path / "short.parquet"): "cannot be read",
        str(tmp_path): "cannot be read",
        empty: "has no rows",
    }
    for path, told in expected.items():
        code, out, error = run("survey", path, *ON)
        assert (code, out) == (3, "")
        assert told in error
        assert "What to do" in error


def test_columns_that_mean_nothing_are_told(tmp_path: Path) -> None:
    """An unknown name, a wrong type, a word that is no value, a paper that is no form: each is named."""
    wrong: dict[str, dict[str, list[object]]] = {
        "contact.relashun": {"contact.relashun": ["mother"]},
        "contact.convicted": {"contact.convicted": ["yes"]},
        "mothre": {"contact.relation": ["father", "mothre"]},
        "paper.sanction_visit": {"paper.sanction_visit": [True]},
        "request.about": {"request.about": ["visit"]},
    }
    for told, columns in wrong.items():
        code, _, error = run("survey", _table(tmp_path / "wrong.parquet", **columns), *ON)
        assert code == 3
        assert told in error
        assert "What to do" in error


@pytest.mark.parametrize(
    ("options", "code", "told"),
    [
        (["--format", "xml"], 2, 'no format "xml"'),
        (["--format", "page"], 2, "--out FOLDER"),
        (["--out", "somewhere"], 2, "--format page"),
        (["--on", "soon"], 3, "--on"),
        (["--asked-on", "2026-13-01"], 3, "--asked-on"),
        (["--about", "party"], 3, "--about"),
        (["--complete", "everything"], 3, "--complete"),
        (["--adopt", "nothing.such"], 3, "--adopt"),
        (["--law", "atlantis"], 3, "atlantis"),
        (["--lang", "fr"], 3, "--lang"),
        (["--on", "1999-01-01"], 3, "says nothing of 1999-01-01"),
    ],
)
def test_options_that_cannot_be_used_are_told(people: str, options: list[str], code: int, told: str) -> None:
    """Each is refused before any row is read, and names the option."""
    given = options if "--on" in options else [*ON, *options]
    found, out, error = run("survey", people, *given)

    assert (found, out) == (code, "")
    assert told in error


def test_a_folder_that_cannot_be_written_is_told(people: str, tmp_path: Path) -> None:
    """Where a file stands in place of the folder, or of the page a folder, nothing half-written is left."""
    (tmp_path / "file").write_text("", "utf-8")
    (tmp_path / "out" / "survey.html").mkdir(parents=True)
    for out in ("file", "out"):
        code, _, error = run(
            "survey", people, *ON, "--usual", "--format", "page", "--out", str(tmp_path / out)
        )
        assert code == 3
        assert "cannot be written" in error
    assert [path.name for path in (tmp_path / "out").iterdir()] == ["survey.html"]


def test_a_law_that_is_none_is_told(people: str, tmp_path: Path) -> None:
    """An impact names a pack, or a folder that holds one; anything else is refused."""
    for old, new in (("us-federal", str(tmp_path)), ("atlantis", "us-federal")):
        code, _, error = run("impact", old, new, people, *ON)
        assert code == 3
        assert "What to do" in error


def test_missing_distributions_are_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where nothing published is at hand, the invented file to try with is named."""
    monkeypatch.chdir(tmp_path)
    code, _, error = run("generate", "people.parquet")

    assert code == 3
    assert "examples/populations/invented.yaml" in error


def test_a_table_is_never_overwritten_by_its_answers(people: str, tmp_path: Path) -> None:
    """Where the file of rows would be the table itself, also by another name, nothing is written."""
    table = tmp_path / "rows.parquet"
    table.write_bytes(Path(people).read_bytes())
    (tmp_path / "linked.parquet").symlink_to(table)
    into = [*ON, "--format", "parquet", "--out", str(tmp_path)]
    for command in (
        ["survey", str(table)],
        ["impact", "arcadia", "arcadia", str(tmp_path / "linked.parquet")],
    ):
        code, _, error = run(*command, *into)
        assert code == 3
        assert "is the table itself" in error
    assert table.read_bytes() == Path(people).read_bytes()


def test_a_name_with_signs_is_one_file(tmp_path: Path) -> None:
    """A star or a bracket in the name of a table stands for itself, and no other file is read."""
    _table(tmp_path / "a1.parquet", person=[1, 2, 3])
    for name in ("a[1].parquet", "a*.parquet"):
        _, out, _ = run("survey", _table(tmp_path / name, person=[1]), *ON)
        assert f"Rows in {name}: 1." in out


def test_work_that_is_stopped_leaves_nothing_half_written(tmp_path: Path) -> None:
    """Ctrl-C in the middle is told in words, with the exit code of a shell; the older file stays."""
    out = tmp_path / "people.parquet"
    out.write_bytes(b"older")
    code = (
        "import os, signal; from locutorio.actions import generate; from locutorio.command.main import app\n"
        "signal.signal(signal.SIGINT, signal.default_int_handler)\n"
        "made = generate.drawn\n"
        "def drawn(*given):\n"
        "    yield from list(made(*given))\n"
        "    os.kill(os.getpid(), signal.SIGINT)\n"
        "    yield from made(*given)\n"
        "generate.drawn = drawn\n"
        "app()"
    )
    found = _python(code, "generate", str(out), "--people", "10", "--distributions", INVENTED)

    assert found.returncode == 130
    assert "was stopped" in found.stderr
    assert "Traceback" not in found.stderr
    assert [path.name for path in tmp_path.iterdir()] == ["people.parquet"]
    assert out.read_bytes() == b"older"


def _python(code: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", code, *arguments], capture_output=True, text=True, check=False, cwd=ROOT
    )


def test_other_commands_start_without_polars() -> None:
    """What only surveys need is loaded only by them."""
    found = _python("import sys, locutorio.command.main; sys.exit('polars' in sys.modules)")

    assert (found.returncode, found.stderr) == (0, "")


def test_without_polars_it_is_said_how_to_install_it(people: str) -> None:
    """A machine without the package is told its name and the extra to install."""
    code = "import sys; sys.modules['polars'] = None; from locutorio.command.main import app; app()"
    for command in (
        ["survey", people],
        ["impact", "us-federal", "us-federal", people],
        ["generate", "x.parquet"],
    ):
        found = _python(code, *command, *(["--distributions", INVENTED] if command[0] == "generate" else []))
        assert found.returncode == 3
        assert "locutorio[survey]" in found.stderr
        assert "Traceback" not in found.stderr


class Terminal(io.StringIO):
    """Standard error as a terminal that somebody watches."""

    def isatty(self) -> bool:
        return True


def test_progress_is_for_those_who_watch(people: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where standard error is no terminal, nothing but faults is written to it; else a line that is wiped."""
    _, _, error = run("survey", people, *ON, "--usual")
    terminal = Terminal()
    monkeypatch.setattr(sys, "stderr", terminal)
    with Progress() as progress:
        progress.tell(100, 200)
        progress.tell(200, 200)

    assert error == ""
    assert "\r100 / 200 (50 %)" in terminal.getvalue()
    assert terminal.getvalue().endswith("\r")
    assert "\n" not in terminal.getvalue()
