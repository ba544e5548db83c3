"""What a reader sees when there is no page, or the program failed: what happened and what to do next."""

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string

from locutorio.kernel.faults import Fault, Faults
from locutorio.web import problems
from locutorio.web.faults import told
from locutorio.web.frame import frame
from locutorio.web.languages import of_request
from locutorio.web.words import words


def page(request: HttpRequest, status: int, name: str) -> HttpResponse:
    """Draw the page of the sentences ``error_NAME_title``, ``error_NAME_what`` and ``error_NAME_next``.

    A program is told the same as a problem document.
    """
    if problems.is_for(request):
        return problems.problem(request, name)
    lang = of_request(request)
    told = words(lang)
    values = {
        "title": told[f"error_{name}_title"],
        "what": told[f"error_{name}_what"],
        "next": told[f"error_{name}_next"],
    }
    context = {"frame": frame(lang, values["title"], twin=None), "page": values}
    return HttpResponse(render_to_string("error.html", context), status=status)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001 - Django's signature
    """Answer a request that no browser would have made by itself."""
    return page(request, 400, "bad_request")


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001 - Django's signature
    """Answer an address that leads nowhere."""
    return page(request, 404, "not_found")


def broken(request: HttpRequest) -> HttpResponse:
    """Answer when the program itself failed. The fault is written on the console, never on the page."""
    return page(request, 500, "broken")


def forged(request: HttpRequest, reason: str = "") -> HttpResponse:  # noqa: ARG001 - Django's signature
    """Answer a form that does not come from a page of ours, or comes from a session that has ended."""
    return page(request, 403, "forged")


def told_fault(request: HttpRequest, fault: Fault | Faults) -> HttpResponse:
    """Answer a change that was not made: what to do, and the program's own words for why."""
    lang = of_request(request)
    title = words(lang)["error_fault_title"]
    values = {
        "title": title,
        "what": words(lang)["error_fault_what"],
        "next": words(lang)["error_fault_next"],
        "exact": tuple(one.exact for one in told(fault, lang)),
    }
    context = {"frame": frame(lang, title, twin=None), "page": values}
    return HttpResponse(render_to_string("error.html", context), status=409)
