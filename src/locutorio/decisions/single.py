"""The other two kinds of question: does a paper stand, and has a window of time gone."""

from __future__ import annotations

from itertools import product

from locutorio.decisions.assess import Assessment
from locutorio.decisions.beside import Weighing, paper_beside, raised, route_clock, tell_paper
from locutorio.decisions.clocks import ClockWeighed, weigh_clock
from locutorio.decisions.contact import instrument_seen
from locutorio.decisions.decision import (
    Contested,
    Decision,
    Defeated,
    NoticeOwed,
    Outcome,
    Route,
    Side,
    Truth,
)
from locutorio.decisions.findings import Findings, frame, unique
from locutorio.decisions.papers import Judged, judge
from locutorio.decisions.weigh import MAYBE, NO, YES, Said
from locutorio.facts.snapshot import Snapshot, derived
from locutorio.rules.generate import Raw, raw
from locutorio.rules.provision import Lapse, Notice, RouteTo
from locutorio.rules.rulebook import Rulebook
from locutorio.rules.tree import facts_of, lines_of, sums_of


def _facts(snapshot: Snapshot, book: Rulebook) -> dict[str, Raw]:
    facts = {**snapshot.facts, "request.on": snapshot.question.on}
    if snapshot.question.asked_on is not None:
        facts["request.asked_on"] = snapshot.question.asked_on
    return {path: raw(value) for path, value in derived(facts, book.words).items()}


def _weighing(snapshot: Snapshot, book: Rulebook, judged: tuple[Judged, ...]) -> Weighing:
    return Weighing(Assessment(None, judged, (), (), {}, {}), Findings(book, snapshot), snapshot)


def decide_instrument(snapshot: Snapshot, book: Rulebook) -> Decision:
    """Say whether a paper stands on the day asked about."""
    question = snapshot.question
    own = next(paper for paper in snapshot.papers if paper.name == question.subject)
    facts = {**_facts(snapshot, book), **{path: raw(value) for path, value in own.facts.items()}}
    paper = judge(own.name, own.form, facts, book, question.on.toordinal(), snapshot.adopted)
    weighing = _weighing(snapshot, book, (paper,))
    seen = instrument_seen(paper, weighing.findings)
    notices: list[NoticeOwed] = []
    routes: list[Route] = []
    if paper.outcome is not None:
        tell_paper(paper, weighing, notices, routes)
    others = [at for at in range(len(paper.said)) if paper.standing[at] == YES]
    judging = unique(weighing.findings.of(paper.said[at]) for at in others)
    return Decision(
        kind="instrument",
        outcome=paper.outcome or Outcome.PENDING,
        firm=paper.outcome is not None,
        on=question.on,
        asked_on=question.asked_on,
        known_at=snapshot.known_at,
        about=None,
        subject=question.subject,
        reasons=seen.because or judging,
        supporting=tuple(one for one in judging if one not in seen.because) if seen.because else (),
        defeated=_paper_overridden(paper, weighing),
        beside=tuple(paper_beside(paper, weighing)),
        instruments=(seen,),
        notices=tuple(notices),
        routes=tuple(routes),
        contested=_referred(paper, book),
        unknown=_unknown(paper) if paper.outcome is None else (),
        **frame(snapshot, book),  # type: ignore[arg-type]
    )


def _paper_overridden(paper: Judged, weighing: Weighing) -> tuple[Defeated, ...]:
    over = weighing.findings.book.overriders
    return tuple(
        Defeated(
            finding=weighing.findings.of(one),
            by=tuple(
                weighing.findings.of(other)
                for position, other in enumerate(paper.said)
                if other.index in over.get(one.index, ()) and paper.standing[position] == YES
            ),
            how="overridden",
        )
        for at, one in enumerate(paper.said)
        if one.state == YES and paper.standing[at] == NO
    )


def _referred(paper: Judged, book: Rulebook) -> tuple[Contested, ...]:
    if paper.referred is None:
        return ()
    question = book.pack.contested[paper.referred]
    sides = tuple(
        Side(name=s.name, says=s.says, authorities=s.authorities, outcome=None) for s in question.sides
    )
    return (
        Contested(
            name=question.name,
            question=question.question,
            sides=sides,
            interim=question.interim,
            office=question.office,
            decides=True,
        ),
    )


def _unknown(paper: Judged) -> tuple[str, ...]:
    found: dict[str, None] = {}
    for one in paper.said:
        paths = (
            [p for line in lines_of(one.provision.when) for p in facts_of(sums_of(line))]
            if one.provision.when
            else []
        )
        if one.state != MAYBE:
            paths = []
        paths += [p for e in one.provision.effects if isinstance(e, Lapse) for p in facts_of((e.on,))]
        for path in paths:
            if paper.facts.get(path) is None:
                found[f"{paper.name}:{path}" if path.startswith("instrument.") else path] = None
    if paper.facts.get("instrument.from") is None:
        found[f"{paper.name}:instrument.from"] = None
    return tuple(found)


def decide_clock(snapshot: Snapshot, book: Rulebook) -> Decision:
    """Say until when something can be done, and whether that day has gone."""
    question = snapshot.question
    name = question.subject or ""
    facts = _facts(snapshot, book)
    weighing = _weighing(snapshot, book, ())
    contested = {
        q.name: q
        for q in book.pack.contested.values()
        if any(_sided(book, index, q.name) for index in book.clocks(name).indices)
    }
    asked = {q: book.asks(contested[q], facts) for q in contested}
    choices = [[(q, side.name) for side in contested[q].sides] for q in sorted(contested) if asked[q]]
    sides = [dict(chosen) for chosen in product(*choices)]
    weighed = [
        (chosen, weigh_clock(name, facts, question.on, weighing.findings, snapshot.adopted, chosen))
        for chosen in sides
    ]
    first = weighed[0][1]
    outcomes = {one.outcome for _, one in weighed}
    outcome = outcomes.pop() if len(outcomes) == 1 else None if None in outcomes else Outcome.REFER
    standing = [one for at, one in enumerate(first.said) if first.standing[at] == YES]
    notices, routes = _told_clock(standing, outcome or Outcome.PENDING, weighing)
    window = (first.seen.finding,) if first.seen else ()
    return Decision(
        kind="clock",
        outcome=outcome or Outcome.PENDING,
        firm=outcome is not None,
        on=question.on,
        asked_on=question.asked_on,
        known_at=snapshot.known_at,
        about=None,
        subject=name,
        reasons=unique(window),
        supporting=unique(f for f in (weighing.findings.of(one) for one in standing) if f not in window),
        defeated=_clock_overridden(first, weighing),
        beside=tuple(entry for one in standing for entry in raised(one, weighing)),
        clocks=tuple(one.seen for _, one in weighed[:1] if one.seen),
        notices=notices,
        routes=routes,
        contested=tuple(
            Contested(
                name=q,
                question=contested[q].question,
                sides=tuple(
                    Side(
                        name=s.name,
                        says=s.says,
                        authorities=s.authorities,
                        outcome=next(
                            (one.outcome for chosen, one in weighed if chosen.get(q) == s.name), None
                        ),
                    )
                    for s in contested[q].sides
                ),
                interim=contested[q].interim,
                office=contested[q].office,
                decides=outcome is Outcome.REFER,
            )
            for q in sorted(contested)
            if asked[q]
        ),
        unknown=_clock_unknown(first, facts) if outcome is None else (),
        **frame(snapshot, book),  # type: ignore[arg-type]
    )


def _sided(book: Rulebook, index: int, question: str) -> bool:
    side = book.provisions[index].side
    return side is not None and side[0] == question


def _told_clock(
    standing: list[Said], outcome: Outcome, weighing: Weighing
) -> tuple[tuple[NoticeOwed, ...], tuple[Route, ...]]:
    notices, routes = [], []
    for one in standing:
        finding = weighing.findings.of(one)
        for effect in one.provision.effects:
            if isinstance(effect, Notice) and outcome.value in effect.on:
                days = None if effect.within is None else weighing.compute(one, effect.within)
                notices.append(
                    NoticeOwed(
                        to=effect.to,
                        by=effect.by,
                        tell=effect.tell,
                        within_days=days,
                        given=Truth.UNKNOWN,
                        finding=finding,
                    )
                )
            if isinstance(effect, RouteTo) and outcome.value in effect.on:
                clock = route_clock(effect.clock, one, weighing) if effect.clock else None
                routes.append(
                    Route(
                        recipient=effect.recipient,
                        office=effect.office,
                        form=effect.form,
                        clock=clock,
                        finding=finding,
                    )
                )
    return tuple(notices), tuple(routes)


def _clock_overridden(weighed: ClockWeighed, weighing: Weighing) -> tuple[Defeated, ...]:
    over = weighing.findings.book.overriders
    return tuple(
        Defeated(
            finding=weighing.findings.of(one),
            by=tuple(
                weighing.findings.of(other)
                for position, other in enumerate(weighed.said)
                if other.index in over.get(one.index, ()) and weighed.standing[position] == YES
            ),
            how="overridden",
        )
        for at, one in enumerate(weighed.said)
        if one.state == YES and weighed.standing[at] == NO
    )


def _clock_unknown(weighed: ClockWeighed, facts: dict[str, Raw]) -> tuple[str, ...]:
    found: dict[str, None] = {}
    for one in weighed.said:
        if one.state == MAYBE and one.provision.when:
            paths = [p for line in lines_of(one.provision.when) for p in facts_of(sums_of(line))]
            found.update(dict.fromkeys(p for p in paths if facts.get(p) is None))
    if weighed.window:
        start = facts_of((weighed.window[1].start, weighed.window[1].days))
        found.update(dict.fromkeys(p for p in start if facts.get(p) is None))
    return tuple(found)
