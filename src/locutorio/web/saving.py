"""Gives a file to be saved under a name, instead of shown."""

from django.http import HttpResponse


def to_save(content: bytes | str, content_type: str, name: str) -> HttpResponse:
    """Give content that a browser saves under a name."""
    response = HttpResponse(content, content_type=content_type)
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
