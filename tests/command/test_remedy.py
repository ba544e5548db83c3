"""`locutorio remedy`: what is listed, reckoned and refused, and that documents show what happens."""

from __future__ import annotations

import json
import re
from datetime import date
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator
from typer.testing import CliRunner

from locutorio.actions import remedy, shelf
from locutorio.command.main import app
from locutorio.decisions.clock_kinds import clock_kinds, forward
from locutorio.facts.vocabulary import Value

ROOT = Path(__file__).parents[2]
REFERENCE = ROOT / "docs" / "reference"
EVENT, ON = "2026-03-01", "2026-03-10"
CHAIN = ["bp9", "warden_response", "bp10", "regional_response", "bp11", "general_counsel_response"]
US = "us-federal"


def run(*arguments: str) -> tuple[int, str, str]:
    """Give (exit code, standard output, standard error) of one command."""
    result = CliRunner().invoke(app, ["remedy", *arguments])
    return result.exit_code, result.stdout, result.stderr


def printed(*arguments: str) -> str:
    """Give what a command that succeeds prints, on one line."""
    code, out, error = run(*arguments)
    assert code == 0, error
    return " ".join(out.split())


def days(name: str, given: dict[str, Value], on: str = ON) -> dict[str, tuple[str, str | None]]:
    """Give the last days of a chain, on the usual course and on the longest where it differs."""
    reckoned = remedy.reckon(US, name, given, date.fromisoformat(on))
    return {
        step.usual.kind.name: (
            step.usual.last_day.isoformat(),
            step.longest.last_day.isoformat() if step.longest else None,
        )
        for step in reckoned.steps
    }


def test_the_whole_chain_is_reckoned_on_both_courses() -> None:
    """From one day: each step on its last day, each silence, and the extra time of each office."""
    assert days("bp9", {"clock.event_on": date(2026, 3, 1)}) == {
        "bp9": ("2026-03-21", None),
        "warden_response": ("2026-04-10", "2026-04-30"),
        "bp10": ("2026-04-30", "2026-05-20"),
        "regional_response": ("2026-05-30", "2026-07-19"),
        "bp11": ("2026-06-29", "2026-08-18"),
        "general_counsel_response": ("2026-08-08", "2026-10-17"),
    }


def test_a_day_that_was_given_takes_the_place_of_the_latest() -> None:
    """A signed answer begins the next window on its day; an earlier filing ends all sooner."""
    given: dict[str, Value] = {
        "clock.event_on": date(2026, 3, 1),
        "clock.filed_on": date(2026, 3, 5),
        "clock.warden_signed_on": date(2026, 3, 9),
    }
    found = days("bp9", given)

    assert found["warden_response"][0] == "2026-03-25"
    assert found["bp10"] == ("2026-03-29", None)


def test_a_step_that_is_overdue_is_taken_today() -> None:
    """What has not been done by its last day cannot be done before the day asked about."""
    found = days("bp9", {"clock.event_on": date(2026, 3, 1)}, on="2026-04-01")

    assert found["warden_response"][0] == "2026-04-21"
    assert "The last day has gone: it was 21 March 2026." in printed(
        "bp9", "--event", EVENT, "--on", "2026-04-01"
    )


@pytest.mark.parametrize("lang", ["en", "es"])
def test_every_clock_is_listed_with_its_law(lang: str) -> None:
    """Each clock that counts stands in the list, with its citation and days, in both languages."""
    listed = printed("--lang", lang, "--on", ON)
    book = shelf.shelf(US).on(date.fromisoformat(ON))

    for name, kind in clock_kinds(book).items():
        assert f"{name}: " in listed
        assert " ".join(kind.first.provision.citation.split()) in listed
        assert " ".join(kind.first.provision.says[lang].split()) in listed


@pytest.mark.parametrize("law", ["us-federal", "arcadia"])
def test_each_option_of_a_clock_is_one_fact(law: str) -> None:
    """No two facts share an option, none is an option of the command, and each is told with its clock."""
    known = remedy.kinds(law, date.fromisoformat(ON))
    for name in known:
        options = remedy.options(known, name)
        asked = {path for kind in forward(known, name) for path in kind.asks}

        assert {fact.path for fact in options.values()} == asked
        assert not set(options) & set(remedy.RESERVED)
        text = printed(name, "--law", law, "--on", ON)
        assert all(f"--{option} " in text for option in options)


def test_silence_is_told_as_a_denial_and_extra_time_as_a_condition() -> None:
    """A reader learns from when silence counts, and not to wait for the later day without a word of it."""
    text = printed("bp9", "--event", EVENT, "--on", ON)

    assert "If there is no answer by 10 April 2026, and no extra time was taken" in text
    assert "Only if every office takes its extra time: Until 30 April 2026" in text
    assert "Do not wait for it unless the office has said that it takes more time." in text


def test_the_last_days_stand_together_at_the_top() -> None:
    """A reader sees every last day before the arithmetic; a clock that nothing follows has one alone."""
    text = printed("bp9", "--event", EVENT, "--on", ON)
    days, arithmetic = text.index("The last days"), text.index("20 calendar days following")

    assert days < arithmetic
    assert (
        "(the day the BP-10 was logged): 30 April 2026. Only with extra time: 20 May 2026."
        in text[days:arithmetic]
    )
    assert "The last days" not in printed("udc_review", "--report-issued", EVENT, "--on", ON)


def test_a_contested_count_shows_its_sides() -> None:
    """An emergency is counted by what holds meanwhile; both sides stand beside, and no day is called past."""
    given = ("--filed", "2026-06-01", "--marked-emergency", "--on", "2026-06-05")
    text = printed("warden_response", *given)

    assert "The last day is 4 June 2026." in text
    assert "A question that only a person may settle" in text
    assert "On this side: there is still time." in text


def test_what_may_not_apply_is_not_called_too_late() -> None:
    """Where a fact is missing on which the deadline hangs, the answer says so."""
    text = printed("release_notice", "--release-on", "2026-05-01", "--on", "2026-05-10")

    assert "The last day is 26 April 2026." in text
    assert "It is not known whether this applies" in text


def test_holidays_that_do_not_count_are_named() -> None:
    """A count of work days names what it passed over, and the step after it begins there."""
    held = ("--special-housing", "administrative_detention", "--on", "2026-07-02")
    text = printed("shu_first_review", "--since", "2026-07-01", *held)

    assert "Until 7 July 2026: 3 work days following 1 July 2026. Holidays not counted: 3 July 2026." in text
    assert "Until 14 July 2026: 7 calendar days following 7 July 2026." in text


def test_the_json_holds_the_arithmetic_and_the_decision() -> None:
    """Days, counts and citations as data; the answer is valid by the published schema."""
    found = json.loads(printed("bp9", "--event", EVENT, "--on", ON, "--json"))
    schema = json.loads((REFERENCE / "decision.schema.json").read_text("utf-8"))

    assert found["format"] == "locutorio-remedy-1"
    assert [step["clock"] for step in found["steps"]] == CHAIN
    assert found["steps"][1]["usual"]["days"] == 20
    assert found["steps"][1]["longest"]["assumed"]["clock.warden_extended"] is True
    assert found["given"] == {"clock.event_on": EVENT}
    Draft202012Validator(schema).validate(found["answer"])


def test_a_calendar_file_holds_each_last_day(tmp_path: Path) -> None:
    """Whole days, each once, within the length of lines that calendars read."""
    path = tmp_path / "days.ics"
    printed("bp9", "--event", EVENT, "--on", ON, "--ics", str(path), "--lang", "es")
    text = path.read_bytes().decode("utf-8")
    starts = re.findall(r"DTSTART;VALUE=DATE:(\d+)", text)

    assert starts[:3] == ["20260321", "20260410", "20260430"]
    assert len(starts) == 11
    assert len(set(re.findall(r"UID:(\S+)", text))) == 11
    assert all(len(line.encode()) <= 75 for line in text.split("\r\n"))
    assert text.endswith("END:VCALENDAR\r\n")


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (("bp99", "--event", EVENT), 3, "did you mean bp9"),
        (("bp9", "--event", "2026-02-30"), 3, "the last day of that month is 2026-02-28"),
        (("bp9", "--event", "2026-03-05", "--filed", EVENT), 3, "the later step cannot come first"),
        (("bp9", "--evnt", EVENT), 3, "did you mean event"),
        (("bp9", "--filed", EVENT), 3, "ask about warden_response"),
        (("bp9", EVENT), 2, "stands alone"),
        (("bp9", "--event", EVENT, "--event", ON), 2, "stands twice"),
        (("bp9", "--json"), 2, "no day to count from"),
        (("bp9", "--event", EVENT, "--on", "2020-01-01"), 3, "says nothing of 2020-01-01"),
        (("bp9", "--event", EVENT, "--law", "mandela"), 3, "with deadlines"),
        (("bp9", "--event", EVENT, "--adopt", "nothing"), 3, "cannot be adopted"),
        (("bp9", "--event", EVENT, "--ics", "/no/such/folder/x.ics"), 3, "cannot be written"),
        (("bp9", "--event", "none"), 3, "give the day with --event"),
        (("keeping", "--captured", EVENT, "--law", "england-wales"), 3, "--adopt r35d.three_months"),
        (("--law", "england-wales"), 3, "sets no deadline that counts"),
        (("shu_first_review", "--since", EVENT), 3, "--special-housing"),
    ],
)
def test_what_cannot_be_reckoned_is_refused_in_words(
    arguments: tuple[str, ...], code: int, said: str
) -> None:
    """What is wrong and what to do, with the exit code of its kind; never a traceback."""
    found, out, error = run(*arguments)

    assert (found, out) == (code, "")
    assert said in " ".join(error.split())
    assert "What to do:" in error
    assert "Traceback" not in error


def test_a_far_day_does_not_break_it() -> None:
    """The first and the last day that can be written are answered or refused in words."""
    for day in ("1900-01-01", "2200-12-31"):
        code, _, error = run("bp9", "--event", day, "--on", ON)

        assert code == 0, error


def test_the_reference_shows_what_happens() -> None:
    """Each command of the reference prints what stands under it."""
    blocks = re.findall(
        r"```console\n\$ locutorio remedy (.*?)\n(.*?)```",
        (REFERENCE / "remedy.md").read_text("utf-8"),
        re.DOTALL,
    )

    assert blocks
    for command, shown in blocks:
        assert run(*command.split())[1].startswith(shown), command
