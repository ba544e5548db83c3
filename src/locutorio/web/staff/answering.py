"""Answering whoever asks what the records hold: the same page whether or not there is something to hide."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse

from locutorio.actions import clock
from locutorio.actions.answer_disclosure import (
    ASKER,
    GROUND,
    ITEM,
    Answered,
    Asking,
    answer_disclosure,
    matters,
)
from locutorio.actions.deciding import local_day
from locutorio.actions.disclose import WORDS_MAX
from locutorio.actions.sign_in import Seat
from locutorio.facts.vocabulary import vocabulary
from locutorio.kernel.faults import Fault
from locutorio.notices.letter import Letter
from locutorio.web.drawing import drawn
from locutorio.web.open.letters import DrawnSection, address_in, draw
from locutorio.web.posts import SENDING
from locutorio.web.seats import actor_of, for_acts
from locutorio.web.sending import sent
from locutorio.web.staff.fields import Asked, asked
from locutorio.web.words import say, words

FACT = "fact:"
_ASKED = {"asker": ASKER, "item": ITEM, "ground": GROUND}


@dataclass(frozen=True, slots=True)
class AnsweringPage:
    """The form, with what was written into it, and the answer once there is one."""

    asked: tuple[Asked, ...]
    facts: tuple[Asked, ...]
    said: Mapping[str, str]
    letter: Letter | None
    sections: tuple[DrawnSection, ...]
    tells: str
    wrong: str
    words_max: int = WORDS_MAX


@for_acts("answer_disclosure", posts=True)
def answering(request: HttpRequest, lang: str, seat: Seat) -> HttpResponse:
    """Show the form; answer what is sent, and show the answer beside it."""
    if request.method != SENDING:
        return _drawn(request, lang, seat)
    said = {name: value.strip() for name, value in request.POST.items() if isinstance(value, str)}
    facts = {name.removeprefix(FACT): one for name, one in said.items() if name.startswith(FACT) and one}
    what = Asking(
        said.get("to", ""),
        said.get("asker", ""),
        said.get("item", ""),
        said.get("ground", ""),
        said.get("number", ""),
        facts,
        lang,
    )
    try:
        return _drawn(request, lang, seat, done=answer_disclosure(what, sent(request, seat)))
    except Fault:
        return _drawn(request, lang, seat, wrong=words(lang)["answering_wrong"])


def _drawn(
    request: HttpRequest, lang: str, seat: Seat, *, done: Answered | None = None, wrong: str = ""
) -> HttpResponse:
    said = {"ground": "none", **{key: str(value) for key, value in request.POST.items()}}
    known = vocabulary().facts
    today = local_day(seat.zone, clock.now())
    page = AnsweringPage(
        asked=tuple(asked(known[path], name, said.get(name, ""), lang) for name, path in _ASKED.items()),
        facts=tuple(
            asked(known[path], FACT + path, said.get(FACT + path, ""), lang)
            for path in matters(actor_of(seat), seat.establishment, today)
        ),
        said=said,
        letter=done.letter if done else None,
        sections=draw(done.letter.sections, address_in((seat.law,), lang)) if done else (),
        tells=say(lang, "answering_tells", tells=done.tells) if done and done.tells else "",
        wrong=wrong,
    )
    return drawn(
        request,
        seat,
        lang,
        "staff/answering.html",
        page,
        title=words(lang)["answering_title"],
        part="staff-answer",
        status=409 if wrong else 200,
    )
