"""One run, side by side: do the engines agree, how long does each take, and what are the ratios."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date

from benchmarks.agreement import Agreement, agreement, spread
from benchmarks.engines.cedar import Cedar, CedarByQuestion
from benchmarks.engines.cel import Cel
from benchmarks.engines.engine import Engine
from benchmarks.engines.openfisca import OpenFisca
from benchmarks.engines.ours import Locutorio
from benchmarks.engines.rego import Rego
from benchmarks.law import Asked, drawn, rules_of, worked
from benchmarks.rounds import Timing, Way, interleaved
from locutorio.decisions.assess import assess, view_of
from locutorio.decisions.changes import changes
from locutorio.decisions.decide import Judge
from tests.properties.drawing import shipped

PACK = "us-federal"
DAY = date(2026, 11, 21)
SEED = 20261121
DRAWN = 400
SLOW_AGREE, SLOW_TIMED, SLOW_ROUNDS = 40, 12, 3
TIMED, ROUNDS = 72, 9
DEEP_ROUNDS = 5
SPEAK, BARE, REASONS = "ours: which speak", "ours: bare decision", "ours: with reasons"
CHANGES, FULL = "ours: what would change it", "ours: full decision"


class Comparison:
    """The law compiled into every engine, and the cases they are all asked."""

    def __init__(self) -> None:
        law = shipped(PACK)
        cases = law.cases
        self.book = law.shelf.on(DAY)
        self.judge = Judge(self.book)
        self.worked = tuple(worked(self.book, cases))
        self.cases = (*self.worked, *drawn(self.book, cases, DRAWN, SEED))
        self.rules = rules_of(self.book)
        self.ours = Locutorio(self.book)
        self.fast: tuple[Engine, ...] = (Cedar(self.book), CedarByQuestion(self.book), Cel(self.book))
        self.slow: tuple[Engine, ...] = (Rego(self.book), OpenFisca(self.book))

    def agreements(self) -> Iterator[Agreement]:
        """Ask every engine which provisions speak: the fast ones of every case, the slow ones of some."""
        for engine in (self.ours, *self.fast, *self.slow):
            yield agreement(engine, spread(self.cases, SLOW_AGREE) if engine in self.slow else self.cases)

    def timings(self) -> list[Timing]:
        """Time every engine and every depth of our own answer on worked cases."""
        sample = spread([case for case in self.worked if not case.open], TIMED)
        few = spread(sample, SLOW_TIMED)
        return interleaved(
            [
                Way(SPEAK, _speaking(self.ours), sample, ROUNDS),
                Way(BARE, lambda case: self.judge.outcome(case.snapshot), sample, ROUNDS),
                Way(REASONS, lambda case: self.judge.reasoned(case.snapshot), sample, ROUNDS),
                *(Way(engine.title, _speaking(engine), sample, ROUNDS) for engine in self.fast),
                *(Way(engine.title, _speaking(engine), few, SLOW_ROUNDS) for engine in self.slow),
            ]
        )

    def deep_timings(self) -> list[Timing]:
        """Time what would change the answer, and the full decision, on every worked case."""
        return interleaved(
            [
                Way(CHANGES, self._changes, self.worked, DEEP_ROUNDS),
                Way(FULL, lambda case: self.judge.decide(case.snapshot), self.worked, DEEP_ROUNDS),
            ]
        )

    def _changes(self, case: Asked) -> object:
        view = view_of(case.snapshot, self.book)
        alternatives = self.judge.alternatives(view.about)
        return changes(view, assess(view, self.book), self.book, alternatives)


def _speaking(engine: Engine) -> Callable[[Asked], object]:
    return lambda case: [engine.speaks(part) for part in case.parts]
