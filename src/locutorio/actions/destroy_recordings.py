"""Ends what is kept of recorded calls when its time is over: the key goes first, then the file."""

from __future__ import annotations

from datetime import datetime
from functools import partial
from pathlib import Path
from uuid import UUID

from locutorio.actions.authority import About, authorize
from locutorio.actions.deciding import local_day
from locutorio.store import people, recordings
from locutorio.store.identifiers import new_id
from locutorio.store.recordings import RecordingRow
from locutorio.store.transaction import Answer, Sent, Transaction, perform

LEFT_SECONDS = 86_400
"""How old a file must be that is of no recording before it is taken away."""


def destroy_everywhere(folder: Path | None, at: datetime) -> None:
    """Destroy in every establishment what is kept no longer, and take away the files of no recording.

    Such are those of somebody who was erased; they are taken away once they are a day old.

    Args:
        folder: where the files of all of them lie; None where they are on another machine.
        at: this moment.

    Raises:
        Fault: the database does not answer, or cannot write.
    """
    everywhere = people.establishments()
    for establishment in everywhere:
        destroy_recordings(establishment, at)
    if folder is not None and folder.is_dir():
        kept = {name for establishment in everywhere for name in recordings.files(establishment)}
        _clear(folder, kept, at)


def destroy_recordings(establishment: UUID, at: datetime) -> int:
    """Destroy the recordings whose time is over and that no legal hold keeps; give how many.

    The key goes before it is written that it went: whatever stops this, the next time ends it.

    Raises:
        Fault: the database does not answer, or cannot write.
    """
    zone = people.establishment(establishment).zone
    over = recordings.to_destroy(establishment, local_day(zone, at))
    for row in over:
        destroy_recording(row, Sent(new_id(at), establishment, at))
    return len(over)


def destroy_recording(row: RecordingRow, sent: Sent) -> None:
    """Destroy the key of a recording, and write that it can be opened no more."""
    authorize(sent.by, "destroy_recording", About(sent.establishment))
    recordings.destroy_key(sent.establishment, row.person, row.call)
    command = sent.command("destroy_recording", {"recording": str(row.id)}, person=row.person)
    perform(command, partial(_destroyed, row=row))


def _destroyed(tx: Transaction, row: RecordingRow) -> Answer:
    recordings.destroyed(tx, row.id)
    return {"recording": str(row.id)}


def _clear(folder: Path, kept: set[str], at: datetime) -> None:
    for path in (*folder.glob("*.voice"), *folder.glob("*.json")):
        old = at.timestamp() - path.stat().st_mtime > LEFT_SECONDS
        if old and path.with_suffix(".voice").name not in kept:
            path.unlink(missing_ok=True)
