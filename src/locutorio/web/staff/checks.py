"""The page of the self-check: what the program found out about itself last night."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse

from locutorio.actions.self_check import Checked, last_self_check
from locutorio.actions.sign_in import Seat
from locutorio.web.drawing import drawn
from locutorio.web.saying import moment_said
from locutorio.web.seats import actor_of, for_acts
from locutorio.web.words import words


@dataclass(frozen=True, slots=True)
class Part:
    """One check in words, what is not well and what is told; both in the program's own words, in English."""

    says: str
    faults: tuple[str, ...]
    told: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SelfCheckPage:
    """When it was, empty where it never was, and each check."""

    at: str
    well: bool
    parts: tuple[Part, ...]


@for_acts("read_self_check")
def checks(request: HttpRequest, lang: str, seat: Seat) -> HttpResponse:
    """Show what the last self-check found."""
    found = last_self_check(actor_of(seat), seat.establishment)
    page = SelfCheckPage("", well=False, parts=())
    if found is not None:
        parts = tuple(_part(one, lang) for one in found.checked)
        page = SelfCheckPage(moment_said(lang, found.at, seat.zone), found.well, parts)
    title = words(lang)["checks_title"]
    return drawn(request, seat, lang, "staff/checks.html", page, title=title, part="staff-checks")


def _part(one: Checked, lang: str) -> Part:
    return Part(words(lang)[f"checks_{one.name}"], one.faults, one.told)
