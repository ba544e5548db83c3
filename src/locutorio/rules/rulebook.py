"""A pack as it is in force on a day, compiled: which provisions speak to a question, and how they relate."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from locutorio.facts.vocabulary import Vocabulary, vocabulary
from locutorio.kernel.faults import Fault
from locutorio.rules.effects import sums_of_effect
from locutorio.rules.generate import Computer, Facts, Speaker, can_speak, computer, numbers_on, speaker
from locutorio.rules.provision import ContestedQuestion, Notice, Pack, Prohibit, Provision, Require, Window
from locutorio.rules.tree import Group, Sum, facts_of, lines_of, sums_of

ABOUT = "request.about"


@dataclass(frozen=True, slots=True)
class Speakers:
    """Some provisions compiled together: ``speak`` gives indices into the rulebook's provisions."""

    speak: Speaker
    indices: tuple[int, ...]


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
        self._speakers: dict[tuple[str, str | None], Speakers] = {}
        self._computers: dict[tuple[int, int], Computer] = {}
        self._asks: dict[str, Speaker] = {}

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

    def general(self, about: str) -> Speakers:
        """Compile the provisions on one question of contact."""
        return self._compiled(
            ("contact", about),
            (i for i, p in enumerate(self.provisions) if p.about == "contact" and p.form is None),
            {ABOUT: about},
        )

    def form(self, form: str, about: str) -> Speakers:
        """Compile what instruments of a form make, for one question of contact."""
        return self._compiled(
            (f"form:{form}", about),
            (i for i, p in enumerate(self.provisions) if p.about == "contact" and p.form == form),
            {ABOUT: about},
        )

    def judges(self, form: str) -> Speakers:
        """Compile the provisions that judge instruments of a form."""
        return self._compiled(
            (f"judges:{form}", None),
            (i for i, p in enumerate(self.provisions) if p.about == "instrument" and form in p.of),
            {},
        )

    def clocks(self, name: str) -> Speakers:
        """Compile the provisions that set one clock."""
        return self._compiled(
            (f"clock:{name}", None),
            (i for i, p in enumerate(self.provisions) if p.about == "clock" and name in clocks_of(p)),
            {},
        )

    def _compiled(self, key: tuple[str, str | None], indices: Iterable[int], fixed: Facts) -> Speakers:
        if key not in self._speakers:
            chosen = tuple(i for i in indices if can_speak(self.provisions[i], fixed))
            pairs = [(i, self.provisions[i]) for i in chosen]
            self._speakers[key] = Speakers(speaker(pairs, self.day, fixed), chosen)
        return self._speakers[key]

    def compute(self, index: int, operand: Sum, facts: Facts) -> int | None:
        """Give an operand of a provision's effect; None where a fact is unknown."""
        key = (index, id(operand))
        if key not in self._computers:
            self._computers[key] = computer(operand, self.numbers[index])
        return self._computers[key](facts)

    def asks(self, question: ContestedQuestion, facts: Facts) -> int:
        """Say whether a contested question is asked here: 2 yes, 1 perhaps, 0 no."""
        if question.name not in self._asks:
            self._asks[question.name] = speaker([(0, _as_provision(question))], self.day, {})
        sure, maybe = self._asks[question.name](facts)
        return 2 if sure else 1 if maybe else 0

    @cached_property
    def reach(self) -> Mapping[str, frozenset[str]]:
        """Give the facts that can matter to each question of contact, forms and their judges included."""
        return {about: frozenset(self._reach(about)) for about in self.words.facts[ABOUT].values}

    def _reach(self, about: str) -> Iterable[str]:
        chosen = set(self.general(about).indices)
        for form in self.pack.forms:
            chosen.update(self.form(form, about).indices, self.judges(form).indices)
        for index in chosen:
            yield from facts_of_provision(self.provisions[index])

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


def facts_of_provision(provision: Provision) -> Iterable[str]:
    """Give every fact a provision reads: in its conditions, its effects' operands, its keys."""
    for line in lines_of(provision.when or Group(True, ())):
        yield from facts_of(sums_of(line))
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
