"""The OpenAPI document of this API, with every problem that an answer can be."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

from locutorio.web.api import calendar, lookups, told, visits
from locutorio.web.api.door import api
from locutorio.web.api.shapes import Problem
from locutorio.web.problems import MEDIA, STATUSES, UNDER
from locutorio.web.words import words

PARTS = (lookups, told, visits, calendar)
_ALWAYS = ("bad_request", "not_found", "method", "too_many", "broken")
_SENDING = ("elsewhere", "too_large", "media", "unfit")
_TOKEN = ("no_token", "not_yours", "no_database")
_REF = "#/components/schemas/"


@cache
def document() -> Mapping[str, Any]:
    """Give the document."""
    made: dict[str, Any] = json.loads(json.dumps(api.get_openapi_schema(path_prefix=UNDER.strip("/") + "/")))
    problem = Problem.model_json_schema(ref_template=f"{_REF}{{model}}")
    made["components"]["schemas"].update({**problem.pop("$defs"), "Problem": problem})
    made["components"]["securitySchemes"]["Bearer"].update({"scheme": "bearer"})
    for operation in (one for path in made["paths"].values() for one in path.values()):
        for name in _problems(operation):
            operation["responses"].setdefault(
                str(STATUSES[name]),
                {
                    "description": words("en")[f"api_{name}_title"],
                    "content": {MEDIA: {"schema": {"$ref": f"{_REF}Problem"}}},
                },
            )
    return made


def _problems(operation: Mapping[str, Any]) -> Iterator[str]:
    yield from _ALWAYS
    if operation.get("parameters"):
        yield "unfit"
    if "requestBody" in operation:
        yield from _SENDING
    if "security" in operation:
        yield from _TOKEN
        if "requestBody" in operation:
            yield "fault"


@cache
def operations() -> tuple[tuple[str, str, str, bool], ...]:
    """Give each operation: its name, its method, its address, and whether it needs a token."""
    return tuple(
        (operation["operationId"], method.upper(), address, "security" in operation)
        for address, methods in document()["paths"].items()
        for method, operation in methods.items()
    )
