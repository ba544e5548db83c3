"""`locutorio import rules`, and `decide` and `check` by an establishment's own rules."""

from __future__ import annotations

from pathlib import Path

import pytest
from typer.testing import CliRunner

from locutorio.actions import shelf
from locutorio.command.main import app
from tests.house.forms import EXAMPLE, changed, text_of

CASE = """\
law: house-oak
question: {kind: contact, about: visit, on: 2026-08-01, asked_on: 2026-07-20}
facts: {contact.role: attorney}
complete: all
"""


def run(*arguments: str) -> tuple[int, str, str]:
    """Give (exit code, standard output, standard error) of one command, on one line each."""
    result = CliRunner().invoke(app, list(arguments))
    return result.exit_code, " ".join(result.stdout.split()), " ".join(result.stderr.split())


@pytest.fixture(autouse=True)
def _unknown(monkeypatch: pytest.MonkeyPatch) -> None:
    """No folder of rules is known when a command begins."""
    monkeypatch.setattr(shelf, "_known", [])
    monkeypatch.delenv(shelf.HOME, raising=False)


def case_in(folder: Path) -> str:
    """Write the case of a lawyer's visit."""
    (folder / "case.yaml").write_text(CASE, encoding="utf-8")
    return str(folder / "case.yaml")


@pytest.mark.parametrize(
    ("lang", "words"),
    [("en", "longest sanction: 30 days [10(b)]"), ("es", "sanción más larga: 30 días [10(b)]")],
)
def test_rules_are_adopted_and_told(lang: str, words: str, tmp_path: Path) -> None:
    """The command says memo by memo what it took, in the language asked, and that the pack is active."""
    code, out, error = run("import", "rules", str(EXAMPLE), "--into", str(tmp_path), "--lang", lang)

    assert (code, error) == (0, "")
    assert words in out
    assert "house-oak is active" in out
    assert (tmp_path / "house-oak" / "proof.json").is_file()


def test_a_dry_run_says_that_nothing_was_written(tmp_path: Path) -> None:
    """With --dry-run everything is checked and the folder stays as it was."""
    code, out, _ = run("import", "rules", str(EXAMPLE), "--into", str(tmp_path), "--dry-run")

    assert code == 0
    assert "dry run: nothing was written" in out
    assert list(tmp_path.iterdir()) == []


def test_the_folder_is_named_by_an_option_or_by_the_environment(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """--home and LOCUTORIO_HOME name the same folder, for adopting, deciding and checking."""
    case, home = case_in(tmp_path), str(tmp_path / "home")

    assert run("--home", home, "import", "rules", str(EXAMPLE))[0] == 0
    assert "Permitted" in run("--home", home, "decide", case)[1]
    shelf._known.clear()
    monkeypatch.setenv(shelf.HOME, home)
    assert "Permitted" in run("decide", case)[1]
    assert "house-oak is active" in run("check", "house-oak")[1]


def test_without_a_folder_the_message_says_how_to_name_one(tmp_path: Path) -> None:
    """Nobody is left to guess why an establishment's rules are not found."""
    for arguments, code in ((("decide", case_in(tmp_path)), 3), (("check", "house-oak"), 3)):
        found, out, error = run(*arguments)
        assert (found, out) == (code, "")
        assert "LOCUTORIO_HOME" in error

    assert run("import", "rules", str(EXAMPLE))[0] == 2


def test_a_bad_form_ends_with_its_place(tmp_path: Path) -> None:
    """A form that cannot be used ends with exit code 3, its place and what to do; nothing is written."""
    form = tmp_path / "form.yaml"
    form.write_bytes(text_of(changed(adult_age=40)))

    code, out, error = run("import", "rules", str(form), "--into", str(tmp_path / "rules"))

    assert (code, out) == (3, "")
    assert error.startswith("form.yaml, line ")
    assert "What to do:" in error
    assert not (tmp_path / "rules").exists()
