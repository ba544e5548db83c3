"""Passkeys at the door: for which site they are, and what the script of a page asks for and sends."""

from __future__ import annotations

from hashlib import sha256
from ipaddress import ip_address
from typing import Any

from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse, JsonResponse

from locutorio.actions.sign_in import Site
from locutorio.web.headers import MAY_SCRIPT, SCRIPTED
from locutorio.web.settings import BEHIND_HTTPS, SITE

ANSWER, NAME = "credential", "Locutorio"
COOKIE = "CSRF_COOKIE"


def site_of(request: HttpRequest) -> Site:
    """Give where a passkey is for: the address of the server in front; without one, this machine's.

    Raises:
        BadRequest: the browser keeps no cookie, so that nothing tells it from another.
    """
    secret = request.META.get(COOKIE)
    if not secret:
        raise BadRequest
    browser = sha256(str(secret).encode()).hexdigest()
    if BEHIND_HTTPS and SITE.hostname:
        return Site(SITE.hostname, f"{SITE.scheme}://{SITE.netloc}", NAME, browser)
    host = request.get_host()
    return Site(host.rpartition(":")[0] or host, f"{request.scheme}://{host}", NAME, browser)


def elsewhere(request: HttpRequest) -> str:
    """Give the address of this page at which passkeys work, where they do not at this one."""
    host, _, port = request.get_host().rpartition(":")  # a passkey is for a name, never for a number
    try:
        ip_address((host or port).strip("[]"))
    except ValueError:
        return ""
    named = f"localhost:{port}" if host else "localhost"
    return f"{request.scheme}://{named}{request.path}"


def asked(options: dict[str, Any]) -> HttpResponse:
    """Give the script of a page what a browser needs to make or use a passkey."""
    return JsonResponse(options)


def scripted(response: HttpResponse) -> HttpResponse:
    """Let a page run the script of passkeys, which is a file of ours."""
    response.headers[MAY_SCRIPT] = SCRIPTED
    return response
