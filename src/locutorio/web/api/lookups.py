"""What anybody may ask, without an account: a decision of a case document, and the law itself."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest

from locutorio.actions import answer, shelf, statutes
from locutorio.kernel.faults import Fault, Faults
from locutorio.notices.document import as_document
from locutorio.web.api import shapes
from locutorio.web.api.door import JSON, YAML, Unfit, api, counted
from locutorio.web.api.shapes import Word
from locutorio.web.languages import of_request
from locutorio.web.open.law import packs_in_order
from locutorio.web.open.search import found
from locutorio.web.words import words

_CASE = {"type": "object", "required": ["law", "question"], "properties": {"law": {"type": "string"}}}
_BODY = {"required": True, "content": {JSON: {"schema": _CASE}, YAML: {"schema": _CASE}}}


@api.post(
    "/decisions",
    response=shapes.Decision,
    summary=words("en")["api_op_decide"],
    operation_id="decide",
    openapi_extra={"requestBody": _BODY},
)
def decide(request: HttpRequest) -> Any:
    """Decide a case (docs/reference/case.schema.json) by the law it names. Nothing of it is kept."""
    counted(request)
    try:
        return as_document(answer.answer(answer.read(request.body, "case")), of_request(request))
    except (Fault, Faults) as fault:
        raise Unfit(fault) from fault


@api.get("/laws", response=list[shapes.Law], summary=words("en")["api_op_laws"], operation_id="laws")
def laws(request: HttpRequest) -> Any:
    """List the laws that came with the program, and what comments on them."""
    counted(request)
    lang = of_request(request)
    packs = [(name, shelf.pack(name)) for name in packs_in_order()]
    return [
        shapes.Law(name=name, title=pack.title[lang], reviewed_by=pack.reviewed_by, hash=pack.hash)
        for name, pack in packs
    ]


@api.get(
    "/laws/{law}/provisions",
    response=list[shapes.Provision],
    summary=words("en")["api_op_provisions"],
    operation_id="provisions",
)
def provisions(request: HttpRequest, law: str, word: Word = "", status: Word = "") -> Any:
    """List those that hold every word, in either language, and have the status."""
    counted(request)
    _known(law)
    try:
        rows = statutes.rows(law, of_request(request), status=status or None)
    except Fault as fault:
        raise Unfit(fault) from fault
    return [_provision(row) for row in rows if found(word, (row.searched,))]


@api.get(
    "/laws/{law}/provisions/{name}",
    response=shapes.ProvisionWhole,
    summary=words("en")["api_op_provision"],
    operation_id="provision",
)
def provision(request: HttpRequest, law: str, name: str) -> Any:
    """Read one provision whole, as text."""
    counted(request)
    _known(law)
    lang, pack = of_request(request), shelf.pack(law)
    row = next((row for row in statutes.rows(law, lang) if row.name == name), None)
    if row is None:
        raise Http404
    source = pack.sources[pack.provisions[name].source]
    return shapes.ProvisionWhole(
        **_provision(row).model_dump(),
        text=statutes.sheet(law, name, lang),
        source=source.title[lang],
        source_address=source.url,
    )


def _known(law: str) -> None:
    if law not in shelf.packs():
        raise Http404


def _provision(row: statutes.Row) -> shapes.Provision:
    return shapes.Provision(
        name=row.name,
        citation=row.citation,
        section=row.section,
        status=row.status,
        read_on=row.read_on,
        says=row.says,
    )
