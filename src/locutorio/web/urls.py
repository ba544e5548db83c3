"""Addresses: the bare one leads to a language, and each language holds the same pages."""

from django.urls import include, path, register_converter

from locutorio.web import errors, languages

register_converter(languages.LanguageConverter, "lang")

urlpatterns = [
    path("", languages.choose, name="choose"),
    path("<lang:lang>/", include("locutorio.web.open.urls")),
]

handler400 = errors.bad_request
handler404 = errors.not_found
handler500 = errors.broken
