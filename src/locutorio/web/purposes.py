"""Why staff open what is protected: as they said for one person, or as the page says from which they came."""

from __future__ import annotations

from datetime import datetime, timedelta
from urllib.parse import urlencode
from uuid import UUID

from django.http import HttpRequest
from django.urls import reverse

from locutorio.actions import clock
from locutorio.actions.authority import may
from locutorio.store.actor import Actor
from locutorio.web.posts import SENDING

REASONS = ("visit", "paper", "asked", "complaint", "safety", "review", "other")
NEEDS_WORDS = "other"
CAME_FROM = {"day": "read_day", "gate": "read_gate", "asking": "request_visit", "calls": "read_calls"}
CHANGE = "change"
WHY, KEPT_MOST, KEPT_FOR = "why", 20, timedelta(minutes=30)
WORDS_MAX = 200


def of(request: HttpRequest, by: Actor, person: UUID | None) -> str:
    """Give why somebody opens what is about a person: from where they came, or what they said before.

    Whoever sends a change shows by it why they look.
    """
    if request.method == SENDING:
        return CHANGE
    came = request.GET.get(WHY, "")
    if came in CAME_FROM and may(by, CAME_FROM[came]):
        keep(request, person, came)
        return came
    return said(request, person)


def said(request: HttpRequest, whom: UUID | None) -> str:
    """Give what was said for somebody or something, as long as that holds; else nothing."""
    why, until = _kept(request).get(str(whom), ("", ""))
    return why if why and clock.now() < datetime.fromisoformat(until) else ""


def keep(request: HttpRequest, person: UUID | None, why: str) -> None:
    """Keep for a while why somebody opens what is about a person."""
    others = {name: one for name, one in _kept(request).items() if name != str(person)}
    newest = dict(sorted(others.items(), key=lambda one: one[1][1])[-KEPT_MOST + 1 :])
    request.session[WHY] = {**newest, str(person): [why, (clock.now() + KEPT_FOR).isoformat()]}


def page(request: HttpRequest, lang: str, person: UUID | None) -> str:
    """Give the address of the page that asks why, and leads back to what was asked for."""
    asked = urlencode({"person": str(person or ""), "next": request.get_full_path()})
    return f"{reverse('staff-why', args=[lang])}?{asked}"


def _kept(request: HttpRequest) -> dict[str, list[str]]:
    kept: dict[str, list[str]] = request.session.get(WHY, {})
    return kept
