"""Which language a reader gets: the one in the address, or else the one the browser asks for."""

from collections.abc import Mapping

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.cache import patch_vary_headers
from django.utils.translation import get_language_from_request

NAMES: Mapping[str, str] = {"en": "English", "es": "Español"}


class LanguageConverter:
    """The first part of every address of a page."""

    regex = "|".join(NAMES)

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


def of_request(request: HttpRequest) -> str:
    """Give the language of the address; where it names none, the browser's."""
    first = request.path_info.strip("/").split("/")[0]
    if first in NAMES:
        return first
    return get_language_from_request(request)


def other(lang: str) -> str:
    """Give the language that the switch leads to."""
    return next(name for name in NAMES if name != lang)


def choose(request: HttpRequest) -> HttpResponse:
    """Lead from the bare address to the pages in the reader's language."""
    response = HttpResponseRedirect(reverse("ask", args=[of_request(request)]))
    patch_vary_headers(response, ["Accept-Language"])
    return response
