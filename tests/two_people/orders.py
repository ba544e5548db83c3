"""An order as an officer fills it in, the two who enter it, the file it came as, and who was told."""

from __future__ import annotations

from dataclasses import replace

from locutorio.actions.documents import NewFile
from locutorio.actions.enter_paper import NewPaper
from locutorio.actions.keep_document import keep_document
from locutorio.actions.ready_paper import ready_paper
from locutorio.notices.text import letter_as_text
from locutorio.store import notices
from locutorio.store.models import Paper
from tests.establishment import Oak
from tests.two_people.officers import NOW, ORDER, SOON, Officers

COURT, NUMBER = "Court of Arcadia", "26-117"


def order(oak: Oak, contact: str | None = "laurel", person: str = "linden", **more: object) -> NewPaper:
    """Give an order of a court as an officer fills it in."""
    what = NewPaper(
        oak.people[person],
        "order_no_visits",
        oak.contacts[contact] if contact else None,
        ORDER,
        since=NOW.date(),
        number=NUMBER,
        office=COURT,
        quote="No visits shall take place.",
        quote_page=2,
        confirmed="the clerk of the court, by telephone",
    )
    return replace(what, **more)  # type: ignore[arg-type]


def by_two(staff: Officers, what: NewPaper, step: str = "") -> Paper:
    """Let one officer propose a paper as its page does, and another approve it; give it."""
    ready = ready_paper(staff.by("sorrel"), staff.oak.id, what, NOW)
    staff.approve(staff.proposed(dict(ready), "enter_paper", step=step), step=f"approves{step}")
    return Paper.objects.get(number=what.number, form=what.form, contact=what.contact, known_at=SOON)


def told(oak: Oak, name: str, kind: str = "paper") -> str:
    """Give all notices of a kind that somebody was sent, as text."""
    found = (
        notices.notices_of(oak.id, person=oak.people[name])
        if name in oak.people
        else notices.notices_of(oak.id, contacts=[oak.contacts[name]])
    )
    return "\n".join(letter_as_text(one.letter, 10_000) for one in found if one.kind == kind)


def kept(staff: Officers, what: NewPaper, text: str) -> NewPaper:
    """Keep the file that a paper came as, and say so of it."""
    sent = staff.sent("sorrel", f"keeps {what.number} {len(text)}")
    return replace(what, document=keep_document(what.person, NewFile("order.txt", text.encode()), sent))


WHOLE = f"{COURT.upper()}\nNo. {NUMBER}\n\fIt is ordered: No visits\nshall take place."
