"""Draws questions, facts and papers for a rulebook: everything known, or less. One seed, one drawing."""

from __future__ import annotations

import random
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cache

from locutorio.actions.check import Checked, load
from locutorio.decisions.cases import CaseBook, MicroCase, WorkedCase, snapshot_of
from locutorio.decisions.papers import FROM, UNTIL
from locutorio.facts.case import read_value
from locutorio.facts.snapshot import Paper, Question, Snapshot, derived
from locutorio.facts.vocabulary import Value
from locutorio.kernel.moments import NEVER
from locutorio.kernel.texts import Node
from locutorio.rules.effects import sums_of_effect
from locutorio.rules.provision import Provision, Require
from locutorio.rules.rulebook import ABOUT, Rulebook, facts_of_provision
from locutorio.rules.tree import Constant, Fact, Group, Member, Number, Sum, facts_of, lines_of, sums_of

ON, ASKED_ON, ROLE = "request.on", "request.asked_on", "contact.role"
NO_CASES = CaseBook((), ())
LAST_DAY = date(2028, 12, 31)
WILD_AMOUNTS = (0, 36_525, 999_999_999)
WILD_DAYS = (date(1900, 1, 1), date(2000, 2, 29), date(2200, 12, 31), NEVER)
SHARES = (0.01, 0.03, 0.1, 0.3, 0.9)


@cache
def shipped(name: str) -> Checked:
    """Read a shipped pack with its cases, once."""
    return load(name)


@dataclass(frozen=True)
class Near:
    """What the lines that read a fact hold it against: amounts (days as distances) and words."""

    amounts: set[int]
    words: set[str]


class Drawer:
    """Draws for one rulebook; ``cases`` of the pack make what is drawn resemble life.

    ``papers`` is how often there is a paper of each form, ``wild`` how often an amount or a day is as far
    off as a case file may say.
    """

    def __init__(
        self, book: Rulebook, cases: CaseBook = NO_CASES, *, papers: float = 0.5, wild: float = 0
    ) -> None:
        self.book = book
        self.words = book.words
        self.share_of_papers = papers
        self.wild = wild
        self.near: dict[str, Near] = {}
        for index, provision in enumerate(book.provisions):
            self._note(provision, book.numbers[index])
        read = {path for p in book.provisions for path in facts_of_provision(p)} | {ROLE}
        asked = [
            *(question.when for question in book.pack.contested.values()),
            *(kind.when for kind in book.pack.kinds.values()),
        ]
        for when in asked:
            read |= set(facts_of([s for line in lines_of(when or Group(True, ())) for s in sums_of(line)]))
        for path in sorted(read):
            kind = self.words.facts[path]
            if kind.years_from and kind.years_to:
                read |= {kind.years_from, kind.years_to}
        stated = {path for path in read if self.words.facts[path].years_from is None}
        self.general = sorted(p for p in stated - {ABOUT, ON, ASKED_ON} if not p.startswith("instrument."))
        self.until_read = {p.form for p in book.provisions if UNTIL in facts_of_provision(p)}
        self.keys = {e.key for p in book.provisions for e in p.effects if isinstance(e, Require)}
        self.abouts = [a for a in self.words.facts[ABOUT].values if self._answers(a)]
        self.plain = {path: value for path in self.general if (value := self._plain(path)) is not None}
        names = {p.name: p for p in book.provisions if p.about != "clock"}
        self.micro = [one for one in cases.micro if one.provision in names]
        self.provisions = names
        self.worked = [
            one
            for one in cases.worked
            if one.case.question.kind == "contact" and one.case.question.on >= book.day
        ]

    def _answers(self, about: str) -> bool:
        return any(self.book.provisions[i].residual for i in self.book.general(about).indices)

    def _plain(self, path: str) -> Value | None:
        kind = self.words.facts[path]
        return None if kind.plain is None else read_value(Node(kind.plain, "plain", 1, 1), kind, self.words)

    def _note(self, provision: Provision, numbers: Mapping[str, int]) -> None:
        lines = lines_of(provision.when) if provision.when else ()
        groups: list[tuple[Sequence[Sum], Iterable[Value]]] = [
            (sums_of(line), line.items if isinstance(line, Member) else ()) for line in lines
        ]
        groups += [(sums_of_effect(effect), ()) for effect in provision.effects]
        for sums, items in groups:
            terms = [term for part in sums for _, term in part.terms]
            values = [*items, *(term.value for term in terms if isinstance(term, Constant))]
            amounts = {int(v) for v in values if isinstance(v, int) and not isinstance(v, bool)}
            amounts |= {numbers[term.name] for term in terms if isinstance(term, Number)}
            if len(amounts) > 1:
                amounts |= {sum(amounts)}
            for term in terms:
                if isinstance(term, Fact):
                    near = self.near.setdefault(term.path, Near(set(), set()))
                    near.amounts.update(amounts)
                    near.words.update(value for value in values if isinstance(value, str))

    def value(self, path: str, rng: random.Random, on: date) -> Value:
        """Draw a value of a fact, mostly on one side or the other of what some line asks."""
        kind = self.words.facts[path]
        near = self.near.get(path, Near(set(), set()))
        match kind.type:
            case "yes_no":
                return rng.random() < 0.5
            case "choice" | "office":
                known = list(kind.values or self.words.offices)
                named = sorted(near.words)
                return rng.choice(named if named and rng.random() < 0.6 else known)
            case "quantity" | "day" if rng.random() < self.wild:
                return rng.choice(WILD_AMOUNTS) if kind.type == "quantity" else rng.choice(WILD_DAYS)
            case "quantity":
                edges = sorted({max(n + step, 0) for n in (*near.amounts, 0) for step in (-1, 0, 1)})
                return rng.choice(edges) if rng.random() < 0.8 else rng.randint(0, 90)
            case _:
                return self._day(path, rng, on)

    def _day(self, path: str, rng: random.Random, on: date) -> date:
        for derived_path, kind in self.words.facts.items():
            if kind.years_from == path:
                years = rng.choice(sorted(self.near.get(derived_path, Near(set(), set())).amounts) or [30])
                return _years_before(on, rng.choice([years, years, 8, 40])) + timedelta(
                    rng.choice([-1, 0, 1, 200])
                )
        if rng.random() < 0.07 and path != FROM:
            return NEVER
        amounts = self.near.get(path, Near(set(), set())).amounts
        edges = sorted({sign * n + step for n in (*amounts, 0) for sign in (-1, 1) for step in (-1, 0, 1)})
        return on + timedelta(rng.choice(edges) if rng.random() < 0.7 else rng.randint(-800, 100))

    def full(self, rng: random.Random, *, most: int = 1) -> Snapshot:
        """Draw a question on which everything is known, with at most so many papers of each form."""
        case = rng.choice(self.worked) if self.worked and rng.random() < 0.35 else None
        micro = (
            []
            if case or rng.random() < 0.2
            else rng.sample(self.micro, min(len(self.micro), rng.randint(1, 3)))
        )
        on = self._on(rng, case, micro)
        facts = {path: self.value(path, rng, on) for path in self.general}
        if rng.random() < 0.75:
            facts |= self.plain
        if rng.random() < 0.6:
            facts |= {path: True for path in self.general if path in self.keys and rng.random() < 0.9}
        abouts = [a for one in micro if (a := one.facts.get(ABOUT)) in self.abouts]
        question = Question("contact", on, str((abouts or [rng.choice(self.abouts)])[0]), on)
        papers: list[Paper] = []
        if case:
            seen = snapshot_of(case.case, self.book.pack.zone, list(self.book.pack.kinds))
            question = replace(seen.question, asked_on=seen.question.asked_on or on)
            facts |= seen.facts
            papers += [self._filled(paper, rng, on) for paper in seen.papers]
        else:
            question = replace(question, asked_on=on - timedelta(rng.choice([0, 1, 3, 13, 14, 30])))
        for one in micro:
            facts |= {p: v for p, v in one.facts.items() if p in facts}
            papers += self._of_micro(one, rng, on)
        for _ in range(rng.choice([0, 0, 1, 2, 4])):
            path = rng.choice(self.general)
            facts[path] = self.value(path, rng, on)
        for form in self.book.pack.forms:
            papers += [self._paper(form, rng, on) for _ in range(most) if rng.random() < self.share_of_papers]
        return Snapshot(
            question,
            {path: facts[path] for path in sorted(facts) if path in self.general},
            _limited(papers, most),
            frozenset(self.book.pack.kinds),
            self._adopted(rng),
        )

    def _on(self, rng: random.Random, case: WorkedCase | None, micro: Sequence[MicroCase]) -> date:
        if case:
            return case.case.question.on
        days = [on for one in micro if isinstance(on := one.facts.get(ON), date) and on >= self.book.day]
        return days[0] if days else self.book.day + timedelta(rng.randint(0, (LAST_DAY - self.book.day).days))

    def _adopted(self, rng: random.Random) -> frozenset[str]:
        off = [p.name for p in self.book.provisions if p.status not in ("verified", "derived")]
        if not off or rng.random() < 0.6:
            return frozenset()
        return frozenset(rng.sample(off, min(len(off), rng.choice([1, 2, 30]))))

    def _of_micro(self, one: MicroCase, rng: random.Random, on: date) -> list[Paper]:
        provision = self.provisions[one.provision]
        own = {path: value for path, value in one.facts.items() if path.startswith("instrument.")}
        forms = [form for form in provision.of if form in self.book.pack.forms]
        if provision.form is None and not own:
            return []
        return [self._paper(rng.choice(forms), rng, on, own)] if forms else []

    def _paper(
        self, form: str, rng: random.Random, on: date, own: Mapping[str, Value] | None = None
    ) -> Paper:
        since = (
            on - timedelta(rng.choice([0, 1, 20, 20, 60, 200])) + timedelta(30 if rng.random() < 0.07 else 0)
        )
        facts: dict[str, Value] = {FROM: since}
        if form in self.until_read or rng.random() < 0.4:
            facts[UNTIL] = on + timedelta(rng.choice([-1, 0, 1, 5, 30, 100, 100]))
        return self._filled(Paper("", form, {**facts, **(own or {})}), rng, on)

    def _filled(self, paper: Paper, rng: random.Random, on: date) -> Paper:
        """Give a paper with every fact that its form can state."""
        facts = dict(paper.facts)
        wanted = [FROM, *(f"instrument.{name}" for name in self.book.pack.forms[paper.form].parameters)]
        wanted += [UNTIL] if paper.form in self.until_read else []
        for path in wanted:
            if facts.get(path) is None:
                facts[path] = self.value(path, rng, on)
        return replace(paper, facts=facts)

    def fewer(self, full: Snapshot, rng: random.Random) -> Snapshot:
        """Give the same question with some of what was known no longer known."""
        share = rng.choice(SHARES)

        def kept() -> bool:
            return rng.random() >= share

        facts = {path: value for path, value in full.facts.items() if kept()}
        known = derived({**full.facts, ON: full.question.on}, self.words)
        for path, kind in self.words.facts.items():
            if kind.years_from and kind.years_from not in facts and path in known and rng.random() < 0.5:
                facts[path] = known[path]
        complete = frozenset(kind for kind in sorted(full.complete) if kept())
        papers = []
        for paper in full.papers:
            if self.book.pack.forms[paper.form].kind in complete or rng.random() < 0.7:
                own: dict[str, Value] = {path: value for path, value in paper.facts.items() if kept()}
                if UNTIL in paper.facts and UNTIL not in own:
                    own[UNTIL] = None  # type: ignore[assignment]
                papers.append(replace(paper, facts=own))
        asked_on = full.question.asked_on if kept() else None
        return replace(
            full,
            question=replace(full.question, asked_on=asked_on),
            facts=facts,
            papers=tuple(papers),
            complete=complete,
        )

    def any(self, rng: random.Random, *, most: int = 2) -> Snapshot:
        """Draw a question with everything known, or with less."""
        full = self.full(rng, most=most)
        return full if rng.random() < 0.4 else self.fewer(full, rng)


def _limited(papers: Sequence[Paper], most: int) -> tuple[Paper, ...]:
    """Name the papers and keep at most so many of each form."""
    found: list[Paper] = []
    for paper in papers:
        if sum(other.form == paper.form for other in found) < most:
            found.append(replace(paper, name=f"p{len(found)}"))
    return tuple(found)


def _years_before(on: date, years: int) -> date:
    return on.replace(year=on.year - years, day=min(on.day, 28))
