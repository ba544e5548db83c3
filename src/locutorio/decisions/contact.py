"""Parts of a decision on contact: keys, conditions, papers, and what else counted."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from locutorio.decisions.decision import Condition, Finding, InstrumentSeen, Key, Truth
from locutorio.decisions.findings import Findings, unique
from locutorio.decisions.papers import FROM, UNTIL, Judged
from locutorio.decisions.weigh import YES
from locutorio.decisions.weighing import Weighing, conditions_by_side, turned_by
from locutorio.kernel.moments import NEVER
from locutorio.rules.provision import Defect, Lapse, Refer, Supersede, Void


def keys_seen(weighing: Weighing) -> tuple[Key, ...]:
    """Give the keys that are missing, known or not."""
    return tuple(
        Key(
            fact=effect.key,
            office=effect.office,
            state=Truth.NO if state == YES else Truth.UNKNOWN,
            finding=weighing.finding(at),
        )
        for at, effect, state in weighing.weighed.keys
        if state
    )


def supporting(weighing: Weighing, made: Sequence[int]) -> tuple[Finding, ...]:
    """Give what stands and is not itself a reason, and what will end a paper that binds."""
    standing = weighing.weighed.standing
    found = [
        weighing.finding(at)
        for at, one in enumerate(weighing.said)
        if standing[at] == YES and at not in made and not one.provision.residual
    ]
    ends = [
        ending
        for paper in weighing.assessment.judged
        if paper.binds
        for ending in endings(paper, weighing.findings)
    ]
    return unique([*found, *ends])


def endings(paper: Judged, findings: Findings) -> list[Finding]:
    """Give the findings that set the day a paper lapses."""
    return [findings.of(paper.said[at]) for at, _, _ in paper.lapses if paper.standing[at] == YES]


def conditions_seen(weighing: Weighing) -> tuple[Condition, ...]:
    """Give the conditions that hold on the interim's side; one that another side lacks names its question."""
    held = conditions_by_side(weighing)
    first = next(iter(held))
    found = []
    for token, (state, by) in held[first].items():
        lacking = [sides for sides, tokens in held.items() if token not in tokens]
        found.append(
            Condition(
                token=token,
                truth=Truth.YES if state == YES else Truth.UNKNOWN,
                findings=tuple(weighing.finding(at) for at in by),
                contested=turned_by(weighing, lacking) if lacking else None,
            )
        )
    return tuple(found)


def instrument_seen(paper: Judged, findings: Findings) -> InstrumentSeen:
    """Give one paper with its dates, its standing, and why."""
    form = findings.book.pack.forms[paper.form]
    because, cures = [], []
    for at, one in enumerate(paper.said):
        if paper.standing[at] != YES:
            continue
        for effect in one.provision.effects:
            ended = isinstance(effect, Lapse) and any(
                p == at and state == YES for p, _, state in paper.lapses
            )
            if isinstance(effect, Defect | Void | Supersede | Refer) or ended:
                because.append(findings.of(one))
            if isinstance(effect, Defect):
                cures.append(effect.cure)
    ends, ended_by = _end(paper)
    begins = paper.facts.get(FROM)
    return InstrumentSeen(
        name=paper.name,
        form=paper.form,
        kind=form.kind,
        title=form.title,
        citation=form.citation,
        standing=paper.outcome,
        begins_on=date.fromordinal(int(begins)) if begins is not None else None,
        ends_on=ends,
        ended_by=ended_by,
        source=next((one.source for one in findings.snapshot.papers if one.name == paper.name), None),
        because=unique(because),
        cures=tuple(cures),
    )


def _end(paper: Judged) -> tuple[date | None, str | None]:
    """Give the first day it no longer binds and the provision that says so; none where its own date does."""
    until = paper.facts.get(UNTIL)
    ends = [(int(until), "", "")] if until is not None else []
    for at, day, _ in paper.lapses:
        if day is not None and paper.standing[at] == YES:
            provision = paper.said[at].provision
            ends.append((day, provision.citation, provision.name))
    day, _, by = min(ends, default=(0, "", ""))
    return (date.fromordinal(day), by or None) if 0 < day < NEVER.toordinal() else (None, None)
