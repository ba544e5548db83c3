"""`locutorio owed`: what is printed, and that it never says more than the file."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
import yaml
from jsonschema import Draft202012Validator
from typer.testing import CliRunner

from locutorio.command.main import app

ROOT = Path(__file__).parents[2]
EXAMPLES = sorted((ROOT / "examples" / "owed").glob("*.yaml"))
EXAMPLE = str(EXAMPLES[0])
REFERENCE = ROOT / "docs" / "reference"
FILE: dict[str, Any] = json.loads((REFERENCE / "owed-file.schema.json").read_text("utf-8"))
ACCOUNT: dict[str, Any] = json.loads((REFERENCE / "owed.schema.json").read_text("utf-8"))
ON = "2026-06-10"


def run(*arguments: str, given: str | None = None) -> tuple[int, str, str]:
    """Give (exit code, standard output, standard error) of one command."""
    result = CliRunner().invoke(app, ["owed", *arguments], input=given)
    return result.exit_code, result.stdout, result.stderr


def printed(*arguments: str, given: str | None = None) -> str:
    """Give what a command that succeeds prints, on one line."""
    code, out, error = run(*arguments, given=given)
    assert code == 0, error
    return " ".join(out.split())


def account(*arguments: str, given: str | None = None) -> dict[str, Any]:
    """Give the account as JSON."""
    found: dict[str, Any] = json.loads(printed(*arguments, "--json", given=given))
    return found


def kept(law: str = "law: us-federal", events: str = "") -> str:
    """Give a file of two calls a month since February, complete to the end of March."""
    return f"""\
{law}
complete_until: 2026-03-31
promises:
  - {{id: p, what: call, paper: the order, by: court, count: 2, each: month, minutes: 15, from: 2026-02-01}}
events:
  - {{on: 2026-02-03, what: call, happened: yes, minutes: 15}}
{events}"""


FACTS = "law: us-federal\nfacts: {contact.role: social, call.direction: outgoing, call.number_on_list: yes}"


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
@pytest.mark.parametrize("lang", ["en", "es"])
def test_every_example_is_told_and_keeps_to_the_schemas(path: Path, lang: str) -> None:
    """Each example file fits the published schema, and so does its account, in each language."""
    told = account(str(path), "--on", ON, "--lang", lang)

    assert (
        list(Draft202012Validator(FILE).iter_errors(yaml.load(path.read_text("utf-8"), yaml.BaseLoader)))
        == []
    )
    assert [error.message for error in Draft202012Validator(ACCOUNT).iter_errors(told)] == []


def test_every_example_is_listed_with_what_is_missing() -> None:
    """The table of the examples names each file, and the numbers it gives are those that are printed."""
    listed = (ROOT / "examples" / "owed" / "README.md").read_text("utf-8")

    assert set(re.findall(r"\]\((.*\.yaml)\)", listed)) == {path.name for path in EXAMPLES}
    calls, visits = (one["total"]["missing"] for one in account(EXAMPLE, "--on", ON)["promises"][:2])
    assert f"between {calls[0]} and {calls[1]} calls" in listed
    assert f"between {visits[0]} and {visits[1]} visits" in listed


def test_the_account_names_what_is_owed_delivered_and_missing() -> None:
    """One call of two in February and none of two in March: three of four are missing."""
    told = printed("-", "--on", "2026-04-01", given=kept())

    assert "February 2026: owed 2; took place 1; missing 1." in told
    assert "March 2026: owed 2; took place 0; missing 2." in told
    assert "Since then 57 days have passed" in told


def test_the_law_is_asked_of_what_is_missing() -> None:
    """The monthly call is owed for March alone, with its citation; calls allowed and not placed are told."""
    told = printed("-", "--on", "2026-04-01", given=kept(FACTS))

    assert "In the file is less than the law's minimum: March 2026. 28 CFR 540.100(b)" in told
    assert "Allowed and not delivered: February 2026 and March 2026. 28 CFR 540.100(b)" in told
    assert "must be told by the Warden" in told


def test_visiting_time_is_held_against_the_law() -> None:
    """Three hours of visits in a month are fewer than the four of 28 CFR 540.43; four are enough."""
    text = """\
law: us-federal
complete_until: 2026-03-31
facts: {contact.role: social}
promises:
  - {id: v, what: visit, paper: schedule, minutes_in_all: 240, each: month, from: 2026-03-01}
events:
  - {on: 2026-03-07, what: visit, happened: yes, minutes: %s}
"""
    short, enough = (printed("-", "--on", "2026-04-01", given=text % minutes) for minutes in (180, 240))

    assert "In the file is less than the law's minimum: March 2026. 28 CFR 540.43" in short
    assert "does not show by itself that less was allowed" in short
    assert "owed 240; took place 180; missing 60" in short
    assert "what is missing (in minutes: 60)" in short
    assert "28 CFR 540.43" not in enough


@pytest.mark.parametrize(("on", "in_time"), [("2026-04-20", True), ("2026-04-21", False)])
def test_a_deadline_is_open_to_its_last_day(on: str, in_time: bool) -> None:
    """For March the twentieth day after its last is 20 April: that day is in time, the next is late."""
    told = printed("-", "--on", on, given=kept())

    assert ("March 2026: missing 2. Until 20 April 2026" in told) is in_time
    assert "form BP-9" in told


def test_time_runs_from_the_first_failure_too() -> None:
    """Where a call is recorded as failed, the earlier last day is told as well, as the safe one."""
    failed = "  - {on: 2026-03-10, what: call, happened: no}\n"
    told = printed("-", "--on", "2026-03-31", given=kept(events=failed))
    later = account("-", "--on", "2026-04-01", given=kept(events=failed))
    days = [one["last_day"] for one in later["deadlines"] if one["event_on"] >= "2026-03"]

    assert "Not over yet" in told
    assert days == ["2026-03-30", "2026-04-20"]


def test_a_call_that_was_too_short_is_not_kept() -> None:
    """Two calls of 15 minutes that took five each are a promise not kept: minutes are missing, and time to
    complain runs from the first that was short. Where a length is not known, nothing is surely missing.
    """
    short = kept().split("events:", maxsplit=1)[0].replace("2026-02-01", "2026-03-01") + (
        "events:\n  - {on: 2026-03-05, what: call, happened: yes, minutes: 5}\n"
        "  - {on: 2026-03-06, what: call, happened: yes, minutes: 5}\n"
    )
    told = account("-", "--on", "2026-04-01", given=short)
    words = printed("-", "--on", "2026-04-01", given=short)
    unknown = account("-", "--on", "2026-04-01", given=short.replace(", minutes: 5", ""))

    assert told["state"] == "missing"
    assert [one["last_day"] for one in told["deadlines"]] == ["2026-03-25", "2026-04-20"]
    assert "March 2026: missing 0; in minutes: 20. Until 20 April 2026" in words
    assert "what is missing (0; in minutes: 20)" in words
    assert (unknown["state"], unknown["deadlines"]) == ("perhaps", [])


def test_without_a_law_the_papers_alone_are_named() -> None:
    """Where the file names no law, the account says which paper promised and whom to ask in writing."""
    told = printed("-", "--on", "2026-04-01", given=kept(law=""))

    assert "The file names no law" in told
    assert "Whom to ask, in writing: the court that made the order. The paper to name: the order." in told
    assert "CFR" not in told


def test_months_before_the_law_begins_are_not_asked_about() -> None:
    """A promise of 2020 is counted, and the law, read since 2025, is not asked about it."""
    text = kept().replace("2026", "2020")
    told = printed("-", "--on", "2020-04-01", given=text)

    assert "March 2020: owed 2" in told
    assert "28 CFR 540.100" not in told


def test_the_months_asked_about_are_bounded() -> None:
    """Of a promise of three years, the law is asked about the last 24 months, and the account says so."""
    told = printed("-", "--on", "2029-03-10", given=kept(FACTS).replace("2026-03-31", "2029-03-09"))

    assert "The law was asked about the 24 calendar months before this one." in told
    assert "asked about the 24" not in printed("-", "--on", "2026-04-01", given=kept(FACTS))


def test_a_pause_needs_a_paper() -> None:
    """A month paused by a paper owes nothing; one for which the file names no paper goes on being owed."""
    pause = "paused: [{from: 2026-03-01, until: 2026-04-01%s}], from"
    with_paper = kept().replace("from: 2026-02-01", pause % ", paper: memo" + ": 2026-02-01")
    without = kept().replace("from: 2026-02-01", pause % "" + ": 2026-02-01")

    assert "March 2026: owed 0" in printed("-", "--on", "2026-04-01", given=with_paper)
    told = printed("-", "--on", "2026-04-01", given=without)
    assert "March 2026: owed 2" in told
    assert "The file names no paper for this" in told


def test_no_motive_is_concluded() -> None:
    """A reason stands as the words somebody gave; where the file names none, that is what is said."""
    events = (
        "  - {on: 2026-03-10, what: call, happened: no, reason: nobody to dial, said_by: staff}\n"
        "  - {on: 2026-03-12, what: call, happened: no}\n"
    )
    told = printed("-", "--on", "2026-04-01", given=kept(events=events))

    assert (
        "10 March 2026: call did not take place. The reason given: nobody to dial. Given by: staff." in told
    )
    assert "12 March 2026: call did not take place. The file names no reason." in told
    assert "It does not say why." in told


@pytest.mark.parametrize("lang", ["en", "es"])
def test_the_template_is_a_file_that_can_be_read(lang: str) -> None:
    """What --template prints fits the schema and is read back, in each language."""
    code, text, _ = run("--template", "--lang", lang, "--on", "2026-03-10")

    assert code == 0
    assert list(Draft202012Validator(FILE).iter_errors(yaml.load(text, yaml.BaseLoader))) == []
    assert account("-", "--on", "2026-03-20", given=text)["promises"][0]["total"]["owed"] == [2, 2]


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        ((), 2, "no file is named"),
        (("--template", EXAMPLE), 2, "--template prints a file to fill in"),
        ((EXAMPLE, "--on", "yesterday"), 3, '--on: "yesterday" is not a day'),
        ((EXAMPLE, "--lang", "fr"), 3, 'there are no answers in "fr"'),
        (("nowhere.yaml",), 3, "nowhere.yaml cannot be read"),
    ],
)
def test_a_command_used_wrongly_says_how_it_is_used(
    arguments: tuple[str, ...], code: int, words: str
) -> None:
    """Each ends with its exit code and says what to do."""
    ended, out, error = run(*arguments)

    assert (ended, out) == (code, "")
    assert words in error
    assert "What to do:" in error


def test_nothing_of_english_is_told_in_spanish() -> None:
    """The Spanish account of the example holds no line of the English one."""
    english, spanish = (
        {
            line
            for section in account(EXAMPLE, "--on", ON, "--lang", lang)["letter"]["sections"]
            for block in section["blocks"]
            for line in (block.get("text"), *block.get("items", ()))
            if line
        }
        for lang in ("en", "es")
    )

    assert english & spanish == set()
