"""Says whether a new password or PIN is too easy to guess."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from enum import StrEnum
from itertools import pairwise

from locutorio.kernel.faults import Fault
from locutorio.store.common_passwords import common_passwords

LENGTH_MIN, LENGTH_MAX = 15, 128
LEFT_MIN, DISTINCT_MIN, WORD_MIN, OWN_WORD_MIN = 8, 6, 6, 3
PIN_LENGTH, PIN_DISTINCT_MIN = 6, 3
YEARS = range(1920, 2040)


class Weakness(StrEnum):
    """What is wrong with a new password."""

    SHORT = "short"
    LONG = "long"
    COMMON = "common"


def normal(password: str) -> str:
    """Give a password as it is kept and compared: however a keyboard writes its accents, it is the same."""
    return unicodedata.normalize("NFKC", password)


def weakness(password: str, own: Iterable[str] = ()) -> Weakness | None:
    """Say what is wrong with a new password, if anything is.

    It needs 15 characters, and at most 128. Common passwords and the words of ``own``, such as the names of
    the account and the establishment, are taken out of it: 8 letters or digits must be left, and in all it
    needs 6 different ones.
    """
    said = normal(password)
    if len(said) < LENGTH_MIN:
        return Weakness.SHORT
    if len(said) > LENGTH_MAX:
        return Weakness.LONG
    left = _without(_letters(said), {word for name in own for word in _words(name)})
    if len(left) < LEFT_MIN or len(set(_letters(said))) < DISTINCT_MIN:
        return Weakness.COMMON
    return None


def refuse_weak(password: str, own: Iterable[str] = ()) -> None:
    """Refuse a password that is too easy to guess, or too long to be one.

    Raises:
        Fault: what is wrong with it.
    """
    match weakness(password, own):
        case Weakness.SHORT | Weakness.LONG:
            raise Fault(
                f"the password has {len(normal(password))} characters",
                why=f"it needs at least {LENGTH_MIN}, and at most {LENGTH_MAX}",
                remedy="take a few words that only you would put together",
            )
        case Weakness.COMMON:
            raise Fault(
                "the password is easy to guess",
                why="it is made of common passwords, of names from here, or of few different characters",
                remedy="take a few words that only you would put together",
            )


def is_weak_pin(pin: str) -> bool:
    """Tell whether a PIN is none, or one that is tried first: few digits, a row of them, a year or a day."""
    if len(pin) != PIN_LENGTH or not (pin.isascii() and pin.isdigit()):
        return True
    digits = [int(one) for one in pin]
    steps = {(after - before) % 10 for before, after in pairwise(digits)}
    half = PIN_LENGTH // 2
    return (
        len(set(digits)) < PIN_DISTINCT_MIN
        or len(steps) == 1
        or pin[:half] in (pin[half:], pin[half:][::-1])
        or pin[:2] == pin[2:4] == pin[4:]
        or pin in common_passwords()
        or int(pin[:4]) in YEARS
        or int(pin[2:]) in YEARS
        or _is_day(pin)
    )


def _is_day(pin: str) -> bool:
    first, second, third = (int(pin[at : at + 2]) for at in (0, 2, 4))
    return any(1 <= day <= 31 and 1 <= month <= 12 for day, month in _orders(first, second, third))


def _orders(first: int, second: int, third: int) -> tuple[tuple[int, int], ...]:
    return ((first, second), (second, first), (third, second))


def _letters(said: str) -> str:
    return "".join(one for one in said.casefold() if one.isalnum())


def _words(name: str) -> set[str]:
    found = {_letters(word) for word in normal(name).split()} | {_letters(normal(name))}
    return {word for word in found if len(word) >= OWN_WORD_MIN}


def _without(letters: str, own: set[str]) -> str:
    """Give what is left once each word that is guessed first is taken out, the longest first."""
    guessed = common_passwords()
    left, at = "", 0
    while at < len(letters):
        length = next(
            (
                size
                for size in range(len(letters) - at, OWN_WORD_MIN - 1, -1)
                if letters[at : at + size] in own or (size >= WORD_MIN and letters[at : at + size] in guessed)
            ),
            0,
        )
        left += "" if length else letters[at]
        at += length or 1
    return left
