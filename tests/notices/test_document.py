"""Promises about the decision as a document for machines."""

from __future__ import annotations

import json
from dataclasses import fields
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from jsonschema import Draft202012Validator

from locutorio.decisions import decision as values
from locutorio.decisions.decision import Decision
from locutorio.notices import letter as shapes
from locutorio.notices.compose import SECTIONS
from locutorio.notices.document import as_document
from locutorio.notices.findings import every_finding
from tests.notices.generated import decisions

REFERENCE = Path(__file__).parents[2] / "docs" / "reference"
DECISION: dict[str, Any] = json.loads((REFERENCE / "decision.schema.json").read_text(encoding="utf-8"))
CASE: dict[str, Any] = json.loads((REFERENCE / "case.schema.json").read_text(encoding="utf-8"))

EXAMPLES = sorted((REFERENCE.parents[1] / "examples").glob("*.yaml"))

DEFINED = {
    "finding": values.Finding,
    "fact": values.FactSeen,
    "number": values.NumberSeen,
    "line": values.LineSeen,
    "defeated": values.Defeated,
    "key": values.Key,
    "condition": values.Condition,
    "limit": values.Limit,
    "beside": values.Beside,
    "comment": values.Comment,
    "instrument": values.InstrumentSeen,
    "notice": values.NoticeOwed,
    "clock": values.ClockSeen,
    "route": values.Route,
    "side": values.Side,
    "contested": values.Contested,
    "branch": values.Branch,
    "change": values.Change,
    "decision": values.Decision,
    "letter": shapes.Letter,
    "section": shapes.Section,
}


@given(decision=decisions)
def test_every_document_keeps_to_the_published_schema(decision: Decision) -> None:
    """A program that reads decisions by the published schema is never surprised."""
    document = json.loads(json.dumps(as_document(decision, "es")))

    assert [error.message for error in Draft202012Validator(DECISION).iter_errors(document)] == []


@given(decision=decisions)
def test_nothing_of_a_decision_is_lost(decision: Decision) -> None:
    """Every citation, identifier, truth value and line of a decision can be found in its document."""
    written = json.dumps(as_document(decision, "en"), ensure_ascii=False)

    for finding in every_finding(decision):
        assert json.dumps(finding.provision) in written
        assert json.dumps(finding.citation) in written
        assert json.dumps(finding.read_on.isoformat()) in written
        assert all(json.dumps(line.text) in written for line in finding.lines)


@pytest.mark.parametrize("name", sorted(DEFINED))
def test_the_schema_names_every_part_of_a_decision(name: str) -> None:
    """A part added to a decision without the published schema is noticed here."""
    assert set(DECISION["$defs"][name]["properties"]) == {field.name for field in fields(DEFINED[name])}


def test_the_schema_knows_every_section_and_outcome() -> None:
    """The words a reader of documents must expect are all in the schema."""
    assert DECISION["$defs"]["section"]["properties"]["name"]["enum"] == list(SECTIONS)
    assert DECISION["$defs"]["outcome"]["enum"] == [outcome.value for outcome in values.Outcome]


@pytest.mark.parametrize("schema", [DECISION, CASE], ids=["decision", "case"])
def test_the_schemas_are_schemas(schema: dict[str, Any]) -> None:
    """Both published schemas are well formed, and every object in them refuses keys it does not name."""
    Draft202012Validator.check_schema(schema)

    assert [place for place, part in objects(schema) if part.get("additionalProperties", True) is True] == []


def objects(part: Any, place: str = "") -> list[tuple[str, dict[str, Any]]]:
    """Give every description of an object in a schema, with its place."""
    found = []
    if isinstance(part, dict):
        if part.get("type") == "object":
            found.append((place, part))
        for name, inner in part.items():
            found.extend(objects(inner, f"{place}/{name}"))
    elif isinstance(part, list):
        for at, inner in enumerate(part):
            found.extend(objects(inner, f"{place}/{at}"))
    return found


def case_faults(text: str) -> list[str]:
    """Give what the published schema finds wrong with a case file."""
    case = yaml.load(text, Loader=yaml.CBaseLoader)
    return [error.message for error in Draft202012Validator(CASE).iter_errors(case)]


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_every_example_keeps_to_the_published_schema(path: Path) -> None:
    """Whoever writes a case with the schema at hand can write every example that is shipped."""
    assert case_faults(path.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize(
    "text",
    [
        "question: {about: visit, on: 2026-12-05}",
        "law: us-federal",
        "{law: us-federal, question: {about: visit, on: 5/22/2026}}",
        "{law: us-federal, question: {kind: clock, about: visit, on: 2026-12-05}}",
        "{law: us-federal, question: {about: visit, on: 2026-12-05}, fact: {}}",
        "{law: us-federal, question: {about: visit, on: 2026-12-05}, facts: {a.b: [{from: 2026-01-01}]}}",
        "{law: us-federal, question: {about: visit, on: 2026-12-05}, instruments: [{id: s1}]}",
        "{law: us-federal, question: {about: visit, on: 2026-12-05}, complete: nothing}",
    ],
)
def test_the_case_schema_refuses_what_the_program_refuses(text: str) -> None:
    """A case without law or question, with a day in another form or a word out of place does not pass."""
    assert case_faults(text) != []
