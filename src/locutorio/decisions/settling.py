"""Proves that no unknown fact can turn an outcome, where three values alone cannot see it: decides every
case.

Cases are split on one fact after another, by values that stand for every value it can have, so that what is
proved holds. Where there are too many cases, or a fact's values cannot all be told, nothing is proved.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterable

from locutorio.decisions.assess import Assessment, View, assess
from locutorio.decisions.branches import unknown_facts
from locutorio.decisions.decision import Outcome
from locutorio.decisions.papers import FROM, UNTIL
from locutorio.decisions.vary import KINDS, Alternatives, with_fact
from locutorio.decisions.weigh import MAYBE, Said
from locutorio.rules.generate import Facts
from locutorio.rules.rulebook import Rulebook, facts_of_effects

BOUNDS = (FROM, UNTIL)
OF_PAPER = "instrument."
FACTS_MAX = 12
CASES_MAX = 200


class Settling:
    """Decides the cases of one view, until two differ, all are decided or there are too many.

    ``found`` holds, by outcome, a view that says no less than the first and is firm.
    """

    def __init__(self, book: Rulebook, alternatives: Alternatives) -> None:
        self.book = book
        self.alternatives = alternatives
        self.found: dict[Outcome, View] = {}
        self._left = CASES_MAX
        self._decided: set[Hashable] = set()

    def outcome(self, view: View) -> Outcome | None:
        """Give the one outcome of every case; None where cases differ or not all can be decided."""
        complete = self._split(view)
        return next(iter(self.found)) if complete and len(self.found) == 1 else None

    def _split(self, view: View) -> bool:
        """Decide the cases of a view; False where not all were, or two differ."""
        self._left -= 1
        assessment = assess(view, self.book, bare=True)
        if assessment.outcome is not None:
            self.found.setdefault(assessment.outcome, view)
            return len(self.found) == 1
        key = self._depends(view, assessment)
        if key in self._decided:
            return True
        unknown = unknown_facts(view, assessment, self.book)
        if self._left <= 0 or len(unknown) > FACTS_MAX or any(path.startswith(KINDS) for path in unknown):
            return False
        for path in self._by_weight(unknown, assessment):
            fact, facts = self._beside(view, path)
            if self.alternatives.exhaustive(fact, facts):
                values = [value for value in self.alternatives.of(fact, facts) if value is not None]
                if values and all(self._split(with_fact(view, path, value, self.book)) for value in values):
                    self._decided.add(key)
                    return True
                return False
        return False

    def _depends(self, view: View, assessment: Assessment) -> Hashable:
        """Give all that the cases of a view depend on: what speaks or may, and what may still be read for it.
        What is silent stays silent, and of what speaks for certain only the effects read more.
        """
        said = [one for side in assessment.by_sides.values() for one in side]
        said += [one for paper in assessment.judged for one in paper.said]
        states = frozenset((one.index, one.paper, one.state) for one in said)
        read = frozenset(
            (one.paper if fact.startswith(OF_PAPER) else None, fact, one.facts.get(fact))
            for one in said
            for fact in self._read(one)
        )
        bounds = tuple(paper.facts.get(bound, 0) for paper in assessment.judged for bound in BOUNDS)
        asked = tuple(view.facts.get(fact) for fact in sorted(self.book.questions(view.about).reads))
        return states, read, bounds, asked, tuple(assessment.unknown_kinds)

    def _read(self, one: Said) -> Iterable[str]:
        return self.book.reads(one.index) if one.state == MAYBE else facts_of_effects(one.provision)

    def _by_weight(self, unknown: list[str], assessment: Assessment) -> list[str]:
        """Give the facts that most of what may speak for or against the contact reads first."""
        weighed = assessment.first
        forces = (*weighed.prohibitions, *weighed.rights, *weighed.opens)
        said = [force.said for force in forces if force.state == MAYBE]
        said += [at for at, _, state in weighed.keys if state == MAYBE]
        read = Counter(fact for at in said for fact in self.book.reads(assessment.first_said[at].index))
        return sorted(unknown, key=lambda path: (path.endswith(BOUNDS), -read[path.rpartition(":")[2]], path))

    def _beside(self, view: View, path: str) -> tuple[str, Facts]:
        """Give a fact, and the facts a line about it can read."""
        name, _, fact = path.rpartition(":")
        own = next((own for paper, _, own in view.papers if paper == name), {})
        return fact, {**view.facts, **own}
