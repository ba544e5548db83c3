"""One request as a page shows it: who comes, what was decided and why, the booking, what can be done."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from locutorio.actions.decided_shown import letter_of, letter_to
from locutorio.actions.visits_seen import LIVE, MemberSeen, RequestSeen
from locutorio.arrangements.standings import BOOKED, CANCELLED, HELD, LAPSED
from locutorio.notices.audience import Reader
from locutorio.notices.letter import Letter
from locutorio.web.open.letters import DrawnSection, address_in, draw, fold
from locutorio.web.saying import day_said, hours_said, moment_said
from locutorio.web.words import say, words

PERMIT = "permit"
AGAIN = (CANCELLED, LAPSED)


@dataclass(frozen=True, slots=True)
class BookingShown:
    """A booking in words. ``tone`` is the outcome whose colour it has."""

    standing: str
    says: str
    tone: str
    when: str
    room: str
    until: str
    at_risk: str


@dataclass(frozen=True, slots=True)
class DecisionShown:
    """What was decided about one of the party: the letter, or the outcome alone for other readers."""

    name: str
    outcome: str
    outcome_says: str
    letter: Letter | None
    sections: tuple[DrawnSection, ...]


@dataclass(frozen=True, slots=True)
class RequestShown:
    """A request in a list or on its own page."""

    id: UUID
    address: str
    person: str
    when: str
    party: tuple[str, ...]
    asked: str
    outcome: str
    outcome_says: str
    booking: BookingShown | None
    waiting: str
    decisions: tuple[DecisionShown, ...]
    can_book: bool
    can_confirm: bool
    can_change: bool


def shown(
    seen: RequestSeen,
    lang: str,
    now: datetime,
    *,
    address: str = "",
    whole: bool = False,
    of: Collection[UUID] | None = None,
) -> RequestShown:
    """Give a request in words.

    Args:
        seen: the request.
        lang: of the words.
        now: the moment at which it is looked at.
        address: of its own page.
        whole: with the letters of its decisions.
        of: the contacts whose letters may be read, each as far as it is theirs to know; None for all of all.
    """
    booking = seen.booking
    zone = seen.establishment.zone
    stands = booking is not None and booking.standing in (HELD, BOOKED) and booking.starts > now
    held = stands and booking is not None and booking.standing == HELD
    live = held and booking is not None and (booking.hold_until is None or booking.hold_until > now)
    return RequestShown(
        id=seen.id,
        address=address,
        person=seen.person.name,
        when=_when(seen, lang),
        party=tuple(member.contact.name for member in seen.party),
        asked=say(lang, f"asked_{seen.way}", moment=moment_said(lang, seen.asked_at, zone)),
        outcome=seen.outcome,
        outcome_says=words(lang)[f"outcome_{seen.outcome}"],
        booking=_booking(seen, lang, now) if booking else None,
        waiting=_waiting(seen, lang),
        decisions=tuple(_decision(one, lang, of) for one in seen.party if one.decided) if whole else (),
        can_book=seen.outcome == PERMIT
        and (booking is None or booking.standing in AGAIN or (held and not live)),
        can_confirm=live,
        can_change=stands and (live or not held),
    )


def _when(seen: RequestSeen, lang: str) -> str:
    if seen.booking is None:
        return day_said(lang, seen.on)
    hours = hours_said(lang, seen.booking.starts, seen.booking.ends, seen.establishment.zone)
    return say(lang, "day_and_time", day=day_said(lang, seen.booking.on), time=hours)


def _waiting(seen: RequestSeen, lang: str) -> str:
    turn = seen.waiting
    if turn is None or turn.standing not in LIVE:
        return ""
    return say(lang, "waiting_says", first=day_said(lang, turn.first_on), last=day_said(lang, turn.last_on))


def _booking(seen: RequestSeen, lang: str, now: datetime) -> BookingShown:
    booking = seen.booking
    assert booking is not None
    zone = seen.establishment.zone
    lapsed = booking.standing == HELD and booking.hold_until is not None and booking.hold_until <= now
    standing = "lapsed" if lapsed else booking.standing
    until = ""
    if standing == HELD and booking.hold_until:
        until = say(lang, "hold_until", moment=moment_said(lang, booking.hold_until, zone))
    tones = {
        BOOKED: PERMIT,
        HELD: "pending",
        "happened": "stands",
        "withdrawn": "refuse",
        "turned_away": "refuse",
    }
    return BookingShown(
        standing=standing,
        says=words(lang)[f"standing_{standing}"],
        tone=tones.get(standing, "lapsed"),
        when=_when(seen, lang),
        room=seen.room,
        until=until,
        at_risk=words(lang)["at_risk"] if booking.risk and standing in (HELD, BOOKED) else "",
    )


def _decision(member: MemberSeen, lang: str, of: Collection[UUID] | None) -> DecisionShown:
    decided = member.decided
    assert decided is not None
    letter = None
    if of is None:
        letter = letter_of(decided, lang)
    elif member.contact.id in of:
        letter = letter_to(decided, Reader.CONTACT, member.naming, lang)
    sections = draw(letter.sections, address_in((decided.law,), lang)) if letter else ()
    return DecisionShown(
        name=member.contact.name,
        outcome=decided.outcome,
        outcome_says=words(lang)[f"outcome_{decided.outcome}"],
        letter=letter,
        sections=tuple(map(fold, sections)),
    )
