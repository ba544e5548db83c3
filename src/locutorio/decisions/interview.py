"""What to ask next: the fact most likely to bring the answer nearer, with a proof that it can turn it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from locutorio.decisions.assess import ROLE, View, assess, unknown_kinds
from locutorio.decisions.branches import TURNING, unknown_facts
from locutorio.decisions.deciders import deciders
from locutorio.decisions.papers import FROM, UNTIL
from locutorio.decisions.vary import KINDS, Alternatives, with_fact
from locutorio.decisions.witnesses import Witness, Witnesses
from locutorio.decisions.worlds import ENDING, OF_PAPER, Worlds
from locutorio.facts.vocabulary import FactKind
from locutorio.rules.generate import Raw
from locutorio.rules.provision import Provision
from locutorio.rules.rulebook import Rulebook

USUAL_SHARE = 0.8
WEIGHED_MAX = 8
KIND_COUNTS = 2
CONTACT, FAR = "contact", 10


@dataclass(frozen=True, slots=True)
class Open:
    """What is to be asked: a fact, or a kind of paper, with a witness that the answer matters."""

    path: str
    witness: Witness
    because: tuple[Provision, ...]


class Interviewer:
    """Chooses what to ask of one view. ``passed``: what was answered "I don't know"."""

    def __init__(
        self, view: View, book: Rulebook, alternatives: Alternatives, passed: frozenset[str] = frozenset()
    ) -> None:
        self.view = view
        self.book = book
        self.alternatives = alternatives
        self.passed = passed
        self.worlds = Worlds(view, book, alternatives)
        self.assessment = assess(view, book, bare=True)
        self.witnesses = Witnesses(self.worlds, self.assessment)
        self.turning = frozenset(
            index
            for index, provision in enumerate(book.provisions)
            if any(isinstance(effect, (*TURNING, *ENDING)) for effect in provision.effects)
        )

    def next(self) -> Open | None:
        """Give what to ask next; None where nothing was found that could still turn the outcome."""
        usual, family, rare = self._groups()
        by_family = self._by_family()
        for group, witnesses in (
            (usual, by_family),
            (family, by_family),
            ([*usual, *family, *rare], self.witnesses),
        ):
            for search in (witnesses.near, witnesses.far, witnesses.of_any_paper):
                for path in group:
                    witness = search(path)
                    if witness is not None:
                        return Open(path, witness, self._telling(path, witness))
        return None

    def _by_family(self) -> Witnesses:
        """Give witnesses in which the contact has the usual role, if the role is not known."""
        if ROLE not in self.passed:
            return self.witnesses
        view = self._as_usual(frozenset({ROLE}))
        worlds = Worlds(view, self.book, self.alternatives)
        return Witnesses(worlds, assess(view, self.book, bare=True))

    def _groups(self) -> tuple[list[str], ...]:
        """Give the ranked candidates: first what may matter if all that was answered "I don't know" is as
        usual, then what may if the contact has the usual role, last what matters only in another role.
        """
        usual, family = self._matters(self.passed), self._matters(self.passed & {ROLE})
        found: tuple[list[str], ...] = ([], [], [])
        for path in self.ranked():
            found[0 if path in usual else 1 if path in family else 2].append(path)
        return found

    def _matters(self, as_usual: frozenset[str]) -> frozenset[str]:
        """Give what may matter if some of the unknown facts are as usual."""
        view = self._as_usual(as_usual)
        return frozenset(unknown_facts(view, assess(view, self.book, bare=True), self.book))

    def _as_usual(self, paths: frozenset[str]) -> View:
        """Give the view in which some of the unknown facts are as usual."""
        view = self.view
        for path in sorted(paths):
            kind = self.book.words.facts.get(path)
            value = None if kind is None else self._usual(path, kind)
            if value is not None:
                view = with_fact(view, path, value, self.book)
        return view

    def open_kinds(self) -> list[str]:
        """Name the kinds of paper among the candidates."""
        return [path.removeprefix(KINDS) for path in self.candidates() if path.startswith(KINDS)]

    def because(self, paths: Sequence[str]) -> tuple[Provision, ...]:
        """Give the provisions that read what is asked, also where it turns nothing now; there may be none."""
        for path in paths:
            witness = self.witnesses.near(path)
            if witness is not None:
                return self._telling(path, witness)
        name, colon, _ = paths[0].rpartition(":")
        if colon:
            form, about = self._form(name), self.view.about
            found = (*self.book.judges(form).indices, *self.book.form(form, about).indices)
        else:
            found = tuple(self.book.general(self.view.about).indices)
        return self._reading(paths[0], found)

    def _telling(self, path: str, witness: Witness) -> tuple[Provision, ...]:
        """Give what reads the thing asked: first what decides in one of two worlds and not in the other."""
        made = [self._made(world) for world in (witness.one, witness.other)]
        both = made[0].keys() & made[1].keys()
        telling = [index for index in {**made[0], **made[1]} if index not in both]
        name, colon, _ = path.rpartition(":")
        beside = [one.index for one in self.witnesses.may_speak if not colon or one.paper == name]
        return self._reading(path, [*telling, *beside])

    def _reading(self, path: str, found: Sequence[int]) -> tuple[Provision, ...]:
        """Keep what reads a fact; of a kind of paper, or of the days of one, what such a paper says."""
        name, _, fact = path.rpartition(":")
        forms: set[str | None]
        if path.startswith(KINDS):
            forms = self._forms(path.removeprefix(KINDS))
        else:
            forms = {self._form(name)} if name and fact in {FROM, UNTIL} else set()
        provisions = self.book.provisions
        kept = (one for one in found if fact in self.book.reads(one) or provisions[one].form in forms)
        return tuple(provisions[index] for index in dict.fromkeys(kept))

    def _forms(self, kind: str) -> set[str | None]:
        return {form.name for form in self.book.pack.forms.values() if form.kind == kind}

    def _form(self, paper: str) -> str:
        return next(form for name, form, _ in self.view.papers if name == paper)

    def _made(self, world: View) -> dict[int, None]:
        assessment = assess(world, self.book)
        return {assessment.first_said[at].index: None for at in deciders(assessment)}

    def candidates(self) -> list[str]:
        """Give what is unknown, was not passed, and may matter."""
        if self.assessment.outcome is not None:
            return []
        found = unknown_facts(self.view, self.assessment, self.book)
        return [path for path in found if path not in self.passed]

    def ranked(self) -> list[str]:
        """Give the candidates, first the one after which least is likely to be left open."""
        kinds = [path for path in self.candidates() if path.startswith(KINDS)]
        facts = [path for path in self.candidates() if not path.startswith(KINDS)]
        roughly = sorted([*kinds[:1], *facts], key=lambda path: (self._left(path, self._may_count), path))
        near, rest = roughly[:WEIGHED_MAX], roughly[WEIGHED_MAX:]
        scored = sorted((self._left(path, self._open), self._known(path), path) for path in near)
        return [*(path for *_, path in scored), *rest, *kinds[1:]]

    def _known(self, path: str) -> int:
        """Say how far a fact is from what the contact knows: 0 is nearest."""
        kind = self.book.words.facts.get(path.rpartition(":")[2])
        known_by = kind.known_by if kind is not None else ()
        return known_by.index(CONTACT) if CONTACT in known_by else len(known_by) + FAR

    def _left(self, path: str, count: Callable[[View], int]) -> float:
        """Give how much is left open after an answer: an average in which the usual answer weighs most.

        Kinds of paper are asked in one question, so that all of them count as answered together.
        """
        if path.startswith(KINDS):
            return USUAL_SHARE * count(replace(self.view, open_kinds=())) + (1 - USUAL_SHARE) * count(
                self.view
            )
        values = self._values(path)
        kind = self.book.words.facts[path.rpartition(":")[2]]
        usual = self._usual(path, kind)
        others = [value for value in values if value != usual]
        if usual is None:
            shares = [(1 / len(values), value) for value in values]
        else:
            shares = [(USUAL_SHARE, usual), *(((1 - USUAL_SHARE) / len(others), value) for value in others)]
        return sum(share * count(with_fact(self.view, path, value, self.book)) for share, value in shares)

    def _usual(self, path: str, kind: FactKind) -> Raw:
        return None if path.startswith(OF_PAPER) else self.worlds.plain(kind)

    def _values(self, path: str) -> list[Raw]:
        name, colon, fact = path.rpartition(":")
        found = self.alternatives.of(fact, self.worlds.beside(self.view, name if colon else None))
        return [value for value in found if value is not None] or [None]

    def _may_count(self, view: View) -> int:
        """Count what may speak and could move the outcome, unweighed; kinds of paper count double."""
        about, off = view.about, self.book.off(view.adopted)
        found = [*self.book.general(about, bare=True).speak(view.facts)[1]]
        for _, form, own in view.papers:
            facts = {**view.facts, **own}
            found += self.book.form(form, about, bare=True).speak(facts)[1]
            found += self.book.judges(form, bare=True).speak(facts)[1]
        turning = sum(index not in off and index in self.turning for index in found)
        return turning + KIND_COUNTS * len(unknown_kinds(view, self.book))

    def _open(self, view: View) -> int:
        """Count the same, nothing where the outcome is already firm."""
        firm = assess(view, self.book, bare=True).outcome is not None
        return 0 if firm else self._may_count(view)
