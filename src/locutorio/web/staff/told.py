"""Bookings as the pages of staff show them: who comes, what became of each, and what needs a look."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from django.urls import reverse

from locutorio.actions.authority import may
from locutorio.actions.entry import Ground
from locutorio.actions.sign_in import Seat
from locutorio.arrangements.standings import ABSENT, ADMITTED, BOOKED, REFUSED
from locutorio.kernel.moments import years_between
from locutorio.notices.words import Words, clean
from locutorio.store.gate import AtGate, Coming
from locutorio.web.saying import day_said, hours_said, time_said
from locutorio.web.seats import actor_of
from locutorio.web.words import say, words

UNDER_WAY = "under_way"
TONES = {
    "booked": "permit",
    "held": "pending",
    "under_way": "stands",
    "happened": "stands",
    "withdrawn": "refuse",
    "turned_away": "refuse",
}

_TONES_AT_GATE = {"expected": "lapsed", ADMITTED: "permit", REFUSED: "refuse", ABSENT: "lapsed"}


@dataclass(frozen=True, slots=True)
class ComingRow:
    """One who comes: ``state`` is expected, admitted, refused or absent; ``at_gate`` leads to the form."""

    name: str
    born: str
    lap: bool
    state: str
    state_says: str
    tone: str
    note: str
    at_gate: str


@dataclass(frozen=True, slots=True)
class BookingRow:
    """One booking in a list."""

    address: str
    person: str
    number: str
    unit: str
    person_address: str
    when: str
    hours: str
    room: str
    standing: str
    standing_says: str
    tone: str
    risk: str
    places: int
    kind: str
    coming: tuple[ComingRow, ...]


def booking_row(one: AtGate, seat: Seat, lang: str, *, why: str = "") -> BookingRow:
    """Give one booking in words, its times by the establishment's clock, with links to what a seat may open.

    ``why`` is the purpose that its links carry: of the day, or of the gate.
    """
    carried, by = f"?why={why}" if why else "", actor_of(seat)
    standing = UNDER_WAY if _is_under_way(one) else one.standing
    return BookingRow(
        address=reverse("staff-booking", args=[lang, one.id]) + carried if may(by, "read_booking") else "",
        person=f"{one.surname}, {one.forenames}".strip(", "),
        number=one.number,
        unit=one.unit,
        person_address=reverse("staff-person", args=[lang, one.person]) + carried
        if may(by, "read_person")
        else "",
        when=day_said(lang, one.on),
        hours=hours_said(lang, one.starts, one.ends, seat.zone),
        room=one.room,
        standing=standing,
        standing_says=words(lang)[f"standing_{standing}"],
        tone=TONES.get(standing, "lapsed"),
        risk=risk_said(one.risk, lang),
        places=one.places,
        kind=kind_said(one.kind, lang),
        coming=tuple(_coming(one, member, seat, lang) for member in one.coming),
    )


def kind_said(kind: str, lang: str) -> str:
    """Give a kind of place in words, or as the schedule writes it."""
    return words(lang).get(f"kind_{kind}", clean(kind))


def risk_said(risk: str, lang: str) -> str:
    """Say why somebody must look at a booking: what is open, and about what."""
    if not risk:
        return ""
    if risk == UNDER_WAY:
        return words(lang)["staff_risk_under_way"]
    outcome, _, paths = risk.partition(": ")
    told = Words(lang)
    about = ", ".join(told.label(path) for path in paths.split(", ") if path)
    why = words(lang).get(f"outcome_{outcome}", clean(outcome))
    return say(lang, "staff_risk_about", why=why, about=about) if about else why


def ground_said(ground: Ground, lang: str) -> str:
    """Give a ground with its citation."""
    return say(lang, "staff_ground", citation=clean(ground.citation), says=clean(ground.says[lang]))


def grounds_said(grounds: Iterable[Ground], lang: str) -> tuple[str, ...]:
    """Give several grounds."""
    return tuple(ground_said(one, lang) for one in grounds)


def clock_said(moment: datetime, seat: Seat, lang: str) -> str:
    """Give the time of a moment on the establishment's clock."""
    return time_said(lang, moment.astimezone(ZoneInfo(seat.zone)))


def name_of(member: Coming) -> str:
    """Give the name of somebody who comes, as it is read."""
    return f"{member.forenames} {member.surname}".strip()


def _is_under_way(one: AtGate) -> bool:
    return one.took is not None and one.took.ended_at is None and one.standing == BOOKED


def _coming(one: AtGate, member: Coming, seat: Seat, lang: str) -> ComingRow:
    arrived = one.arrived.get(member.contact)
    state = arrived.outcome if arrived else "expected"
    said = words(lang)[f"gate_{state}"]
    if arrived is not None and state in {ADMITTED, REFUSED}:
        said = say(lang, "gate_state_at", state=said, at=clock_said(arrived.at, seat, lang))
    told = [arrived.ground, words(lang)["gate_may_return"] if arrived.may_return else ""] if arrived else []
    return ComingRow(
        name=name_of(member),
        born=_born(one, member, lang),
        lap=member.lap,
        state=state,
        state_says=said,
        tone=_TONES_AT_GATE[state],
        note=". ".join(part for part in told if part),
        at_gate=reverse("staff-arrival", args=[lang, one.id, member.contact])
        if one.standing == BOOKED and may(actor_of(seat), "record_arrival")
        else "",
    )


def _born(one: AtGate, member: Coming, lang: str) -> str:
    if member.born_on is None:
        return words(lang)["staff_born_unknown"]
    years = years_between(member.born_on, one.on)
    return say(lang, "staff_born", day=Words(lang).day(member.born_on), years=years)
