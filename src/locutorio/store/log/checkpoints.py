"""Signs a log as it grows, asks its witnesses, and keeps what they signed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from locutorio.kernel.faults import Fault
from locutorio.record.checkpoint import Checkpoint
from locutorio.record.notes import Note, Signature, verified
from locutorio.record.tree import consistency, wanted
from locutorio.store.context import changing, inside, within
from locutorio.store.log.asking import PAPER, Asked, cosigned
from locutorio.store.log.nodes import nodes, size
from locutorio.store.log.succeeding import signer_of, witnesses_of
from locutorio.store.models import Signed

EVERY = timedelta(seconds=60)
ENTRIES_MAX = 1_000


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of a checkpoint: over how many entries, which witnesses signed it, why others did not."""

    size: int
    witnesses: tuple[str, ...]
    faults: tuple[Fault, ...]


def due(establishment: UUID, at: datetime) -> bool:
    """Tell whether a log should be signed, or a witness asked again, at a moment."""
    with inside(establishment):
        last = _last(establishment)
        grown = size(establishment) - (last.size if last else 0)
    waited = last is None or at - last.at >= EVERY
    return grown >= ENTRIES_MAX or (
        waited and (grown > 0 or (last is not None and _lacking(establishment, last)))
    )


def sign(establishment: UUID, at: datetime, besides: Iterable[Asked] = ()) -> Outcome:
    """Sign a log as it is, and ask each witness that has not signed it so. Who does not answer is told.

    Args:
        establishment: whose log.
        at: the moment.
        besides: further witnesses that are asked this time.

    Raises:
        Fault: the log is not the one that was signed before, or a key cannot be used.
    """
    with inside(establishment):
        last, now = _last(establishment), size(establishment)
        if now == 0:
            return Outcome(0, (), ())
        signer, known = signer_of(establishment), witnesses_of(establishment)
        if last is not None and last.size == signer.last().size == now:
            note, new = Note.parse(bytes(last.note)), False
        else:
            note, new = signer.sign(now, lambda places: nodes(establishment, places), _seconds(at)), True
    more: list[Signature] = []
    faults: list[Fault] = []
    names = {one.name for one in known.asked}
    for asked in (*known.asked, *(one for one in besides if one.name not in names)):
        if asked.address == PAPER or _signed_by(asked, note):
            continue
        before = last.size if last is not None and _signed_by(asked, Note.parse(bytes(last.note))) else 0
        try:
            more += cosigned(asked, note, lambda old, new: _growth(establishment, old, new), before)
        except Fault as fault:
            faults.append(fault)
    note = note.joined(more)
    if new or more:
        with changing(establishment):
            Signed.objects.create(establishment_id=establishment, size=now, note=note.written(), at=at)
    return Outcome(now, tuple(one.name for one in known.asked if _signed_by(one, note)), tuple(faults))


def take(establishment: UUID, data: bytes, at: datetime) -> Outcome:
    """Keep the signatures of a witness that cannot be reached, as it gave them by hand: a signed checkpoint.

    Raises:
        Fault: it is not of a checkpoint that is kept here, or no known witness has signed it.
    """
    known = witnesses_of(establishment)
    given = Note.parse(data)
    state = Checkpoint.parse(given.text)
    with changing(establishment):
        rows = Signed.objects.filter(establishment=establishment, size=state.size).order_by("-at")
        kept = next((note for row in rows if (note := Note.parse(bytes(row.note))).text == given.text), None)
        if kept is None:
            raise Fault(
                "this checkpoint is none of this log", remedy="take the one that the witness was given"
            )
        valid = {(one.key.name, one.key.id) for one in verified(given, known.keys)}
        more = [
            line
            for line in given.signatures
            if (line.name, line.key_id) in valid and line not in kept.signatures
        ]
        if not more:
            raise Fault(
                "no witness has signed it whose keys are known here", remedy="see the file of the witnesses"
            )
        note = kept.joined(more)
        Signed.objects.create(establishment_id=establishment, size=state.size, note=note.written(), at=at)
    return Outcome(state.size, tuple(one.name for one in known.asked if _signed_by(one, note)), ())


@within
def _last(establishment: UUID) -> Signed | None:
    return Signed.objects.filter(establishment=establishment).order_by("-size", "-at", "-id").first()


def _lacking(establishment: UUID, last: Signed) -> bool:
    note = Note.parse(bytes(last.note))
    asked = witnesses_of(establishment).asked
    return any(one.address != PAPER and not _signed_by(one, note) for one in asked)


def _signed_by(asked: Asked, note: Note) -> bool:
    lines = {(line.name, line.key_id) for line in note.signatures}
    return all((key.name, key.id) in lines for key in asked.keys)


def _growth(establishment: UUID, old: int, new: int) -> tuple[bytes, ...]:
    places = wanted(lambda read: consistency(old, new, read))
    with inside(establishment):
        return consistency(old, new, nodes(establishment, places))


def _seconds(at: datetime) -> int:
    return int(at.timestamp())
