"""One item of mail: what was decided of it, what it still asks for, and what is done with it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from locutorio.actions import clock
from locutorio.actions.authority import may
from locutorio.actions.decide_mail import Knowing, decide_mail
from locutorio.actions.deciding import local_day
from locutorio.actions.mail_shown import MailItemSeen, mail_item
from locutorio.actions.pass_mail import BACK, LETS, OPENINGS, WAYS, Passing, pass_mail
from locutorio.actions.reject_mail import (
    OUTCOMES,
    WORDS_MAX,
    Appealing,
    Rejecting,
    appeal_mail,
    reject_mail,
)
from locutorio.actions.review_mail import OFFICE_MAX, Returning, Reviewing, end_review, review_mail
from locutorio.actions.sign_in import Seat
from locutorio.facts.vocabulary import vocabulary
from locutorio.kernel.faults import Fault
from locutorio.kernel.moments import day
from locutorio.notices.words import Words, clean, sentence
from locutorio.store.mail import IN_REVIEW, OPEN, REJECTED, STOPPED, WAITING
from locutorio.store.transaction import Sent
from locutorio.web.decided_part import DecidedPart
from locutorio.web.drawing import drawn
from locutorio.web.frame import Link
from locutorio.web.mail_rows import MailLine, mail_line, mail_said
from locutorio.web.open.letters import address_in, draw
from locutorio.web.posts import SENDING
from locutorio.web.saying import moment_said
from locutorio.web.seats import actor_of, for_acts
from locutorio.web.sending import SeeOther, sent
from locutorio.web.staff.booking import NoticePart, notice_part
from locutorio.web.staff.faults import fault_said
from locutorio.web.staff.fields import Asked, Choice, asked
from locutorio.web.words import say, words

FACT = "fact:"
Act = Callable[[UUID, Mapping[str, str], Sent], object]


@dataclass(frozen=True, slots=True)
class MailItemPage:
    """``can`` names the forms that are shown: decide, pass, review, back, reject, appeal."""

    line: MailLine
    conditions: tuple[str, ...]
    ended: str
    rejected: str
    decided: tuple[DecidedPart, ...]
    asks: tuple[Asked, ...]
    can: frozenset[str]
    ways: tuple[Choice, ...]
    openings: tuple[Choice, ...]
    grounds: tuple[Choice, ...]
    outcomes: tuple[Choice, ...]
    notices: tuple[NoticePart, ...]
    said: Mapping[str, str]
    today: str
    did: str
    wrong: tuple[str, ...]
    words_max: int = WORDS_MAX
    office_max: int = OFFICE_MAX


def _decide(id_: UUID, said: Mapping[str, str], by: Sent) -> object:
    facts = {path.removeprefix(FACT): value for path, value in said.items() if path.startswith(FACT)}
    return decide_mail(Knowing(id_, {path: value for path, value in facts.items() if value}), by)


def _nothing(_id: UUID, _said: Mapping[str, str], _by: Sent) -> object:
    raise Fault("this is nothing that is done with mail", remedy="use the forms of this page")


ACTS: Mapping[str, tuple[str, Act]] = {
    "decide": ("decide_mail", _decide),
    "pass": (
        "pass_mail",
        lambda id_, said, by: pass_mail(Passing(id_, said.get("way", ""), said.get("opened", "")), by),
    ),
    "review": (
        "review_mail",
        lambda id_, said, by: review_mail(
            Reviewing(id_, said.get("office", ""), day(said.get("since", ""))), by
        ),
    ),
    "back": ("end_review", lambda id_, said, by: end_review(Returning(id_, day(said.get("on", ""))), by)),
    "reject": (
        "reject_mail",
        lambda id_, said, by: reject_mail(Rejecting(id_, said.get("ground", ""), said.get("why", "")), by),
    ),
    "appeal": (
        "appeal_mail",
        lambda id_, said, by: appeal_mail(Appealing(id_, said.get("outcome", ""), said.get("why", "")), by),
    ),
}
_STANDS = {
    "decide": OPEN,
    "pass": (WAITING, STOPPED, REJECTED),
    "review": (WAITING,),
    "back": (IN_REVIEW,),
    "reject": OPEN,
    "appeal": (REJECTED,),
}


@for_acts("read_mail_item", posts=True)
def item(request: HttpRequest, lang: str, seat: Seat, id_: UUID) -> HttpResponse:
    """Show one item; do something with it."""
    if request.method != SENDING:
        return _drawn(request, lang, seat, id_)
    said = {name: value.strip() for name, value in request.POST.items() if isinstance(value, str)}
    do = said.get("do", "")
    _, act = ACTS.get(do, ("", _nothing))
    try:
        act(id_, said, sent(request, seat))
    except Fault as fault:
        return _drawn(request, lang, seat, id_, wrong=fault)
    return SeeOther(f"{reverse('staff-mail-item', args=[lang, id_])}?did={do}")


def _drawn(
    request: HttpRequest, lang: str, seat: Seat, id_: UUID, *, wrong: Fault | None = None
) -> HttpResponse:
    now = clock.now()
    found = mail_item(actor_of(seat), seat.establishment, id_, lang, now)
    seen = found.seen
    address = reverse("staff-mail-person", args=[lang, seen.row.person])
    of_person = say(lang, "mail_of", name=seen.named.person, number=seen.named.number)
    return drawn(
        request,
        seat,
        lang,
        "staff/mail_item.html",
        _page(found, request, lang, seat, local_day(seat.zone, now).isoformat(), wrong),
        title=words(lang)["mail_item_title"],
        part="staff-mail",
        trail=(Link(address, of_person),),
        status=409 if wrong else 200,
    )


def _page(
    found: MailItemSeen, request: HttpRequest, lang: str, seat: Seat, today: str, wrong: Fault | None
) -> MailItemPage:
    row, told = found.seen.row, words(lang)
    can = _can(found, seat)
    facts = vocabulary().facts
    return MailItemPage(
        line=mail_line(found.seen, lang, whose=True, linked=False),
        conditions=tuple(sentence(Words(lang).condition(one)) for one in sorted(found.conditions)),
        ended=_ended(found, lang, seat),
        rejected=_rejected(found, lang),
        decided=(_decided(found, lang, seat),),
        asks=tuple(asked(facts[path], FACT + path, "", lang) for path in found.asks),
        can=can,
        ways=tuple(Choice(way, _way(way, row.direction, lang)) for way in _ways(found)),
        openings=tuple(Choice(one, told[f"mail_opened_{one}"]) for one in OPENINGS),
        grounds=tuple(Choice(ground, text[lang]) for ground, text in found.grounds.items()),
        outcomes=tuple(Choice(one, told[f"mail_outcome_{one}"]) for one in OUTCOMES),
        notices=tuple(
            notice_part(one, {row.contact: found.seen.named.contact}, seat, lang) for one in found.notices
        ),
        said={key: str(value) for key, value in request.POST.items()},
        today=today,
        did=told.get(f"mail_did_{request.GET.get('did', '')}", ""),
        wrong=fault_said(wrong, lang) if wrong else (),
    )


def _can(found: MailItemSeen, seat: Seat) -> frozenset[str]:
    row, by = found.seen.row, actor_of(seat)
    shown = {do for do, (act, _) in ACTS.items() if may(by, act) and row.standing in _STANDS[do]}
    lacking = {
        "reject": not found.grounds,
        "appeal": bool(row.appeal),
        "review": row.special,
        "pass": row.standing == REJECTED and not found.notices,
    }
    return frozenset(shown - {do for do, lacks in lacking.items() if lacks})


def _ways(found: MailItemSeen) -> tuple[str, ...]:
    return WAYS if found.seen.row.standing == WAITING else (BACK,)


def _way(way: str, direction: str, lang: str) -> str:
    return words(lang)[f"mail_way_{way}_{direction}" if way == LETS else f"mail_way_{way}"]


def _ended(found: MailItemSeen, lang: str, seat: Seat) -> str:
    row, told = found.seen.row, words(lang)
    if row.ended_at is None or not row.opened:
        return ""
    return say(
        lang,
        "mail_ended",
        standing=told[f"mail_standing_{row.standing}"],
        moment=moment_said(lang, row.ended_at, seat.zone),
        opened=told[f"mail_opened_{row.opened}"],
    )


def _rejected(found: MailItemSeen, lang: str) -> str:
    row = found.seen.row
    if not row.ground:
        return ""
    ground = found.grounds[row.ground][lang] if row.ground in found.grounds else row.ground
    return say(lang, "mail_rejected_for", ground=ground, why=clean(row.why))


def _decided(found: MailItemSeen, lang: str, seat: Seat) -> DecidedPart:
    row = found.seen.row
    return DecidedPart(
        name=mail_said(found.seen, lang),
        when=moment_said(lang, row.decided_at, seat.zone),
        outcome=row.outcome,
        outcome_says=words(lang)[f"outcome_{row.outcome}"],
        letter=found.letter,
        sections=draw(found.letter.sections, address_in((row.law,), lang)),
    )
