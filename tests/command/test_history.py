"""The command `history`: a day, all days, a page, a check; and what cannot be asked together."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator
from typer.testing import CliRunner

from locutorio.command.main import app

ROOT = Path(__file__).parents[2]
EXAMPLE = ROOT / "examples" / "history" / "seven-years.yaml"
SCHEMA = json.loads((ROOT / "docs" / "reference" / "history.schema.json").read_text("utf-8"))
MISUSED, REFUSED = 2, 3


def run(*options: str, given: str | None = None) -> tuple[int, str, str]:
    """Run the command on the example, or on a text."""
    file = "-" if given is not None else str(EXAMPLE)
    result = CliRunner().invoke(app, ["history", file, *options], input=given)
    return result.exit_code, result.stdout, result.stderr


@pytest.mark.parametrize(("lang", "told"), [("en", "not known"), ("es", "no se sabe")])
def test_a_day_is_told_in_both_languages(lang: str, told: str) -> None:
    """What was allowed, on whose word, and what is not known, in words."""
    code, out, _ = run("--on", "2019-05-12", "--lang", lang)

    assert code == 0
    assert told in out
    assert "v04" in out


def test_who_knew_less_is_told_less() -> None:
    """`--known-at` and `--least-trust` leave out what was not known then, or is trusted less."""
    everything = run("--on", "2019-05-12")[1]

    assert "v04" not in run("--on", "2019-05-12", "--known-at", "2019-05-12")[1]
    assert "v04" not in run("--on", "2019-05-12", "--least-trust", "2")[1]
    assert "v04" in everything


def test_json_holds_a_day_or_everything() -> None:
    """One document: of a day its contacts and routes; without a day every event and every version."""
    day = json.loads(run("--on", "2023-02-22", "--json")[1])
    whole = json.loads(run("--json")[1])

    assert day["format"] == whole["format"] == "locutorio-history-1"
    assert {"contacts", "counts", "grants", "petitions", "routes", "law"} <= day.keys()
    assert [one["name"] for one in whole["contradictions"]] == [f"q{number:02}" for number in range(1, 17)]
    assert all(text["text"] for one in whole["events"] for text in one["texts"])


@pytest.mark.parametrize("on", [None, "2018-01-01", "2019-05-14", "2020-06-25", "2022-09-02", "2025-05-07"])
def test_json_keeps_to_the_published_schema(on: str | None) -> None:
    """Of a day and of everything, nothing is left out of the schema and nothing beside it."""
    out = run("--json", *(["--on", on] if on else []))[1]

    assert list(Draft202012Validator(SCHEMA).iter_errors(json.loads(out))) == []


def test_a_page_is_written_whole(tmp_path: Path) -> None:
    """`--page` writes one file and names it; where it cannot be written, that is said and nothing is left."""
    file = tmp_path / "case.html"
    code, out, _ = run("--on", "2020-11-01", "--page", str(file))
    lost = run("--page", str(tmp_path / "nowhere" / "case.html"))

    assert (code, out.strip()) == (0, str(file))
    assert "</html>" in file.read_text("utf-8")
    assert lost[0] == REFUSED
    assert "cannot be written" in lost[2]
    assert [one.name for one in tmp_path.iterdir()] == ["case.html"]


def test_the_template_can_be_told() -> None:
    """`--template` prints a file that can be read back."""
    template = CliRunner().invoke(app, ["history", "--template", "--lang", "es"]).stdout

    assert run("--on", "2025-10-01", given=template)[0] == 0


@pytest.mark.parametrize(
    "options",
    [
        ["--check", "--json"],
        ["--check", "--on", "2020-01-01"],
        ["--known-at", "2020-01-01"],
        ["--least-trust", "2"],
        ["--least-trust", "5"],
        ["--on"],
    ],
)
def test_what_does_not_go_together_is_misused(options: list[str]) -> None:
    """The message says what to leave out."""
    code, out, err = run(*options)

    assert (code, out) == (MISUSED, "")
    assert err


@pytest.mark.parametrize(
    ("options", "given"), [(["--on", "soon"], None), ([], "events: []"), ([], ""), ([], "a: [")]
)
def test_what_cannot_be_read_is_refused(options: list[str], given: str | None) -> None:
    """The message says what to do; nothing is told."""
    code, out, err = run(*options, given=given)

    assert (code, out) == (REFUSED, "")
    assert "What to do" in err
