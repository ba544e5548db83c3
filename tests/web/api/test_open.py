"""What anybody may ask: a decision of a case document, the law, the document of the API itself, its page."""

from __future__ import annotations

import json
from html import unescape
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from locutorio.web.api.document import operations
from locutorio.web.api.reading import Unread, read_json
from locutorio.web.problems import STATUSES
from tests.web.api.programs import Program, looked_over, said

ROOT = Path(__file__).parents[3]
CASE = {
    "law": "us-federal",
    "question": {"kind": "contact", "about": "visit", "on": "2026-12-05", "asked_on": "2026-11-21"},
    "facts": {"contact.relation": "spouse"},
}


def decide(body: bytes, kind: str = "application/json", lang: str = "en") -> Any:
    """Send a case document."""
    program = Program(lang=lang)
    response = program.client.post(
        "/api/decisions", body, content_type=kind, headers={"Accept-Language": lang}
    )
    return looked_over(response)


@pytest.mark.parametrize("lang", ["en", "es"])
def test_a_case_document_is_decided_without_an_account(lang: str) -> None:
    """JSON or YAML: the decision and its letter, as the published schema says, in the language asked for."""
    schema = json.loads((ROOT / "docs" / "reference" / "decision.schema.json").read_text("utf-8"))
    told = said(decide(json.dumps(CASE).encode(), lang=lang), 200)

    jsonschema.validate(told, schema)
    assert told["lang"] == lang
    example = (ROOT / "examples" / "spouse-half-way-house-on-the-day.yaml").read_bytes()
    assert said(decide(example, "application/yaml", lang), 200)["decision"]["outcome"]


def test_a_case_that_cannot_be_used_says_where_and_why() -> None:
    """Each fault with its line, what is wrong, and what to do, also in the asker's language."""
    told = said(
        decide(b"law: us-federal\nquestion: {about: dance, on: 2026-12-05}\n", "application/yaml"), 422
    )

    assert told["type"] == "/api#unfit"
    assert told["faults"][0]["line"] == 2
    assert told["faults"][0]["remedy"]
    assert said(decide(b"[", lang="es"), 422)["title"] == "Algo de esto no se puede usar"
    assert said(decide(b"x" * 130_000), 413)
    assert said(decide(b"a=b", "application/x-www-form-urlencoded"), 415)
    assert said(decide(b"--XX", "multipart/form-data; boundary=XX"), 415)


def test_the_law_can_be_looked_up() -> None:
    """The laws, their provisions by word and status, and one whole; what is not there is no page."""
    program = Program(lang="es")
    names = {one["name"] for one in program.read("laws")}
    assert {"us-federal", "england-wales", "arcadia"} <= names
    rows = program.read("laws/us-federal/provisions?word=escort&status=verified")
    assert rows
    assert {one["status"] for one in rows} == {"verified"}
    whole = program.read(f"laws/us-federal/provisions/{rows[0]['name']}")
    assert whole["citation"] in whole["text"]
    assert whole["source_address"].startswith("https://")
    program.read("laws/us-federal/provisions?status=nonsense", 422)
    for address in ("laws/nowhere/provisions", "laws/..%2fx/provisions", "laws/us-federal/provisions/x"):
        program.read(address, 404)


def test_without_a_database_only_the_open_part_is_there() -> None:
    """Who may act where there is no establishment is nobody: there is nothing at those addresses."""
    Program("locutorio_x").read("me", 404)
    assert Program().get("calendar/locutorio_x.ics").status_code == 404
    Program().read("laws")


def test_the_document_tells_every_operation_and_every_problem() -> None:
    """Each has its own name, a summary in both languages, and the answers that it can be."""
    document = Program().read("openapi.json")
    each = [one for methods in document["paths"].values() for one in methods.values()]
    assert len({one["operationId"] for one in each}) == len(each) == 20
    for one in each:
        assert {"400", "404", "429", "500"} <= one["responses"].keys(), one["operationId"]
        assert ("401" in one["responses"]) is ("security" in one)
    assert document["components"]["securitySchemes"] == {"Bearer": {"type": "http", "scheme": "bearer"}}
    for lang, title in (("en", "For programs"), ("es", "Para programas")):
        page = unescape(Program().client.get(f"/{lang}/api").content.decode())
        assert title in page
        assert [address for _, _, address, _ in operations() if address not in page] == []
        assert [name for name in STATUSES if f'id="{name}"' not in page] == []


def test_a_method_that_an_address_does_not_take_is_told_with_those_it_does() -> None:
    """405 with Allow, as a problem; and nothing is done."""
    for method, address in (("delete", "laws"), ("put", "decisions"), ("get", "decisions"), ("patch", "me")):
        response = looked_over(getattr(Program().client, method)(f"/api/{address}"))
        assert response.status_code == 405
        assert response.headers["Allow"]


@pytest.mark.parametrize("headers", [{"Sec-Fetch-Site": "cross-site"}, {"Origin": "https://evil.example"}])
def test_what_another_site_sends_is_not_read(headers: dict[str, str]) -> None:
    """A browser that says it sends for another site is refused; there is no CORS."""
    response = looked_over(
        Program().client.post("/api/decisions", "{}", content_type="application/json", headers=headers)
    )
    assert response.status_code == 403
    assert Program().client.options("/api/decisions", headers=headers).status_code == 405


@pytest.mark.parametrize(
    "raw",
    [
        *(b"", b"{", b"[1,]", b"nul", b"{'a': 1}", b"\xff\xfe", b'"\\ud800"', b'"a\\u0000b"', b"NaN"),
        *(b"-Infinity", b"1e400", b"-1e999", b"9" * 400, b"9007199254740993", b"9" * 5_000),
        *(b'{"a": 1, "a": 2}', b"[" * 200 + b"]" * 200, b"[" * 100_000, b'{"a":' * 100_000),
        *(b'"' * 99_999, b'"\\"' * 40_000, b"[" * 40 + b'"\\'),
    ],
)
def test_json_that_two_readers_could_take_in_two_ways_is_refused(raw: bytes) -> None:
    """Double names, numbers that are none or not exact, half characters, NUL, depth: never read by halves."""
    with pytest.raises(Unread):
        read_json(raw)


def test_other_json_is_read_as_it_stands() -> None:
    """Zero below zero, escapes, any depth that a body has, brackets in texts."""
    assert read_json(b'{"a": [-0, 1.5, "\\u00f1", null, true]}') == {"a": [0, 1.5, "ñ", None, True]}
    assert read_json(b'"' + b"[" * 5_000 + b'"') == "[" * 5_000
    assert read_json(b"[" * 32 + b"]" * 32)
