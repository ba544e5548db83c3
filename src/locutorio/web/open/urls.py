"""Addresses of the open page, in one language."""

from django.urls import path, register_converter

from locutorio.web.open import views


class NameConverter:
    """The name of a pack, a case or a provision as an address holds it."""

    regex = r"[A-Za-z0-9][A-Za-z0-9._-]{0,99}"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


register_converter(NameConverter, "name")

urlpatterns = [
    path("", views.cases, name="cases"),
    path("case/<name:pack>/<name:case>.json", views.case_json, name="case-json"),
    path("case/<name:pack>/<name:case>.yaml", views.case_yaml, name="case-yaml"),
    path("case/<name:pack>/<name:case>", views.case, name="case"),
    path("law", views.law, name="law"),
    path("law/<name:pack>/<name:provision>", views.provision, name="provision"),
]
