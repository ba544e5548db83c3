"""A form as a browser without scripts would send it: every field with its value, read from the page."""

from __future__ import annotations

from html.parser import HTMLParser

from django.test import Client

FORM = "form"


class _Fields(HTMLParser):
    """Reads the fields of the form that holds the mark of the one-page form."""

    def __init__(self, marked_by: str) -> None:
        super().__init__()
        self._marked_by = marked_by
        self._forms: list[dict[str, str]] = []
        self._select: str | None = None
        self._open = False

    @property
    def fields(self) -> dict[str, str]:
        return next(form for form in self._forms if self._marked_by in form)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        has = {name: value or "" for name, value in attrs}
        if tag == "form":
            self._forms.append({})
            self._open = True
        if not self._open:
            return
        if tag == "input" and has.get("name") and has.get("type") != "file":
            if has.get("type") != "checkbox" or "checked" in has:
                self._forms[-1][has["name"]] = has.get("value", "")
        elif tag == "select":
            self._select = has["name"]
            self._forms[-1].setdefault(has["name"], "")
        elif tag == "option" and self._select and "selected" in has:
            self._forms[-1][self._select] = has["value"]

    def handle_endtag(self, tag: str) -> None:
        if tag == "select":
            self._select = None
        elif tag == "form":
            self._open = False


def fields_of(page: bytes, marked_by: str = "adopt") -> dict[str, str]:
    """Give what the form of a page would send if its button were pressed now."""
    parser = _Fields(marked_by)
    parser.feed(page.decode())
    return parser.fields


def opened(client: Client, raw: bytes, lang: str = "en", name: str = "case.yaml") -> bytes:
    """Open a case file in the form as it first comes, and give the page."""
    from django.core.files.uploadedfile import SimpleUploadedFile

    sent = fields_of(client.get(f"/{lang}/form").content)
    response = client.post(f"/{lang}/form", {**sent, "do": "open", "file": SimpleUploadedFile(name, raw)})
    assert response.status_code == 200
    return response.content
