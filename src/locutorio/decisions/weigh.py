"""Weighs what provisions say into an outcome, in three values: NO, MAYBE, YES. The one place where
precedence lives.

Everything here is built from min, max and complement, so it is monotone in Kleene's sense: an outcome that
is firm stays
the same when unknown facts become known.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from locutorio.decisions.decision import Outcome
from locutorio.rules.generate import Facts
from locutorio.rules.provision import Ceiling, Floor, Impose, Permit, Prohibit, Provision, Refer, Require
from locutorio.rules.rulebook import Rulebook

NO, MAYBE, YES = 0, 1, 2


@dataclass(slots=True)
class Said:
    """One provision that speaks, for certain or perhaps, in one instrument or in general law."""

    index: int
    provision: Provision
    state: int
    facts: Facts
    paper: str | None = None


@dataclass(slots=True)
class Force:
    """Something for or against the contact: which said, at what rank, how certainly."""

    said: int
    rank: int
    state: int


@dataclass(slots=True)
class Count:
    """A ceiling or floor with its numbers; None where a fact is unknown."""

    said: int
    effect: Ceiling | Floor
    limit: int | None
    used: int | None
    asked: int | None
    state: int


@dataclass(slots=True)
class Weighed:
    """The outcome (None: an unknown fact could turn it) and everything that went into it."""

    outcome: Outcome | None
    standing: Sequence[int]
    gate: bool = False
    prohibitions: list[Force] = field(default_factory=list)
    rights: list[Force] = field(default_factory=list)
    opens: list[Force] = field(default_factory=list)
    keys: list[tuple[int, Require, int]] = field(default_factory=list)
    counts: list[Count] = field(default_factory=list)
    residual: list[int] = field(default_factory=list)
    opposed: list[tuple[Force, Force]] = field(default_factory=list)
    refers: list[tuple[int, str]] = field(default_factory=list)


def standings(
    said: Sequence[Said],
    overriders: Mapping[int, tuple[int, ...]],
    removable: frozenset[int] = frozenset(),
) -> list[int]:
    """Say of each whether it stands: it speaks, and nothing that stands overrides it.

    A removed one removes nothing. What is ``removable`` an unknown paper could override.
    """
    found = [min(one.state, MAYBE) if one.index in removable else one.state for one in said]
    spoken = {one.index for one in said}
    at_risk = [at for at, one in enumerate(said) if not spoken.isdisjoint(overriders.get(one.index, ()))]
    if not at_risk:
        return found
    by_index: dict[int, list[int]] = {}
    for at, one in enumerate(said):
        by_index.setdefault(one.index, []).append(at)
    settled: dict[int, int] = {}

    def stand(at: int) -> int:
        if at not in settled:
            over = overriders.get(said[at].index, ())
            against = [stand(other) for index in over for other in by_index.get(index, ())]
            settled[at] = min(found[at], YES - max(against, default=NO))
        return settled[at]

    for at in at_risk:
        found[at] = stand(at)
    return found


def weigh(
    said: Sequence[Said],
    book: Rulebook,
    *,
    gate: bool,
    unknown_papers: Sequence[bool],
    removable: frozenset[int] = frozenset(),
) -> Weighed:
    """Weigh what speaks to one question of contact.

    Args:
        said: every provision that speaks, for certain or perhaps.
        book: the law they are of.
        gate: the contact is at the door today, so that a missing key refuses for this occasion.
        unknown_papers: one entry for each kind of paper that may exist unknown; true if it could also permit.
        removable: indices of the provisions that such a paper could override.
    """
    weighed = _weighed(said, standings(said, book.overriders), book, gate, unknown_papers)
    if removable:
        open_ended = standings(said, book.overriders, removable)
        weighed.outcome = _weighed(said, open_ended, book, gate, unknown_papers).outcome
    return weighed


def _weighed(
    said: Sequence[Said], standing: Sequence[int], book: Rulebook, gate: bool, unknown_papers: Sequence[bool]
) -> Weighed:
    weighed = Weighed(None, standing, gate)
    _collect(said, standing, book, weighed)
    hard, soft = _against(weighed, unknown_papers)
    permission = max((force.state for force in (*weighed.rights, *weighed.opens)), default=NO)
    if any(unknown_papers):
        permission = max(permission, MAYBE)
    if weighed.residual:
        hard = max(hard, min(max(standing[at] for at in weighed.residual), YES - permission))
    elif permission < YES:
        hard = max(hard, MAYBE)
    refer = max(soft, max((standing[at] for at, _ in weighed.refers), default=NO))
    missing = max((state for _, _, state in weighed.keys), default=NO)
    if gate:
        hard, missing = max(hard, missing), NO
    weighed.outcome = _outcome(hard, refer, missing)
    return weighed


def _outcome(hard: int, refer: int, missing: int) -> Outcome | None:
    for state, outcome in ((hard, Outcome.REFUSE), (refer, Outcome.REFER), (missing, Outcome.PENDING)):
        if state == YES:
            return outcome
        if state == MAYBE:
            return None
    return Outcome.PERMIT


def _collect(said: Sequence[Said], standing: Sequence[int], book: Rulebook, weighed: Weighed) -> None:
    for at, one in enumerate(said):
        state = standing[at]
        if state == NO:
            continue
        rank = one.provision.rank
        for effect in book.weighed[one.index]:
            match effect:
                case Prohibit() if one.provision.residual:
                    weighed.residual.append(at)
                case Prohibit():
                    weighed.prohibitions.append(Force(at, rank, state))
                case Permit():
                    (weighed.rights if effect.right else weighed.opens).append(Force(at, rank, state))
                case Require():
                    value = one.facts.get(effect.key)
                    lacking = NO if value is True else MAYBE if value is None else YES
                    weighed.keys.append((at, effect, min(state, lacking)))
                case Ceiling():
                    count = _ceiling(at, effect, one, state, book)
                    weighed.counts.append(count)
                    if count.state:
                        weighed.prohibitions.append(Force(at, rank, count.state))
                case Floor():
                    count = _floor(at, effect, one, state, book)
                    weighed.counts.append(count)
                    if count.state:
                        weighed.rights.append(Force(at, rank, count.state))
                case Refer():
                    weighed.refers.append((at, effect.question))
                case _:
                    pass


def _ceiling(at: int, effect: Ceiling, one: Said, state: int, book: Rulebook) -> Count:
    limit, used, asked = (
        book.compute(one.index, part, one.facts) for part in (effect.limit, effect.used, effect.asked)
    )
    if limit is None or used is None or asked is None:
        exhausted = MAYBE
    else:
        exhausted = YES if used + asked > limit else NO
    return Count(at, effect, limit, used, asked, min(state, exhausted))


def _floor(at: int, effect: Floor, one: Said, state: int, book: Rulebook) -> Count:
    limit, used = (book.compute(one.index, part, one.facts) for part in (effect.limit, effect.used))
    owed = MAYBE if limit is None or used is None else YES if used < limit else NO
    return Count(at, effect, limit, used, None, min(state, owed))


def _against(weighed: Weighed, unknown_papers: Sequence[bool]) -> tuple[int, int]:
    """Give (refused for certain?, opposed at equal rank?) and note who opposes whom."""
    hard = MAYBE if unknown_papers else NO
    soft = NO
    lifted = MAYBE if any(unknown_papers) else NO
    for force in weighed.prohibitions:
        higher, equal = lifted, NO
        for right in weighed.rights:
            if right.rank < force.rank:
                higher = max(higher, right.state)
            elif right.rank == force.rank:
                equal = max(equal, right.state)
        effective = min(force.state, YES - higher)
        hard = max(hard, min(effective, YES - equal))
        soft = max(soft, min(effective, equal))
        if effective and equal:
            weighed.opposed += [(force, right) for right in weighed.rights if right.rank == force.rank]
    return hard, soft


def imposed(said: Sequence[Said], standing: Sequence[int]) -> dict[str, tuple[int, list[int]]]:
    """Give every condition that may hold: how certainly, and what imposes it."""
    found: dict[str, tuple[int, list[int]]] = {}
    for at, one in enumerate(said):
        if standing[at] == NO:
            continue
        for effect in one.provision.effects:
            if isinstance(effect, Impose):
                for token in effect.tokens:
                    state, by = found.get(token, (NO, []))
                    found[token] = (max(state, standing[at]), [*by, at])
    return found


def conditions(
    said: Sequence[Said], standing: Sequence[int], book: Rulebook
) -> dict[str, tuple[int, list[int]]]:
    """Give the conditions after exclusions: how certainly each holds, and what imposes it.

    A protective condition (unmonitored) displaces what it excludes; otherwise the stricter displaces what
    it excludes. What may displace leaves the displaced one uncertain.
    """
    all_imposed = imposed(said, standing)
    found = {}
    for token, (state, by) in all_imposed.items():
        against = max((all_imposed[other][0] for other in displacing(token, all_imposed, book)), default=NO)
        if min(state, YES - against):
            found[token] = (min(state, YES - against), by)
    return found


def displacing(token: str, held: Iterable[str], book: Rulebook) -> list[str]:
    """Name the conditions among those imposed that displace this one."""
    kinds = book.words.conditions
    return [
        other
        for other in held
        if token in kinds[other].excludes and (kinds[other].protective or not kinds[token].protective)
    ]
