"""Runs worked cases and micro-cases against the law, and says in words where an answer differs."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date

from locutorio.decisions.assess import view_of
from locutorio.decisions.cases import CaseBook, MicroCase, WorkedCase, micro_values, snapshot_of
from locutorio.decisions.comments import asked, comments
from locutorio.decisions.decide import Judge
from locutorio.decisions.decision import Decision, Truth
from locutorio.decisions.weighing import raw_facts
from locutorio.facts.snapshot import Snapshot
from locutorio.facts.vocabulary import Value
from locutorio.kernel.faults import Fault
from locutorio.rules.explain import truth
from locutorio.rules.generate import Facts, raw
from locutorio.rules.provision import Pack
from locutorio.rules.rulebook import Rulebook, Shelf, Speakers

_EXACT = ("conditions", "keys")


@dataclass(frozen=True, slots=True)
class CaseResult:
    """What came of one worked case: what differed from what was expected, and what text it rests on."""

    worked: WorkedCase
    decision: Decision | None
    differences: tuple[str, ...]
    adopted: tuple[str, ...]

    @property
    def passed(self) -> bool:
        return not self.differences


def seen_in(decision: Decision) -> Mapping[str, tuple[str, ...]]:
    """Give what a decision holds, under the names that cases use."""
    findings = (*decision.reasons, *decision.supporting)
    beside = (*(one.finding for one in decision.beside), *(one.finding for one in decision.notices))
    routes = tuple(one.finding for one in decision.routes)
    papers = tuple(one for paper in decision.instruments for one in paper.because)
    defeated = tuple(one for lost in decision.defeated for one in (lost.finding, *lost.by))
    sides = tuple(authority for c in decision.contested for s in c.sides for authority in s.authorities)
    comments = tuple(one.finding for one in decision.comments)
    citations = tuple(one.citation for one in (*findings, *beside, *routes, *papers, *defeated, *comments))
    return {
        "conditions": tuple(one.token for one in decision.conditions if one.truth is Truth.YES),
        "keys": tuple(one.fact for one in decision.keys),
        "notices": tuple(
            word for one in decision.notices for to in one.to for word in (to, f"{to}:{one.by}")
        ),
        "routes": tuple(
            word for one in decision.routes for word in (one.office, f"{one.recipient}:{one.office}")
        ),
        "findings": tuple(one.kind for one in decision.beside),
        "contested": tuple(_disputed(decision)),
        "comments": tuple(one.provision for one in comments),
        "basis": (*citations, *sides),
        "reasons": tuple(one.provision for one in findings),
        "defeated": tuple(one.finding.provision for one in decision.defeated),
    }


def _disputed(decision: Decision) -> Iterator[str]:
    """Give each question in play, and NAME:SIDE:CONDITION for each condition that only some sides bring."""
    for question in decision.contested:
        yield question.name
        for side in question.sides:
            yield from (f"{question.name}:{side.name}:{token}" for token in side.conditions)


def maps_in(decision: Decision) -> Mapping[str, Mapping[str, str]]:
    """Give a decision's clocks, limits and papers, under the names that cases use."""
    clocks = [*decision.clocks, *(one.clock for one in decision.routes if one.clock)]
    within = {
        to: str(one.within_days) for one in decision.notices if one.within_days is not None for to in one.to
    }
    return {
        "within": within,
        "clocks": {one.name: one.last_day.isoformat() for one in clocks if one.last_day},
        "limits": {of: str(left) for of, left in decision.may_last.items()},
        "instruments": {
            one.name: one.standing.value if one.standing else "unknown" for one in decision.instruments
        },
    }


def differences(worked: WorkedCase, decision: Decision) -> Iterator[str]:
    """Say each way in which an answer differs from the expected one."""
    expected = worked.expected
    if decision.outcome.value != expected.outcome:
        yield f"outcome is {decision.outcome.value}, expected {expected.outcome}"
    seen = seen_in(decision)
    for name, wanted in expected.lists.items():
        has = seen[name]
        for one in wanted:
            if not any(other == one or (name == "basis" and other.startswith(one)) for other in has):
                yield f"{name}: {one} is missing"
        if name in _EXACT:
            yield from (f"{name}: {one} is not expected" for one in dict.fromkeys(has) if one not in wanted)
    if expected.earliest is not None and (
        decision.earliest is None or decision.earliest.isoformat() != expected.earliest
    ):
        yield f"earliest day is {decision.earliest}, expected {expected.earliest}"
    maps = maps_in(decision)
    for name, wanted_map in expected.maps.items():
        for key, value in wanted_map.items():
            if maps[name].get(key) != value:
                yield f"{name}: {key} is {maps[name].get(key)}, expected {value}"


def spoken_in(decision: Decision) -> frozenset[str]:
    """Name every provision that spoke for certain in a decision."""
    direct = (*decision.reasons, *decision.supporting)
    beside = (*(one.finding for one in decision.beside), *(one.finding for one in decision.notices))
    more = (*(one.finding for one in decision.routes), *(one.finding for one in decision.clocks))
    route_clocks = tuple(one.clock.finding for one in decision.routes if one.clock)
    papers = tuple(one for paper in decision.instruments for one in paper.because)
    defeated = tuple(one for lost in decision.defeated for one in (lost.finding, *lost.by))
    comments = tuple(one.finding for one in decision.comments)
    found = (*direct, *beside, *more, *route_clocks, *papers, *defeated, *comments)
    return frozenset(one.provision for one in found if one.truth is Truth.YES)


def silent_in(snapshot: Snapshot, book: Rulebook) -> frozenset[str]:
    """Name every provision that is silent in a case: the case asks what it could speak to, and a line of it
    is known not to hold. One without lines is silent where something else is asked.
    """
    asked: set[int] = set()
    silent: set[int] = set()
    for speakers, facts in _asked(snapshot, book):
        asked.update(speakers.indices)
        silent.update(set(speakers.indices).difference(*speakers.speak(facts)))
    silent.update(i for i, p in enumerate(book.provisions) if p.when is None and i not in asked)
    return frozenset(book.provisions[index].name for index in silent)


def _asked(snapshot: Snapshot, book: Rulebook) -> Iterator[tuple[Speakers, Facts]]:
    """Give what could speak to a case, general law and papers, each with the facts it reads."""
    question = snapshot.question
    if book.pack.overlay:
        yield asked(snapshot, book)
    elif question.kind == "contact":
        view = view_of(snapshot, book)
        yield book.general(view.about), view.facts
        for _, form, own in view.papers:
            facts = {**view.facts, **own}
            yield book.form(form, view.about), facts
            yield book.judges(form), facts
    elif question.kind == "clock":
        yield book.clocks(question.subject or ""), raw_facts(snapshot, book)
    else:
        paper = next(paper for paper in snapshot.papers if paper.name == question.subject)
        own_facts = {path: raw(value) for path, value in paper.facts.items()}
        yield book.judges(paper.form), {**raw_facts(snapshot, book), **own_facts}


def run_worked(pack: Pack, book: CaseBook, judges: Callable[[WorkedCase], Judge]) -> Iterator[CaseResult]:
    """Decide every worked case."""
    for worked in book.worked:
        try:
            snapshot = snapshot_of(worked.case, pack.zone, list(pack.kinds))
            judge = judges(worked)
            deep = worked.expected.earliest is not None or worked.case.question.kind != "contact"
            decision = judge.decide(snapshot) if deep else judge.reasoned(snapshot)
        except Fault as fault:
            yield CaseResult(worked, None, (str(fault),), ())
            continue
        yield CaseResult(worked, decision, tuple(differences(worked, decision)), resting_on(decision))


def run_commented(book: CaseBook, law_of: Callable[[str], Shelf], overlay: Shelf) -> Iterator[CaseResult]:
    """Decide every worked case of an overlay by its own law, and comment on it; it adopts the overlay's."""
    for worked in book.worked:
        law = law_of(worked.case.law)
        try:
            snapshot = snapshot_of(worked.case, law.pack.zone, list(law.pack.kinds))
            bare = Judge(law.on(snapshot.question.on)).decide(replace(snapshot, adopted=frozenset()))
            decision = replace(bare, comments=comments(snapshot, bare, [overlay.on(snapshot.question.on)]))
        except Fault as fault:
            yield CaseResult(worked, None, (str(fault),), ())
            continue
        yield CaseResult(worked, decision, tuple(differences(worked, decision)), resting_on(decision))


def resting_on(decision: Decision) -> tuple[str, ...]:
    """Name the provisions of unverified text on which an answer rests."""
    beside = (*(one.finding for one in decision.beside), *(one.finding for one in decision.comments))
    findings = (*decision.reasons, *decision.supporting, *beside)
    return tuple(dict.fromkeys(one.provision for one in findings if one.status in ("verified-2", "recalled")))


def judges_of(shelf: Shelf) -> Callable[[WorkedCase], Judge]:
    """Give a judge for each case by the law of its day, made once for each stretch of law."""
    made: dict[int, Judge] = {}

    def judge(worked: WorkedCase) -> Judge:
        book = shelf.on(worked.case.question.on)
        if id(book) not in made:
            made[id(book)] = Judge(book)
        return made[id(book)]

    return judge


def run_micro(micro: MicroCase, book: Rulebook) -> Iterator[str]:
    """Say where a provision does not speak, or is not silent, as its micro-case says."""
    index = next((i for i, p in enumerate(book.provisions) if p.name == micro.provision), None)
    if index is None:
        yield f"there is no provision {micro.provision} in force on {book.day.isoformat()}"
        return
    provision, numbers = book.provisions[index], book.numbers[index]

    def speaks(facts: Mapping[str, Value | None]) -> bool | None:
        day = facts.get("request.on")
        if isinstance(day, date) and (day < provision.since or (provision.until and provision.until <= day)):
            return False
        values = {path: raw(value) for path, value in micro_values(facts, book.words).items()}
        return truth(provision.when, values, numbers)

    if speaks(micro.facts) is not True:
        yield f"{micro.provision} does not speak on its facts"
    for change in micro.silent:
        if speaks({**micro.facts, **change}) is not False:
            words = ", ".join(f"{path}: {value}" for path, value in change.items())
            yield f"{micro.provision} is not silent with {words}"
