"""What was weighed, ready to be told: findings, notices, routes, flags, and what was overridden."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from locutorio.decisions.assess import Assessment
from locutorio.decisions.clocks import weigh_clock
from locutorio.decisions.decision import Beside, ClockSeen, Defeated, Finding, NoticeOwed, Outcome, Route
from locutorio.decisions.findings import TRUTHS, Findings
from locutorio.decisions.papers import Judged
from locutorio.decisions.weigh import MAYBE, NO, YES, Said, Weighed, conditions
from locutorio.facts.snapshot import Snapshot, derived
from locutorio.rules.generate import Raw, raw
from locutorio.rules.provision import Notice, Owed, Raise, RouteTo
from locutorio.rules.rulebook import Rulebook

EVENT = "clock.event_on"


@dataclass(frozen=True, slots=True)
class Weighing:
    """One assessment with what turns it into words: the first side is the interim's."""

    assessment: Assessment
    findings: Findings
    snapshot: Snapshot

    @property
    def weighed(self) -> Weighed:
        return self.assessment.first

    @property
    def said(self) -> Sequence[Said]:
        return self.assessment.first_said

    def finding(self, at: int) -> Finding:
        return self.findings.of(self.said[at])

    def compute(self, one: Said, operand: object) -> int | None:
        return self.findings.book.compute(one.index, operand, one.facts)  # type: ignore[arg-type]


def raw_facts(snapshot: Snapshot, book: Rulebook) -> dict[str, Raw]:
    """Give the facts of a question as conditions compare them, derived ones added."""
    facts = {**snapshot.facts, "request.on": snapshot.question.on}
    if snapshot.question.asked_on is not None:
        facts["request.asked_on"] = snapshot.question.asked_on
    return {path: raw(value) for path, value in derived(facts, book.words).items()}


def bare_weighing(snapshot: Snapshot, book: Rulebook, judged: tuple[Judged, ...]) -> Weighing:
    """Give what turns a question that is not of contact into findings."""
    return Weighing(Assessment(None, judged, (), (), {}, {}), Findings(book, snapshot), snapshot)


def raised(one: Said, weighing: Weighing) -> list[Beside]:
    """Give the flags, debts and missing notices of one provision that stands."""
    found = []
    finding = weighing.findings.of(one)
    for effect in one.provision.effects:
        match effect:
            case Raise(flag):
                found.append(Beside(kind=flag, finding=finding))
            case Owed(of, authorised, delivered):
                due, had = weighing.compute(one, authorised), weighing.compute(one, delivered)
                if due is not None and had is not None and due > had:
                    unit = weighing.findings.book.words.allowances[of].unit
                    found.append(Beside(kind="owed", finding=finding, amount=due - had, unit=unit, of=of))
            case Notice(to=to, given=str(given)) if one.facts.get(given) is False:
                found.append(Beside(kind="notice_missing", finding=finding, recipients=to))
            case _:
                pass
    return found


def overridden(said: Sequence[Said], standing: Sequence[int], weighing: Weighing) -> list[Defeated]:
    """Give what spoke for certain and was overridden by what stands."""
    over = weighing.findings.book.overriders
    return [
        Defeated(
            finding=weighing.findings.of(one),
            by=tuple(
                weighing.findings.of(other)
                for position, other in enumerate(said)
                if other.index in over.get(one.index, ()) and standing[position] == YES
            ),
            how="overridden",
        )
        for at, one in enumerate(said)
        if one.state == YES and standing[at] == NO
    ]


def told(weighing: Weighing, outcome: Outcome) -> tuple[tuple[NoticeOwed, ...], tuple[Route, ...]]:
    """Give who must be told of this outcome, and how it can be contested.

    Where no route surely applies, those that may are given, so that no answer is without one.
    """
    notices: list[NoticeOwed] = []
    routes: list[Route] = []
    for at, one in enumerate(weighing.said):
        if weighing.weighed.standing[at] == YES:
            tell(one, outcome, weighing, notices, routes)
    concerned = {one.paper for one in (*weighing.said, *weighing.assessment.disregarded)}
    for paper in weighing.assessment.judged:
        if paper.name in concerned and paper.outcome is not None:
            tell_paper(paper, weighing, notices, routes)
    if not routes:
        for at, one in enumerate(weighing.said):
            if weighing.weighed.standing[at] == MAYBE:
                tell(one, outcome, weighing, [], routes)
    return tuple(notices), tuple(routes)


Sides = tuple[tuple[str, str], ...]


def conditions_by_side(weighing: Weighing) -> dict[Sides, dict[str, tuple[int, list[int]]]]:
    """Give the conditions on each combination of sides of the questions that turn the answer."""
    assessment, book = weighing.assessment, weighing.findings.book
    return {
        sides: conditions(assessment.by_sides[sides], one.standing, book)
        for sides, one in assessment.weighed.items()
    }


def turned_by(weighing: Weighing, lacking: Sequence[Sides]) -> str | None:
    """Name the contested question on one side of which something is always lacking, or else the first."""
    turning = weighing.assessment.turning
    everything = list(weighing.assessment.weighed)
    for name in turning:
        taken = {dict(sides)[name] for sides in lacking}
        if all(sides in lacking for sides in everything if dict(sides)[name] in taken):
            return name
    return next(iter(turning), None)


def tell_paper(paper: Judged, weighing: Weighing, notices: list[NoticeOwed], routes: list[Route]) -> None:
    """Add the notices and routes that the judging of one paper calls for."""
    assert paper.outcome is not None
    for at, one in enumerate(paper.said):
        if paper.standing[at] == YES:
            tell(one, paper.outcome, weighing, notices, routes)


def tell(
    one: Said, outcome: Outcome, weighing: Weighing, notices: list[NoticeOwed], routes: list[Route]
) -> None:
    """Add the notices and routes that one provision calls for with this outcome."""
    finding = weighing.findings.of(one)
    for effect in one.provision.effects:
        match effect:
            case Notice(to=to, by=by, on=on, tell=tell, within=within, given=given) if outcome.value in on:
                days = None if within is None else weighing.compute(one, within)
                shown = TRUTHS[one.facts.get(given) if given else None]  # type: ignore[index]
                notices.append(
                    NoticeOwed(to=to, by=by, tell=tell, within_days=days, given=shown, finding=finding)
                )
            case RouteTo(recipient, office, form, on, clock) if outcome.value in on:
                seen = route_clock(clock, one, weighing) if clock else None
                routes.append(
                    Route(recipient=recipient, office=office, form=form, clock=seen, finding=finding)
                )
            case _:
                pass


def route_clock(name: str, one: Said, weighing: Weighing) -> ClockSeen | None:
    """Give the window of a route. Where no event is stated, the day asked is the day of the answer
    contested.
    """
    question = weighing.snapshot.question
    facts = dict(one.facts)
    if facts.get(EVENT) is None and question.asked_on is not None:
        facts[EVENT] = question.asked_on.toordinal()
    first = {q.name: q.sides[0].name for q in weighing.findings.book.pack.contested.values() if q.sides}
    on = question.asked_on or question.on
    return weigh_clock(name, facts, on, weighing.findings, weighing.snapshot.adopted, first).seen
