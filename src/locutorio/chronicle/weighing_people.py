"""Contradictions about people: children without an adult who may come, citizens said to need a visa."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from locutorio.chronicle.cells import Value
from locutorio.chronicle.days import one_day
from locutorio.chronicle.people import CHILD, alive
from locutorio.chronicle.phrases import phrases, role_in
from locutorio.chronicle.stage import Knowledge
from locutorio.chronicle.telling import tell
from locutorio.chronicle.values import Sign
from locutorio.chronicle.versions import read_date
from locutorio.chronicle.weighed import Found, Table
from locutorio.kernel.moments import years_between

_ESCORTS = re.compile(r"\b(mother|father|adults?|accompanied|alone|bring|brings)\b", re.IGNORECASE)
_VISITING = re.compile(r"\b(visits?|visitors?|see him|see her|came|come)\b", re.IGNORECASE)
_CITIZEN = re.compile(r"\bcitizens?\b", re.IGNORECASE)
_NO_VISA = re.compile(r"\bno (?:\w+ )?visas?\b", re.IGNORECASE)


def weigh_children(table: Table) -> Iterator[Found]:
    """Ask the law about a child who comes without an adult, and look for an adult who may bring one."""
    words = table.words
    if not (_ESCORTS.search(words) and _VISITING.search(words) and _children(table)):
        return
    named = read_date(table.about)
    on = named.last if named is not None else table.chronicle.events[-1].days.last
    ages = _ages(table, on)
    answers = [table.asking.child_alone(age, on) for age in ages]
    if not ages or any(one is None for one in answers):
        return
    answer = answers[0]
    adults = dict(_adults(table, on))
    if any(one is None or answer is None or one.outcome is not answer.outcome for one in answers):
        return
    yield Found(
        kind="empty" if all(adults.values()) else "needs_adult",
        texts={token: why or "nothing" for token, why in adults.items()},
        numbers={"age_min": min(ages), "age_max": max(ages)},
        days={"on": one_day(on)},
        law=answer,
    )


def _children(table: Table) -> bool:
    words = re.split(r"\W+", table.words)
    return any(role_in(word) == CHILD for word in words if word)


def _ages(table: Table, on: date) -> list[int]:
    """Give the ages that the children can have on a day: two where only the year of birth is known."""
    born = [
        someone.born
        for token in table.chronicle.people.of_role(CHILD)
        if (someone := table.chronicle.people.get(token)) is not None and someone.born is not None
    ]
    return sorted({years_between(day, on) for days in born for day in (days.first, days.last)})


def _adults(table: Table, on: date) -> Iterator[tuple[str, str]]:
    """Give each adult of the family with why they cannot come: barred, dead, no visa; or nothing."""
    people = table.chronicle.people
    day = tell(table.chronicle, on, Knowledge())
    barred = {
        token for one in day.cells if one.channel == "visit" and one.value is Value.NO for token in one.whom
    }
    without = {
        token
        for event in table.chronicle.events
        for signal in event.signals
        if signal.sign is Sign.NO_VISA
        for token in signal.tokens
    }
    for someone in people.known.values():
        if someone.role not in phrases().lists["adult_roles"]:
            continue
        if alive(someone, on) is False:
            yield someone.name, "dead"
        elif someone.name in barred:
            yield someone.name, "barred"
        elif someone.no_visa or someone.name in without:
            yield someone.name, "no_visa"
        else:
            yield someone.name, ""


def weigh_citizens(table: Table) -> Iterator[Found]:
    """A citizen needs no visa: that they have none says nothing against them, and is not taken in."""
    citizens = [at for at, one in enumerate(table.versions) if _CITIZEN.search(one.says)]
    visas = [at for at, one in enumerate(table.versions) if _NO_VISA.search(one.says)]
    tokens = tuple(one.name for one in table.chronicle.people.known.values() if one.citizen)
    if citizens and visas and tokens:
        yield Found(kind="citizen", versions=tuple(visas), texts={"whom": ", ".join(tokens)})


OF_PEOPLE = (weigh_children, weigh_citizens)
