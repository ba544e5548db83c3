"""What stands outside: what each witness has signed of a log and says of it now, beside what is kept here."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from uuid import UUID

from locutorio.kernel.faults import Fault
from locutorio.record.checkpoint import Checkpoint
from locutorio.record.notes import Note, verified
from locutorio.record.tree import root_at, wanted
from locutorio.store.context import inside, within
from locutorio.store.log.asking import PAPER, Asked, Witnesses, last_seen
from locutorio.store.log.nodes import nodes, size
from locutorio.store.log.succeeding import origin_of, witnesses_of
from locutorio.store.models import Leaf, Signed

QUORUM_MAX, SILENT_MAX, PAPER_MAX = timedelta(hours=1), timedelta(hours=24), timedelta(hours=48)


@dataclass(slots=True)
class Outside:
    """What is not well with the witnesses of a log, and what is told of them besides, in plain words."""

    faults: list[str] = field(default_factory=list)
    told: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Signing:
    """The largest state that a witness signed, of those kept here: over how many entries, and when."""

    size: int = 0
    at: int = 0


def witnesses_asked(establishment: UUID, at: datetime) -> Outside:
    """Ask every witness what it signed last, and say where that, or how long ago it was, is not well.

    A witness that does not answer is told; it is a fault once something has waited for its signature for 24
    hours (48 where it is told by hand). Another history, or fewer entries than it signed, is a fault at once.

    Raises:
        Fault: the file of the witnesses cannot be read, or the database does not answer.
    """
    found, known = Outside(), witnesses_of(establishment)
    if not known.asked:
        found.told.append("no witness is named: nobody outside can say whether this log only grew")
        return found
    seen = {one.name: _shown(establishment, one) for one in known.asked if one.address != PAPER}
    with inside(establishment):
        signed = {one.name: _signing(establishment, one, at) for one in known.asked}
        for one in known.asked:
            _look(establishment, one, signed[one.name], seen.get(one.name), found)
        found.faults += _silent(establishment, known, signed, at)
        found.faults += _lacking(establishment, known, signed, at)
    return found


@within
def unsigned_since(establishment: UUID) -> datetime | None:
    """Give the moment of the first entry that the log's keys have not signed; None where all are signed."""
    largest = Signed.objects.filter(establishment=establishment).order_by("-size").first()
    return _since(establishment, largest.size if largest else 0)


def _shown(establishment: UUID, asked: Asked) -> Note | Fault:
    """Give what a witness shows as its last signature, checked by its keys; or why there is none."""
    try:
        note = Note.parse(last_seen(asked.address, origin_of(establishment)))
        signed = verified(note, asked.keys)
    except Fault as fault:
        return fault
    return note if signed else Fault(f"the witness {asked.name} shows no signature of its own")


def _signing(establishment: UUID, asked: Asked, at: datetime) -> _Signing:
    """Give the last state that a witness signed, of those kept since before what may wait for it."""
    rows = Signed.objects.filter(establishment=establishment).order_by("-at", "-id")
    before = rows.filter(at__lt=at - PAPER_MAX).first()
    for row in (*rows.filter(at__gte=at - PAPER_MAX), *((before,) if before else ())):
        note = Note.parse(bytes(row.note))
        moments = [one.at for one in verified(note, asked.keys) if one.at is not None]
        if moments:
            return _Signing(row.size, max(moments))
    return _Signing()


def _look(
    establishment: UUID, asked: Asked, signed: _Signing, shown: Note | Fault | None, found: Outside
) -> None:
    """Say what a witness shows beside what is kept here."""
    last = f"{datetime.fromtimestamp(signed.at, UTC):%Y-%m-%d %H:%M} UTC" if signed.at else "never"
    said = f"the witness {asked.name} signed last over {signed.size} entries ({last})"
    if shown is None:
        found.told.append(f"{said}; it is told by hand")
        return
    if isinstance(shown, Fault):
        found.told.append(f"{said}, and does not answer now: {shown.what}")
        return
    state, here = Checkpoint.parse(shown.text), size(establishment)
    if state.size < signed.size:
        found.faults.append(
            f"the witness {asked.name} knows {state.size} entries, and has signed {signed.size} before"
        )
    elif state.size > here:
        found.faults.append(
            f"the witness {asked.name} has seen {state.size} entries, and there are {here}: some are gone"
        )
    elif state != Checkpoint(origin_of(establishment), state.size, _root(establishment, state.size)):
        found.faults.append(f"the witness {asked.name} has seen another history of this log")
    else:
        found.told.append(f"{said}, and shows the same history")


def _silent(
    establishment: UUID, known: Witnesses, signed: Mapping[str, _Signing], at: datetime
) -> Iterator[str]:
    for one in known.asked:
        most = PAPER_MAX if one.address == PAPER else SILENT_MAX
        since = _since(establishment, signed[one.name].size)
        if since is not None and at - since > most:
            hours = most // timedelta(hours=1)
            yield f"the witness {one.name} has not signed what stands in the log for more than {hours} hours"


def _lacking(
    establishment: UUID, known: Witnesses, signed: Mapping[str, _Signing], at: datetime
) -> Iterator[str]:
    """Say where too few have signed; those told by hand may take their time where they are needed."""
    if known.quorum == 0:
        return
    reached = sum(one.address != PAPER for one in known.asked) >= known.quorum
    most = QUORUM_MAX if reached else PAPER_MAX
    largest = sorted((one.size for one in signed.values()), reverse=True)[known.quorum - 1]
    since = _since(establishment, largest)
    if since is not None and at - since > most:
        hours = most // timedelta(hours=1)
        yield (
            f"what stands after entry {largest} is signed by fewer witnesses than {known.quorum}, for more "
            f"than {hours} hour{'s' if hours > 1 else ''}"
        )


def _since(establishment: UUID, index: int) -> datetime | None:
    """Give the moment of the entry with an index; None where there is none."""
    leaf = Leaf.objects.filter(establishment=establishment, index=index).first()
    return datetime.fromtimestamp(json.loads(bytes(leaf.body))["at"] / 1_000_000, UTC) if leaf else None


def _root(establishment: UUID, count: int) -> bytes:
    """Give the root of the stored tree at a size; nothing where nodes of it are gone."""
    try:
        return root_at(count, nodes(establishment, wanted(lambda read: root_at(count, read))))
    except KeyError:
        return b""
