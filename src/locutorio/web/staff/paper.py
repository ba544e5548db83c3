"""The page of one paper: what it says, whether it holds, which papers go with it, its receipt."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from locutorio.actions import clock
from locutorio.actions.authority import may
from locutorio.actions.deciding import local_day
from locutorio.actions.end_paper import HOW
from locutorio.actions.new_paper import WAITS
from locutorio.actions.paper_shown import PaperShown, paper_shown
from locutorio.actions.sign_in import Seat
from locutorio.notices.words import Words
from locutorio.store.entered import PaperRow, read_entered
from locutorio.web.drawing import drawn
from locutorio.web.frame import Link
from locutorio.web.receipts import ReceiptShown, paper_receipt
from locutorio.web.saying import day_said, moment_said
from locutorio.web.seats import actor_of, for_acts
from locutorio.web.staff.fields import Choice
from locutorio.web.staff.statements import LineSaid
from locutorio.web.words import say, words

TONES = {"stands": "stands", "void": "void", "defective": "defective", "refer": "refer", "unknown": "refer"}


@dataclass(frozen=True, slots=True)
class BesidePart:
    """A paper that goes with this one: how, its name, its page."""

    how: str
    name: str
    address: str


@dataclass(frozen=True, slots=True)
class OnePaperPage:
    """``event`` and ``ends`` tell whether the reader may propose that its event came, that it ends."""

    id: UUID
    state: str
    tone: str
    notes: tuple[str, ...]
    title: str
    citation: str
    lines: tuple[LineSaid, ...]
    beside: tuple[BesidePart, ...]
    files: tuple[Link, ...]
    event: bool
    ends: bool
    hows: tuple[Choice, ...]
    today: str
    otherwise: str
    receipt: ReceiptShown | None


@for_acts("read_paper")
def one(request: HttpRequest, lang: str, seat: Seat, id_: UUID) -> HttpResponse:
    """Show one paper."""
    by, today, told = actor_of(seat), local_day(seat.zone, clock.now()), words(lang)
    found = paper_shown(by, seat.establishment, id_, today)
    row = found.row
    state = found.standing or "unknown"
    going = row.ended_on is None
    page = OnePaperPage(
        id=id_,
        state=told[f"paper_state_{state}"],
        tone=TONES.get(state, "pending"),
        notes=tuple(_notes(row, lang)),
        title=found.title[lang],
        citation=found.citation,
        lines=tuple(_lines(found, seat, lang)),
        beside=tuple(
            BesidePart(
                told[f"paper_beside_{how}"], name[lang], reverse("staff-one-paper", args=[lang, other])
            )
            for how, other, name in found.beside
        ),
        files=tuple(Link(reverse("staff-document", args=[lang, id_]), name) for id_, name in found.files)
        if may(by, "read_document")
        else (),
        event=state == WAITS and may(by, "enter_event"),
        ends=going and may(by, "end_paper"),
        hows=tuple(Choice(how, told[f"paper_end_{how}"]) for how in HOW),
        today=today.isoformat(),
        otherwise=reverse("staff-paper-otherwise", args=[lang, id_])
        if may(by, "read_decided_otherwise")
        else "",
        receipt=paper_receipt(seat, lang, id_, proof="staff-paper-proof" if may(by, "prove_paper") else ""),
    )
    return drawn(
        request,
        seat,
        lang,
        "staff/one_paper.html",
        page,
        title=say(lang, "paper_title", person=found.person),
        part="staff-people",
        trail=(Link(reverse("staff-person", args=[lang, row.person]), found.person),),
    )


def _notes(row: PaperRow, lang: str) -> Iterator[str]:
    """Say how it ended, and when the event came that it awaited."""
    if row.ended_on is not None:
        yield say(lang, f"paper_ended_{row.ended_how or 'lifted'}", day=day_said(lang, row.ended_on))
    if row.came_on is not None:
        yield say(lang, "paper_came", day=day_said(lang, row.came_on))


def _lines(found: PaperShown, seat: Seat, lang: str) -> Iterator[LineSaid]:
    row, told = found.row, words(lang)

    def line(name: str, value: str) -> LineSaid:
        return LineSaid(told[f"proposal_line_{name}"], value)

    yield line("contact", found.contact or told["staff_paper_all"])
    texts = {"paper_number": row.number, "paper_office": row.office, "source": row.source}
    yield from (line(name, text) for name, text in texts.items() if text)
    for word, value in sorted(row.facts.items()):
        path = f"instrument.{word}"
        yield LineSaid(Words(lang).label(path), Words(lang).value(path, read_entered(path, value)))
    days = {"since": row.since, "until": row.until}
    yield from (line(name, day_said(lang, on)) for name, on in days.items() if on is not None)
    more = {
        "paper_awaits": row.awaits,
        "paper_quote": row.quote,
        "paper_quote_page": str(row.quote_page or ""),
        "paper_confirmed": row.confirmed,
    }
    yield from (line(name, text) for name, text in more.items() if text)
    yield line("known_at", moment_said(lang, row.known_at, seat.zone))
