"""Files of courts, read together: what they add to what was read before. Nothing is applied."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from locutorio.dockets.entries import FEED, DocketEntry, Item, entries_of
from locutorio.dockets.leads import Counted, Gap, Lead, gaps_of, is_watched, leads_of
from locutorio.dockets.seen import Seen, Span, covering, take, unseen


@dataclass(frozen=True, slots=True)
class Parsed:
    """One file, as the parser reads it.

    ``dockets``   as the parser gives them; a feed's items one by one, not yet merged.
    ``unread``    items of a feed in which the parser finds no case.
    ``cut_short`` the end of the file is missing.
    """

    name: str
    source: str
    court: str
    dockets: tuple[Item, ...]
    unread: int = 0
    cut_short: bool = False

    def entries(self) -> Iterator[DocketEntry]:
        """Give its entries."""
        for docket in self.dockets:
            yield from entries_of(docket, self.source)


@dataclass(frozen=True, slots=True)
class Reading:
    """What the files say beyond what was read before.

    ``new`` and ``changed`` are leads for a person. ``again`` counts entries that said nothing new,
    ``other_cases`` those of cases that are not watched. ``unseen``: times of which no feed was read.
    """

    files: tuple[Parsed, ...]
    new: tuple[Lead, ...]
    changed: tuple[Lead, ...]
    counted: Counted
    again: int
    other_cases: int
    gaps: tuple[Gap, ...]
    unseen: tuple[tuple[str, Span], ...]
    seen: Seen


def read(files: Iterable[Parsed], before: Seen, read_at: datetime, cases: Collection[str] = ()) -> Reading:
    """Say what files add to what was read before. Nothing is applied and nothing is written.

    Args:
        files: in any order.
        before: what earlier runs read.
        read_at: when the files were read.
        cases: numbers of the cases that are watched; none: every criminal case.
    """
    parsed, watching = tuple(files), frozenset(cases)
    entries = [entry for file in parsed for entry in file.entries()]
    mine = [entry for entry in entries if is_watched(entry, watching)]
    taken = take(before, mine, read_at)
    seen = taken.seen
    for file in parsed:
        if file.source == FEED:
            seen = covering(seen, file.court, file.entries())
    everything = tuple(seen.known.values())
    new, counted = leads_of(taken.new, everything)
    changed, _ = leads_of(taken.changed, everything)
    missing = [(court, span) for court, spans in sorted(seen.spans.items()) for span in unseen(spans)]
    return Reading(
        files=parsed,
        new=new,
        changed=changed,
        counted=counted,
        again=taken.again,
        other_cases=len(entries) - len(mine),
        gaps=gaps_of(everything),
        unseen=tuple(missing),
        seen=seen,
    )
