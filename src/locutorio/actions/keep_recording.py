"""Keeps what was recorded of a call, for as long as the establishment keeps recordings; the program alone."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from locutorio.actions.authority import About, authorize
from locutorio.actions.deciding import local_day
from locutorio.actions.plain import as_plain
from locutorio.actions.seal_recordings import sealed_now
from locutorio.kernel.faults import Fault
from locutorio.store import calls, people, recordings
from locutorio.store.recordings import RecordingRow
from locutorio.store.transaction import Answer, Sent, Transaction, perform


@dataclass(frozen=True, slots=True)
class MadeRecording:
    """What a recorder sealed: the file's name, bytes and SHA-256, by which grant, from when to when."""

    call: UUID
    file: str
    size: int
    sha256: str
    grant: str
    began_at: datetime
    ended_at: datetime


def keep_recording(made: MadeRecording, sent: Sent) -> UUID:
    """Keep a recording; give it. That of one call is kept once.

    Where the call turned out to be privileged it is sealed in the same change. Where the establishment no
    longer says how long it keeps recordings, it is kept for its day alone.

    Raises:
        Fault: there is no such call here, or nobody knows whose it was.
    """
    authorize(sent.by, "keep_recording", About(sent.establishment))

    def work(tx: Transaction) -> Answer:
        call = calls.call(tx.establishment, made.call)
        if call is None or call.person is None:
            raise Fault("there is no such call of a person here", remedy="look at the list of calls")
        tx.about = call.person
        kept = recordings.of_call(tx.establishment, made.call)
        if kept is not None:
            return {"recording": str(kept.id)}
        house = people.establishment(tx.establishment)
        days = calls.settings(house).recordings_days or 0
        row = RecordingRow(
            id=tx.new_id(),
            call=made.call,
            person=call.person,
            contact=call.contact,
            file=made.file,
            size=made.size,
            sha256=made.sha256,
            grant=made.grant,
            began_at=made.began_at,
            ended_at=made.ended_at,
            keep_until=local_day(house.zone, made.began_at) + timedelta(days=days),
        )
        recordings.keep(tx, row)
        sealed_now(tx)
        return {"recording": str(row.id)}

    return UUID(perform(sent.command("keep_recording", as_plain(made)), work)["recording"])
