"""Prints operands: terms added or taken away, with each language's own way to write a fact and a constant."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from locutorio.facts.vocabulary import Value
from locutorio.rules.tree import Fact, Number, Sum


def operand(
    printed: Sum, numbers: Mapping[str, int], fact: Callable[[str], str], constant: Callable[[Value], str]
) -> str:
    """Print an operand; numbers are printed as the constants in force."""
    text = ""
    for sign, term in printed.terms:
        match term:
            case Fact(path):
                word = fact(path)
            case Number(name):
                word = str(numbers[name])
            case _:
                word = constant(term.value)
        text += (" + " if sign > 0 else " - ") + word
    return text.removeprefix(" + ").strip()
