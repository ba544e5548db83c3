"""Addresses of the open page, in one language."""

from django.urls import path, register_converter

from locutorio.web.open import (
    deadlines,
    form_views,
    history_views,
    interview_views,
    owed_views,
    release,
    views,
)


class NameConverter:
    """The name of a pack, a case or a provision as an address holds it."""

    regex = r"[A-Za-z0-9][A-Za-z0-9._-]{0,99}"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


register_converter(NameConverter, "name")

urlpatterns = [
    path("", interview_views.ask, name="ask"),
    path("interview", interview_views.talk, name="interview"),
    path("owed", owed_views.owed, name="owed"),
    path("history", history_views.history, name="history"),
    path("release", release.release, name="release"),
    path("deadlines", deadlines.deadlines, name="deadlines"),
    path("deadlines/<name:pack>/<name:clock_name>", deadlines.deadline, name="deadline"),
    path("form", form_views.form, name="form"),
    path("form/case-file", form_views.case_file, name="case-file"),
    path("form/answer.pdf", form_views.answer_as_pdf, name="answer-pdf"),
    path("form/slip", form_views.slip, name="slip"),
    path("form/slip.pdf", form_views.slip_as_pdf, name="slip-pdf"),
    path("form/remedy", form_views.remedy, name="remedy"),
    path("form/remedy.pdf", form_views.remedy_as_pdf, name="remedy-pdf"),
    path("cases", views.cases, name="cases"),
    path("case/<name:pack>/<name:case>.json", views.case_json, name="case-json"),
    path("case/<name:pack>/<name:case>.yaml", views.case_yaml, name="case-yaml"),
    path("case/<name:pack>/<name:case>", views.case, name="case"),
    path("law", views.law, name="law"),
    path("law/<name:pack>/<name:provision>", views.provision, name="provision"),
]
