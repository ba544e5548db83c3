"""Gives the packs, their provisions and their worked cases. Read once, kept for the life of the process."""

from __future__ import annotations

from functools import cache

from locutorio.decisions.cases import CaseBook, read_cases
from locutorio.facts.vocabulary import vocabulary
from locutorio.rules.packs import folder_of, read_pack, shipped
from locutorio.rules.provision import Pack
from locutorio.rules.rulebook import Shelf


@cache
def pack(name: str) -> Pack:
    """Give a shipped pack.

    Raises:
        Fault: there is none of that name.
    """
    return read_pack(folder_of(name))


@cache
def shelf(name: str) -> Shelf:
    """Give the rulebooks of a shipped pack, by day."""
    return Shelf(pack(name))


@cache
def cases(name: str) -> CaseBook:
    """Give the cases of a shipped pack."""
    return read_cases(folder_of(name), pack(name), vocabulary())


def packs() -> list[str]:
    """Give the names of the shipped packs."""
    return shipped()
