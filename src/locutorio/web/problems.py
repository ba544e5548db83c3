"""What an answer says that could not be given: a problem document (RFC 9457), in the asker's language."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping

from django.http import HttpRequest, HttpResponse

from locutorio.kernel.faults import WHAT_LENGTH_MAX, Fault, Faults, shortened
from locutorio.web.faults import told
from locutorio.web.languages import of_request
from locutorio.web.words import words

UNDER = "/api/"
MEDIA = "application/problem+json"
STATUSES: Mapping[str, int] = {
    "bad_request": 400,
    "no_token": 401,
    "not_yours": 403,
    "elsewhere": 403,
    "not_found": 404,
    "method": 405,
    "fault": 409,
    "too_large": 413,
    "media": 415,
    "unfit": 422,
    "too_many": 429,
    "broken": 500,
    "no_database": 503,
}
"""The problems by the name that ends their type, with the status of each."""

_OF_PAGES = {"only_reading": "method", "forged": "bad_request"}


def is_for(request: HttpRequest) -> bool:
    """Tell whether a request is to the API, whose answers are for programs."""
    return request.path_info.startswith(UNDER)


def problem(
    request: HttpRequest,
    name: str,
    faults: Iterable[Mapping[str, str | int]] = (),
    headers: Mapping[str, str] | None = None,
) -> HttpResponse:
    """Give a problem document.

    Args:
        request: for its language.
        name: of the problem, or of the page that says the same.
        faults: each with what it says, in the asker's language, and the program's own words.
        headers: of the answer.
    """
    lang, name = of_request(request), _OF_PAGES.get(name, name)
    says, status = words(lang), STATUSES[name]
    listed = list(faults)
    document = {
        "type": f"/api#{name}",
        "title": says[f"api_{name}_title"],
        "status": status,
        "detail": says[f"api_{name}_what"],
        "remedy": says[f"api_{name}_next"],
        **({"faults": listed} if listed else {}),
    }
    response = HttpResponse(json.dumps(document, ensure_ascii=False), content_type=MEDIA, status=status)
    response.headers["Content-Language"] = lang
    for header, value in (headers or {}).items():
        response.headers[header] = value
    return response


def faulty(request: HttpRequest, name: str, fault: Fault | Faults) -> HttpResponse:
    """Give the problem of something that was not done or cannot be used, with the program's words for why."""
    several = fault.faults if isinstance(fault, Faults) else (fault,)
    says = [one.says for one in told(fault, of_request(request))]
    return problem(request, name, [_told(one, said) for one, said in zip(several, says, strict=True)])


def _told(fault: Fault, says: str) -> dict[str, str | int]:
    place = {"line": fault.where.line, "column": fault.where.column} if fault.where else {}
    parts = {"what": fault.what, "why": fault.why, "remedy": fault.remedy}
    return {
        "says": says,
        **{name: shortened(part, WHAT_LENGTH_MAX) for name, part in parts.items() if part},
        **place,
    }
