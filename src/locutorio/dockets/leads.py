"""What a person should look at: entries that may touch contact, what is unclear, what cannot be seen."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from locutorio.dockets.entries import SHEET, DocketEntry, attachments_of, entered_order, stem
from locutorio.dockets.seen import Known
from locutorio.dockets.terms import Term, WrittenDay, days_in, terms_in
from locutorio.dockets.touching import (
    HANDLED,
    UNDOES,
    Touch,
    defendants_named,
    is_housekeeping,
    is_sealed,
    mentions_of,
    touches_of,
)

_CRIMINAL = re.compile(r"-(?:cr|mj)-")
_IN_BRACKETS = re.compile(r"\([^)]*\)")
_LEAST_ALIKE = 30


@dataclass(frozen=True, slots=True)
class Lead:
    """One entry that may touch contact. It changes nothing: a person reads the paper and enters it.

    ``named``      numbers of the defendants it names; an order touches only those. Empty: it gives no number.
    ``mentions``   docket numbers it refers to.
    ``undoes``     earlier entries it may undo, where it undoes something and does not say which by number.
    ``alike``      entries of the case with the same words: perhaps one event entered twice.
    ``same_number`` other entries of the case with the same number.
    """

    known: Known
    touches: tuple[Touch, ...]
    days: tuple[WrittenDay, ...]
    terms: tuple[Term, ...]
    attachments: tuple[str, ...]
    named: tuple[str, ...]
    mentions: tuple[str, ...]
    undoes: tuple[Known, ...]
    alike: tuple[Known, ...]
    same_number: tuple[Known, ...]


@dataclass(frozen=True, slots=True)
class Gap:
    """Numbers absent from a sheet, between its first and its last: something is there that cannot be seen."""

    court: str
    case: str
    first: int
    last: int
    numbers: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Counted:
    """What made no lead, counted: nothing is left out without a number."""

    housekeeping: int
    sealed: int
    others: int


def is_watched(entry: DocketEntry, cases: frozenset[str]) -> bool:
    """Tell whether an entry is of a case that is watched; where none is named, of a criminal case."""
    return entry.case in cases if cases else bool(_CRIMINAL.search(entry.case))


def leads_of(fresh: Iterable[Known], everything: Iterable[Known]) -> tuple[tuple[Lead, ...], Counted]:
    """Give a lead for each entry that may touch contact, in the order entered, and the count of the rest.

    An entry with a day that cannot be is a lead too, and one whose words on contact are gone.

    Args:
        fresh: what a reading added or changed.
        everything: all that was ever read, to say what is alike and what may be undone.
    """
    of_case: dict[tuple[str, str], list[Known]] = {}
    for one in everything:
        of_case.setdefault((one.entry.court, one.entry.case), []).append(one)
    leads, counts = [], Counter[str]()
    for one in sorted(fresh, key=lambda one: (entered_order(one.entry), one.key)):
        touches = touches_of(one.text, one.kinds)
        if touches or _asks(one):
            leads.append(_lead(one, touches, of_case[one.entry.court, one.entry.case]))
        else:
            counts[_counted_as(one)] += 1
    return tuple(leads), Counted(**{name: counts[name] for name in Counted.__slots__})


def lead_of(one: Known, case: Iterable[Known]) -> Lead:
    """Give one entry as a lead beside the others of its case, whether or not it touches contact today."""
    return _lead(one, touches_of(one.text, one.kinds), [*case])


def gaps_of(everything: Iterable[Known]) -> tuple[Gap, ...]:
    """Give the absent numbers of each case of which a sheet was read: only a sheet claims to be whole."""
    known = tuple(everything)
    whole = {(one.entry.court, one.entry.case) for one in known if SHEET in one.sources}
    numbers: dict[tuple[str, str], set[int]] = {}
    for one in known:
        number = one.entry.number if (one.entry.court, one.entry.case) in whole else None
        if number and number.isdecimal():
            numbers.setdefault((one.entry.court, one.entry.case), set()).add(int(number))
    found = []
    for (court, case), held in sorted(numbers.items()):
        absent = tuple(sorted(set(range(min(held), max(held))) - held))
        if absent:
            found.append(Gap(court, case, min(held), max(held), absent))
    return tuple(found)


def _asks(one: Known) -> bool:
    """Tell whether a day cannot be, or an earlier wording touched contact that the last does not."""
    return any(day.why for day in days_in(one.text)) or any(
        touches_of(said.text, ()) for said in one.wordings
    )


def _lead(one: Known, touches: tuple[Touch, ...], case: list[Known]) -> Lead:
    text = one.text
    others = [other for other in case if other.key != one.key]
    mentions = tuple(number for number in mentions_of(text) if number != one.entry.number)
    return Lead(
        known=one,
        touches=touches,
        days=tuple(days_in(text)),
        terms=tuple(terms_in(text)),
        attachments=attachments_of(text),
        named=defendants_named(text),
        mentions=mentions,
        undoes=() if mentions else _undone(one, touches, others),
        alike=_alike(one, others),
        same_number=tuple(
            other for other in others if one.entry.number and other.entry.number == one.entry.number
        ),
    )


def _undone(one: Known, touches: tuple[Touch, ...], others: list[Known]) -> tuple[Known, ...]:
    undoing = {touch.sentence for touch in touches if touch.kind in UNDOES}
    about = {touch.kind for touch in touches if touch.sentence in undoing} - UNDOES
    return tuple(
        other
        for other in sorted(others, key=lambda other: entered_order(other.entry))
        if entered_order(other.entry) < entered_order(one.entry)
        and about & (kinds := {touch.kind for touch in touches_of(other.text, other.kinds)})
        and not kinds & HANDLED
    )


def _alike(one: Known, others: list[Known]) -> tuple[Known, ...]:
    words = _core(one.text)
    return tuple(other for other in others if len(words) >= _LEAST_ALIKE and _core(other.text) == words)


def _core(text: str) -> str:
    return " ".join(_IN_BRACKETS.sub(" ", stem(text)).split())


def _counted_as(one: Known) -> str:
    if is_housekeeping(one.text, one.kinds):
        return "housekeeping"
    return "sealed" if is_sealed(one.text) else "others"
