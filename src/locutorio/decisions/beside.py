"""What stands beside the answer: floor breaches, things owed, missing notices, limits, notices, routes,
contested questions.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from locutorio.decisions.assess import forced_questions
from locutorio.decisions.deciders import beaten
from locutorio.decisions.decision import (
    Beside,
    Contested,
    Defeated,
    Limit,
    Outcome,
    Side,
)
from locutorio.decisions.findings import unique
from locutorio.decisions.papers import UNTIL, Judged
from locutorio.decisions.weigh import NO, YES, Said, displacing, imposed
from locutorio.decisions.weighing import Sides, Weighing, conditions_by_side, overridden, raised
from locutorio.rules.effects import OF_INSTRUMENTS
from locutorio.rules.provision import Ceiling, Floor, Permit, Prohibit

LAPSE_WARNING_DAYS = 14


def limits(weighing: Weighing) -> tuple[Limit, ...]:
    """Give every ceiling and floor that counts, with its arithmetic."""
    found = []
    for count in weighing.weighed.counts:
        kind = "ceiling" if isinstance(count.effect, Ceiling) else "floor"
        left = None if count.limit is None or count.used is None else max(count.limit - count.used, 0)
        found.append(
            Limit(
                kind=kind,
                of=count.effect.of,
                unit=weighing.findings.book.words.allowances[count.effect.of].unit,
                limit=count.limit,
                used=count.used,
                left=left,
                finding=weighing.finding(count.said),
            )
        )
    return tuple(found)


def may_last(weighing: Weighing) -> dict[str, int]:
    """Give how long this contact may last by each allowance of length: the smallest ceiling that is not
    used up.
    """
    words = weighing.findings.book.words
    found: dict[str, int] = {}
    for count in weighing.weighed.counts:
        length = words.allowances[count.effect.of].measures == "length"
        standing = weighing.weighed.standing[count.said] == YES
        if (
            not (isinstance(count.effect, Ceiling) and length and standing)
            or count.limit is None
            or count.used is None
        ):
            continue
        left = count.limit - count.used
        if left > 0:
            found[count.effect.of] = min(left, found.get(count.effect.of, left))
    return found


def beside(weighing: Weighing) -> tuple[Beside, ...]:
    """Give the findings beside the answer."""
    found = _floor_breaches(weighing)
    for at, one in enumerate(weighing.said):
        if weighing.weighed.standing[at] == YES:
            found += raised(one, weighing)
    for paper in weighing.assessment.judged:
        found += paper_beside(paper, weighing)
    return tuple(found)


def _floor_breaches(weighing: Weighing) -> list[Beside]:
    found = []
    weighed = weighing.weighed
    standings_of = {paper.name: paper.outcome for paper in weighing.assessment.judged}
    against = [weighing.finding(f.said) for f in weighed.prohibitions if f.state == YES]
    against += [
        weighing.findings.of(one)
        for one in weighing.assessment.disregarded
        if _bars(one, weighing) and standings_of[one.paper or ""] in (Outcome.DEFECTIVE, Outcome.VOID)
    ]
    for count in weighed.counts:
        if not isinstance(count.effect, Floor) or count.limit is None or weighed.standing[count.said] != YES:
            continue
        removed = [
            weighing.findings.of(one) for one in _removed_by(weighing, count.said) if _bars(one, weighing)
        ]
        low = [
            weighing.finding(other.said)
            for other in weighed.counts
            if isinstance(other.effect, Ceiling)
            and other.effect.of == count.effect.of
            and other.limit is not None
            and other.limit < count.limit
        ]
        owed = count.limit - count.used if count.state == YES and count.used is not None else 0
        barring = unique([*([*against, *removed] if owed else []), *low])
        if barring:
            found.append(
                Beside(
                    kind="floor_breach",
                    finding=weighing.finding(count.said),
                    amount=owed or None,
                    unit=weighing.findings.book.words.allowances[count.effect.of].unit,
                    of=count.effect.of,
                    against=barring,
                )
            )
    return found


def _bars(one: Said, weighing: Weighing) -> bool:
    """Say that a provision, left to itself, would surely refuse."""
    return one.state == YES and any(
        isinstance(effect, Prohibit) or (isinstance(effect, Ceiling) and _used_up(effect, one, weighing))
        for effect in one.provision.effects
    )


def _used_up(effect: Ceiling, one: Said, weighing: Weighing) -> bool:
    limit, used, asked = (weighing.compute(one, part) for part in (effect.limit, effect.used, effect.asked))
    return limit is not None and used is not None and asked is not None and used + asked > limit


def _removed_by(weighing: Weighing, at: int) -> list[Said]:
    """Give what spoke for certain and was overridden by one finding."""
    index, overriders = weighing.said[at].index, weighing.findings.book.overriders
    return [
        one
        for other, one in enumerate(weighing.said)
        if one.state == YES
        and weighing.weighed.standing[other] == NO
        and index in overriders.get(one.index, ())
    ]


def paper_beside(paper: Judged, weighing: Weighing) -> list[Beside]:
    """Give what the judging of one paper shows beside the answer, and a warning before it lapses."""
    found = []
    for at, one in enumerate(paper.said):
        if paper.standing[at] == YES:
            found += raised(one, weighing)
    ends = [day for _, day, _ in paper.lapses if day is not None]
    until = paper.facts.get(UNTIL)
    ends += [int(until)] if until is not None else []
    on = weighing.snapshot.question.on.toordinal()
    if paper.binds == YES and ends and 0 < min(ends) - on <= LAPSE_WARNING_DAYS:
        last = [paper.said[at] for at, day, _ in paper.lapses if day == min(ends)]
        made = [one for one in weighing.assessment.said if one.paper == paper.name]
        named = min(last or made or paper.said, key=_citation, default=None)
        if named is not None:
            ending = date.fromordinal(min(ends))
            found.append(Beside(kind="lapse_soon", finding=weighing.findings.of(named), day=ending))
    return found


def _citation(one: Said) -> tuple[str, ...]:
    return one.provision.citation, *one.provision.says.values(), one.provision.name


def defeated(weighing: Weighing) -> tuple[Defeated, ...]:
    """Give what spoke and lost, to what, and how."""
    found = (
        overridden(weighing.said, weighing.weighed.standing, weighing)
        + _outranked(weighing)
        + _displaced(weighing)
    )
    judged = {paper.name: paper for paper in weighing.assessment.judged}
    for one in weighing.assessment.disregarded:
        paper = judged[one.paper or ""]
        by = unique(
            weighing.findings.of(other)
            for at, other in enumerate(paper.said)
            if paper.standing[at] == YES
            and any(isinstance(effect, OF_INSTRUMENTS) for effect in other.provision.effects)
        )
        found.append(Defeated(finding=weighing.findings.of(one), by=by, how="not_in_force"))
    return tuple(found)


def _outranked(weighing: Weighing) -> list[Defeated]:
    weighed = weighing.weighed
    found = []
    barred = []
    for force in weighed.prohibitions:
        higher = beaten(force, weighed)
        if force.state == YES and higher:
            by = tuple(weighing.finding(right.said) for right in higher)
            found.append(Defeated(finding=weighing.finding(force.said), by=by, how="outranked"))
        elif force.state == YES:
            barred.append(force)
    if weighed.outcome is Outcome.REFUSE:
        for right in (*weighed.rights, *weighed.opens):
            by = tuple(weighing.finding(force.said) for force in barred)
            kind = weighing.said[right.said].provision.effects
            how = (
                "outranked"
                if any((isinstance(e, Permit) and e.right) or isinstance(e, Floor) for e in kind)
                else "yields"
            )
            if right.state == YES and by:
                found.append(Defeated(finding=weighing.finding(right.said), by=by, how=how))
    return found


def _displaced(weighing: Weighing) -> list[Defeated]:
    book = weighing.findings.book
    all_imposed = imposed(weighing.said, weighing.weighed.standing)
    found = []
    for token, (state, by) in all_imposed.items():
        for winner in displacing(token, all_imposed, book):
            if state == all_imposed[winner][0] == YES:
                how = "privilege" if book.words.conditions[winner].protective else "stricter"
                winners = tuple(weighing.finding(at) for at in all_imposed[winner][1])
                found += [Defeated(finding=weighing.finding(at), by=winners, how=how) for at in by]
    return found


def contested_seen(weighing: Weighing) -> tuple[Contested, ...]:
    """Give the contested questions in play, with the answer on each side."""
    assessment = weighing.assessment
    held = conditions_by_side(weighing)
    asked = [name for name, state in assessment.asked.items() if state == YES]
    names = dict.fromkeys(
        [*asked, *forced_questions(assessment), *(p.referred for p in assessment.judged if p.referred)]
    )
    found = []
    for name in names:
        question = weighing.findings.book.pack.contested[name]
        sides = []
        for side in question.sides:
            outcomes = {
                one.outcome for sides_, one in assessment.weighed.items() if (name, side.name) in sides_
            }
            outcome = outcomes.pop() if len(outcomes) == 1 else None
            sides.append(
                Side(
                    name=side.name,
                    says=side.says,
                    authorities=side.authorities,
                    outcome=outcome,
                    conditions=_conditions_of(name, side.name, held),
                )
            )
        forced = name in forced_questions(assessment)
        differ = len({side.outcome for side in sides}) > 1
        found.append(
            Contested(
                name=name,
                question=question.question,
                sides=tuple(sides),
                interim=question.interim,
                office=question.office,
                decides=assessment.outcome is Outcome.REFER
                and (forced or (name in assessment.turning and differ)),
            )
        )
    return tuple(found)


def _conditions_of(
    question: str, side: str, held: Mapping[Sides, Mapping[str, tuple[int, list[int]]]]
) -> tuple[str, ...]:
    """Give the conditions that surely hold on one side of a question and not on every side."""
    here = [tokens for sides, tokens in held.items() if (question, side) in sides]
    if not here:
        return ()
    everywhere = {token for token in here[0] if all(token in tokens for tokens in held.values())}
    return tuple(
        token
        for token in here[0]
        if token not in everywhere and all(tokens.get(token, (NO, []))[0] == YES for tokens in here)
    )
