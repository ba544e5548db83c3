"""Gives a file to be saved under a name, instead of shown."""

from django.http import HttpResponse
from django.utils.http import content_disposition_header


def to_save(content: bytes | str, content_type: str, name: str) -> HttpResponse:
    """Give content that a browser saves under a name."""
    response = HttpResponse(content, content_type=content_type)
    said = content_disposition_header(as_attachment=True, filename=name)
    response.headers["Content-Disposition"] = said or "attachment"
    return response
