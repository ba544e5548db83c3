"""The case of one person, watched: what a file adds to what was read of it, and what of that is a lead."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from locutorio.dockets.entries import DocketEntry, Key
from locutorio.dockets.leads import Lead, leads_of
from locutorio.dockets.seen import Known, Seen, take
from locutorio.kernel.faults import Fault

COURT = re.compile(r"[a-z][a-z0-9]{2,5}")
CASE = re.compile(r"[0-9]{1,2}:[0-9]{2}-[a-z]{2,4}-[0-9]{3,6}")
DEFENDANT = re.compile(r"[1-9][0-9]{0,2}")


@dataclass(frozen=True, slots=True)
class Watched:
    """A case of a court, as its site calls both; ``defendant`` is the person's number in it, or empty."""

    court: str
    case: str
    defendant: str = ""

    def __post_init__(self) -> None:
        """Refuse what cannot be.

        Raises:
            Fault: the court, the case or the number is not written as courts write them.
        """
        if not COURT.fullmatch(self.court):
            raise Fault(
                "this is no court as its site is called",
                remedy="write the letters before .uscourts.gov: nyed",
            )
        if not CASE.fullmatch(self.case):
            raise Fault(
                "this is no number of a case",
                remedy="write it without the initials of the judge: 3:24-cr-00001",
            )
        if self.defendant and not DEFENDANT.fullmatch(self.defendant):
            raise Fault("this is no number of a defendant", remedy="write it in figures, or leave it empty")

    def has(self, entry: DocketEntry) -> bool:
        """Tell whether an entry is of this case."""
        return (entry.court, entry.case) == (self.court, self.case)

    def touches(self, lead: Lead) -> bool:
        """Tell whether a lead may be about the person: it gives their number or none. Names say nothing."""
        named = lead.named or tuple(lead.known.defendants)
        return not self.defendant or not named or self.defendant in named


@dataclass(frozen=True, slots=True)
class Added:
    """What a file adds: entries that are new or say more; those that are leads, by their short names.

    ``others`` counts leads that name other defendants alone, ``again`` entries that said nothing new.
    """

    new: tuple[Known, ...]
    changed: tuple[Known, ...]
    leads: frozenset[str]
    others: int
    again: int


def added(
    watched: Watched, before: Mapping[Key, Known], entries: Iterable[DocketEntry], read_at: datetime
) -> Added:
    """Say what a file adds to what was read of a case, in whatever order and however often files are read."""
    taken = take(Seen(before), (one for one in entries if watched.has(one)), read_at)
    fresh = (*taken.new, *taken.changed)
    leads, _ = leads_of(fresh, taken.seen.known.values())
    mine = frozenset(lead.known.name for lead in leads if watched.touches(lead))
    return Added(taken.new, taken.changed, mine, len(leads) - len(mine), taken.again)
