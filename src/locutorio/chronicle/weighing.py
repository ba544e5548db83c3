"""Sets the versions of a contradiction beside each other: what can be worked out, and what becomes of each.

What is done follows from the words of the versions alone; the test that the file names is not read here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from itertools import combinations

from locutorio.chronicle.amounts import times_a_year
from locutorio.chronicle.asked import Asking
from locutorio.chronicle.phrases import channels_in, holds_any
from locutorio.chronicle.values import Amount, Chronicle, Contradiction, Force
from locutorio.chronicle.versions import Kind, read_version
from locutorio.chronicle.weighed import Found, Mark, Table, Weighed
from locutorio.chronicle.weighing_days import OF_DAYS, undated
from locutorio.chronicle.weighing_people import OF_PEOPLE

OUT_OF_LINE, OTHERS_MIN = 5, 3


def weigh_amounts(table: Table) -> Iterator[Found]:
    """Count how often each version makes it in a year, the differences, and what is out of line with all."""
    amounts = {at: one for at, one in table.amounts().items() if not one.pooled}
    if len(amounts) < 2 or not channels_in(table.words):
        return
    for at, amount in amounts.items():
        numbers = {"times": times_a_year(amount), "count": amount.low}
        if amount.ambiguous:
            numbers["or_times"] = times_a_year(amount.ambiguous)
        yield Found(kind="times_a_year", versions=(at,), numbers=numbers)
    for one, other in combinations(amounts, 2):
        times = times_a_year(amounts[one]), times_a_year(amounts[other])
        yield Found(
            kind="difference",
            versions=(one, other),
            numbers={"one": times[0], "other": times[1], "difference": abs(times[0] - times[1])},
        )
    for at, amount in amounts.items():
        rest = [_spread(other) for place, other in amounts.items() if place != at]
        if len(rest) >= OTHERS_MIN and _out_of_line(_spread(amount), rest):
            most = max(high for _, high in rest)
            yield Found(
                kind="out_of_line", versions=(at,), numbers={"times": times_a_year(amount), "most": most}
            )


def _spread(amount: Amount) -> tuple[int, int]:
    times = [times_a_year(amount), *([times_a_year(amount.ambiguous)] if amount.ambiguous else [])]
    return min(times), max(times)


def _out_of_line(one: tuple[int, int], rest: list[tuple[int, int]]) -> bool:
    """Whether something is at least five times every other, or every other at least five times it."""
    above = all(one[0] >= OUT_OF_LINE * high for _, high in rest)
    return above or all(low >= OUT_OF_LINE * one[1] for low, _ in rest)


def weigh_pool(table: Table) -> Iterator[Found]:
    """Express an amount that kinds share, and set the amounts for single kinds beside it."""
    for at, version in enumerate(table.versions):
        if version.amount is not None and version.amount.pooled:
            yield Found(
                kind="pooled",
                versions=(at,),
                numbers={"count": version.amount.low},
                texts={
                    "kinds": ", ".join(version.amount.pooled),
                    "unit": version.amount.unit,
                    "expressed": table.asking.expressed(version.amount),
                },
            )
        if version.by_kind and any(other.amount and other.amount.pooled for other in table.versions):
            total = sum(amount.low for _, amount in version.by_kind)
            kinds = ", ".join(f"{amount.low} {kind}" for kind, amount in version.by_kind)
            yield Found(kind="apart", versions=(at,), numbers={"total": total}, texts={"kinds": kinds})


def weigh_authority(table: Table) -> Iterator[Found]:
    """Look for the paper of whoever is said to have allowed something; without one it is claimed."""
    if "authorised" not in table.about and "authorized" not in table.about:
        return
    channels = set(channels_in(table.about))
    papers = [
        event
        for event in table.chronicle.events
        if event.paper
        and any(
            one.yes and one.force in {Force.MEASURE, Force.DECREED} and channels & set(one.channels)
            for one in event.statements
        )
    ]
    for at, version in enumerate(table.versions):
        tokens = set(table.chronicle.people.in_text(version.says))
        by = [event.name for event in papers if tokens & set(event.who)]
        if by:
            yield Found(kind="traced", versions=(at,), events=tuple(by))
        else:
            yield Found(kind="untraced", versions=(at,))


def weigh_papers(table: Table) -> Iterator[Found]:
    """Where one paper stands against reports, the paper wins; every version stays."""
    papers = [at for at, one in enumerate(table.versions) if one.kind is Kind.PAPER]
    reports = [at for at, one in enumerate(table.versions) if one.kind is Kind.REPORT]
    if len(papers) == 1 and reports and len(papers) + len(reports) == len(table.versions):
        named = {
            token
            for token in table.chronicle.people.in_text(table.versions[papers[0]].says)
            if table.chronicle.people.role(token) == "establishment"
        }
        events = tuple(event.name for event in table.chronicle.events if event.place in named)
        yield Found(kind="paper_wins", versions=(papers[0],), events=events[:1])


def weigh_nothing(table: Table) -> Iterator[Found]:
    """Say so where none of it is about contact."""
    if holds_any(table.words, "about_other_things") and not channels_in(table.words):
        yield Found(kind="not_contact")


Way = Callable[[Table], Iterator[Found]]
_MARKS: Mapping[str, Mark] = {
    "out_of_line": Mark.REFUSED,
    "citizen": Mark.REFUSED,
    "paper_wins": Mark.WINS,
    "untraced": Mark.CLAIMED,
}


def weigh(contradiction: Contradiction, chronicle: Chronicle, asking: Asking) -> Weighed:
    """Work out what the versions of a contradiction allow to."""
    versions = tuple(read_version(text, contradiction.about, chronicle) for text in contradiction.versions)
    if undated(contradiction.about):
        versions = tuple(replace(one, days=None) for one in versions)
    table = Table(contradiction.about, versions, chronicle, asking)
    ways: tuple[Way, ...] = (
        weigh_nothing,
        weigh_amounts,
        weigh_pool,
        weigh_authority,
        *OF_PEOPLE,
        *OF_DAYS,
    )
    found = [one for way in ways for one in way(table)]
    if not found or {one.kind for one in found} <= {"weekday"}:
        found += weigh_papers(table)
    marks = [Mark.KEPT] * len(versions)
    for one in found:
        for at in one.versions:
            marks[at] = _MARKS.get(one.kind, marks[at])
    return Weighed(contradiction, versions, tuple(marks), tuple(found))
