"""What is refused at the door of `locutorio decide`, and with which exit code."""

from __future__ import annotations

from pathlib import Path

import pytest
from typer.testing import CliRunner

from locutorio.command.main import app

EXAMPLE = str(Path(__file__).parents[2] / "examples" / "consul-visit.yaml")
SEARCHED = """\
law: us-federal
question: {kind: contact, about: call, on: 2026-12-05}
instruments:
  - id: s1
    form: visitor_search
    from: 2026-01-01
    facts: {random: yes, evidence_conflicts: unknown}
"""


def told(*arguments: str, given: str | None = None) -> tuple[int, str]:
    """Give (exit code, standard error), of a command that prints no answer."""
    result = CliRunner().invoke(app, ["decide", *arguments], input=given)
    assert result.stdout == ""
    return result.exit_code, result.stderr


@pytest.mark.parametrize(
    "beside",
    [(EXAMPLE,), ("--json",), ("--at", "2026-01-01"), ("--known-at", "2026-01-01"), ("--adopt", "tel_300")],
    ids=lambda beside: beside[0].rpartition("/")[2],
)
def test_a_template_is_asked_for_alone(beside: tuple[str, ...]) -> None:
    """No option is ignored in silence: what only a decision could use is refused beside --template."""
    code, error = told("--template", "visit", *beside)

    assert code == 2
    assert "--template prints a case to fill in" in error


def test_the_law_of_a_case_is_the_one_it_names() -> None:
    """--law cannot contradict a case, which names its law itself; the template of another law has it."""
    code, error = told(EXAMPLE, "--law", "arcadia")

    assert code == 2
    assert "a case names its law itself" in error
    printed = CliRunner().invoke(app, ["decide", "--template", "visit", "--law", "arcadia"])
    assert printed.stdout.startswith("law: arcadia\n")


def test_what_a_form_does_not_state_is_refused_with_its_place() -> None:
    """A fact of a paper that its form does not have would count for nothing, so it is not taken."""
    code, error = told("-", given=SEARCHED)

    assert code == 3
    assert "line 7" in error
    assert 'visitor_search does not state "evidence_conflicts"' in error
    assert "evidence" in error.splitlines()[-1]


@pytest.mark.parametrize(("lang", "says"), [("en", "names no last day"), ("es", "no fija un último día")])
def test_a_template_says_what_a_left_out_end_means(lang: str, says: str) -> None:
    """Who leaves `until` out says that the paper names no end; who does not know writes so."""
    printed = CliRunner().invoke(app, ["decide", "--template", "visit", "--lang", lang]).stdout

    assert says in printed
    assert "`until: unknown`" in printed
