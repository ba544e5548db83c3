"""Has the recording of a call played to those who may hear it: why, and by whose authority, comes first."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from uuid import UUID

from locutorio.actions.authority import About, authorize, reading
from locutorio.actions.plain import as_plain
from locutorio.actions.shelf import HOME
from locutorio.actions.two_people import WORDS_MAX
from locutorio.kernel.faults import Fault
from locutorio.record.voices import opened_voice
from locutorio.store import calls, people, recordings
from locutorio.store.actor import Actor
from locutorio.store.calls import CallRow
from locutorio.store.people import ContactRow, PersonRow
from locutorio.store.recordings import RecordingRow
from locutorio.store.transaction import Answer, Sent, Transaction, perform

FOLDER = "LOCUTORIO_RECORDINGS"
KEPT, SEALED, DESTROYED = "kept", "sealed", "destroyed"


class NotPlayed(Fault):
    """A recording that is played to nobody: ``standing`` is sealed or destroyed."""

    def __init__(self, standing: str) -> None:
        super().__init__(
            f"this recording is {standing}: it is played to nobody",
            why="nobody hears a privileged call, and no recording is heard once its time is over",
            remedy="ask the ombudsman, if somebody must know that there was such a call",
        )
        self.standing = standing


class Untold(Fault):
    """It was not said why a recording is to be heard, or by which authority."""

    def __init__(self) -> None:
        super().__init__(
            "a recording is heard for a reason that is said, and by an authority that is named",
            why="whoever it is of can be told",
            remedy="write why, and the rule or the paper that allows it",
        )


@dataclass(frozen=True, slots=True)
class Opening:
    """Why a recording is to be heard, and what allows it: the rule, or the paper with its number."""

    why: str
    authority: str


@dataclass(frozen=True, slots=True)
class RecordingShown:
    """A recording, its call and who spoke; ``standing`` is kept, sealed or destroyed."""

    row: RecordingRow
    standing: str
    call: CallRow
    person: PersonRow
    contact: ContactRow | None


def recordings_shown(by: Actor, at: UUID, person: UUID) -> tuple[PersonRow, list[RecordingRow]]:
    """Give a person and the recordings of their calls, the latest first; nothing of what was said.

    Raises:
        Refused: it is not theirs to see, or there is no such person here.
    """
    with reading(by, "read_recordings", About(at, "person", person)):
        return people.person(at, person), recordings.of_person(at, person)


def recording_shown(by: Actor, at: UUID, id_: UUID) -> RecordingShown:
    """Give what is known of a recording; nothing of what was said.

    Raises:
        Refused: it is not theirs to see, or there is none.
    """
    with reading(by, "read_recordings", About(at, "recording", id_)):
        row = recordings.recording(at, id_)
        call = calls.call(at, row.call)
        assert call is not None, "a recording is of a call"
        contact = people.contact(at, row.contact) if row.contact else None
        return RecordingShown(row, standing_of(row), call, people.person(at, row.person), contact)


def open_recording(id_: UUID, what: Opening, sent: Sent) -> None:
    """Say why a recording is to be heard, and by which authority; then it can be played.

    Raises:
        Refused: it is not theirs to hear, or there is none.
        NotFresh: whoever acts showed too long ago who they are.
        NotPlayed: it is sealed or destroyed.
        Untold: it is not said why, or by which authority.
    """
    authorize(sent.by, "open_recording", About(sent.establishment, "recording", id_), at=sent.at)
    if not all(0 < len(said.strip()) <= WORDS_MAX for said in (what.why, what.authority)):
        raise Untold

    def work(tx: Transaction) -> Answer:
        row = recordings.recording(tx.establishment, id_)
        tx.about = row.person
        _refuse_unheard(tx.establishment, row)
        return {"recording": str(id_)}

    asked = {"recording": str(id_), **as_plain(what)}
    perform(sent.command("open_recording", asked), work)


def recording_played(
    by: Actor, at: UUID, id_: UUID, folder: Path | None = None
) -> tuple[RecordingRow, bytes]:
    """Give a recording with its sound (WAV), whole and unchanged; that it was given is an entry before it is.

    Raises:
        Refused: it is not theirs to hear, or there is none.
        PurposeNeeded: it was not said why.
        NotPlayed: it is sealed or destroyed.
        Fault: the file is not here, or is not the one that was kept.
    """
    with reading(by, "play_recording", About(at, "recording", id_)):
        row = recordings.recording(at, id_)
        _refuse_unheard(at, row)
    private = recordings.private_key(at, row.person, row.call)
    if private is None:
        raise NotPlayed(DESTROYED)
    folder = folder or folder_of_recordings()
    if folder is None:
        raise _lost(f"neither {FOLDER} nor {HOME} says where recordings lie")
    try:
        data = (folder / row.file).read_bytes()
    except OSError as error:
        raise _lost(error.strerror or str(error)) from error
    if sha256(data).hexdigest() != row.sha256:
        raise _lost("its bytes are not those that were kept")
    return row, b"".join(opened_voice([data], private, str(row.call)))


def standing_of(row: RecordingRow) -> str:
    """Give whether a recording is kept, sealed or destroyed."""
    if row.destroyed_at is not None:
        return DESTROYED
    return KEPT if row.sealed_at is None else SEALED


def folder_of_recordings(environment: Mapping[str, str] = os.environ) -> Path | None:
    """Give where sealed recordings lie; None where it is not named."""
    if environment.get(FOLDER):
        return Path(environment[FOLDER])
    return Path(environment[HOME]) / "telephony" / "recordings" if environment.get(HOME) else None


def _refuse_unheard(at: UUID, row: RecordingRow) -> None:
    standing = standing_of(row)
    if standing == KEPT and any(one.id == row.id for one, _ in recordings.to_seal(at)):
        standing = SEALED
    if standing != KEPT:
        raise NotPlayed(standing)


def _lost(why: str) -> Fault:
    return Fault("the recording is not here as it was kept", why=why, remedy="tell whoever runs this machine")
