"""What every answer tells the browser: load only from here, run no script, keep nothing.

The pages that use passkeys run one script, a file of ours: no browser uses a passkey without.
"""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase

POLICY = (
    "default-src 'self'; script-src 'none'; object-src 'none'; base-uri 'none'; "
    "form-action 'self'; frame-ancestors 'none'"
)

SCRIPTED = POLICY.replace("script-src 'none'", "script-src 'self'")

HEADERS = {
    "Content-Security-Policy": POLICY,
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}

HTTPS_ONLY_SECONDS = 365 * 24 * 3600
OF_THE_PAGE = "Referrer-Policy"
MAY_SCRIPT = "Content-Security-Policy"


def strict(
    get_response: Callable[[HttpRequest], HttpResponseBase],
) -> Callable[[HttpRequest], HttpResponseBase]:
    """Put the headers on every answer, errors and files included. A shared browser is to store no page.

    A page may state for itself how long it is kept, and to whom its address is told.
    """

    def answer(request: HttpRequest) -> HttpResponseBase:
        response = get_response(request)
        for name, value in HEADERS.items():
            own = response.headers.get(name)
            if (name != OF_THE_PAGE or own is None) and (name, own) != (MAY_SCRIPT, SCRIPTED):
                response.headers[name] = value
        response.headers.setdefault("Cache-Control", "no-store")
        if getattr(settings, "BEHIND_HTTPS", False):
            response.headers["Strict-Transport-Security"] = f"max-age={HTTPS_ONLY_SECONDS}"
        return response

    return answer
