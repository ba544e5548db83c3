"""The page on which one person's complete file is given to somebody: one file, to be saved."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from uuid import UUID

from django.http import HttpRequest, HttpResponse

from locutorio.actions.disclose import WORDS_MAX
from locutorio.actions.export_person import Exporting, export_person, whose_file
from locutorio.actions.sign_in import Seat
from locutorio.kernel.faults import Fault
from locutorio.web.drawing import drawn
from locutorio.web.posts import SENDING
from locutorio.web.receipts import packed
from locutorio.web.seats import actor_of, for_acts
from locutorio.web.sending import sent
from locutorio.web.words import say, words

CHOICES = ("yes", "no")


@dataclass(frozen=True, slots=True)
class ExportPage:
    """Whose file, what was written into the form, and what lacks in it.

    ``for_person`` is yes where it goes to the person, no where it is the whole, empty before that is said.
    """

    whom: str
    to: str
    ground: str
    wrong: str
    for_person: str
    words_max: int = WORDS_MAX


@for_acts("export_person", "find_person", posts=True)
def export(request: HttpRequest, lang: str, seat: Seat, person: UUID) -> HttpResponse:
    """Show whose file it is; once it is said to whom and why, give it."""
    whom = whose_file(actor_of(seat), seat.establishment, person)
    said = {name: request.POST.get(name, "") for name in ("to", "ground")}
    chosen, wrong = request.POST.get("for_person", ""), ""
    if request.method == SENDING:
        wrong = words(lang)["export_wrong"]
        if chosen in CHOICES:
            with suppress(Fault):
                what = Exporting(person, **said, for_person=chosen == "yes")
                files = export_person(what, sent(request, seat))
                return packed(files, say(lang, "export_name", person=whom.id))
    page = ExportPage(f"{whom.name}, {whom.number}", said["to"], said["ground"], wrong, chosen)
    title, status = words(lang)["export_title"], 409 if wrong else 200
    return drawn(
        request, seat, lang, "staff/export.html", page, title=title, part="staff-people", status=status
    )
