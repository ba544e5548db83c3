"""The page that tells what programs can ask here, and the document it is drawn from."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.loader import render_to_string
from django.urls import reverse

from locutorio.web.api.document import document, operations
from locutorio.web.frame import frame
from locutorio.web.languages import of_request, other
from locutorio.web.problems import STATUSES
from locutorio.web.words import words

_CAPITAL = re.compile("[A-Z]")


@dataclass(frozen=True, slots=True)
class OperationRow:
    """One thing that can be asked."""

    method: str
    address: str
    does: str


@dataclass(frozen=True, slots=True)
class ProblemRow:
    """One thing that can go wrong."""

    name: str
    status: int
    says: str
    next: str


@dataclass(frozen=True, slots=True)
class ApiPage:
    """What there is for anyone, what there is with a token, and what can go wrong."""

    open: tuple[OperationRow, ...]
    with_token: tuple[OperationRow, ...]
    problems: tuple[ProblemRow, ...]


def page(request: HttpRequest, lang: str) -> HttpResponse:  # noqa: ARG001 - all views have it
    """Show what programs can ask."""
    told = words(lang)
    shown = ApiPage(
        tuple(_rows(lang, with_token=False)),
        tuple(_rows(lang, with_token=True)),
        tuple(
            ProblemRow(name, status, told[f"api_{name}_what"], told[f"api_{name}_next"])
            for name, status in STATUSES.items()
        ),
    )
    framed = frame(lang, told["api_title"], twin=reverse("api-page", args=[other(lang)]))
    return HttpResponse(render_to_string("open/api.html", {"frame": framed, "page": shown}))


def _rows(lang: str, *, with_token: bool) -> Iterator[OperationRow]:
    for name, method, address, needs in operations():
        if needs == with_token:
            key = _CAPITAL.sub(lambda found: f"_{found[0].lower()}", name)
            yield OperationRow(method, address, words(lang)[f"api_op_{key}"])


def openapi(request: HttpRequest) -> HttpResponse:  # noqa: ARG001 - all views have it
    """Give the OpenAPI document."""
    return HttpResponse(json.dumps(document(), ensure_ascii=False), content_type="application/json")


def begin(request: HttpRequest) -> HttpResponse:
    """Lead to the page, in the language that is asked for."""
    return HttpResponseRedirect(reverse("api-page", args=[of_request(request)]))
