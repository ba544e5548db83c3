"""Shows that a question is decisive: two worlds that differ in its answer alone and are decided otherwise.

The search is honest in one direction only. A witness is two worlds, fully known, that were both decided;
where none is found there may still be one. Worlds are tried in this order: the usual course and the nearest
permitted one; worlds in which something that reads the fact speaks, and their neighbours, in which what
stands in its way is taken away; worlds in which anything else that may speak does.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property

from locutorio.decisions.assess import Assessment, View, assess
from locutorio.decisions.deciders import deciders
from locutorio.decisions.decision import Outcome
from locutorio.decisions.vary import KINDS, with_fact
from locutorio.decisions.weigh import MAYBE, YES, Said
from locutorio.decisions.worlds import Speaking, Worlds
from locutorio.rules.effects import sums_of_effect
from locutorio.rules.provision import Ceiling, Floor, Lapse
from locutorio.rules.tree import facts_of

NEIGHBOURS_MAX = 80
ANOTHER = "another paper"


@dataclass(frozen=True, slots=True)
class Witness:
    """Two worlds that differ in one fact, or in whether one paper exists, and how each is decided."""

    one: View
    other: View
    outcomes: tuple[Outcome, Outcome]


class Witnesses:
    """Finds witnesses among the worlds of one view."""

    def __init__(self, worlds: Worlds, assessment: Assessment) -> None:
        self.worlds = worlds
        self.book = worlds.book
        self._assessment = assessment

    def near(self, path: str) -> Witness | None:
        """Give a witness for a fact or a kind of paper; None where none was found quickly."""
        return self._among(self._near(path), path)

    def far(self, path: str) -> Witness | None:
        """Give a witness where `near` gives none; None where there may be none."""
        return self._among(self._far(path), path)

    def _among(self, worlds: Iterator[View], path: str) -> Witness | None:
        for world in worlds:
            now = self._outcome(world)
            for other in self._beside(world, path) if now is not None else ():
                then = self._outcome(other)
                if now is not None and then is not None and now is not then:
                    return Witness(world, other, (now, then))
        return None

    def of_any_paper(self, path: str) -> Witness | None:
        """Give a witness for a kind of paper of which no form of the law can turn the outcome here, but a
        paper that nobody has seen could: a world without one, and the same world where that is not known,
        which is pending.
        """
        kind = path.removeprefix(KINDS)
        for world in self.bases if path.startswith(KINDS) else ():
            unseen = replace(world, open_kinds=(kind,))
            now = self._outcome(world)
            if now is not None and self._outcome(unseen) is None:
                return Witness(world, unseen, (now, Outcome.PENDING))
        return None

    def _outcome(self, world: View) -> Outcome | None:
        return assess(world, self.book, bare=True).outcome

    def _beside(self, world: View, path: str) -> Iterator[View]:
        """Give the worlds that differ from one in a fact, or by the one paper that was added to it."""
        if path.startswith(KINDS):
            papers = tuple(paper for paper in world.papers if paper[0] != ANOTHER)
            yield replace(world, papers=papers)
        else:
            yield from (changed for _, changed in self.worlds.with_others(world, path))

    @cached_property
    def bases(self) -> list[View]:
        """The usual course, and the nearest world to it that was found in which the contact is permitted."""
        usual = self.worlds.usual()
        permitted = self.worlds.permitting(usual)
        return [usual] if permitted is usual else [usual, permitted]

    @cached_property
    def may_speak(self) -> list[Speaking]:
        """What may speak, or counts with what is unknown."""
        found = [one for side in self._assessment.by_sides.values() for one in side]
        found += [one for paper in self._assessment.judged for one in paper.said]
        return list(dict.fromkeys(Speaking(one.index, one.paper) for one in found if self._hangs(one)))

    def _hangs(self, one: Said) -> bool:
        return one.state == MAYBE or any(one.facts.get(fact) is None for fact in self.book.reads(one.index))

    @cached_property
    def _elsewhere(self) -> list[View]:
        """Worlds in which one thing that may speak does."""
        tried = (self.worlds.speaking(base, one) for base in self.bases for one in self.may_speak)
        return [world for world in tried if world is not None]

    def _near(self, path: str) -> Iterator[View]:
        yield from () if path.startswith(KINDS) else self.bases
        yield from (world for _, world in self._begun(path))

    def _far(self, path: str) -> Iterator[View]:
        yield from self._loosened(list(self._begun(path)))
        yield from () if path.startswith(KINDS) else self._elsewhere

    def _begun(self, path: str) -> Iterator[tuple[Speaking, View]]:
        if path.startswith(KINDS):
            return self._with_papers(path.removeprefix(KINDS))
        return self._read(path)

    def _read(self, path: str) -> Iterator[tuple[Speaking, View]]:
        """Give worlds in which something that reads a fact speaks, and its count comes out either way."""
        fact = path.rpartition(":")[2]
        for one in self.may_speak:
            for base in self.bases if fact in self.book.reads(one.index) else ():
                world = self.worlds.speaking(base, one)
                if world is not None:
                    yield one, world
                    yield from ((one, counted) for counted in self._counted(world, one))

    def _with_papers(self, kind: str) -> Iterator[tuple[Speaking, View]]:
        """Give worlds in which one more paper of a kind exists, and something it makes speaks."""
        for base in self.bases:
            for one, world in self.worlds.with_papers(base, kind, ANOTHER):
                yield one, world
                yield from ((one, counted) for counted in self._counted(world, one))

    def _counted(self, world: View, said: Speaking) -> Iterator[View]:
        for effect in self.book.weighed[said.index]:
            if isinstance(effect, Ceiling | Floor | Lapse):
                for fact in facts_of(sums_of_effect(effect)):
                    yield from (one for _, one in self.worlds.with_others(world, said.full(fact)))

    def _loosened(self, begun: list[tuple[Speaking, View]]) -> Iterator[View]:
        """Give worlds in which less stands beside what reads the fact, or more of what it removes."""
        left = deque(begun)
        for _ in range(NEIGHBOURS_MAX):
            if not left:
                return
            kept, world = left.popleft()
            for changed in self._neighbours(world, kept):
                yield changed
                left.append((kept, changed))

    def _neighbours(self, world: View, kept: Speaking) -> Iterator[View]:
        assessment = assess(world, self.book, bare=True)
        for key in (effect.key for _, effect, state in assessment.first.keys if state):
            if self.worlds.free(key):
                yield with_fact(world, key, True, self.book)
        weighed, said = assessment.first, assessment.first_said
        forces = [force.said for force in (*weighed.prohibitions, *weighed.rights, *weighed.opens)]
        for at in dict.fromkeys([*deciders(assessment), *forces]):
            one = Speaking(said[at].index, said[at].paper)
            if one != kept and weighed.standing[at] == YES:
                yield from self.worlds.silent(world, one)
                yield from self._counted(world, one)
        for one in self._related(world, kept):
            spoken = self.worlds.speaking(world, one)
            yield from [] if spoken is None else [spoken]

    def _related(self, world: View, kept: Speaking) -> Iterator[Speaking]:
        """Give what a provision removes, and what removes it."""
        names = self.book.provisions[kept.index].overrides
        over = self.book.overriders.get(kept.index, ())
        for index, provision in enumerate(self.book.provisions):
            if provision.name not in names and index not in over:
                continue
            if provision.form is None:
                yield Speaking(index)
            yield from (Speaking(index, name) for name, form, _ in world.papers if form == provision.form)
