"""Calls as pages show them: between whom, on which plane, how long, how each ended; what is left of them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.urls import reverse

from locutorio.actions.calls_left import CallsLeft, LeftWith
from locutorio.actions.calls_seen import CallSeen, DecidedCall
from locutorio.arrangements.call_course import ANSWERED, BLOCKED, LOST, UNDER_WAY
from locutorio.notices.words import clean
from locutorio.store.calls import MONITORED, STANDBY
from locutorio.store.unplaced import UnplacedRow
from locutorio.web.decided_part import DecidedPart
from locutorio.web.open.letters import DrawnSection, address_in, draw
from locutorio.web.saying import day_said, moment_said
from locutorio.web.words import say, words

_TONES = {UNDER_WAY: "stands", BLOCKED: "refuse", LOST: "refuse"}
_SIP = "sip-"
_PRIVILEGE, _POINT = "privilege", "point"


@dataclass(frozen=True, slots=True)
class CallLine:
    """One call of a list. ``tells`` are sentences about it; ``left`` is what is left of one under way."""

    says: str
    state: str
    tone: str
    left: str
    tells: tuple[str, ...]
    address: str


@dataclass(frozen=True, slots=True)
class LeftPart:
    """What the law says today of calls to some people: the answer, what is left, what stands in the way."""

    names: str
    says: str
    outcome: str
    sections: tuple[DrawnSection, ...]


@dataclass(frozen=True, slots=True)
class LeftShown:
    """What was used this month, and what is left of calls to whom."""

    used: tuple[str, ...]
    left: tuple[LeftPart, ...]


def call_line(seen: CallSeen, lang: str, zone: str, address: str) -> CallLine:
    """Give one call of a list.

    Args:
        seen: the call.
        lang: of the words.
        zone: of the establishment.
        address: of its page; empty where the reader has none.
    """
    row, told = seen.row, words(lang)
    return CallLine(
        says=call_said(seen, lang),
        state=told[f"call_state_{row.disposition}"],
        tone=_TONES.get(row.disposition, "lapsed"),
        left=_left(seen, lang) if row.disposition == UNDER_WAY else "",
        tells=tuple(_tells(seen, lang, zone)),
        address="" if seen.hidden else address,
    )


def call_said(seen: CallSeen, lang: str) -> str:
    """Say between whom a call is; of the other only the number where nobody's name stands by it."""
    told, person = words(lang), clean(seen.named.person) or words(lang)["call_nobody"]
    if seen.hidden:
        return say(lang, "call_to_hidden", person=person)
    called = clean(seen.row.called)
    if not seen.named.contact:
        number = told["call_number_alone"].format(called=called)
        return say(lang, "call_to", person=person, contact=number)
    return say(lang, "call_to_number", person=person, contact=clean(seen.named.contact), called=called)


def length_said(lang: str, seconds: int) -> str:
    """Say how long something is, in minutes and seconds."""
    return say(lang, "call_length", minutes=seconds // 60, seconds=seconds % 60)


def cause_said(cause: str, lang: str) -> str:
    """Say how a call ended or why it was refused, by the word that is kept of it."""
    told = words(lang)
    known = "sip" if cause.startswith(_SIP) else cause.replace("-", "_")
    return told.get(f"call_cause_{known}", told["call_cause_other"])


def _left(seen: CallSeen, lang: str) -> str:
    if seen.row.answered_at is None:
        return words(lang)["call_ringing"]
    if seen.left_seconds is None:
        return words(lang)["call_left_none"]
    return say(lang, "call_left", length=length_said(lang, seen.left_seconds))


def _tells(seen: CallSeen, lang: str, zone: str) -> Iterator[str]:
    row, told = seen.row, words(lang)
    live = row.disposition == UNDER_WAY
    yield say(lang, "call_since" if live else "call_was", moment=moment_said(lang, row.started_at, zone))
    if row.disposition in (ANSWERED, LOST):
        yield say(lang, "call_talked", length=length_said(lang, row.talk_seconds))
    if row.returned_seconds:
        yield say(lang, "call_returned", length=length_said(lang, row.returned_seconds))
    if row.plane:
        plane = "recorded" if row.plane == MONITORED and seen.recorded else row.plane
        yield told[f"call_plane_{plane}" if live else f"call_plane_was_{plane}"]
    if seen.hidden:
        yield told["call_hidden_what"]
    if seen.named.citations:
        law = "call_law_refused" if row.disposition == BLOCKED else "call_law"
        yield say(lang, law, citations="; ".join(map(clean, seen.named.citations)))
    if not live and row.cause:
        yield cause_said(row.cause, lang)
    if live and row.ending:
        yield told["call_privilege_claimed" if row.ending == _PRIVILEGE else "call_being_ended"]
    if row.ending == _POINT:
        yield cause_said(row.ending_why, lang)
    elif row.ending_why:
        yield say(lang, "call_ending_why", why=clean(row.ending_why))
    if row.by == STANDBY:
        yield told["call_by_standby"]


def left_shown(found: CallsLeft, lang: str, law: str) -> LeftShown:
    """Give what is left of somebody's calls."""
    used = [say(lang, "calls_used", calls=found.calls, length=length_said(lang, found.seconds))]
    if found.returned_seconds:
        used.append(say(lang, "calls_returned", length=length_said(lang, found.returned_seconds)))
    return LeftShown(tuple(used), tuple(_part(one, lang, law) for one in found.left))


def _part(one: LeftWith, lang: str, law: str) -> LeftPart:
    return LeftPart(
        names=", ".join(map(clean, one.names)),
        says=one.says,
        outcome=one.outcome,
        sections=draw((*one.why, *one.limits), address_in((law,), lang)),
    )


@dataclass(frozen=True, slots=True)
class UnplacedLine:
    """One call that was allowed and not made. ``make_up`` names it where the reader may settle it."""

    says: str
    state: str
    tone: str
    tells: tuple[str, ...]
    make_up: str
    address: str


def unplaced_line(
    row: UnplacedRow,
    lang: str,
    *,
    contact: str,
    person: str = "",
    due: str = "",
    settles: bool = False,
    address: str = "",
) -> UnplacedLine:
    """Give one call that is or was owed.

    Args:
        row: the call.
        lang: of the words.
        contact: the name of whom it was to be with.
        person: whose it is, where that is to be said.
        due: the day by which it is to be made up, in words; empty for none.
        settles: whether the reader may say that it is made up.
        address: where it leads; empty for nowhere.
    """
    told, day = words(lang), day_said(lang, row.on)
    name = "unplaced_says_whose" if person else "unplaced_says"
    made_up = row.made_up_by is not None
    tells = [f"{told[f'unplaced_why_{row.why}']}."]
    if not made_up and row.escalated_at is not None:
        tells.append(say(lang, "unplaced_late", day=due) if due else told["unplaced_escalated"])
    elif not made_up and due:
        tells.append(say(lang, "unplaced_due", day=due))
    if row.says:
        tells.append(clean(row.says))
    return UnplacedLine(
        says=say(lang, name, contact=clean(contact), person=clean(person), day=day),
        state=told["unplaced_made_up" if made_up else "unplaced_owed"],
        tone="lapsed" if made_up else "pending",
        tells=tuple(tells),
        make_up=str(row.id) if settles and not made_up else "",
        address=address,
    )


def decided_parts(
    found: tuple[DecidedCall, ...], seen: CallSeen, lang: str, zone: str
) -> tuple[DecidedPart, ...]:
    """Give the decisions on a call as pages show them; those that the reader may not be told are left out."""
    return tuple(
        DecidedPart(
            call_said(seen, lang),
            moment_said(lang, one.row.decided_at, zone),
            one.row.outcome,
            words(lang)[f"outcome_{one.row.outcome}"],
            one.letter,
            draw(one.letter.sections, address_in((one.row.law,), lang)),
        )
        for one in found
        if one.letter is not None
    )


def call_address(name: str, lang: str, seen: CallSeen) -> str:
    """Give the address of a call's page, by the name of the page."""
    return reverse(name, args=[lang, seen.row.id])
