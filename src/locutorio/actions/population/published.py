"""Reads a file of published distributions: what a synthetic population must respect."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from locutorio.kernel.faults import Fault, suggestion
from locutorio.kernel.texts import Node, read_bytes, read_documents

SECURITY = ("minimum", "low", "medium", "high", "unclassified")
SENTENCES = ("under_1y", "1_3y", "3_5y", "5_10y", "10_15y", "15_20y", "over_20y", "life")
CITIZEN = "USA"
VISITED = "state prisoners visited in the past month"
TELEPHONED = "state prisoners who telephoned in the past week"
NEVER_VISITED = "never visited in the whole term"
SLOTS = "slot length in minutes (weekly slots of 107 prisons)"
MINUTES = "mean minutes a call"
_FIT = re.compile(r"zero for ([0-9]{1,2}) %, else 1 \+ Poisson\(([0-9]{1,2})\), cut at the limit")
_MINUTES = re.compile(r"[0-9]{1,3}")
_NUMBER = re.compile(r"[0-9]{1,9}(\.[0-9]{1,6})?")


@dataclass(frozen=True, slots=True)
class Listed:
    """How many are on a list: nobody for ``none_pct`` of people, else one more than a Poisson count."""

    none_pct: float
    mean: int


@dataclass(frozen=True, slots=True)
class Published:
    """Shares by name (of any total), percentages of people, and means."""

    sentences: Mapping[str, float]
    security: Mapping[str, float]
    citizenship: Mapping[str, float]
    age_mean: float
    visited_pct: float
    never_visited_pct: float
    telephoned_pct: float
    call_minutes: float
    slot_minutes: Mapping[int, float]
    visits_listed: Listed
    numbers_listed: Listed


def read_published(path: Path) -> Published:
    """Read the distributions of a federal population.

    Raises:
        Fault: the file cannot be read, or lacks what a population needs.
    """
    documents = read_documents(read_bytes(path), path.name)
    if not documents:
        raise Fault(f"{path} is empty", remedy="name a file of distributions")
    file = documents[0]
    people = _inside(file, "population", "us_federal", "measured")
    visits, calls = _inside(file, "visits", "measured"), _inside(file, "calls", "measured")
    fits = _inside(file, "lists", "fit")
    return Published(
        sentences=_shares(people, "sentence_imposed_pct", SENTENCES),
        security=_shares(people, "security_pct", SECURITY),
        citizenship=_shares(people, "citizenship_pct", (CITIZEN,), closed=False),
        age_mean=_number(_inside(people, "age_mean")),
        visited_pct=_number(_inside(_row(visits, VISITED), "pct")),
        never_visited_pct=_number(_inside(_row(visits, NEVER_VISITED), "pct")),
        telephoned_pct=_number(_inside(_row(visits, TELEPHONED), "pct")),
        call_minutes=_latest(_inside(_row(calls, MINUTES), "england_wales")),
        slot_minutes=_by_minutes(_row(visits, SLOTS)),
        visits_listed=_listed(_inside(fits, "visitors_approved")),
        numbers_listed=_listed(_inside(fits, "numbers_approved")),
    )


def _inside(node: Node, *names: str) -> Node:
    for name in names:
        entries = node.entries()
        if name not in entries:
            node.fail(
                f'"{name}" is missing', why="a population cannot be made without it", remedy=f"add {name}"
            )
        node = entries[name]
    return node


def _row(rows: Node, what: str) -> Node:
    """Give the row of a list that says ``what`` it measures."""
    known = {row.entries()["what"].text(): row for row in rows.items() if "what" in row.entries()}
    if what not in known:
        rows.fail(f'no row here says what: "{what}"', remedy=suggestion(what, known))
    return known[what]


def _number(node: Node) -> float:
    word = node.text()
    if not _NUMBER.fullmatch(word):
        node.fail(f'"{word}" is not a number', remedy="write digits, with a point before decimals")
    return float(word)


def _shares(node: Node, name: str, needed: tuple[str, ...], *, closed: bool = True) -> dict[str, float]:
    block = _inside(node, name)
    shares = {word: _number(share) for word, share in block.entries().items()}
    for word, share in block.entries().items():
        if closed and word not in needed:
            share.name.fail(f'"{word}" is not known here', remedy=suggestion(word, needed))
    for word in needed:
        if word not in shares:
            block.fail(f'"{word}" is missing', remedy=f"add {word} with its share, 0 if there is none")
    if not sum(shares.values()):
        block.fail("no share here is above 0", remedy="write the shares")
    return shares


def _by_minutes(row: Node) -> dict[int, float]:
    counts = _inside(row, "counts").entries()
    for minutes, count in counts.items():
        if not _MINUTES.fullmatch(minutes):
            count.name.fail(f'"{minutes}" is not a number of minutes', remedy="write it like 120")
    return {int(minutes): _number(count) for minutes, count in counts.items()}


def _latest(node: Node) -> float:
    years = node.entries()
    return _number(years[max(years)])


def _listed(node: Node) -> Listed:
    match = _FIT.fullmatch(node.text())
    if match is None:
        node.fail(
            "this fit is not written as it is read",
            remedy="write: zero for 30 %, else 1 + Poisson(3), cut at the limit",
        )
    return Listed(float(match[1]), int(match[2]))
