"""Keeps what the engine says of a call: answered, talking, ended, failed; in any order, late or twice."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any
from uuid import UUID, uuid5

from locutorio.actions.authority import About, authorize
from locutorio.arrangements.call_course import BLOCKED, UNDER_WAY, Course, Said
from locutorio.store import calls
from locutorio.store.at_once import Planned, together
from locutorio.store.calls import ENGINE, POINT, PRIVATE, CallRow
from locutorio.store.transaction import Answer, Sent, Transaction, perform

REFUSED = "refused"
ENDINGS = {"officer": "ended-by-staff", "privilege": "privilege-claimed", "order": "ended-by-order"}
"""Why a call ended, by what was asked of it while it was under way."""

ENGINE_SECONDS = 1_800
"""How long a call may last that the engine connected by itself; its configuration says so."""
_COURSE = ("answered", "talking", "ended", "failed")


@dataclass(frozen=True, slots=True)
class CallEvent:
    """One thing that the engine says of an attempt.

    Args:
        attempt: which.
        what: answered, talking, ended, failed, refused, forwarding or violation.
        at: when it happened.
        why: of an end who ended it; of a refusal the slug.
        code: the SIP code of a failure or a refusal.
        began: of an end: when it was answered.
        engine: how the engine knows it, which is added to what is known.
        telephone, called: of a refusal that nobody was asked about.
    """

    attempt: UUID
    what: str
    at: datetime
    why: str = ""
    code: int = 0
    began: datetime | None = None
    engine: Mapping[str, Any] = field(default_factory=dict)
    telephone: str = ""
    called: str = ""


def note_call(what: CallEvent, sent: Sent, *, late: bool = False) -> CallRow | None:
    """Keep one thing said of a call; give the call as it is then, None where nobody knows it.

    Said again, it changes nothing, whatever the sender's identifier. What the engine refused itself is kept
    as a call that was blocked.

    Args:
        what: was said.
        sent: by whom, and when.
        late: nobody will say any more who connected it, so that the engine did by itself: a line for help
            that its configuration names. It is kept as a call of nobody, on the private plane.

    Raises:
        Fault: the database does not answer or cannot write.
    """
    authorize(sent.by, "note_call", About(sent.establishment))
    before = calls.call(sent.establishment, what.attempt)
    if before is None and what.what != REFUSED and not (late and what.what in _COURSE):
        return None
    plain = {"attempt": str(what.attempt), "what": what.what, "why": what.why, "code": what.code}
    plain |= {"at": what.at.isoformat()}
    once = replace(sent, id=uuid5(what.attempt, _named(what)))
    command = once.command("note_call", plain, person=before.person if before else None)
    turns = iter([before])
    first: dict[str, Any] = {}
    after: list[CallRow] = []

    def plan(tx: Transaction) -> Planned:
        call = next(turns, None) or calls.call(tx.establishment, what.attempt)
        assert call is not None, "a call that was kept is not taken away while it is under way"
        columns = _columns(call, what)
        after[:] = [replace(call, version=call.version + 1, **columns)]
        return Planned(first, [calls.changed(tx.establishment, call, columns)])

    simple = before is not None and what.what in _COURSE
    done = together(command, plan) if simple else None
    if done is first:
        return after[0]
    if done is None:
        perform(command, lambda tx: _kept(tx, what))
    return calls.call(sent.establishment, what.attempt)


def _named(event: CallEvent) -> str:
    return f"{event.what} {event.at.isoformat()} {event.why} {event.code}"


def _kept(tx: Transaction, what: CallEvent) -> Answer:
    call = calls.held(tx, what.attempt)
    if call is None and what.what in _COURSE:
        calls.keep(tx, _connected(tx, what))
        call = calls.held(tx, what.attempt)
    if call is None:
        calls.keep(tx, _refused(what))
    elif what.what in _COURSE:
        calls.change(tx, call.id, _columns(call, what))
    else:
        tx.noted["engine"] = {"what": what.what, "why": what.why, "code": what.code}
        if what.what == REFUSED:
            columns: dict[str, Any] = {"engine": {**call.engine, REFUSED: what.why}}
            if call.ended_at is None:
                columns |= {"disposition": BLOCKED, "cause": what.why, "ended_at": what.at}
            calls.change(tx, call.id, columns)
    return {}


def _columns(call: CallRow, what: CallEvent) -> dict[str, Any]:
    course = _course(call).after(_said(what))
    return {
        "answered_at": course.answered_at,
        "talk_from": course.talk_from,
        "ended_at": course.ended_at,
        "talk_seconds": course.talk_seconds,
        "returned_seconds": course.returned_seconds,
        "disposition": course.disposition,
        "cause": course.cause,
        "engine": {**call.engine, **what.engine, **_how_ended(course)},
    }


def _said(event: CallEvent) -> Said:
    assert event.what in {"answered", "talking", "ended", "failed"}
    return Said(event.what, event.at, event.why, event.code, event.began)  # type: ignore[arg-type]


def _course(call: CallRow) -> Course:
    """Give a call as it is known; one that was refused has ended, and nothing said of it changes that."""
    return Course(
        call.limit_seconds or 0,
        ENDINGS.get(call.ending, call.ending),
        call.answered_at,
        call.talk_from,
        call.ended_at,
        str(call.engine.get("ended_why", call.cause)),
        int(call.engine.get("failed_code", 0)),
    )


def _how_ended(course: Course) -> dict[str, Any]:
    if course.ended_at is None:
        return {}
    return {"ended_why": course.ended_why, "failed_code": course.failed_code}


def _connected(tx: Transaction, event: CallEvent) -> CallRow:
    telephone = calls.telephone_of(tx.establishment, event.telephone)
    return CallRow(
        id=event.attempt,
        started_at=event.began or event.at,
        called=event.called[:60],
        disposition=UNDER_WAY,
        telephone=telephone.id if telephone else None,
        line=event.telephone,
        plane=PRIVATE,
        limit_seconds=ENGINE_SECONDS,
        engine=event.engine,
        by=ENGINE,
    )


def _refused(event: CallEvent) -> CallRow:
    return CallRow(
        id=event.attempt,
        started_at=event.at,
        called=event.called[:60],
        disposition=BLOCKED,
        ended_at=event.at,
        line=event.telephone,
        cause=event.why,
        engine={**event.engine, REFUSED: event.why},
        by=POINT,
    )
