"""Who signs the record, and who outside witnesses it; the forms that begin a change of them."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse

from locutorio.actions.authority import may
from locutorio.actions.keys_shown import KeysShown, keys_shown
from locutorio.actions.sign_in import Seat
from locutorio.web.drawing import drawn
from locutorio.web.seats import actor_of, for_acts
from locutorio.web.words import say, words


@dataclass(frozen=True, slots=True)
class KeysPage:
    """What signs and who witnesses; ``change`` tells whether the reader may propose another."""

    found: KeysShown
    quorum: str
    changes: str
    change: bool


@for_acts("read_keys")
def keys(request: HttpRequest, lang: str, seat: Seat) -> HttpResponse:
    """Show who signs and who witnesses."""
    by = actor_of(seat)
    found = keys_shown(by, seat.establishment)
    page = KeysPage(
        found,
        say(lang, "keys_quorum", count=found.quorum),
        say(lang, "keys_changes", count=found.changes),
        may(by, "change_witnesses"),
    )
    return drawn(
        request, seat, lang, "staff/keys.html", page, title=words(lang)["keys_title"], part="staff-keys"
    )
