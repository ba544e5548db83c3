"""What would change the answer: every known fact tried with each other value that matters, one at a time."""

from __future__ import annotations

from collections.abc import Set as AbstractSet
from dataclasses import replace
from datetime import date

from locutorio.decisions.assess import ROLE, Assessment, View, assess
from locutorio.decisions.decision import Change, Outcome
from locutorio.decisions.findings import shown
from locutorio.decisions.papers import FROM, UNTIL
from locutorio.decisions.vary import Alternatives, with_fact
from locutorio.rules.generate import Facts, Raw
from locutorio.rules.rulebook import ABOUT, Rulebook, facts_of_effects
from locutorio.rules.tree import Group, facts_of, lines_of, sums_of

ON = "request.on"
ENDED = "instrument"
PERHAPS = -1
NOTHING = Group(every=True, parts=())
Spoken = tuple[tuple[int, ...], ...]
BETTER = {Outcome.REFUSE: 0, Outcome.REFER: 1, Outcome.PENDING: 2, Outcome.PERMIT: 3}


class _Trials:
    """Tries other facts in a view, one at a time. Weighs again only what was not weighed before.

    An outcome follows from which provisions speak and from the facts their effects compute with. So a fact
    that changes neither changes nothing; and where it changes only what speaks, the same provisions speaking
    give the same outcome.
    """

    def __init__(self, view: View, book: Rulebook) -> None:
        self.view = view
        self.book = book
        self.beside = [view.facts, *({**view.facts, **own} for _, _, own in view.papers)]
        self._questions = book.questions(view.about)
        self._general = book.general(view.about, bare=True)
        self._of_papers = tuple(
            (book.judges(form, bare=True), book.form(form, view.about, bare=True))
            for _, form, _ in view.papers
        )
        self._spoken = self._speak(view)
        speakers = [self._general, *(one for pair in self._of_papers for one in pair)]
        self._reads = self._questions.reads.union(*(one.reads for one in speakers))
        always = self._always()
        self._may_count = always.union(*(one.computes for one in speakers))
        self._counts = always.union(
            *(facts_of_effects(book.provisions[i]) for spoken in self._spoken[1:] for i in spoken if i >= 0)
        )
        self._weighed: dict[Spoken, Outcome | None] = {}

    def _always(self) -> frozenset[str]:
        """Give the facts that count whatever speaks: days of papers, and what an unknown paper hangs on."""
        found = {ON, FROM, UNTIL} if self.view.papers else set()
        for kind in self.view.open_kinds:
            found.add(ROLE)
            when = self.book.pack.kinds[kind].when
            found.update(path for line in lines_of(when or NOTHING) for path in facts_of(sums_of(line)))
        return frozenset(found)

    def _speak(self, view: View) -> Spoken:
        facts: Facts = view.facts
        spoken = [self._questions.speak(facts), self._general.speak(facts)]
        for (_, _, own), of_paper in zip(view.papers, self._of_papers, strict=True):
            facts = {**view.facts, **own}
            spoken += [one.speak(facts) for one in of_paper]
        return tuple((*sure, PERHAPS, *maybe) for sure, maybe in spoken)

    def moves(self, path: str) -> bool:
        """Say whether a fact can change anything."""
        return self._meets(self._reads, path) or self._meets(self._may_count, path)

    def _meets(self, facts: AbstractSet[str], path: str) -> bool:
        return path in facts or any(one[0] in facts for one in self.book.derived_from.get(path, ()))

    def outcome(self, path: str, paper: str | None, value: Raw) -> Outcome | None:
        """Give the outcome with one fact changed; None where it is open, or surely what it was."""
        changed = with_fact(self.view, path if paper is None else f"{paper}:{path}", value, self.book)
        spoken = self._speak(changed)
        if spoken == self._spoken and not self._meets(self._counts, path):
            return None
        if self._meets(self._may_count, path):
            return assess(changed, self.book, bare=True).outcome
        if spoken not in self._weighed:
            self._weighed[spoken] = assess(changed, self.book, bare=True).outcome
        return self._weighed[spoken]

    def without(self, paper: str) -> Outcome | None:
        """Give the outcome if a paper ends."""
        papers = tuple(one for one in self.view.papers if one[0] != paper)
        return assess(replace(self.view, papers=papers), self.book, bare=True).outcome


def changes(view: View, assessment: Assessment, book: Rulebook, alternatives: Alternatives) -> list[Change]:
    """Give the single changes that lead to another firm outcome: what somebody can change first."""
    trials = _Trials(view, book)
    found = []
    for path in sorted(book.reach_of_contact(view.about) & view.facts.keys()):
        if path != ABOUT and view.facts[path] is not None and trials.moves(path):
            found += _one_fact(trials, path, None, {}, assessment, alternatives)
    for name, form, own in view.papers:
        for path in sorted(own):
            if own[path] is not None and path in book.words.facts and trials.moves(path):
                found += _one_fact(trials, path, name, own, assessment, alternatives)
        outcome = trials.without(name)
        if outcome is not None and outcome != assessment.outcome:
            found.append(Change(path=ENDED, now=form, then="ended", outcome=outcome, instrument=name))
    return sorted(
        found, key=lambda change: (not _changeable(change, book), -BETTER[change.outcome], change.path)
    )


def _changeable(change: Change, book: Rulebook) -> bool:
    return change.path == ENDED or book.words.facts[change.path].changes


def _one_fact(
    trials: _Trials,
    path: str,
    name: str | None,
    own: Facts,
    assessment: Assessment,
    alternatives: Alternatives,
) -> list[Change]:
    """Try a fact with each other value that matters; thresholds may lie in any paper a general fact is
    held against.
    """
    view, book = trials.view, trials.book
    beside = trials.beside if name is None else [{**view.facts, **own}]
    now = beside[0].get(path)
    values = dict.fromkeys(value for facts in beside for value in alternatives.of(path, facts))
    found = []
    for value in values:
        outcome = trials.outcome(path, name, value)
        if outcome is None or outcome == assessment.outcome:
            continue
        then = shown(path, value, book)
        assert then is not None
        found.append(
            Change(path=path, now=shown(path, now, book), then=then, outcome=outcome, instrument=name)
        )
    return found


def earliest(found: list[Change], on: date, outcome: Outcome | None) -> date | None:
    """Give the first later day on which the answer is better, all else being the same."""
    if outcome is None:
        return None
    days = [
        change.then
        for change in found
        if change.path == ON
        and isinstance(change.then, date)
        and change.then > on
        and BETTER[change.outcome] > BETTER[outcome]
    ]
    return min(days, default=None)
