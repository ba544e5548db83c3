"""The second kind of question: does a paper about one person stand on a day."""

from __future__ import annotations

from locutorio.decisions.beside import paper_beside
from locutorio.decisions.contact import instrument_seen
from locutorio.decisions.decision import (
    Contested,
    Decision,
    NoticeOwed,
    Outcome,
    Route,
    Side,
)
from locutorio.decisions.findings import frame, unique
from locutorio.decisions.papers import Judged, judge
from locutorio.decisions.weigh import MAYBE, YES
from locutorio.decisions.weighing import bare_weighing, overridden, raw_facts, tell_paper
from locutorio.facts.snapshot import Snapshot
from locutorio.rules.generate import raw
from locutorio.rules.provision import Lapse
from locutorio.rules.rulebook import Rulebook
from locutorio.rules.tree import facts_of, lines_of, sums_of


def decide_instrument(snapshot: Snapshot, book: Rulebook) -> Decision:
    """Say whether a paper stands on the day asked about."""
    question = snapshot.question
    own = next(paper for paper in snapshot.papers if paper.name == question.subject)
    facts = {**raw_facts(snapshot, book), **{path: raw(value) for path, value in own.facts.items()}}
    paper = judge(own.name, own.form, facts, book, question.on.toordinal(), snapshot.adopted)
    weighing = bare_weighing(snapshot, book, (paper,))
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
        defeated=tuple(overridden(paper.said, paper.standing, weighing)),
        beside=tuple(paper_beside(paper, weighing)),
        instruments=(seen,),
        notices=tuple(notices),
        routes=tuple(routes),
        contested=_referred(paper, book),
        unknown=_unknown(paper) if paper.outcome is None else (),
        **frame(snapshot, book),  # type: ignore[arg-type]
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
