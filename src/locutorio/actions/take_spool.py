"""Takes what the standby answered into the record, as calls: once, in any order, however late or often.

The standby's answer is what happened: where the decision point knew of the same attempt and answered too
late, the call is told as the standby connected or refused it. Where the standby was too late as well, the
engine refused it, and says so.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID, uuid5

from locutorio.actions.authority import About, authorize
from locutorio.actions.note_call import REFUSED
from locutorio.store import calls
from locutorio.store.actor import Actor
from locutorio.store.calls import PRIVATE, STANDBY, CallRow
from locutorio.store.locks import hold_person
from locutorio.store.spool import closed, lines_of
from locutorio.store.transaction import Answer, Sent, Transaction, perform

UNDER_WAY, BLOCKED = "under_way", "blocked"
_ENGINE = ("boot", "call_id", "from_tag", "cseq", "source")
_TOLD = ("kind", "register", "version")
_UNREAD = UUID("6f1f2a8e-52b2-5f0c-9a53-6a1a1d7f7f10")
_FIRST = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Answered:
    """One answer of the standby, as its spool has it. ``said`` is who was said to call; nobody checked it."""

    attempt: UUID
    at: datetime
    telephone: str
    called: str
    allowed: bool
    limit_seconds: int
    reason: str
    said: str
    engine: Mapping[str, Any]
    told: Mapping[str, Any]


def take_spool(by: Actor, at: UUID, directory: Path, moment: datetime) -> int:
    """Take every answer that nobody writes to any more, and remove what was taken.

    What cannot be read is kept as it stands in an entry, so that nothing is lost.

    Args:
        by: who asks.
        at: the establishment.
        directory: the spool of the standby.
        moment: now.

    Returns:
        how many lines were taken.

    Raises:
        Fault: the database does not answer or cannot write; what was not taken is there still.
    """
    authorize(by, "take_spool", About(at))
    taken = 0
    for path in closed(directory):
        for line in lines_of(path):
            _take(line, by, at, moment)
            taken += 1
        path.unlink(missing_ok=True)
    return taken


def _take(line: Mapping[str, Any], by: Actor, at: UUID, moment: datetime) -> None:
    text = json.dumps(line, sort_keys=True, ensure_ascii=True)
    found = _read(line)
    sent = Sent(uuid5(found.attempt if found else _UNREAD, text), at, moment, by)
    before = calls.call(at, found.attempt) if found else None
    person = before.person if before else None

    def work(tx: Transaction) -> Answer:
        if person is not None:
            hold_person(tx, person)
        if found is not None:
            _keep(tx, found)
        return {}

    perform(sent.command("take_spool", {"line": text}), work)


def _keep(tx: Transaction, found: Answered) -> None:
    before = calls.call(tx.establishment, found.attempt)
    if before is None:
        calls.keep(tx, _row(tx, found))
        return
    if found.told["at_ms"] > before.engine.get("standby", {}).get("at_ms", -1):
        calls.change(tx, before.id, _corrected(before, found))
    if before.by == STANDBY and found.at < before.started_at:
        calls.change(tx, before.id, {"started_at": found.at})


def _row(tx: Transaction, found: Answered) -> CallRow:
    telephone = calls.telephone_of(tx.establishment, found.telephone)
    return CallRow(
        id=found.attempt,
        started_at=found.at,
        called=found.called,
        disposition=UNDER_WAY if found.allowed else BLOCKED,
        telephone=telephone.id if telephone else None,
        ended_at=None if found.allowed else found.at,
        line=found.telephone,
        cause="" if found.allowed else found.reason,
        plane=PRIVATE if found.allowed else "",
        limit_seconds=found.limit_seconds if found.allowed else None,
        engine=_engine(found),
        by=STANDBY,
    )


def _corrected(before: CallRow, found: Answered) -> dict[str, Any]:
    """Give what is other than the decision point had it; what the engine said since stays."""
    columns: dict[str, Any] = {"by": STANDBY, "engine": {**before.engine, **_engine(found)}}
    if found.allowed and REFUSED in before.engine:
        return {"engine": columns["engine"]}
    if not found.allowed:
        return columns | {
            "disposition": BLOCKED,
            "ended_at": found.at,
            "cause": found.reason,
            "plane": "",
            "limit_seconds": None,
        }
    columns |= {"plane": PRIVATE, "limit_seconds": found.limit_seconds}
    if before.plane:
        return columns
    return columns | {
        "disposition": UNDER_WAY,
        "ended_at": None,
        "cause": "",
        "person_id": None,
        "contact_id": None,
    }


def _engine(found: Answered) -> dict[str, Any]:
    return {**found.engine, "standby": {**found.told, "said": found.said}}


def _read(line: Mapping[str, Any]) -> Answered | None:
    """Give what a line says; None where it says no answer."""
    try:
        at_ms = int(line["at_ms"])
        return Answered(
            UUID(line["attempt"]),
            _FIRST + timedelta(milliseconds=at_ms),
            str(line["telephone"]),
            str(line["called"]),
            {"allow": True, "refuse": False}[line["decision"]],
            int(line["limit_seconds"]),
            str(line["reason"]),
            str(line["person"]),
            {name: line[name] for name in _ENGINE},
            {"at_ms": at_ms, **{name: line[name] for name in _TOLD}},
        )
    except (KeyError, ValueError, TypeError, AttributeError, OverflowError):
        return None
