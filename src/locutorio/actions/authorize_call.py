"""Decides a call that somebody dials: who it is, whose number, whether it may be, and on which plane.

Each attempt is in the record, connected or not, with its decision where there was one to make. Asking again
for the same attempt gives the first answer.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from locutorio.actions import deciding, deciding_calls
from locutorio.actions.authority import About, authorize
from locutorio.actions.deciding_calls import CALL_SECONDS_MAX, Connection, Ready
from locutorio.actions.identify_caller import identify_caller
from locutorio.actions.importing.remarks import Unread
from locutorio.actions.importing.telephones import read_telephone
from locutorio.actions.known_callers import KnownCallers
from locutorio.actions.unplacing import Unmade, kept_unplaced_once
from locutorio.arrangements.call_course import BLOCKED, UNDER_WAY
from locutorio.decisions.decision import Outcome
from locutorio.facts.vocabulary import LANGUAGES
from locutorio.store import calls
from locutorio.store.at_once import Planned, together, unless_changed_since
from locutorio.store.callers import Caller, Look, look
from locutorio.store.calls import POINT, PRIVATE, CallDecisionRow, CallRow, Settings
from locutorio.store.locks import hold_person
from locutorio.store.people import EstablishmentRow
from locutorio.store.transaction import Sent, Transaction, perform

WITHOUT_DECISION = ("court", "ombudsman", "emergency", "free")
"""Kinds of number that anybody here may call at any time, and nobody listens."""

WITHOUT_PERSON = ("emergency", "free")
"""Kinds of number that are called without saying who calls."""

COUNTED = timedelta(days=45)
"""How far back calls are looked at: more than any month and week, in which they count."""

PERMIT = Outcome.PERMIT.value
FORBIDDEN, BUSY_HERE, UNAVAILABLE = 403, 486, 503
ALREADY, NOT_VALID, STOPPED = "already-in-a-call", "number-not-valid", "telephone-stopped"
_callers = KnownCallers()
_CODES = {ALREADY: BUSY_HERE, "could-not-record": UNAVAILABLE, "register-not-trusted": UNAVAILABLE}

_NOT_HAD = {
    "no-monitor": "no_monitor",
    "no-interpreter": "no_interpreter",
    "could-not-record": "fault",
    "register-not-trusted": "fault",
}
"""What the establishment did not have for a call that the law permits, and why it was not made."""


@dataclass(frozen=True, slots=True)
class Attempt:
    """What a telephone asks. ``telephone`` is its name, which the engine has made sure of.

    ``person`` and ``called`` are as they were dialled. ``engine`` is how the engine knows the call.
    """

    id: UUID
    telephone: str
    person: str
    pin: str
    called: str
    engine: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class CallAnswer:
    """The answer to an attempt.

    ``called`` is in E.164, or short as a free line is dialled. ``listen`` and ``record`` are what a grant
    may say; both false on the private plane. ``reason`` is one word for the announcement, empty where it is
    allowed; ``code`` the SIP code of the refusal. ``person`` is none where nobody was known.
    """

    attempt: UUID
    allowed: bool
    plane: str
    person: UUID | None
    contact: UUID | None
    called: str
    limit_seconds: int
    listen: bool
    record: bool
    reason: str
    code: int
    language: str
    law_hash: str


class Privileged:
    """The register of privileged numbers, as far as it can be trusted.

    Args:
        kinds: by number, which kind it is.
        trusted: whether the signed register was read and is fresh; otherwise nothing is monitored.
    """

    def __init__(self, kinds: Mapping[str, str], *, trusted: bool) -> None:
        self._kinds = kinds
        self.trusted = trusted

    def kind(self, number: str) -> str:
        """Give the kind of a number, empty where it is none of them."""
        return self._kinds.get(number, "")


@dataclass(frozen=True, slots=True)
class _Asked:
    """An attempt as far as it could be read. ``reason``: why nobody is known, or nothing can be called."""

    attempt: Attempt
    seen: Look
    house: EstablishmentRow
    kept: Settings
    called: str
    kind: str
    ready: Ready
    reason: str

    @property
    def caller(self) -> Caller | None:
        """Who calls, where that is known."""
        return None if self.reason or self.kind in WITHOUT_PERSON else self.seen.caller


@dataclass(frozen=True, slots=True)
class _Made:
    """What was decided, and how it is connected."""

    row: CallDecisionRow
    connection: Connection


def authorize_call(what: Attempt, privileged: Privileged, sent: Sent, *, recorder: bool = True) -> CallAnswer:
    """Decide an attempt and keep it, under the identifier of the attempt.

    Args:
        what: what was dialled, and where.
        privileged: the register of privileged numbers.
        sent: by the program, now.
        recorder: whether what monitors calls is ready; where it is not, nothing is monitored.

    Raises:
        Fault: the database does not answer or cannot write; what is known contradicts itself.
    """
    authorize(sent.by, "authorize_call", About(sent.establishment))
    asked = _asked(sent.establishment, what, privileged, sent.at, recorder=recorder)
    person = asked.caller.person if asked.caller else None
    plain = {
        "telephone": what.telephone,
        "called": asked.called,
        "person": str(person) if person else None,
        "unknown": asked.reason,
    }
    command = replace(sent, id=what.id).command("authorize_call", plain, person=person)
    turns = iter([asked])

    def plan(tx: Transaction) -> Planned | None:
        return _plan(tx, next(turns, None) or _again(asked, tx.establishment, tx.at))

    def work(tx: Transaction) -> dict[str, Any]:
        if person is not None:
            hold_person(tx, person)
        return _work(tx, _again(asked, tx.establishment, tx.at))

    return _read(together(command, plan) or perform(command, work))


def _asked(at: UUID, what: Attempt, privileged: Privileged, moment: datetime, *, recorder: bool) -> _Asked:
    seen = look(at, what.telephone, what.person, moment - COUNTED)
    house = _callers.house(at, seen.version)
    kept = calls.settings(house)
    called, kind, valid = _dialled(what.called, kept.region, privileged)
    reason = ""
    if seen.telephone is None:
        reason = STOPPED
    elif not valid:
        reason = NOT_VALID
    elif kind not in WITHOUT_PERSON:
        reason = identify_caller(at, seen.telephone, what.person, seen.caller, what.pin, moment)
    ready = Ready(register=privileged.trusted, recorder=recorder)
    return _Asked(what, seen, house, kept, called, kind, ready, reason)


def _again(asked: _Asked, at: UUID, moment: datetime) -> _Asked:
    """Look once more at what may have changed since; who it is stays as it was shown."""
    seen = look(at, asked.attempt.telephone, asked.attempt.person, moment - COUNTED)
    house = _callers.house(at, seen.version)
    return replace(asked, seen=seen, house=house, kept=calls.settings(house))


def _dialled(text: str, region: str, privileged: Privileged) -> tuple[str, str, bool]:
    """Give a number as it is called, its privileged kind, and whether it is one."""
    if kind := privileged.kind(text):
        return text, kind, True
    try:
        number = read_telephone(text, region).number
    except Unread:
        return text[:20], "", False
    return number, privileged.kind(number), True


def _plan(tx: Transaction, asked: _Asked) -> Planned | None:
    """Plan an answer that holds nobody while it is thought about; None where both are to be told of it."""
    call, made = _answered(tx, asked)
    if _unmade(call, made):
        return None
    kept = calls.kept(tx, call, made.row if made else None)
    if made is not None and call.disposition == UNDER_WAY and asked.caller is not None:
        kept = [unless_changed_since("store_person", asked.caller.person, asked.caller.version), *kept]
    return Planned(_plain(call, made), kept)


def _work(tx: Transaction, asked: _Asked) -> dict[str, Any]:
    call, made = _answered(tx, asked)
    calls.keep(tx, call)
    if made is not None:
        calls.keep_decision(tx, made.row)
    if unmade := _unmade(call, made):
        kept_unplaced_once(tx, unmade)
    return _plain(call, made)


def _unmade(call: CallRow, made: _Made | None) -> Unmade | None:
    """Give a call that the law permits and the establishment cannot connect: it is owed to the two."""
    why = _NOT_HAD.get(call.cause)
    permitted = made is not None and made.row.outcome == Outcome.PERMIT.value
    if why is None or made is None or not permitted or call.person is None or call.contact is None:
        return None
    return Unmade(call.person, call.contact, made.row.on, why)


def _answered(tx: Transaction, asked: _Asked) -> tuple[CallRow, _Made | None]:
    caller = asked.caller
    if asked.reason:
        return _call(tx, asked, reason=asked.reason), None
    if caller is not None and caller.under_way:
        return _call(tx, asked, reason=ALREADY), None
    if caller is None or asked.kind in WITHOUT_DECISION:
        return _call(tx, asked, connection=Connection(PRIVATE, CALL_SECONDS_MAX), outcome=PERMIT), None
    return _decided(tx, asked, caller)


def _decided(tx: Transaction, asked: _Asked, caller: Caller) -> tuple[CallRow, _Made]:
    on = deciding.local_day(asked.house.zone, tx.at)
    theirs = _callers.known(tx.establishment, asked.seen.version, caller)
    known = theirs.knowledge.with_calls(caller.used, tx.at)
    deciding.refuse_absent(known.person, on)
    number = deciding_calls.number_of(theirs.numbers, asked.called, asked.kind, on)
    found = deciding_calls.decide(known, number, on)
    if found.decision.outcome is Outcome.PERMIT:
        connection = deciding_calls.connection(found, number, asked.kept, asked.ready)
    else:
        connection = Connection("", reason=deciding_calls.refusal(found, number))
    call = _call(
        tx,
        asked,
        contact=number.contact,
        connection=connection,
        outcome=found.decision.outcome.value,
        reason=connection.reason,
        language=known.person.language,
    )
    row = deciding_calls.row_of(tx, call, known.person, found, "asked")
    return call, _Made(row, connection)


def _call(
    tx: Transaction,
    asked: _Asked,
    *,
    contact: UUID | None = None,
    connection: Connection | None = None,
    outcome: str = "",
    reason: str = "",
    language: str = LANGUAGES[0],
) -> CallRow:
    connected = None if reason else connection
    may = "record" if connected and connected.record else "listen" if connected and connected.listen else ""
    return CallRow(
        id=asked.attempt.id,
        started_at=tx.at,
        called=asked.called,
        disposition=UNDER_WAY if connected else BLOCKED,
        person=asked.caller.person if asked.caller else None,
        contact=contact,
        telephone=asked.seen.telephone,
        ended_at=None if connected else tx.at,
        line=asked.attempt.telephone,
        cause=reason,
        plane=connected.plane if connected else "",
        limit_seconds=connected.limit_seconds if connected else None,
        outcome=outcome,
        engine={
            **asked.attempt.engine,
            "language": deciding.language(language),
            "may": may,
            "kind": asked.kind,
        },
        by=POINT,
    )


def _plain(call: CallRow, made: _Made | None) -> dict[str, Any]:
    connection = made.connection if made else None
    return {
        "attempt": str(call.id),
        "allowed": call.disposition == UNDER_WAY,
        "plane": call.plane,
        "person": str(call.person) if call.person else None,
        "contact": str(call.contact) if call.contact else None,
        "called": call.called,
        "limit_seconds": call.limit_seconds or 0,
        "listen": bool(connection and connection.listen),
        "record": bool(connection and connection.record),
        "reason": call.cause,
        "code": _CODES.get(call.cause, FORBIDDEN) if call.cause else 0,
        "language": call.engine["language"],
        "law_hash": made.row.law_hash if made else "",
    }


def _read(done: Mapping[str, Any]) -> CallAnswer:
    whose = {name: UUID(done[name]) if done[name] else None for name in ("person", "contact")}
    return CallAnswer(**{**done, "attempt": UUID(done["attempt"]), **whose})
