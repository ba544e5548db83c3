"""What every answer tells the browser: load only from here, run no script, keep nothing."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponseBase

POLICY = (
    "default-src 'self'; script-src 'none'; object-src 'none'; base-uri 'none'; "
    "form-action 'self'; frame-ancestors 'none'"
)

HEADERS = {
    "Content-Security-Policy": POLICY,
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}

OF_THE_PAGE = "Referrer-Policy"


def strict(
    get_response: Callable[[HttpRequest], HttpResponseBase],
) -> Callable[[HttpRequest], HttpResponseBase]:
    """Put the headers on every answer, errors and files included. A shared browser is to store no page.

    A page may state for itself how long it is kept, and to whom its address is told.
    """

    def answer(request: HttpRequest) -> HttpResponseBase:
        response = get_response(request)
        for name, value in HEADERS.items():
            if name != OF_THE_PAGE or name not in response.headers:
                response.headers[name] = value
        response.headers.setdefault("Cache-Control", "no-store")
        return response

    return answer
