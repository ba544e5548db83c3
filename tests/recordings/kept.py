"""A call of the small establishment, and its recording as a recorder leaves it."""

from __future__ import annotations

from dataclasses import asdict, replace
from datetime import datetime, timedelta
from hashlib import sha256
from pathlib import Path
from uuid import UUID, uuid5

from locutorio.actions.keep_recording import MadeRecording, keep_recording
from locutorio.arrangements.call_course import UNDER_WAY
from locutorio.record.voices import sealed_voice
from locutorio.store import calls, recordings
from locutorio.store.calls import MONITORED, CallRow, Settings
from locutorio.store.models import Call, Establishment, PrivilegedNumber
from locutorio.store.transaction import Transaction, perform
from tests.establishment import FOUNDED, Oak

VOICES = b"RIFF" + b"what was said" * 1_000
NUMBER = "+12025550123"
DAYS = 90


def keeps_recordings(oak: Oak, days: int | None = DAYS) -> None:
    """Have the establishment say for how long recordings are kept."""
    said = asdict(Settings(monitors="record", recordings_days=days))
    Establishment.objects.filter(id=oak.id).update(telephony=said)


def called(oak: Oak, name: str = "call", at: datetime = FOUNDED, **changed: object) -> UUID:
    """Have a call of Rowan to Alder under way on the monitored plane."""
    row = CallRow(
        id=uuid5(oak.id, f"attempt {name}"),
        started_at=at,
        called=NUMBER,
        disposition=UNDER_WAY,
        person=oak.people["rowan"],
        contact=oak.contacts["alder"],
        line=name,
        plane=MONITORED,
        by="point",
    )

    def work(tx: Transaction) -> dict[str, str]:
        calls.keep(tx, replace(row, **changed))  # type: ignore[arg-type]
        return {}

    perform(oak.sent(f"call {name}", at).command("authorize_call", {}), work)
    return row.id


def ended(oak: Oak, call: UUID, **changed: object) -> None:
    """End a call."""

    def work(tx: Transaction) -> dict[str, str]:
        calls.change(tx, call, {"disposition": "answered", "ended_at": tx.at, **changed})
        return {}

    perform(oak.sent(f"end {call} {changed}").command("note_call", {}), work)


def made(oak: Oak, call: UUID, folder: Path, *, voices: bytes = VOICES) -> MadeRecording:
    """Give what a recorder made of a call, its file in a folder."""
    row = Call.objects.get(id=call)
    assert row.person_id is not None
    public = recordings.public_key(oak.id, row.person_id, call)
    data = b"".join(sealed_voice(voices, public, b"\x05" * 32, str(call)))
    name = f"{call}.voice"
    (folder / name).write_bytes(data)
    began = row.started_at
    digest = sha256(data).hexdigest()
    return MadeRecording(call, name, len(data), digest, "a grant", began, began + timedelta(minutes=9))


def recorded(
    oak: Oak,
    folder: Path,
    name: str = "call",
    at: datetime = FOUNDED,
    *,
    voices: bytes = VOICES,
    **changed: object,
) -> UUID:
    """Have a call made, ended and its recording kept; give the recording."""
    call = called(oak, name, at, **changed)
    what = made(oak, call, folder, voices=voices)
    ended(oak, call)
    return keep_recording(what, oak.sent(f"keep {name}", at))


def registered(oak: Oak, number: str = NUMBER) -> None:
    """Have a number become privileged."""

    def work(tx: Transaction) -> dict[str, str]:
        PrivilegedNumber.objects.create(
            id=tx.new_id(),
            establishment_id=oak.id,
            number=number,
            kind="counsel",
            name="a lawyer",
            known_at=tx.at,
        )
        return {}

    perform(oak.sent(f"register {number}").command("enter_privileged", {}), work)
