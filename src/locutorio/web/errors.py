"""What a reader sees when there is no page, or the program failed: what happened and what to do next."""

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string

from locutorio.web.frame import frame
from locutorio.web.languages import of_request
from locutorio.web.words import words


def page(request: HttpRequest, status: int, name: str) -> HttpResponse:
    """Draw the page of the sentences ``error_NAME_title``, ``error_NAME_what`` and ``error_NAME_next``."""
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
