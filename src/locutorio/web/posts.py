"""What may be sent to the page: small forms, from its own pages, to the addresses that ask for them.

No form carries a token against forged requests, since no request changes anything: see docs/adr, 0009. What
another site sends is refused all the same, where the browser says whence it comes.
"""

from collections.abc import Callable

from django.core.exceptions import (
    BadRequest,
    RequestDataTooBig,
    SuspiciousOperation,
    TooManyFieldsSent,
    TooManyFilesSent,
)
from django.http import HttpRequest, HttpResponse, HttpResponseBase, UnreadablePostError
from django.http.multipartparser import MultiPartParserError
from django.urls import Resolver404, resolve

from locutorio.web.errors import page
from locutorio.web.limits import BODY_BYTES_MAX

READING = ("GET", "HEAD")
SENDING = "POST"
_OURS = ("same-origin", "none")
_UNNAMED = "null"
_posting: dict[object, int] = {}

View = Callable[..., HttpResponse]


def posting(view: View, most: int = BODY_BYTES_MAX) -> View:
    """Let a view take what a form sends, up to so many bytes."""
    _posting[view] = most
    return view


def guarded(
    get_response: Callable[[HttpRequest], HttpResponseBase],
) -> Callable[[HttpRequest], HttpResponseBase]:
    """Refuse, in plain words, whatever a form of these pages would not send."""

    def answer(request: HttpRequest) -> HttpResponseBase:
        if request.method in READING:
            return get_response(request)
        return _refused(request) or get_response(request)

    return answer


def _refused(request: HttpRequest) -> HttpResponse | None:
    most = _bytes_taken(request)
    taken = (*READING, SENDING) if most else READING
    if request.method not in taken:
        response = page(request, 405, "only_reading")
        response.headers["Allow"] = ", ".join(taken)
        return response
    if _from_elsewhere(request):
        return page(request, 403, "elsewhere")
    length = request.META.get("CONTENT_LENGTH") or "0"
    if not (length.isascii() and length.isdigit()):
        return page(request, 400, "bad_request")
    if int(length) > most:
        return page(request, 413, "too_large")
    return _unreadable(request)


def _unreadable(request: HttpRequest) -> HttpResponse | None:
    """Read the form, so that no view has to expect one that cannot be read."""
    try:
        request.POST  # noqa: B018 - reading it is the test
    except (RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent):
        return page(request, 413, "too_large")
    except (BadRequest, MultiPartParserError, SuspiciousOperation, UnreadablePostError, ValueError):
        return page(request, 400, "bad_request")
    return None


def _bytes_taken(request: HttpRequest) -> int:
    """Give how many bytes the view of an address takes; 0 for one that takes no form."""
    try:
        return _posting.get(resolve(request.path_info).func, 0)
    except Resolver404:
        return 0


def _from_elsewhere(request: HttpRequest) -> bool:
    """Tell whether the browser says that a page of another site sent this.

    Our own pages name no referrer, so their forms come with the origin "null" or none.
    """
    site, origin = request.headers.get("Sec-Fetch-Site"), request.headers.get("Origin", _UNNAMED)
    if site is not None:
        return site not in _OURS
    return origin not in (_UNNAMED, f"{request.scheme}://{request.get_host()}")
