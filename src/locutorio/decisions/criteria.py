"""All that a law asks of somebody who wants something, met or not: a list to go through with its sources."""

from __future__ import annotations

from collections.abc import Iterator

from locutorio.decisions.assess import view_of
from locutorio.decisions.decision import Criterion, Truth
from locutorio.decisions.papers import speaking
from locutorio.decisions.weigh import YES
from locutorio.facts.snapshot import Snapshot
from locutorio.rules.provision import Prohibit, Provision, Require
from locutorio.rules.rulebook import Rulebook

JUDGED = frozenset({"transfer"})
"""The questions that ask whether somebody meets what a law asks for."""


def criteria(snapshot: Snapshot, book: Rulebook) -> tuple[Criterion, ...]:
    """Give what general law asks for, in its order: what stands in the way, and what somebody must supply.

    What stands in the way where its condition holds is met where that does not hold. What must be supplied
    is left out where it is not asked of this person.
    """
    return tuple(_found(snapshot, book))


def _found(snapshot: Snapshot, book: Rulebook) -> Iterator[Criterion]:
    view = view_of(snapshot, book)
    speakers, off = book.general(view.about), book.off(snapshot.adopted)
    said = {one.index: one.state for one in speaking(speakers, book, view.facts, snapshot.adopted)}
    for index in speakers.indices:
        provision = book.provisions[index]
        if provision.residual or provision.side is not None or index in off:
            continue
        if any(isinstance(effect, Prohibit) for effect in provision.effects):
            yield _criterion(provision, _opposite(said.get(index)))
        for effect in provision.effects:
            if isinstance(effect, Require) and index in said:
                value = view.facts.get(effect.key)
                known = value is not None and said[index] == YES
                state = (Truth.YES if value else Truth.NO) if known else Truth.UNKNOWN
                yield _criterion(provision, state, effect.key)


def _opposite(state: int | None) -> Truth:
    if state is None:
        return Truth.YES
    return Truth.NO if state == YES else Truth.UNKNOWN


def _criterion(provision: Provision, state: Truth, key: str | None = None) -> Criterion:
    return Criterion(
        provision=provision.name,
        citation=provision.citation,
        status=provision.status,
        says=provision.says,
        state=state,
        source=provision.source,
        read_on=provision.read_on,
        key=key,
    )
