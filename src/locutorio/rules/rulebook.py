"""A pack as it is in force on a day, compiled: which provisions speak to a question, and how they relate."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from functools import cached_property

from locutorio.facts.vocabulary import Vocabulary, vocabulary
from locutorio.kernel.faults import Fault
from locutorio.rules.effects import sums_of_effect
from locutorio.rules.generate import (
    Computer,
    Facts,
    Speaker,
    can_speak,
    computer,
    facts_read,
    numbers_on,
    speaker,
)
from locutorio.rules.provision import (
    DECIDING,
    Ceiling,
    ContestedQuestion,
    Defect,
    Effect,
    Floor,
    Lapse,
    Notice,
    Pack,
    Permit,
    Prohibit,
    Provision,
    Refer,
    Require,
    Supersede,
    Void,
    Window,
)
from locutorio.rules.tree import Sum, facts_of
from locutorio.rules.uses import Uses, uses_of

ABOUT = "request.about"
WEIGHED = (Permit, Prohibit, Require, Ceiling, Floor, Refer, Defect, Void, Supersede, Lapse)


class Speakers:
    """Some provisions that can speak together; each is named by an index. Compiled when first asked."""

    def __init__(self, provisions: Iterable[tuple[int, Provision]], day: date, fixed: Facts) -> None:
        self._provisions = tuple((i, p) for i, p in provisions if can_speak(p, fixed))
        self._day = day
        self._fixed = fixed
        self.indices = tuple(i for i, _ in self._provisions)

    @cached_property
    def speak(self) -> Speaker:
        return speaker(self._provisions, self._day, self._fixed)

    @cached_property
    def residual(self) -> bool:
        """Say whether one of them answers where nothing else does."""
        return any(p.residual for _, p in self._provisions)

    @cached_property
    def reads(self) -> frozenset[str]:
        """Give the facts on which it depends what speaks."""
        return frozenset(path for _, p in self._provisions for path in facts_read(p))

    @cached_property
    def computes(self) -> frozenset[str]:
        """Give the facts that count in what is said."""
        return frozenset(path for _, p in self._provisions for path in facts_of_effects(p))


class Rulebook:
    """The law of one pack on one day. Numbers of that day are baked in; the order of provisions has no
    meaning.

    ``provisions`` are sorted by name; an index into them stands for a provision everywhere below.
    """

    def __init__(self, pack: Pack, day: date, words: Vocabulary | None = None) -> None:
        if day < pack.first_day:
            raise Fault(
                f"the pack {pack.name} says nothing of {day.isoformat()}",
                why=f"its text was first read as of {pack.first_day.isoformat()}",
                remedy="ask about a later day, or have the earlier text read and added",
            )
        self.pack = pack
        self.day = day
        self.words = words or vocabulary()
        self.provisions: tuple[Provision, ...] = tuple(
            sorted(
                (
                    p
                    for p in pack.provisions.values()
                    if p.since <= day and (p.until is None or day < p.until)
                ),
                key=lambda p: p.name,
            )
        )
        self.numbers: tuple[Mapping[str, int], ...] = tuple(self._numbers(p) for p in self.provisions)
        index = {p.name: i for i, p in enumerate(self.provisions)}
        self.overriders: Mapping[int, tuple[int, ...]] = _inverted(
            {
                i: tuple(index[name] for name in p.overrides if name in index)
                for i, p in enumerate(self.provisions)
            }
        )
        self.contested = tuple(pack.contested.values())
        self.weighed: tuple[tuple[Effect, ...], ...] = tuple(
            tuple(effect for effect in p.effects if isinstance(effect, WEIGHED)) for p in self.provisions
        )
        self.days = tuple(path for path, kind in self.words.facts.items() if kind.type == "day")
        self.derived = tuple(
            (path, kind.years_from, kind.years_to)
            for path, kind in self.words.facts.items()
            if kind.years_from is not None and kind.years_to is not None
        )
        self.derived_from: Mapping[str, tuple[tuple[str, str, str], ...]] = {
            day: tuple(one for one in self.derived if day in one[1:])
            for _, *days in self.derived
            for day in days
        }
        self._speakers: dict[tuple[str, str | None, str | None, bool], Speakers] = {}
        self._computers: dict[tuple[int, int], Computer] = {}
        self._asks: dict[str, Speaker] = {}
        self._uses: dict[int, Uses] = {}
        self._reads: dict[int, frozenset[str]] = {}
        self._reach: dict[str, frozenset[str]] = {}
        self._questions: dict[str, Speakers] = {}
        self._off = frozenset(i for i, p in enumerate(self.provisions) if p.status not in DECIDING)

    def _numbers(self, provision: Provision) -> Mapping[str, int]:
        found = numbers_on(provision, self.day)
        if found is None:
            missing = next(number for number in provision.numbers.values() if number.on(self.day) is None)
            raise Fault(
                f'the number "{missing.name}" of {provision.name} has no value on {self.day.isoformat()}',
                where=provision.place,
                why=f"its first row begins on {missing.rows[0].since.isoformat()}",
                remedy="add the row in force on that day, with its citation",
            )
        return found

    def general(self, about: str | None, *, bare: bool = False) -> Speakers:
        """Give the provisions on one question of contact (None: on whichever); ``bare``: only those that can
        move its outcome.
        """
        return self._chosen("contact", None, about, bare)

    def form(self, form: str, about: str, *, bare: bool = False) -> Speakers:
        """Give what instruments of a form make, for one question of contact."""
        return self._chosen("contact", form, about, bare)

    def judges(self, form: str, *, bare: bool = False) -> Speakers:
        """Give the provisions that judge instruments of a form."""
        return self._chosen("instrument", form, None, bare)

    def clocks(self, name: str) -> Speakers:
        """Give the provisions that set one clock."""
        return self._chosen("clock", name, None, False)

    def _chosen(self, kind: str, name: str | None, about: str | None, bare: bool) -> Speakers:
        key = (kind, name, about, bare)
        found = self._speakers.get(key)
        if found is None:
            chosen = (
                (i, p)
                for i, p in enumerate(self.provisions)
                if p.about == kind and _concerns(p, name) and not (bare and i in self._idle)
            )
            fixed = {} if about is None else {ABOUT: about}
            found = self._speakers[key] = Speakers(chosen, self.day, fixed)
        return found

    @cached_property
    def _idle(self) -> frozenset[int]:
        """Give what cannot move an outcome: nothing of it is weighed, nor of what it removes."""
        moving = [i for i, p in enumerate(self.provisions) if self.weighed[i] or p.side]
        found = set(moving)
        while moving:
            removing = [i for i in self.overriders.get(moving.pop(), ()) if i not in found]
            found.update(removing)
            moving += removing
        return frozenset(range(len(self.provisions))) - found

    def off(self, adopted: frozenset[str]) -> frozenset[int]:
        """Give what does not decide: its text was not seen, and the case does not adopt it."""
        if not adopted:
            return self._off
        return self._off.difference(*(self._adoptable.get(name, ()) for name in adopted))

    @cached_property
    def _adoptable(self) -> Mapping[str, list[int]]:
        """Give what does not decide by itself, by the names and catalogue rows under which it is adopted."""
        found: dict[str, list[int]] = {}
        for index in self._off:
            for name in (self.provisions[index].name, *self.provisions[index].rows):
                found.setdefault(name, []).append(index)
        return found

    def compute(self, index: int, operand: Sum, facts: Facts) -> int | None:
        """Give an operand of a provision's effect; None where a fact is unknown."""
        key = (index, id(operand))
        if key not in self._computers:
            self._computers[key] = computer(operand, self.numbers[index])
        return self._computers[key](facts)

    def uses(self, index: int) -> Uses:
        """Give what a provision's lines and effects use of a case."""
        if index not in self._uses:
            self._uses[index] = uses_of(self.provisions[index])
        return self._uses[index]

    def reads(self, index: int) -> frozenset[str]:
        """Give every fact a provision reads: in its conditions and in its effects."""
        if index not in self._reads:
            self._reads[index] = frozenset(facts_of_provision(self.provisions[index]))
        return self._reads[index]

    def questions(self, about: str) -> Speakers:
        """Give what one question of contact can raise, as indices into ``contested``."""
        if about not in self._questions:
            asking = [(i, _as_provision(question)) for i, question in enumerate(self.contested)]
            self._questions[about] = Speakers(asking, self.day, {ABOUT: about})
        return self._questions[about]

    def asks(self, question: ContestedQuestion, facts: Facts) -> int:
        """Say whether a contested question is asked here: 2 yes, 1 perhaps, 0 no."""
        if question.name not in self._asks:
            self._asks[question.name] = speaker([(0, _as_provision(question))], self.day, {})
        sure, maybe = self._asks[question.name](facts)
        return 2 if sure else 1 if maybe else 0

    @cached_property
    def reach(self) -> Mapping[str, frozenset[str]]:
        """Give the facts that can matter to each question of contact, forms and their judges included."""
        return {about: self.reach_of_contact(about) for about in self.words.facts[ABOUT].values}

    def reach_of_contact(self, about: str) -> frozenset[str]:
        """Give the facts that can matter to one question of contact, by general law or by a paper."""
        if about not in self._reach:
            chosen = set(self.general(about).indices)
            for name, form in self.pack.forms.items():
                if about in self.pack.kinds[form.kind].reaches:
                    chosen.update(self.form(name, about).indices, self.judges(name).indices)
            self._reach[about] = self._reach_of(chosen)
        return self._reach[about]

    def reach_of_form(self, form: str) -> frozenset[str]:
        """Give the facts that can matter to whether a paper of a form stands."""
        return self._reach_of(self.judges(form).indices)

    def reach_of_clock(self, name: str) -> frozenset[str]:
        """Give the facts that can matter to a clock."""
        return self._reach_of(self.clocks(name).indices)

    def _reach_of(self, indices: Iterable[int]) -> frozenset[str]:
        return frozenset(path for i in indices for path in facts_of_provision(self.provisions[i]))


def clocks_of(provision: Provision) -> frozenset[str]:
    """Give the clocks a provision speaks of: those it sets, and those it names in `of`."""
    return frozenset(
        (*provision.of, *(effect.name for effect in provision.effects if isinstance(effect, Window)))
    )


def _concerns(provision: Provision, name: str | None) -> bool:
    """Say whether a provision is of a form (None: general law), judges its papers, or speaks of a clock."""
    match provision.about:
        case "contact":
            return provision.form == name
        case "instrument":
            return name in provision.of
        case _:
            return name in clocks_of(provision)


def facts_of_provision(provision: Provision) -> Iterable[str]:
    """Give every fact a provision reads: in its conditions and in its effects."""
    yield from facts_read(provision)
    yield from facts_of_effects(provision)


def facts_of_effects(provision: Provision) -> Iterable[str]:
    """Give the facts a provision's effects compute with: operands, keys, acts, notices already given."""
    for effect in provision.effects:
        yield from facts_of(sums_of_effect(effect))
        if isinstance(effect, Require):
            yield effect.key
        if isinstance(effect, Notice) and effect.given:
            yield effect.given
        if isinstance(effect, Window) and effect.acted:
            yield effect.acted


def _as_provision(question: ContestedQuestion) -> Provision:
    return Provision(
        name=question.name,
        about="contact",
        of=(),
        form=None,
        rows=(),
        citation="",
        section="",
        instrument="",
        rank=0,
        status="verified",
        reading=None,
        since=date.min,
        until=None,
        source="",
        read_on=date.min,
        says={},
        numbers={},
        when=question.when,
        effects=(Prohibit(),),
        overrides=(),
        side=None,
        residual=False,
        place=question.place,
    )


def _inverted(pointing: Mapping[int, tuple[int, ...]]) -> Mapping[int, tuple[int, ...]]:
    found: dict[int, list[int]] = {}
    for source, targets in pointing.items():
        for target in targets:
            found.setdefault(target, []).append(source)
    return {target: tuple(sources) for target, sources in found.items()}


class Shelf:
    """Rulebooks of one pack, one for each stretch of days without a change of law."""

    def __init__(self, pack: Pack) -> None:
        self.pack = pack
        changes = {pack.first_day}
        for provision in pack.provisions.values():
            changes.add(provision.since)
            changes.update({provision.until} if provision.until else ())
            changes.update(row.since for number in provision.numbers.values() for row in number.rows)
        self._changes = sorted(changes)
        self._books: dict[date, Rulebook] = {}

    def days(self) -> list[date]:
        """Give the first day of each stretch of days without a change of law."""
        return [day for day in self._changes if day >= self.pack.first_day]

    def on(self, day: date) -> Rulebook:
        """Give the rulebook in force on a day.

        Raises:
            Fault: the pack says nothing of that day.
        """
        start = max((change for change in self._changes if change <= day), default=day)
        if start not in self._books:
            self._books[start] = Rulebook(
                self.pack, max(start, day) if start < self.pack.first_day else start
            )
        return self._books[start]
