"""The earliest day with a better answer is a day on which that answer is given."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from locutorio.actions import shelf
from locutorio.actions.answer import refuse_unstated
from locutorio.command.main import app
from locutorio.decisions.changes import BETTER
from locutorio.decisions.decision import Outcome

EXAMPLES = sorted((Path(__file__).parents[2] / "examples").glob("*.yaml"))
NOTICE = Path(__file__).parents[2] / "examples" / "measure-fourteen-days-notice.yaml"
CHILD = """\
law: us-federal
question: {kind: contact, about: visit, on: 2026-12-05, asked_on: 2026-11-21}
facts:
  contact.role: social
  contact.relation: child
  contact.born_on: 2010-12-10
  contact.on_visiting_list: yes
  contact.supervision: none
  contact.same_case: no
  contact.convicted: no
  request.party_size: 1
  escort.present: no
  approval.child_alone: no
  person.unit: general
  person.hospital: none
  visit.by_video: no
  local.weekend_day: both
  local.escort_age: 16
  use.visit_minutes_month: 0
  person.special_housing: none
  person.status: sentenced
complete: all
"""


def decided(case: str, *arguments: str) -> dict[str, Any]:
    result = CliRunner().invoke(app, ["decide", "-", "--json", *arguments], input=case)
    assert result.exit_code == 0, result.stderr
    found: dict[str, Any] = json.loads(result.stdout)["decision"]
    return found


def rank(decision: dict[str, Any]) -> int:
    return BETTER[Outcome(decision["outcome"])]


def changing_with_the_day(decision: dict[str, Any]) -> list[dict[str, Any]]:
    return [change for change in decision["changes"] if change["path"] == "request.on"]


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_the_earliest_day_of_an_example_holds_when_asked_for(path: Path) -> None:
    """Whoever asks again for the day that was named gets the better answer that was promised."""
    case = path.read_text(encoding="utf-8")
    now = decided(case)
    if now["earliest"] is not None:
        assert rank(decided(case, "--at", now["earliest"])) > rank(now)


def test_a_period_of_notice_ends_on_the_day_named() -> None:
    """Nothing but the fourteen days of notice is missing: they are over on 21 March."""
    assert decided(NOTICE.read_text(encoding="utf-8"))["earliest"] == "2026-03-21"


def test_a_fact_that_changes_before_that_day_counts() -> None:
    """The notice is given by 21 March, but who is in custody from 20 March is not permitted then."""
    case = NOTICE.read_text(encoding="utf-8").replace(
        "contact.supervision: supervised_release",
        "contact.supervision:\n    - {value: supervised_release, until: 2026-03-20}\n"
        "    - {value: in_custody, from: 2026-03-20}",
    )
    now = decided(case)

    assert "in_custody" in case
    assert decided(case, "--at", "2026-03-21")["outcome"] != "permit"
    assert now["earliest"] is None
    assert changing_with_the_day(now) == []


def test_the_day_on_which_a_fact_of_the_case_changes_is_found() -> None:
    """An approval that holds from a day makes that day the earliest."""
    case = CHILD.replace(
        "approval.child_alone: no",
        "approval.child_alone:\n    - {value: no, until: 2026-12-08}\n    - {value: yes, from: 2026-12-08}",
    )

    assert decided(case)["earliest"] == "2026-12-08"
    assert decided(case, "--at", "2026-12-08")["outcome"] == "permit"


def test_a_birthday_is_found() -> None:
    """A child of fifteen may come alone from the sixteenth birthday on."""
    now = decided(CHILD)

    assert now["outcome"] == "pending"
    assert now["earliest"] == "2026-12-10"
    assert changing_with_the_day(now)[0]["then"] == "2026-12-10"
    assert decided(CHILD, "--at", "2026-12-10")["outcome"] == "permit"


@pytest.mark.parametrize("law", shelf.packs())
def test_every_worked_case_states_of_a_paper_what_its_form_has(law: str) -> None:
    """Nothing that a worked case says of a paper is left out of account."""
    for worked in shelf.cases(law).worked:
        refuse_unstated(worked.case, shelf.pack(worked.case.law))
