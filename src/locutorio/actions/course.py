"""How the answer to a case goes on after its day: each later day by the facts and the law of that day."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from itertools import islice, pairwise

from locutorio.decisions.assess import view_of
from locutorio.decisions.changes import better, later_days
from locutorio.decisions.decide import Judge
from locutorio.decisions.decision import Decision, Outcome, Truth
from locutorio.decisions.trials import ON
from locutorio.decisions.vary import Alternatives
from locutorio.facts.case import Case, see
from locutorio.facts.snapshot import Snapshot
from locutorio.kernel.faults import Fault
from locutorio.rules.rulebook import Rulebook, Shelf

DAYS_MAX = 40


@dataclass(frozen=True, slots=True)
class Course:
    """A case through the days, with what was known by one moment."""

    case: Case
    shelf: Shelf
    known_at: str | None

    def seen(self, on: date) -> Snapshot:
        """See the case as of a day.

        Raises:
            Fault: what is said of that day contradicts itself.
        """
        pack = self.shelf.pack
        return see(self.case, on=on, zone=pack.zone, kinds=pack.kinds, known_at=self.known_at)

    def decide(self, on: date) -> Decision:
        """Decide for a day. What changes with the day alone is told as it will be then.

        Raises:
            Fault: the question cannot be answered, and why.
        """
        decision = self._judge(on).decide(self.seen(on))
        if decision.kind != "contact":
            return decision
        found = []
        for change in decision.changes:
            if change.path == ON and isinstance(change.then, date):
                outcome = self.outcome(change.then)
                if outcome is not None and outcome != decision.outcome:
                    found.append(replace(change, outcome=outcome))
            else:
                found.append(change)
        return replace(decision, changes=tuple(found), earliest=self._earliest(decision))

    def outcome(self, on: date) -> Outcome | None:
        """Give the bare outcome of a day; None where it is open, or nothing can be said of that day."""
        try:
            return self._judge(on).outcome(self.seen(on))
        except Fault:
            return None

    def conditions(self, on: date) -> frozenset[str]:
        """Give the words of the conditions that surely hold on a day."""
        decision = self._judge(on).reasoned(self.seen(on))
        return holding(decision)

    def alternatives(self, on: date, about: str) -> Alternatives:
        """Give the values that matter to one question of contact by the law of a day."""
        return self._judge(on).alternatives(about)

    def _earliest(self, decision: Decision) -> date | None:
        """Give the first later day on which the answer is surely better."""
        if not decision.firm or decision.outcome is Outcome.PERMIT:
            return None
        days = islice(self._turning(decision.on), DAYS_MAX)
        return next((day for day in days if better(self.outcome(day), decision.outcome)), None)

    def _turning(self, on: date) -> Iterator[date]:
        """Give, in order, the later days on which the answer may turn."""
        changing = {day for day in (*_days_of(self.case), *self.shelf.days()) if day > on}
        for start, end in pairwise([on, *sorted(changing), date.max]):
            if start > on:
                yield start
            try:
                book = self.shelf.on(start)
                view = view_of(self.seen(start), book)
            except Fault:
                continue
            alternatives = self._judge(start).alternatives(view.about)
            yield from (day for day in later_days(view, alternatives) if day < end)

    def _judge(self, on: date) -> Judge:
        return _judge_by(self.shelf.on(on))


def holding(decision: Decision) -> frozenset[str]:
    """Give the words of the conditions of a decision that surely hold."""
    return frozenset(one.token for one in decision.conditions if one.truth is Truth.YES)


@cache
def _judge_by(book: Rulebook) -> Judge:
    """Give the judge of a rulebook, with all that was worked out from that law."""
    return Judge(book)


def _days_of(case: Case) -> Iterator[date]:
    """Give the days on which a fact of the case begins or ends."""
    timelines = [*case.facts.values(), *(tuple(paper.facts.values()) for paper in case.papers)]
    for entry in (entry for timeline in timelines for entry in timeline):
        yield from (day for day in (entry.since, entry.until) if day is not None)
