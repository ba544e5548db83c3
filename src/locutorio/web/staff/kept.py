"""What is kept and for how long: holds against erasure, what is due to be erased and when."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from locutorio.actions import clock
from locutorio.actions.authority import may
from locutorio.actions.deciding import local_day
from locutorio.actions.find_whom import CONTACT, PERSON, find_whom
from locutorio.actions.kept_shown import HoldShown, KeptShown, LeftShown, kept_shown
from locutorio.actions.place_hold import Holding, place_hold
from locutorio.actions.sign_in import Seat
from locutorio.kernel.faults import Fault
from locutorio.web.drawing import drawn
from locutorio.web.posts import SENDING
from locutorio.web.saying import day_said, moment_said
from locutorio.web.seats import actor_of, for_acts
from locutorio.web.sending import SeeOther, sent
from locutorio.web.staff.fields import Choice
from locutorio.web.words import say, words

WORDS_MAX = 500
KINDS = (PERSON, CONTACT)


@dataclass(frozen=True, slots=True)
class HoldPart:
    """One hold; ``end`` names it where the reader may propose that it ends."""

    whom: str
    why: str
    source: str
    since: str
    end: str


@dataclass(frozen=True, slots=True)
class ClassPart:
    """One class of retention in words: what it keeps, what is gone by, the text it rests on."""

    keeps: str
    rule: str
    text: str


@dataclass(frozen=True, slots=True)
class LeftPart:
    """One person who left; ``erase`` is them where the reader may propose that all about them is erased."""

    whom: str
    left: str
    state: str
    address: str
    erase: UUID | None


@dataclass(frozen=True, slots=True)
class KeptPage:
    """All of it. ``place`` and ``change`` tell which forms are shown, ``said`` what was written into one."""

    holds: tuple[HoldPart, ...]
    classes: tuple[ClassPart, ...]
    left: tuple[LeftPart, ...]
    more: bool
    waiting: str
    done: str
    place: bool
    change: bool
    kinds: tuple[Choice, ...]
    said: dict[str, str]
    did: str
    wrong: str
    words_max: int = WORDS_MAX


@for_acts("read_kept", posts=True)
def kept(request: HttpRequest, lang: str, seat: Seat) -> HttpResponse:
    """Show what is kept; place a hold."""
    if request.method != SENDING:
        return _drawn(request, seat, lang)
    said = request.POST
    try:
        kind = said.get("kind", "")
        whom = find_whom(actor_of(seat), seat.establishment, kind, said.get("number", "").strip())
        placed = Holding(said.get("why", ""), said.get("source", ""), **{kind: whom})
        place_hold(placed, sent(request, seat))
    except Fault:
        return _drawn(request, seat, lang, wrong=words(lang)["kept_wrong"])
    return SeeOther(f"{reverse('staff-kept', args=[lang])}?did=held")


def _drawn(request: HttpRequest, seat: Seat, lang: str, *, wrong: str = "") -> HttpResponse:
    by, told = actor_of(seat), words(lang)
    found = kept_shown(by, seat.establishment)
    ends, erases = may(by, "end_hold"), may(by, "order_erasure")
    today = local_day(seat.zone, clock.now())
    page = KeptPage(
        holds=tuple(_hold(one, lang, seat, ends=ends) for one in found.holds),
        classes=_classes(found, lang),
        left=tuple(_left(one, lang, today, erases=erases) for one in found.left),
        more=found.more,
        waiting=say(lang, "kept_waiting", count=sum(one.erased_at is None for one in found.erasures)),
        done=say(lang, "kept_done", count=sum(one.finished_at is not None for one in found.erasures)),
        place=may(by, "place_hold"),
        change=may(by, "change_retention"),
        kinds=tuple(Choice(kind, told[f"kept_{kind}"]) for kind in KINDS),
        said={key: str(value) for key, value in request.POST.items()},
        did=told.get(f"kept_did_{request.GET.get('did', '')}", ""),
        wrong=wrong,
    )
    return drawn(
        request,
        seat,
        lang,
        "staff/kept.html",
        page,
        title=told["kept_title"],
        part="staff-kept",
        status=409 if wrong else 200,
    )


def _hold(one: HoldShown, lang: str, seat: Seat, *, ends: bool) -> HoldPart:
    kind = PERSON if one.row.person else CONTACT
    return HoldPart(
        say(lang, f"kept_whom_{kind}", name=one.name, number=one.number),
        one.row.why,
        one.row.source,
        say(lang, "kept_since", moment=moment_said(lang, one.row.known_at, seat.zone)),
        str(one.row.id) if ends else "",
    )


def _classes(found: KeptShown, lang: str) -> tuple[ClassPart, ...]:
    told = words(lang)
    return tuple(
        ClassPart(
            told[f"kept_class_{one.name}"],
            say(lang, "kept_rule", days=rule.days, source=rule.source) if rule else told["kept_off"],
            say(lang, "kept_text", citation=one.citation, status=told[f"kept_status_{one.status}"])
            if one.days is not None
            else told["kept_no_text"],
        )
        for one, rule in found.classes
    )


def _left(one: LeftShown, lang: str, today: date, *, erases: bool) -> LeftPart:
    told = words(lang)
    if one.held:
        state = told["kept_state_held"]
    elif one.ordered:
        state = told["kept_state_ordered"]
    elif one.erased_on is None:
        state = told["kept_state_off"]
    elif one.erased_on <= today:
        state = told["kept_state_due"]
    else:
        state = say(lang, "kept_state_on", day=day_said(lang, one.erased_on))
    left = [say(lang, "kept_left", day=day_said(lang, one.left_on))]
    if one.copies:
        left.append(say(lang, "kept_copies", count=one.copies))
    return LeftPart(
        f"{one.name}, {one.number}",
        ". ".join(left),
        state,
        reverse("staff-person", args=[lang, one.person]),
        one.person if erases and not (one.held or one.ordered) else None,
    )
