"""The views of the open page: read the address, ask for the values, draw them. Nothing is decided here."""

from collections.abc import Mapping

from django.http import Http404, HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.urls import reverse

from locutorio.actions import shelf
from locutorio.web.frame import Frame, Link, frame
from locutorio.web.languages import other
from locutorio.web.open import cases as case_values
from locutorio.web.open import law as law_values
from locutorio.web.open.entries import Entry, entries
from locutorio.web.open.search import asked
from locutorio.web.saving import to_save
from locutorio.web.words import words

CASE_FILE = "application/yaml; charset=utf-8"
JSON = "application/json; charset=utf-8"


def _draw(template: str, told: Frame, page: object) -> HttpResponse:
    return HttpResponse(render_to_string(template, {"frame": told, "page": page}))


def _twin(request: HttpRequest, lang: str, kept: Mapping[str, str]) -> str:
    """Give the address of the same page in the other language, with what the reader asked for."""
    match = request.resolver_match
    assert match is not None
    address = reverse(match.view_name, kwargs={**match.kwargs, "lang": other(lang)})
    query = request.GET.copy()
    query.clear()
    query.update({name: value for name, value in kept.items() if value})
    return f"{address}?{query.urlencode()}" if query else address


def _up(name: str, lang: str) -> Link:
    return Link(reverse(name, args=[lang]), words(lang)[f"menu_{name}"])


def _entry(pack: str, case: str) -> Entry:
    entry = entries().get((pack, case))
    if entry is None:
        raise Http404
    return entry


def cases(request: HttpRequest, lang: str) -> HttpResponse:
    """List the cases, narrowed by a word and an outcome."""
    wanted = {"word": asked(request.GET, "word"), "outcome": asked(request.GET, "outcome")}
    told = frame(lang, words(lang)["cases_title"], twin=_twin(request, lang, wanted), part="cases")
    return _draw("open/cases.html", told, case_values.case_list(lang, **wanted))


def case(request: HttpRequest, lang: str, pack: str, case: str) -> HttpResponse:
    """Show one case, decided now."""
    page = case_values.case_page(_entry(pack, case), lang)
    told = frame(lang, page.title, twin=_twin(request, lang, {}), part="cases", trail=(_up("cases", lang),))
    return _draw("open/case.html", told, page)


def case_json(request: HttpRequest, lang: str, pack: str, case: str) -> HttpResponse:  # noqa: ARG001 - Django's signature
    """Give the whole answer to one case for programs."""
    return HttpResponse(case_values.case_document(_entry(pack, case), lang), content_type=JSON)


def case_yaml(request: HttpRequest, lang: str, pack: str, case: str) -> HttpResponse:  # noqa: ARG001 - Django's signature
    """Give the file of one case, to be saved."""
    entry = _entry(pack, case)
    return to_save(entry.text(), CASE_FILE, f"{entry.name}.yaml")


def law(request: HttpRequest, lang: str) -> HttpResponse:
    """List the provisions, narrowed by a word and a status."""
    wanted = {"word": asked(request.GET, "word"), "status": asked(request.GET, "status")}
    told = frame(lang, words(lang)["law_title"], twin=_twin(request, lang, wanted), part="law")
    return _draw("open/law.html", told, law_values.law_list(lang, **wanted))


def provision(request: HttpRequest, lang: str, pack: str, provision: str) -> HttpResponse:
    """Show one provision."""
    if pack not in shelf.packs() or provision not in shelf.pack(pack).provisions:
        raise Http404
    page = law_values.provision_page(pack, provision, lang)
    told = frame(lang, page.title, twin=_twin(request, lang, {}), part="law", trail=(_up("law", lang),))
    return _draw("open/provision.html", told, page)
