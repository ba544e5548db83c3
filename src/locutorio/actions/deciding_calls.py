"""Decides whether a person may call a number now, for how long, and who may listen."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from locutorio.actions import deciding
from locutorio.actions.course import holding
from locutorio.actions.judged import Judged, judged
from locutorio.decisions.decision import Decision, FactSeen, Outcome
from locutorio.facts.vocabulary import Value, vocabulary
from locutorio.store.calls import (
    MONITORED,
    NOBODY_LISTENS,
    PRIVATE,
    STAFF_RECORD,
    CallDecisionRow,
    CallRow,
    Settings,
)
from locutorio.store.knowledge import Asked, Knowledge, PartyMember
from locutorio.store.people import APPROVED, BLOCKED, NumberRow, PersonRow
from locutorio.store.transaction import Transaction

CALL = "call"
RECORDED, LIVE, AUDIO, INTERPRETER = "recorded", "live_monitored", "audio_monitored", "interpreter_required"
CALL_SECONDS_MAX = 7200
"""The longest that the engine lets any call last."""

_COUNSEL_ROLES: Mapping[str, str] = {"counsel": "attorney", "consulate": "consul"}
_REFUSED = {Outcome.PENDING: "not-approved-yet", Outcome.REFER: "staff-must-decide"}
_SPENT = {"calls": "calls-used", "minutes": "minutes-used"}
_TOO_SOON = "use.minutes_since_call"


@dataclass(frozen=True, slots=True)
class Number:
    """A number that a person dials: whose it is, whether it is on the list, of which privileged kind.

    Of a number that is not on the list, or is blocked for everybody, it is not known whose it is.
    """

    called: str
    contact: UUID | None
    listed: bool
    relation: str
    privileged: str


@dataclass(frozen=True, slots=True)
class Ready:
    """What monitoring takes: that the register of privileged numbers can be trusted, and a recorder."""

    register: bool
    recorder: bool


@dataclass(frozen=True, slots=True)
class Connection:
    """How a permitted call is connected; ``reason`` is a slug where it cannot be, and all else is empty.

    ``listen`` and ``record``: what a grant may say. On the private plane neither is ever so.
    """

    plane: str
    limit_seconds: int = 0
    listen: bool = False
    record: bool = False
    reason: str = ""


def number_of(theirs: Iterable[NumberRow], called: str, privileged: str, on: date) -> Number:
    """Give whose number is dialled, by the numbers of a person and those of everybody.

    ``privileged`` is its kind in the register, empty for none.
    """
    rows = [row for row in theirs if row.number == called and _holds(row, on)]
    blocked = any(row.status == BLOCKED for row in rows)
    mine = next((row for row in rows if row.person is not None and row.status == APPROVED), None)
    if blocked or mine is None:
        return Number(called, None, listed=False, relation="", privileged=privileged)
    return Number(called, mine.contact, listed=True, relation=mine.relation, privileged=privileged)


def decide(
    known: Knowledge, number: Number, on: date, *, before: tuple[datetime, UUID] | None = None
) -> Judged:
    """Decide a call, on what is known of the person and of whose number it is.

    Args:
        known: what was read, of the contact too where the number is theirs.
        number: the number that is called.
        on: the day.
        before: when the call that is decided again began, and its identifier; it does not count as used.

    Raises:
        Fault: what is known contradicts itself, or the law has no text of that day.
    """
    also: dict[str, Value] = {"call.number_on_list": number.listed, "approval.number": number.listed}
    role = _COUNSEL_ROLES.get(number.privileged)
    if role:
        also["contact.role"] = role
    elif number.listed and number.contact is None:
        also["contact.role"] = "social"
    if number.contact is None and number.relation in vocabulary().facts["contact.relation"].values:
        also["contact.relation"] = number.relation
    party = (PartyMember(number.contact),) if number.contact else ()
    asked = Asked(number.contact, party, on, on, CALL, before=before, also=also)
    return judged(deciding.case_of(known, asked))


def refusal(found: Judged, number: Number) -> str:
    """Say in one word why a call is not permitted; the decision has every reason."""
    decision = found.decision
    if not number.listed and not number.privileged:
        return "number-not-listed"
    if decision.outcome in _REFUSED:
        return _REFUSED[decision.outcome]
    reasons = {one.provision for one in decision.reasons}
    spent = next(
        (
            one
            for one in decision.limits
            if one.kind == "ceiling"
            and one.left is not None
            and one.left <= 0
            and one.finding.provision in reasons
        ),
        None,
    )
    if spent is not None:
        return _SPENT.get(spent.unit, "not-permitted")
    if any(_too_soon(line.facts) for one in decision.reasons for line in one.lines):
        return "too-soon"
    if any(one.instrument for one in decision.reasons):
        return "order"
    return "not-permitted"


def connection(found: Judged, number: Number, kept: Settings, ready: Ready) -> Connection:
    """Say how a permitted call is connected, or why it cannot be.

    Private is what a call is. It is monitored only where the law surely lets staff listen, the number is
    privileged to nobody, staff here do listen, and all that it takes is ready. Where
    the law demands what cannot be had, the call is not connected.
    """
    words = vocabulary().conditions
    holds = holding(found.decision)
    limit = _limit(found.decision, kept)
    if limit <= 0:
        return Connection("", reason="minutes-used")
    if INTERPRETER in holds:
        return Connection("", reason="no-interpreter")
    protected = bool(number.privileged) or any(words[one].protective for one in holds if one in words)
    demanded = {RECORDED, LIVE} & holds
    if protected:
        return Connection("", reason="staff-must-decide") if demanded else Connection(PRIVATE, limit)
    if LIVE in holds:
        return Connection("", reason="no-monitor")
    if RECORDED in holds:
        if kept.monitors != STAFF_RECORD or kept.recordings_days is None:
            return Connection("", reason="could-not-record")
        if not ready.register:
            return Connection("", reason="register-not-trusted")
        if not ready.recorder:
            return Connection("", reason="could-not-record")
        return Connection(MONITORED, limit, listen=True, record=True)
    if AUDIO in holds and kept.monitors != NOBODY_LISTENS and ready.register and ready.recorder:
        return Connection(MONITORED, limit, listen=True)
    return Connection(PRIVATE, limit)


def row_of(tx: Transaction, call: CallRow, person: PersonRow, found: Judged, cause: str) -> CallDecisionRow:
    """Give what is kept of a decision on a call, in the language of the person."""
    return CallDecisionRow(
        id=tx.new_id(),
        call=call.id,
        person=person.id,
        contact=call.contact,
        cause=cause,
        outcome=found.decision.outcome.value,
        on=found.decision.on,
        decided_at=tx.at,
        law=found.case.law,
        law_hash=found.decision.pack_hash,
        case=found.text,
        document=found.document(deciding.language(person.language)),
    )


def _limit(decision: Decision, kept: Settings) -> int:
    """Give how many seconds may be talked: the least of what the law, the house and the engine allow."""
    minutes = [*decision.may_last.values(), *([kept.minutes] if kept.minutes else [])]
    return min([CALL_SECONDS_MAX, *(60 * one for one in minutes)])


def _too_soon(facts: tuple[FactSeen, ...]) -> bool:
    return any(one.path == _TOO_SOON for one in facts)


def _holds(row: NumberRow, on: date) -> bool:
    return (row.since is None or row.since <= on) and (row.until is None or on < row.until)
