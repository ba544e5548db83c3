"""What a reader sees when there is no page, or the program failed: what happened and what to do next."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.template.loader import render_to_string

from locutorio.web.frame import frame
from locutorio.web.languages import of_request
from locutorio.web.words import words

READING = ("GET", "HEAD")


def _page(request: HttpRequest, status: int, name: str) -> HttpResponse:
    """Draw the page of the sentences ``error_NAME_title``, ``error_NAME_what`` and ``error_NAME_next``."""
    lang = of_request(request)
    told = words(lang)
    page = {
        "title": told[f"error_{name}_title"],
        "what": told[f"error_{name}_what"],
        "next": told[f"error_{name}_next"],
    }
    context = {"frame": frame(lang, page["title"], twin=None), "page": page}
    return HttpResponse(render_to_string("error.html", context), status=status)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001 - Django's signature
    """Answer a request that no browser would have made by itself."""
    return _page(request, 400, "bad_request")


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001 - Django's signature
    """Answer an address that leads nowhere."""
    return _page(request, 404, "not_found")


def broken(request: HttpRequest) -> HttpResponse:
    """Answer when the program itself failed. The fault is written on the console, never on the page."""
    return _page(request, 500, "broken")


def only_reading(
    get_response: Callable[[HttpRequest], HttpResponseBase],
) -> Callable[[HttpRequest], HttpResponseBase]:
    """Refuse every request that would send something: there is nothing here to change."""

    def answer(request: HttpRequest) -> HttpResponseBase:
        if request.method in READING:
            return get_response(request)
        response = _page(request, 405, "only_reading")
        response.headers["Allow"] = ", ".join(READING)
        return response

    return answer
