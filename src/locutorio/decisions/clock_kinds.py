"""The clocks of a law before anything is known: what each counts from, what stops it, which one follows."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from locutorio.decisions.clocks import known_clocks
from locutorio.facts.vocabulary import Value
from locutorio.kernel.moments import NEVER
from locutorio.rules.provision import DECIDING, Provision, RouteTo, Window
from locutorio.rules.rulebook import Rulebook
from locutorio.rules.tree import Fact, Holds, Number, facts_of, lines_of, sums_of

SILENCE = "deemed_denied"
ASKED = ("request.on", "request.asked_on")


@dataclass(frozen=True, slots=True)
class Way:
    """One provision that counts a clock, and how it counts."""

    provision: Provision
    window: Window

    @property
    def starts(self) -> tuple[str, ...]:
        """Give the facts that the first day is reckoned from."""
        return facts_of((self.window.start,))

    @property
    def needs(self) -> Mapping[str, bool]:
        """Give the yes/no facts that must hold, or must not, for this way to count."""
        parts = self.provision.when.parts if self.provision.when and self.provision.when.every else ()
        return {part.fact.path: not part.negated for part in parts if isinstance(part, Holds)}

    @property
    def reads(self) -> tuple[str, ...]:
        """Give the facts on which it depends whether this way counts."""
        lines = lines_of(self.provision.when) if self.provision.when else ()
        paths = facts_of([operand for line in lines for operand in sums_of(line)])
        return tuple(path for path in paths if path not in ASKED)

    @property
    def numbers(self) -> tuple[str, ...]:
        """Give the names of the provision's numbers that its days and its first day are made of."""
        terms = (*self.window.days.terms, *self.window.start.terms)
        return tuple(dict.fromkeys(term.name for _, term in terms if isinstance(term, Number)))


@dataclass(frozen=True)
class ClockKind:
    """A clock of a law. ``ways`` are never empty; ``then`` names the clocks that its act begins."""

    name: str
    ways: tuple[Way, ...]
    routes: tuple[tuple[Provision, RouteTo], ...]
    then: tuple[str, ...] = ()

    @property
    def first(self) -> Way:
        """Give the plainest way: the one whose first day and whose length are made of least."""
        return min(self.ways, key=lambda way: (len(way.window.start.terms), len(way.window.days.terms)))

    @property
    def acted(self) -> str | None:
        """Give the fact that holds the day of the act that stops it."""
        return self.ways[0].window.acted

    @property
    def by_silence(self) -> bool:
        """Tell whether it is an office's time to answer, whose end counts as a denial."""
        return self.ways[0].window.past == SILENCE

    @cached_property
    def asks(self) -> tuple[str, ...]:
        """Give the facts that its last day and its outcome depend on: days first, then what else."""
        days = [path for way in self.ways for path in way.starts]
        acted = [self.acted] if self.acted else []
        rest = [path for way in self.ways for path in way.reads]
        return tuple(dict.fromkeys([*days, *acted, *rest]))

    def counting(self, known: Mapping[str, Value]) -> tuple[Way, ...]:
        """Give the ways whose first day is known, from the latest such day: what came last counts."""
        ready = [
            (max(days), way)
            for way in self.ways
            if (days := [known.get(path) or NEVER for path in way.starts]) and NEVER not in days
        ]
        latest = max((day for day, _ in ready), default=None)
        return tuple(way for day, way in ready if day == latest)


def clock_kinds(book: Rulebook, adopted: frozenset[str] = frozenset()) -> Mapping[str, ClockKind]:
    """Give the clocks that count under a law, by name, each before those that follow it."""
    found = {}
    for name in known_clocks(book):
        provisions = [book.provisions[at] for at in book.clocks(name).indices]
        ways = tuple(
            Way(provision, effect)
            for provision in provisions
            for effect in provision.effects
            if isinstance(effect, Window) and effect.name == name and _counts(provision, adopted)
        )
        routes = tuple(
            (one, effect) for one in provisions for effect in one.effects if isinstance(effect, RouteTo)
        )
        if ways:
            found[name] = ClockKind(name, ways, routes)
    known = {
        name: ClockKind(name, kind.ways, kind.routes, tuple(_following(kind, found)))
        for name, kind in found.items()
    }
    later = {name for kind in known.values() for name in kind.then}
    return {
        kind.name: kind for name in (*sorted(found.keys() - later), *found) for kind in forward(known, name)
    }


def _counts(provision: Provision, adopted: frozenset[str]) -> bool:
    return provision.status in DECIDING or bool(adopted & {provision.name, *provision.rows})


def _following(kind: ClockKind, found: Mapping[str, ClockKind]) -> Iterator[str]:
    """Give the clocks that begin with the act that stops this one."""
    for name, other in found.items():
        starts = {way.window.start.terms for way in other.ways}
        if name != kind.name and kind.acted and ((1, Fact(kind.acted)),) in starts:
            yield name


def forward(kinds: Mapping[str, ClockKind], name: str) -> tuple[ClockKind, ...]:
    """Give a clock and all that follow it, each once, in order."""
    found: dict[str, ClockKind] = {}
    waiting = [name]
    while waiting:
        one = waiting.pop(0)
        if one not in found:
            found[one] = kinds[one]
            waiting.extend(kinds[one].then)
    return tuple(found.values())
