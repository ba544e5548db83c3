"""Who may come together, and how many places they take up."""

from __future__ import annotations

from collections.abc import Iterator

from locutorio.arrangements.schedule.limits import PartyLimit
from locutorio.arrangements.schedule.patterns import Counts, Medium
from locutorio.arrangements.schedule.scopes import holds_for_session
from locutorio.arrangements.schedule.values import Hindrance, Member, Party, Schedule, Slot

OPEN, CLOSED = "open", "closed"
ONLY_OPEN, OPEN_ASKED = "only_open", "open_asked"


def places_needed(
    schedule: Schedule, slot: Slot, party: Party, *, kind: str | None = None, no_contact: bool = False
) -> tuple[str, int]:
    """Give the kind and number of places that a party takes up in a slot.

    Args:
        schedule: the schedule of the slot.
        slot: where they meet.
        party: those who come.
        kind: the kind of place; None for "open", or for the only kind there is.
        no_contact: they may not touch: None is then "closed", or another kind at which nobody touches, where
            there is one.

    Returns:
        The kind, and 1 where a table counts, or else how many people count, at least 1.
    """
    if kind is None:
        kind = _untouched(slot) if no_contact else None
        kind = kind or (OPEN if OPEN in slot.places or not slot.places else min(slot.places))
    if schedule.rooms[slot.room].counts is Counts.TABLE:
        return kind, 1
    session = schedule.session(slot.session)
    limits = [one for one in schedule.parties if holds_for_session(schedule, one.scope, session, slot.on)]
    return kind, max(1, min([len(party.members), *(len(counted(one, party)) for one in limits)]))


def touching(slot: Slot, kind: str) -> bool:
    """Tell whether people can touch at a kind of place, in a session that is not without contact."""
    return kind != CLOSED and slot.contact is not False and slot.medium is Medium.IN_PERSON


def too_close(slot: Slot, kind: str) -> tuple[Hindrance, ...]:
    """Say what stands against a kind of place for those who may not touch."""
    if not touching(slot, kind):
        return ()
    return (Hindrance(ONLY_OPEN if _untouched(slot) is None else OPEN_ASKED),)


def _untouched(slot: Slot) -> str | None:
    """Give a kind of place at which nobody touches; where none are stated, closed ones may be there."""
    if not slot.places and slot.contact is None:
        return CLOSED
    kinds = [kind for kind in sorted(slot.places) if slot.places[kind]] or ([] if slot.places else [OPEN])
    found = [kind for kind in kinds if not touching(slot, kind)]
    return CLOSED if CLOSED in found else next(iter(found), None)


def counted(limit: PartyLimit, party: Party) -> list[Member]:
    """Give those of a party who count for a limit; somebody whose age is not known does."""
    found, laps = [], limit.laps
    for member in party.members:
        if member.age is not None and member.age < limit.counted_from:
            continue
        if member.lap and laps and member.age is not None and member.age < limit.lap_under:
            laps -= 1
            continue
        found.append(member)
    return found


def hindrances(schedule: Schedule, limit: PartyLimit, party: Party) -> Iterator[Hindrance]:
    """Give what a limit on a party stands against."""
    if _by_age(limit) and any(member.age is None for member in party.members):
        yield Hindrance("unknown_age")
        return
    adult_age = schedule.adult_age if limit.adult_age is None else limit.adult_age
    people = counted(limit, party)
    adults = [one for one in people if one.age is not None and one.age >= adult_age]
    children = len(people) - len(adults)
    ages = {"age": str(adult_age)}
    for rule, found, most in (
        ("party_people", len(people), limit.people_max),
        ("party_adults", len(adults), limit.adults_max),
        ("party_children", children, limit.children_max),
    ):
        if most is not None and found > most:
            yield Hindrance(rule, {"found": str(found), "most": str(most), **ages}, limit.more)
    ratio = limit.children_per_adult
    if ratio is not None and children > ratio * len(adults):
        words = {"found": str(children), "each": str(ratio), "adults": str(len(adults)), **ages}
        yield Hindrance("party_ratio", words, limit.more)
    if len(adults) < limit.adults_min:
        yield Hindrance("party_adults_min", {"least": str(limit.adults_min), **ages}, limit.more)
    yield from _each(limit, party, adult_age)


def _each(limit: PartyLimit, party: Party, adult_age: int) -> Iterator[Hindrance]:
    """Give what stands against somebody by their own age or relation, each kind once."""
    if limit.least_age is not None and any((one.age or 0) < limit.least_age for one in party.members):
        yield Hindrance("party_least_age", {"age": str(limit.least_age)}, limit.more)
    accompanied = any(one.age is not None and one.age >= adult_age for one in party.members)
    if limit.alone_from is not None and not accompanied:
        alone = [one for one in party.members if (one.age or 0) < limit.alone_from]
        if any(one.relation not in limit.alone_relations for one in alone):
            yield Hindrance("party_alone", {"age": str(limit.alone_from)}, limit.more)
    if limit.relations and any(one.relation is None for one in party.members):
        yield Hindrance("unknown_relation")
    elif limit.relations and any(one.relation not in limit.relations for one in party.members):
        yield Hindrance("party_relations", {}, limit.more)


def _by_age(limit: PartyLimit) -> bool:
    return bool(
        limit.counted_from or limit.laps or limit.adults_min or limit.children_per_adult is not None
    ) or any(
        one is not None for one in (limit.adults_max, limit.children_max, limit.least_age, limit.alone_from)
    )
