"""Takes a file of a court: what it adds to the cases that are watched becomes leads. Nothing is applied."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from uuid import UUID, uuid5

from locutorio.actions.authority import About, authorize
from locutorio.actions.read_dockets import parse
from locutorio.dockets.entries import FEED, DocketEntry
from locutorio.dockets.keeping import known_as_json
from locutorio.dockets.reading import Parsed
from locutorio.dockets.seen import Seen, covering
from locutorio.dockets.watching import Watched, added
from locutorio.store import watching
from locutorio.store.locks import hold_person
from locutorio.store.log.answered import carried_out
from locutorio.store.transaction import Answer, Sent, Transaction, perform
from locutorio.store.watching import WatchRow


@dataclass(frozen=True, slots=True)
class DocketTaken:
    """What a file said: leads that are new, or say something else now; and, counted, the rest.

    ``other_defendants`` are leads that name other defendants alone, ``counted`` entries of watched cases
    without words on contact, ``again`` entries that said nothing new, ``other_cases`` those not watched,
    ``unread`` items in which no case could be read. ``cut_short``: the end of the file is missing.
    """

    new: int
    changed: int
    other_defendants: int
    counted: int
    again: int
    other_cases: int
    unread: int
    cut_short: bool


def take_docket(data: bytes, name: str, court: str | None, sent: Sent) -> DocketTaken:
    """Read a file for every case that is watched here.

    Args:
        data: its bytes: a feed, a docket sheet, a mailed notice.
        name: what it is called in messages.
        court: of which court it is, where the file does not say so.
        sent: who asks.

    Raises:
        Refused: they may not.
        Fault: it is none of the three, names no court, or cannot be read. Nothing of it was taken.
    """
    authorize(sent.by, "take_docket", About(sent.establishment))
    file = parse(data, name, court)
    asked = {"sha256": sha256(data).hexdigest(), "court": file.court}  # its name may name somebody
    done = perform(sent.command("take_docket", asked), lambda tx: _work(tx, file))
    return DocketTaken(**done, unread=file.unread, cut_short=file.cut_short)


def take_once(data: bytes, name: str, court: str | None, at: UUID, now: datetime) -> DocketTaken | None:
    """Read a file that the program finds in a folder; nothing where it was read for the same cases before.

    Raises:
        Fault: as `take_docket`.
    """
    cases = sorted(str(one.id) for one in watching.watches(at))
    id_ = uuid5(at, " ".join((sha256(data).hexdigest(), court or "", *cases)))
    if carried_out(at, id_):
        return None
    return take_docket(data, name, court, Sent(id_, at, now))


def _work(tx: Transaction, file: Parsed) -> Answer:
    entries = [*file.entries()]
    there = {(one.court, one.case) for one in entries}
    watched = [one for one in watching.watches(tx.establishment) if (one.court, one.case) in there]
    hold_person(tx, *{one.person for one in watched})
    cases = {(one.court, one.case) for one in watched}
    counts = dict.fromkeys(("new", "changed", "other_defendants", "counted", "again"), 0)
    for one in watched:
        for name, count in _taken(tx, one, entries).items():
            counts[name] += count
    if file.source == FEED:
        _cover(tx, file)
    return {**counts, "other_cases": sum((one.court, one.case) not in cases for one in entries)}


def _taken(tx: Transaction, watch: WatchRow, entries: Iterable[DocketEntry]) -> dict[str, int]:
    """Keep what is new of one watched case; give the counts."""
    before = watching.entries_of(tx.establishment, watch.id)
    case = Watched(watch.court, watch.case, watch.defendant)
    found = added(case, {key: row.entry for key, row in before.items()}, entries, tx.at)
    for one in found.new:
        watching.add_entry(tx, watch, one, known_as_json(one), told=one.name in found.leads)
    for one in found.changed:
        watching.change_entry(tx, before[one.key], known_as_json(one), told=one.name in found.leads)
    changed = {one.name for one in found.changed if before[one.key].told_at}
    return {
        "new": len(found.leads - changed),
        "changed": len(changed),
        "other_defendants": found.others,
        "counted": len(found.new) + len(found.changed) - len(found.leads | changed) - found.others,
        "again": found.again,
    }


def _cover(tx: Transaction, file: Parsed) -> None:
    """Keep which time a feed covers, where that is more than before."""
    before = watching.spans(tx.establishment, file.court)
    after = covering(Seen({}, {file.court: before}), file.court, file.entries()).spans.get(file.court, before)
    if after != before:
        watching.keep_spans(tx, file.court, after)
