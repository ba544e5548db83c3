"""One run, side by side: do the engines agree, how long does each take, and what are the ratios."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from benchmarks.engines.cedar import Cedar, CedarByQuestion
from benchmarks.engines.cel import Cel
from benchmarks.engines.engine import Engine
from benchmarks.engines.openfisca import OpenFisca
from benchmarks.engines.ours import Locutorio
from benchmarks.engines.rego import Rego
from benchmarks.law import Asked, drawn, rules_by_question, rules_of, worked
from benchmarks.rounds import Timing, Way, interleaved
from locutorio.actions import shelf
from locutorio.decisions.assess import assess, view_of
from locutorio.decisions.changes import changes
from locutorio.decisions.decide import Judge

PACK = "us-federal"
DAY = date(2026, 11, 21)
SEED = 20261121
DRAWN = 400
SLOW_AGREE, SLOW_TIMED, SLOW_ROUNDS = 40, 12, 3
TIMED, ROUNDS = 72, 9
DEEP_ROUNDS = 5
SPEAK, BARE, REASONS = "ours: which speak", "ours: bare decision", "ours: with reasons"
CHANGES, FULL = "ours: what would change it", "ours: full decision"


@dataclass(frozen=True)
class Agreement:
    """What one engine said of the cases it was asked about."""

    engine: Engine
    cases: int
    left_out: int
    differing: tuple[str, ...]


class Comparison:
    """The law compiled into every engine, and the cases they are all asked."""

    def __init__(self) -> None:
        self.book = shelf.shelf(PACK).on(DAY)
        self.judge = Judge(self.book)
        cases = shelf.cases(PACK)
        self.worked = tuple(worked(self.book, cases))
        self.cases = (*self.worked, *drawn(self.book, cases, DRAWN, SEED))
        self.rules = rules_of(self.book)
        self.ours = Locutorio(self.book)
        self.cedar = Cedar(self.rules)
        self.fast: tuple[Engine, ...] = (
            self.cedar,
            CedarByQuestion(rules_by_question(self.book)),
            Cel(self.rules, self.book.words),
        )
        self.slow: tuple[Engine, ...] = (Rego(self.rules), OpenFisca(self.rules, self.book.words))

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
        alternatives = self.judge.bench.alternatives(view.about)
        return changes(view, assess(view, self.book), self.book, alternatives)


def _speaking(engine: Engine) -> object:
    return lambda case: [engine.speaks(part) for part in case.parts]


def agreement(engine: Engine, cases: Sequence[Asked]) -> Agreement:
    """Compare an engine with our speakers on every case it can express."""
    fit = [case for case in cases if engine.knows_unknown or not case.open]
    differing = [
        case.name for case in fit if any(engine.speaks(part) != part.certain for part in case.parts)
    ]
    return Agreement(engine, len(fit), len(cases) - len(fit), tuple(differing))


def spread(cases: Sequence[Asked], count: int) -> list[Asked]:
    """Give so many of the cases, evenly spread."""
    step = max(len(cases) / count, 1)
    return [cases[int(number * step)] for number in range(min(count, len(cases)))]
