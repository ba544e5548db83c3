"""The deadlines of a petition: what a law counts for whoever files it, for the office, for what follows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from locutorio.decisions.clock_kinds import ClockKind
from locutorio.decisions.decision import Outcome as Found
from locutorio.facts.vocabulary import Value
from locutorio.remedies.telling import Seen, Stage


@dataclass(frozen=True, slots=True)
class Rung:
    """One office of a procedure: the deadline to file there, its own to answer, and the rungs that follow.

    ``office`` is whom the law sends the filing to; ``last_to`` where one may turn after the last rung.
    """

    file: ClockKind
    answer: ClockKind
    office: str
    next: tuple[str, ...]
    last_to: tuple[str, ...] = ()

    @property
    def extended(self) -> str | None:
        """Give the yes/no fact that the office took its extra time."""
        return self._needed(contested=False)

    @property
    def emergency(self) -> str | None:
        """Give the yes/no fact that whoever filed it says that it is an emergency."""
        return self._needed(contested=True)

    def _needed(self, *, contested: bool) -> str | None:
        ways = (way for way in self.answer.ways if (way.provision.side is not None) == contested)
        return next((path for way in ways for path, needed in way.needs.items() if needed), None)


def rungs(kinds: Mapping[str, ClockKind]) -> Mapping[str, Rung]:
    """Give the rungs of a law by the name of the deadline to file; none where it has no office to answer."""
    found = {}
    for kind in kinds.values():
        answer = next((kinds[name] for name in kind.then if kinds[name].by_silence), None)
        if answer is None or kind.by_silence or not kind.acted:
            continue
        office = next((route.office for _, route in kind.routes), "")
        last_to = () if answer.then else tuple(dict.fromkeys(route.office for _, route in answer.routes))
        found[kind.name] = Rung(kind, answer, office, answer.then, last_to)
    return found


def facts(chain: Sequence[tuple[Rung, Seen]]) -> dict[str, Value]:
    """Give what a law must know to count the deadlines of a petition.

    Args:
        chain: the petition, after those whose answers it contests, the first one first.
    """
    known: dict[str, Value] = {}
    for rung, one in chain:
        starts = rung.file.first.starts
        if one.petition.arose_on and len(starts) == 1:
            known.setdefault(starts[0], one.petition.arose_on)
        if one.filed and one.filed.on and rung.file.acted:
            known[rung.file.acted] = one.filed.on
        if rung.extended and one.extended is not None:
            known[rung.extended] = True
        if one.stage is Stage.RULED and one.ruling and one.ruling.on and rung.answer.acted:
            known[rung.answer.acted] = one.ruling.on
    return known


@dataclass(frozen=True, slots=True)
class Due:
    """One deadline as it was reckoned: its last day, and what became of it by the day asked about."""

    clock: str
    last_day: date
    outcome: Found
    citation: str


@dataclass(frozen=True, slots=True)
class Deadlines:
    """The deadlines of one petition. Each is None where nothing tells the day it counts from.

    ``longest`` is the last day to answer where the office takes the extra time that the law gives it.
    ``emergency`` is the last day to answer if this is the emergency that whoever filed it says it is: a
    person decides that, so nothing is silent by it. ``next`` are the deadlines of what follows, by name.
    """

    file: Due | None = None
    answer: Due | None = None
    longest: date | None = None
    emergency: date | None = None
    next: Mapping[str, Due] = field(default_factory=dict)

    @property
    def silent(self) -> bool:
        """Tell whether the time to answer is over, so that the silence may be taken as a denial."""
        return self.answer is not None and self.answer.outcome is Found.DEEMED_DENIED
