"""Tries other facts in a view, one at a time, and weighs again only what was not weighed before."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace

from locutorio.decisions.assess import ROLE, View, assess
from locutorio.decisions.decision import Outcome
from locutorio.decisions.papers import FROM, UNTIL, judge
from locutorio.decisions.vary import with_fact
from locutorio.rules.generate import Facts, Raw
from locutorio.rules.rulebook import Rulebook, Speakers, facts_of_effects
from locutorio.rules.tree import Group, facts_of, lines_of, sums_of

ON = "request.on"
PERHAPS = -1
NOTHING = Group(every=True, parts=())
Counting = tuple[tuple[int | str, ...], ...]


@dataclass(frozen=True, slots=True)
class _Part:
    """A part of what counts, of one paper or of general law, and the facts it hangs on."""

    paper: str | None
    reads: frozenset[str]
    counts: Callable[[View], tuple[int | str, ...]]


class Trials:
    """What follows from one view if a single fact of it were otherwise.

    An outcome follows from what counts (which provisions speak, which papers bind) and from the facts that
    effects compute with. So a fact that changes neither changes nothing; and a fact that no effect computes
    with leads to the same outcome wherever the same counts.
    """

    def __init__(self, view: View, book: Rulebook) -> None:
        self.view = view
        self.book = book
        self.beside = [view.facts, *({**view.facts, **own} for _, _, own in view.papers)]
        general = book.general(view.about, bare=True)
        forms = [book.form(form, view.about, bare=True) for _, form, _ in view.papers]
        self._parts = [
            _general(book.questions(view.about)),
            _general(general),
            *(_of_paper(view.papers[at][0], at, form) for at, form in enumerate(forms)),
            *(self._judging(at) for at in range(len(forms))),
        ]
        self._now = tuple(part.counts(view) for part in self._parts)
        hangs_on = frozenset(self._unknown_papers_hang_on())
        self._computed = hangs_on.union(*(one.computes for one in (general, *forms)))
        self._computed_now = hangs_on.union(
            *(self._computed_by(one) for one in self._now[1 : 2 + len(forms)])
        )
        self._moving = self._computed.union(*(part.reads for part in self._parts))
        self._outcomes: dict[Counting, Outcome | None] = {}

    def _judging(self, at: int) -> _Part:
        """Whether a paper binds, and on which contested questions that hangs."""
        name, form, _ = self.view.papers[at]
        judges = self.book.judges(form, bare=True)

        def counts(view: View) -> tuple[int | str, ...]:
            on = view.facts[ON]
            assert isinstance(on, int)
            judged = judge(name, form, _beside(view, at), self.book, on, view.adopted, bare=True)
            return (judged.binds, *judged.questions)

        return _Part(name, judges.reads | judges.computes | {ON, FROM, UNTIL}, counts)

    def _unknown_papers_hang_on(self) -> Iterable[str]:
        for kind in self.view.open_kinds:
            yield ROLE
            for line in lines_of(self.book.pack.kinds[kind].when or NOTHING):
                yield from facts_of(sums_of(line))

    def _computed_by(self, spoken: tuple[int | str, ...]) -> Iterable[str]:
        """Give the facts that the effects of what speaks compute with."""
        for index in spoken:
            if isinstance(index, int) and index != PERHAPS:
                yield from facts_of_effects(self.book.provisions[index])

    def _touched(self, path: str) -> tuple[str, ...]:
        return (path, *(one[0] for one in self.book.derived_from.get(path, ())))

    def moves(self, path: str) -> bool:
        """Say whether another value of a fact can change anything."""
        return not self._moving.isdisjoint(self._touched(path))

    def outcomes(
        self, path: str, paper: str | None, values: Iterable[Raw]
    ) -> Iterator[tuple[Raw, Outcome | None]]:
        """Give the outcome with each value of one fact; None where it is open, or surely what it was."""
        touched = self._touched(path)
        affected = [
            at
            for at, part in enumerate(self._parts)
            if paper in (None, part.paper) and not part.reads.isdisjoint(touched)
        ]
        computed = not self._computed.isdisjoint(touched)
        computed_now = not self._computed_now.isdisjoint(touched)
        full = path if paper is None else f"{paper}:{path}"
        for value in values:
            changed = with_fact(self.view, full, value, self.book)
            counting = list(self._now)
            for at in affected:
                counting[at] = self._parts[at].counts(changed)
            key = tuple(counting)
            if key == self._now and not computed_now:
                yield value, None
            elif computed:
                yield value, assess(changed, self.book, bare=True).outcome
            else:
                if key not in self._outcomes:
                    self._outcomes[key] = assess(changed, self.book, bare=True).outcome
                yield value, self._outcomes[key]

    def without(self, paper: str) -> Outcome | None:
        """Give the outcome if a paper ends."""
        papers = tuple(one for one in self.view.papers if one[0] != paper)
        return assess(replace(self.view, papers=papers), self.book, bare=True).outcome


def _general(speakers: Speakers) -> _Part:
    return _Part(None, speakers.reads, lambda view: _spoken(speakers, view.facts))


def _of_paper(name: str, at: int, speakers: Speakers) -> _Part:
    return _Part(name, speakers.reads, lambda view: _spoken(speakers, _beside(view, at)))


def _beside(view: View, at: int) -> Facts:
    return {**view.facts, **view.papers[at][2]}


def _spoken(speakers: Speakers, facts: Facts) -> tuple[int, ...]:
    sure, maybe = speakers.speak(facts)
    return (*sure, PERHAPS, *maybe)
