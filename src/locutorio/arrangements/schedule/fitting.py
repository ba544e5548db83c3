"""Who fits a group. What is not known of a person is neither yes nor no: it is named."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass

from locutorio.arrangements.schedule.patterns import Digit, Group
from locutorio.arrangements.schedule.values import Who

_PLAIN = str.maketrans(
    {"ł": "l", "ø": "o", "æ": "ae", "œ": "oe", "đ": "d", "ð": "d", "þ": "th", "\u0131": "i"}
)


@dataclass(frozen=True, slots=True)
class Fit:
    """Whether somebody fits: yes, no, or None with the names of what is not known."""

    holds: bool | None
    unknown: frozenset[str] = frozenset()


YES, NO = Fit(True), Fit(False)


def fits(group: Group, who: Who, groups: Mapping[str, Group]) -> Fit:
    """Say whether a person fits a group."""
    named = (
        [any_of([fits(groups[name], who, groups) for name in sorted(group.groups)])] if group.groups else []
    )
    return all_of(
        [
            _among("part", who.part, group.parts),
            _unit(who.unit, group.units),
            _among("custody_level", who.custody_level, group.custody),
            _among("incentive", who.incentive, group.incentive),
            _among("legal_status", who.legal_status, group.legal_status),
            _statuses(who.statuses, group.statuses),
            _among("sex", who.sex, group.sex),
            _surname(who.surname, group.surnames),
            _digit(who.number, group.digit),
            *named,
        ]
    )


def all_of(fit: list[Fit]) -> Fit:
    """Say whether all hold: one no is enough for no."""
    if any(one.holds is False for one in fit):
        return NO
    unknown = frozenset[str]().union(*(one.unknown for one in fit if one.holds is None))
    return Fit(None, unknown) if unknown else YES


def any_of(fit: list[Fit]) -> Fit:
    """Say whether any holds: one yes is enough for yes."""
    if any(one.holds for one in fit):
        return YES
    unknown = frozenset[str]().union(*(one.unknown for one in fit if one.holds is None))
    return Fit(None, unknown) if unknown else NO


def opposite(fit: Fit) -> Fit:
    """Turn yes and no round; what is not known stays so."""
    return fit if fit.holds is None else (NO if fit.holds else YES)


def letters(surname: str) -> str:
    """Give a surname as it is put in order: letters a to z alone, without accents, spaces and signs.

    Of two surnames the first counts, since it stands first; "de la Cruz" counts under D, as it is written.
    """
    plain = unicodedata.normalize("NFD", surname.casefold().translate(_PLAIN))
    return "".join(char for char in plain if not unicodedata.combining(char) and char.isalpha())


def _among(name: str, value: str | None, wanted: frozenset[str]) -> Fit:
    if not wanted:
        return YES
    if value is None:
        return Fit(None, frozenset({name}))
    return YES if value.casefold() in {one.casefold() for one in wanted} else NO


def _unit(unit: str | None, wanted: frozenset[str]) -> Fit:
    if not wanted:
        return YES
    if unit is None:
        return Fit(None, frozenset({"unit"}))
    path = unit.casefold().split("-")
    return YES if any(path[: len(one)] == one for one in (u.casefold().split("-") for u in wanted)) else NO


def _statuses(statuses: frozenset[str] | None, wanted: frozenset[str]) -> Fit:
    if not wanted:
        return YES
    if statuses is None:
        return Fit(None, frozenset({"statuses"}))
    return YES if statuses & wanted else NO


def _surname(surname: str | None, ranges: tuple[tuple[str, str], ...]) -> Fit:
    if not ranges:
        return YES
    name = letters(surname or "")
    if not name or not "a" <= name[0] <= "z":
        return Fit(None, frozenset({"surname"}))
    return (
        YES
        if any(first <= name[: len(first)] and name[: len(last)] <= last for first, last in ranges)
        else NO
    )


def _digit(number: str | None, digit: Digit | None) -> Fit:
    if digit is None:
        return YES
    digits = [char for char in number or "" if char in "0123456789"]
    place = digit.place - 1 if digit.place > 0 else digit.place
    if not -len(digits) <= place < len(digits):
        return Fit(None, frozenset({"number"}))
    return YES if int(digits[place]) in digit.among else NO
