"""Whole worlds that what is known leaves possible: every unknown fact is given some value, every unknown
paper exists or does not, to see what would be decided.

The search for a world of some sort is local and bounded: it changes one fact at a time, among the values
between which a line of law turns. What it gives is true of the law; that it gives nothing proves nothing.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import islice

from locutorio.decisions.assess import Assessment, View, assess
from locutorio.decisions.deciders import deciders
from locutorio.decisions.decision import Outcome
from locutorio.decisions.papers import FROM, UNTIL, judge
from locutorio.decisions.usual import plain_value
from locutorio.decisions.vary import ON, Alternatives, with_fact
from locutorio.decisions.weigh import YES
from locutorio.facts.vocabulary import FactKind
from locutorio.kernel.moments import NEVER, years_between
from locutorio.rules.explain import line_truth, truth
from locutorio.rules.generate import Facts, Raw
from locutorio.rules.provision import Defect, Lapse, Permit, Refer, Supersede, Void
from locutorio.rules.rulebook import ABOUT, Rulebook, facts_of_provision
from locutorio.rules.tree import Condition, Group, Line, facts_of, sums_of

OF_PAPER = "instrument."
ASKED_ON = "request.asked_on"
BEGAN_DAYS_AGO = 10
ADULT_YEARS = 30
ROUNDS_MAX = 12
WAYS_MAX = 16
NEAR_MAX = 4
ENDING = (Defect, Void, Supersede, Refer)


@dataclass(frozen=True, slots=True)
class Speaking:
    """A provision that speaks in a world: of general law, or made or judged by a paper."""

    index: int
    paper: str | None = None

    def full(self, fact: str) -> str:
        """Give the path of a fact this provision reads: a paper's own is told by the paper's name."""
        return f"{self.paper}:{fact}" if fact.startswith(OF_PAPER) else fact


class Worlds:
    """The worlds of one view: in none is anything unknown, and each says what the view says."""

    def __init__(self, view: View, book: Rulebook, alternatives: Alternatives) -> None:
        self.view = view
        self.book = book
        self.alternatives = alternatives
        self._own = {name: own for name, _, own in view.papers}

    def free(self, path: str) -> bool:
        """Say whether a fact is unknown in the view; of a paper that it does not hold, every fact is."""
        name, colon, fact = path.partition(":")
        if colon:
            own = self._own.get(name)
            return own is None or own.get(fact, 0 if fact == UNTIL else None) is None
        return path not in {ABOUT, ON} and self.view.facts.get(path) is None

    def usual(self) -> View:
        """Give the world of plain values: no other paper exists, and the papers that do bind."""
        read = {
            *self.book.reach_of_contact(self.view.about),
            *self.alternatives.lines,
            *self.alternatives.effects,
        }
        facts = dict(self.view.facts)
        for path in read:
            if not path.startswith(OF_PAPER) and self.free(path):
                facts[path] = self._some(self.book.words.facts[path])
        world = replace(self.view, facts=facts, open_kinds=())
        for name, form, _ in self.view.papers:
            world = self.filled(world, name, form)
        return world

    def plain(self, kind: FactKind) -> Raw:
        """Give the plain value of a fact; None where the vocabulary has none."""
        if kind.years_from is None:
            return plain_value(kind)
        born = plain_value(self.book.words.facts[kind.years_from])
        on = self.view.facts[ON]
        assert isinstance(on, int)
        return (
            ADULT_YEARS if born is None else years_between(date.fromordinal(int(born)), date.fromordinal(on))
        )

    def _some(self, kind: FactKind) -> Raw:
        """Give the plain value of a fact, or else the first there is."""
        found = self.view.facts[ON] if kind.path == ASKED_ON else self.plain(kind)
        if found is not None:
            return found
        match kind.type:
            case "yes_no":
                return False
            case "quantity":
                return 0
            case "day":
                return NEVER.toordinal()
            case "choice":
                return next(iter(kind.values))
            case _:
                return next(iter(self.book.words.offices))

    def filled(self, world: View, name: str, form: str) -> View:
        """Fill in the blanks of a paper so that it binds on the day, where that can be."""
        on = world.facts[ON]
        assert isinstance(on, int)
        for fact in (FROM, UNTIL, *(OF_PAPER + word for word in self.book.pack.forms[form].parameters)):
            path = f"{name}:{fact}"
            if self.free(path):
                kind = self.book.words.facts[fact]
                began = kind.type == "day" and fact != UNTIL
                world = with_fact(world, path, on - BEGAN_DAYS_AGO if began else self._some(kind), self.book)
        return self.bound(world, name, form)

    def bound(self, world: View, name: str, form: str) -> View:
        """Change what is free until nothing keeps a paper from binding, or nothing more was found to change.

        What was changed once stays, so that the search does not turn in a circle.
        """
        kept: set[str] = set()
        against, _ = self._against(world, name, form)
        for _ in range(ROUNDS_MAX):
            own = self.beside(world, name)
            tried = [
                (*self._against(one, name, form), changed, one)
                for said in against
                for one in self._off(world, said)
                if kept.isdisjoint(changed := _changed(own, self.beside(one, name)))
            ]
            if not tried:
                break
            against, _, changed, world = min(tried, key=lambda one: len(one[0]) + one[1])
            kept |= changed
        return world

    def _off(self, world: View, said: Speaking) -> Iterator[View]:
        """Give worlds in which what keeps a paper from binding is silent, or sets another day."""
        yield from self._turned(world, said, wanted=False)
        for effect in self.book.weighed[said.index]:
            for fact in facts_of((effect.on,)) if isinstance(effect, Lapse) else ():
                yield from (changed for _, changed in self.with_others(world, said.full(fact)))

    def _against(self, world: View, name: str, form: str) -> tuple[list[Speaking], int]:
        """Give what keeps a paper from binding, and how many of its own days do."""
        on = world.facts[ON]
        assert isinstance(on, int)
        facts = self.beside(world, name)
        judged = judge(name, form, facts, self.book, on, world.adopted, bare=True)
        lapsed = {at for at, _, state in judged.lapses if state == YES}
        found = [
            Speaking(one.index, name)
            for at, one in enumerate(judged.said)
            if judged.standing[at] == YES
            and (at in lapsed or any(isinstance(effect, ENDING) for effect in one.provision.effects))
        ]
        until = facts.get(UNTIL)
        return found, (judged.begun != YES) + (until is not None and int(until) <= on)

    def with_papers(self, world: View, kind: str, name: str) -> Iterator[tuple[Speaking, View]]:
        """Give worlds in which one more paper of a kind exists and something it makes speaks."""
        for form in self.book.pack.forms.values():
            makes = self.book.form(form.name, world.about, bare=True)
            if form.kind == kind and makes.indices:
                held = replace(world, papers=(*world.papers, (name, form.name, {})))
                held = self.filled(held, name, form.name)
                for said in (Speaking(index, name) for index in makes.indices):
                    spoken = self.speaking(held, said)
                    yield from [] if spoken is None else [(said, spoken)]

    def beside(self, world: View, paper: str | None) -> Facts:
        """Give the facts that a provision can read: of its paper beside all others."""
        if paper is None:
            return world.facts
        return next({**world.facts, **own} for name, _, own in world.papers if name == paper)

    def near(self, world: View, said: Speaking) -> Iterator[View]:
        """Give the worlds in which one free fact that a provision reads is otherwise."""
        for fact in sorted(set(facts_of_provision(self.book.provisions[said.index]))):
            for _, changed in self.with_others(world, said.full(fact)):
                yield changed

    def with_others(self, world: View, path: str) -> Iterator[tuple[Raw, View]]:
        """Give the worlds in which a free fact has another of the values that matter, with that value."""
        if not self.free(path):
            return
        name, colon, fact = path.rpartition(":")
        beside = [self.beside(world, name)] if colon else [world.facts, *self._papers_beside(world)]
        values = dict.fromkeys(value for facts in beside for value in self.alternatives.of(fact, facts))
        for value in values:
            if value is not None:
                yield value, with_fact(world, path, value, self.book)

    def _papers_beside(self, world: View) -> Iterator[Facts]:
        """Give what a general fact may be held against in each paper."""
        return ({**world.facts, **own} for _, _, own in world.papers)

    def speaking(self, world: View, said: Speaking) -> View | None:
        """Give a world in which a provision speaks, and its paper binds; None where none was found."""
        found = next(self._turned(world, said, wanted=True), None)
        provision = self.book.provisions[said.index]
        if found is None or said.paper is None or provision.form is None:
            return found
        bound = self.bound(found, said.paper, provision.form)
        return bound if self._speaks(bound, said) else found

    def silent(self, world: View, said: Speaking) -> Iterator[View]:
        """Give worlds in which a provision is silent, a few of those that are nearest."""
        yield from islice(self._turned(world, said, wanted=False), NEAR_MAX)

    def _turned(self, world: View, said: Speaking, *, wanted: bool) -> Iterator[View]:
        """Give worlds in which a provision speaks, or is silent, changing only what is free."""
        when = self.book.provisions[said.index].when
        tried = self._made(world, when, said, wanted=wanted) if when is not None else iter([world] * wanted)
        yield from (found for found in islice(tried, WAYS_MAX) if self._speaks(found, said) is wanted)

    def _speaks(self, world: View, said: Speaking) -> bool | None:
        when = self.book.provisions[said.index].when
        return truth(when, self.beside(world, said.paper), self.book.numbers[said.index])

    def _made(self, world: View, condition: Condition, said: Speaking, *, wanted: bool) -> Iterator[View]:
        """Make a condition hold or fail, in every way that changes one free fact for each line."""
        if truth(condition, self.beside(world, said.paper), self.book.numbers[said.index]) is wanted:
            yield world
        elif not isinstance(condition, Group):
            yield from self._line_made(world, condition, said, wanted=wanted)
        elif condition.every is not wanted:
            for part in condition.parts:
                yield from self._made(world, part, said, wanted=wanted)
        else:
            yield from self._all_made(world, condition.parts, said, wanted=wanted)

    def _all_made(
        self, world: View, parts: Sequence[Condition], said: Speaking, *, wanted: bool
    ) -> Iterator[View]:
        if not parts:
            yield world
            return
        for found in self._made(world, parts[0], said, wanted=wanted):
            yield from self._all_made(found, parts[1:], said, wanted=wanted)

    def _line_made(self, world: View, line: Line, said: Speaking, *, wanted: bool) -> Iterator[View]:
        for fact in facts_of(sums_of(line)):
            for _, changed in self.with_others(world, said.full(fact)):
                facts = self.beside(changed, said.paper)
                if line_truth(line, facts, self.book.numbers[said.index]) is wanted:
                    yield changed

    def permitting(self, world: View) -> View:
        """Give a world in which the contact is permitted, or the nearest to it that was found."""
        for _ in range(ROUNDS_MAX):
            assessment = assess(world, self.book, bare=True)
            if assessment.outcome is Outcome.PERMIT:
                break
            better = self._better(world, assessment)
            if better is None:
                break
            world = better
        return world

    def _better(self, world: View, assessment: Assessment) -> View | None:
        """Give a world with one thing less in the way."""
        for key in [effect.key for _, effect, state in assessment.first.keys if state]:
            if self.free(key):
                return with_fact(world, key, True, self.book)
        said = assessment.first_said
        made = [Speaking(said[at].index, said[at].paper) for at in deciders(assessment)]
        now = (assessment.outcome, len(made))
        tried = [changed for one in made for changed in self.near(world, one)]
        for index in self.book.general(world.about, bare=True).indices:
            if any(isinstance(effect, Permit) for effect in self.book.provisions[index].effects):
                changed = self.speaking(world, Speaking(index))
                tried += [changed] if changed is not None else []
        for changed in tried:
            below = assess(changed, self.book, bare=True)
            if below.outcome is not now[0] or len(deciders(below)) < now[1]:
                return changed
        return None


def _changed(before: Facts, after: Facts) -> set[str]:
    return {path for path, value in after.items() if before.get(path) != value}
