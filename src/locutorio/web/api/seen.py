"""A request as a program sees it: as far as its reader may know, as on the pages."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from locutorio.actions.visits_seen import RequestSeen
from locutorio.notices.document import letter_as_json
from locutorio.web.api import shapes
from locutorio.web.requests_shown import RequestShown, shown


def request_seen(
    seen: RequestSeen, lang: str, now: datetime, *, readable: Collection[UUID] | None, whole: bool
) -> shapes.Request:
    """Give a request.

    Args:
        seen: the request.
        lang: of its words.
        now: the moment at which it is looked at.
        readable: the contacts whose letters may be read; None for all.
        whole: with the letters.
    """
    told = shown(seen, lang, now, whole=whole, of=readable)
    letters = iter(told.decisions)
    party = []
    for member in seen.party:
        decided = next(letters) if whole and member.decided else None
        party.append(
            shapes.MemberDecided(
                contact=member.contact.id,
                name=member.contact.name,
                lap=member.lap,
                outcome=member.decided.outcome if member.decided else None,
                letter=letter_as_json(decided.letter) if decided and decided.letter else None,
            )
        )
    return shapes.Request(
        id=seen.id,
        person=seen.person.id,
        person_name=seen.person.name,
        on=seen.booking.on if seen.booking else seen.on,
        asked_at=seen.asked_at,
        outcome=seen.outcome,
        outcome_says=told.outcome_says,
        party=party,
        booking=_booking(seen, told),
        waiting=told.waiting,
        can=_can(told),
    )


def _booking(seen: RequestSeen, told: RequestShown) -> shapes.BookingSeen | None:
    if seen.booking is None or told.booking is None:
        return None
    return shapes.BookingSeen(
        id=seen.booking.id,
        standing=told.booking.standing,
        starts=seen.booking.starts,
        ends=seen.booking.ends,
        room=seen.room,
        hold_until=seen.booking.hold_until,
        at_risk=bool(told.booking.at_risk),
    )


def _can(told: RequestShown) -> list[shapes.Can]:
    may: dict[shapes.Can, bool] = {
        "book": told.can_book,
        "confirm": told.can_confirm,
        "change": told.can_change,
        "cancel": told.can_change,
    }
    return [name for name, can in may.items() if can]
