"""The command line, run as a person runs it: what is printed, and the exit codes of
docs/reference/command-line.md.
"""

from __future__ import annotations

import json
from pathlib import Path
from shutil import copytree
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from typer.testing import CliRunner

from locutorio.command.main import app
from locutorio.rules import packs

ROOT = Path(__file__).parents[2]
EXAMPLES = sorted((ROOT / "examples").glob("*.yaml"))
TEMPLATES = [
    "visit",
    "entry",
    "call",
    "visiting_list",
    "monitoring",
    "transfer",
    "disclosure",
    "instrument",
    "clock:bp9",
]
SCHEMAS = ROOT / "docs" / "reference"
PROMISED = {
    "arcadia-child-visit": "pending",
    "call-ten-minutes-left": "permit",
    "consul-visit": "permit",
    "journalist-asks-for-a-sentence": "refuse",
    "transfer-home-too-soon": "refuse",
    "court-order-against-suspension": "permit",
    "court-order-before-conviction": "refuse",
    "daughters-escort-no-visa": "pending",
    "daughters-escort-no-visa-under-measure": "refuse",
    "england-wales-closed-visits-alone": "permit",
    "england-wales-second-visit": "permit",
    "escort-barred-from-minors": "refuse",
    "family-knows-almost-nothing": "pending",
    "lawyer-call-recorded-for-safety": "refuse",
    "lawyer-call-under-measure": "permit",
    "measure-fourteen-days-notice": "refuse",
    "measure-lapsed-at-midnight": "permit",
    "remedy-bp9-deadline": "open",
    "spouse-half-way-house-before-release": "pending",
    "spouse-half-way-house-on-the-day": "refuse",
    "spouse-supervised-release-approved": "permit",
    "warden-silent-on-bp9": "deemed_denied",
}


def run(*arguments: str, given: str | None = None) -> tuple[int, str, str]:
    """Give (exit code, standard output, standard error) of one command."""
    result = CliRunner().invoke(app, list(arguments), input=given)
    return result.exit_code, result.stdout, result.stderr


def decided(*arguments: str, given: str | None = None) -> dict[str, Any]:
    """Give the decision of one command as its document holds it."""
    code, out, error = run("decide", *arguments, "--json", given=given)
    assert code == 0, error
    found: dict[str, Any] = json.loads(out)["decision"]
    return found


def test_every_example_has_a_promise() -> None:
    """No example file stands without the outcome it is to show."""
    assert {path.stem for path in EXAMPLES} == set(PROMISED)


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_an_example_gives_the_outcome_it_shows(path: Path) -> None:
    """Each example decides as promised, in a document that its published schema accepts."""
    code, out, _ = run("decide", str(path), "--json")
    document = json.loads(out)

    assert code == 0
    assert document["decision"]["outcome"] == PROMISED[path.stem]
    schema = json.loads((SCHEMAS / "decision.schema.json").read_text(encoding="utf-8"))
    Draft202012Validator(schema).validate(document)


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
@pytest.mark.parametrize("lang", ["en", "es"])
def test_an_example_is_told_whole(path: Path, lang: str) -> None:
    """The text cites every reason, names the day the law was read, and says that it is no legal advice."""
    code, out, _ = run("decide", str(path), "--lang", lang)
    _, raw, _ = run("decide", str(path), "--json")
    plain = " ".join(out.split())

    assert code == 0
    for reason in json.loads(raw)["decision"]["reasons"]:
        assert " ".join(reason["citation"].split()) in plain
    assert {"en": "not legal advice", "es": "no es asesoramiento"}[lang] in plain.lower()


def test_a_later_moment_gives_the_answer_of_that_day() -> None:
    """--at decides for another day: under the measure before it lapsed the same visit is not permitted."""
    path = str(ROOT / "examples" / "measure-lapsed-at-midnight.yaml")

    assert decided(path)["outcome"] == "permit"
    assert decided(path, "--at", "2026-05-04")["outcome"] == "refuse"


def test_what_was_not_yet_known_does_not_count() -> None:
    """--known-at leaves out what became known later: terms not yet known bind nobody."""
    path = str(ROOT / "examples" / "spouse-half-way-house-before-release.yaml")

    assert [paper["name"] for paper in decided(path)["instruments"]] == ["her_release_terms"]
    assert decided(path, "--known-at", "2026-11-19")["instruments"] == []


def test_unverified_text_counts_only_when_adopted() -> None:
    """Minutes from a program statement cap a call only if the case or the command adopts that row."""
    case = (ROOT / "examples" / "call-ten-minutes-left.yaml").read_text(encoding="utf-8")
    case = case.replace("adopt: [tel_300, tel_max_15]", "")
    plain = decided("-", given=case)
    adopted = decided("-", "--adopt", "tel_300", given=case)

    assert "call_minutes" not in plain["may_last"]
    assert adopted["may_last"]["call_minutes"] == 10


@pytest.mark.parametrize("name", TEMPLATES)
@pytest.mark.parametrize("lang", ["en", "es"])
def test_a_template_is_a_case(name: str, lang: str) -> None:
    """A template as printed is already a case file; "I don't know" everywhere gets an answer, not an
    error.
    """
    code, text, _ = run("decide", "--template", name, "--lang", lang)
    assert code == 0
    if name == "instrument":
        code, _, error = run("decide", "-", given=text)
        assert (code, "paper-1" in error) == (3, True)
    else:
        assert run("decide", "-", given=text)[0] == 0


def test_the_law_can_be_searched_listed_and_shown() -> None:
    """A word finds provisions; a status lists them; one is shown with its cases."""
    found = run("law", "search", "visiting", "list")[1]
    recalled = run("law", "list", "--status", "recalled")[1]
    shown = run("law", "show", "540.44.e.child_escort")[1]

    assert "[540.51.b.list_required]" in found
    assert all(" recalled " in line for line in recalled.splitlines() if line[:2] == "20")
    assert "28 CFR 540.44(e)" in shown
    assert run("law", "show", "540.44.e.child_escrot")[0] == 3


def test_the_oldest_reading_comes_first() -> None:
    """--by-day lists what was read longest ago first."""
    days = [line[:10] for line in run("law", "list", "--by-day")[1].splitlines() if line[:2] == "20"]

    assert days == sorted(days)
    assert len(days) > 100


def test_a_sound_pack_passes_its_check() -> None:
    """The check of Arcadia is valid, runs its cases, proves its safety and exits 0."""
    code, out, _ = run("check", "arcadia", "--no-write")

    assert code == 0
    assert "0 fail" in out
    assert "proved:" in out


def test_a_pack_changed_after_its_proof_decides_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A number changed by one without a new proof stops every decision, and the message says what to run."""
    changed = tmp_path / "packs"
    copytree(packs.FOLDER, changed)
    act = changed / "arcadia" / "custody_act" / "4_visits.yaml"
    text = act.read_text(encoding="utf-8")
    act.write_text(text.replace("value: 14", "value: 15", 1), encoding="utf-8")
    monkeypatch.setattr(packs, "FOLDER", changed)

    code, out, error = run("decide", str(ROOT / "examples" / "arcadia-child-visit.yaml"))

    assert text != act.read_text(encoding="utf-8")
    assert (code, out) == (3, "")
    assert "locutorio check arcadia" in error
