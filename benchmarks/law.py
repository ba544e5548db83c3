"""The shipped law as a list of named conditions, and cases as the facts that other engines are given.

A provision of a form, or one that judges papers of some forms, begins with one more line: which form it is.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from locutorio.decisions.assess import view_of
from locutorio.decisions.cases import CaseBook, snapshot_of
from locutorio.facts.snapshot import Snapshot
from locutorio.rules.generate import can_speak
from locutorio.rules.provision import Provision
from locutorio.rules.rulebook import ABOUT, Rulebook
from locutorio.rules.tree import Fact, Group, Member, Sum, Type
from tests.properties.drawing import Drawer

FORM = "instrument.form"
NO_FORM = ""
Known = Mapping[str, bool | int | str]


@dataclass(frozen=True)
class Rule:
    """A provision as every engine gets it: a name, a condition, and the numbers in force."""

    name: str
    when: Group
    numbers: Mapping[str, int]


@dataclass(frozen=True)
class Part:
    """What an engine is asked in one call: the facts of a case with those of one paper, or of none."""

    about: str
    form: str
    known: Known
    certain: frozenset[str]
    open: bool


@dataclass(frozen=True)
class Asked:
    """One case: as our engine gets it, and as the others do."""

    name: str
    snapshot: Snapshot
    parts: tuple[Part, ...]

    @property
    def open(self) -> bool:
        """Say whether an unknown fact leaves it open if some provision speaks."""
        return any(part.open for part in self.parts)


def rules_of(book: Rulebook) -> tuple[Rule, ...]:
    """Give every provision that can speak to a question of contact, or to whether a paper counts in it."""
    return tuple(
        Rule(provision.name, _condition(provision), numbers)
        for provision, numbers in zip(book.provisions, book.numbers, strict=True)
        if provision.about != "clock"
    )


def rules_by_question(book: Rulebook) -> Mapping[tuple[str, str], tuple[Rule, ...]]:
    """Give, for each question and form, the rules that can speak: what our compiler leaves in."""
    rules = {rule.name: rule for rule in rules_of(book)}
    return {
        (about, form): tuple(
            rules[p.name]
            for p in book.provisions
            if p.about != "clock" and (not _forms(p) or form in _forms(p)) and can_speak(p, {ABOUT: about})
        )
        for about in book.words.facts[ABOUT].values
        for form in (NO_FORM, *book.pack.forms)
    }


def _forms(provision: Provision) -> tuple[str, ...]:
    return provision.of if provision.about == "instrument" else (provision.form,) if provision.form else ()


def _condition(provision: Provision) -> Group:
    parts = provision.when.parts if provision.when else ()
    forms = _forms(provision)
    if forms:
        of_form = Sum(((1, Fact(FORM)),), Type("choice"))
        parts = (Member(of_form, forms, negated=False, source=f"{FORM} in {list(forms)}"), *parts)
    return Group(every=True, parts=parts)


def asked(name: str, snapshot: Snapshot, book: Rulebook) -> Asked:
    """Prepare a case, with what our compiled speakers say of it."""
    view = view_of(snapshot, book)
    papers = view.papers or (("", NO_FORM, {}),)
    parts = []
    for _, form, own in papers:
        facts = {**view.facts, **own}
        speakers = [book.general(view.about)]
        if form:
            speakers += [book.form(form, view.about), book.judges(form)]
        spoken = [one.speak(facts) for one in speakers]
        parts.append(
            Part(
                about=view.about,
                form=form,
                known={FORM: form} | {path: value for path, value in facts.items() if value is not None},
                certain=frozenset(book.provisions[i].name for sure, _ in spoken for i in sure),
                open=any(maybe for _, maybe in spoken),
            )
        )
    return Asked(name, snapshot, tuple(parts))


def worked(book: Rulebook, cases: CaseBook) -> Iterator[Asked]:
    """Give every shipped worked case on a question of contact."""
    pack = book.pack
    for one in cases.worked:
        if one.case.question.kind == "contact" and one.case.question.on >= book.day:
            yield asked(one.name, snapshot_of(one.case, pack.zone, list(pack.kinds)), book)


def drawn(book: Rulebook, cases: CaseBook, count: int, seed: int) -> Iterator[Asked]:
    """Draw cases from the vocabulary, with known and unknown facts and few papers."""
    drawer = Drawer(book, cases, papers=0.03)
    rng = random.Random(seed)
    for number in range(count):
        yield asked(f"drawn {number}", drawer.any(rng), book)
