"""Gives the packs, their provisions and their worked cases. Read once, kept for the life of the process."""

from __future__ import annotations

from functools import cache

from locutorio.decisions.cases import CaseBook, read_cases
from locutorio.facts.vocabulary import vocabulary
from locutorio.kernel.faults import Fault
from locutorio.rules.packs import folder_of, is_overlay, proved_hash, read_pack, shipped
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
    """Give the rulebooks of a shipped pack, by day. Only an active pack decides: one whose proof is stored.

    Raises:
        Fault: the pack or the vocabulary was changed after its safety was proved.
    """
    law = pack(name)
    if proved_hash(folder_of(name)) != law.hash:
        raise Fault(
            f"the pack {name} is not active",
            why="its text, or the vocabulary, was changed after its safety was last proved",
            remedy=f"run `locutorio check {name}`, which proves it again and stores the proof",
        )
    return Shelf(law)


@cache
def cases(name: str) -> CaseBook:
    """Give the cases of a shipped pack."""
    return read_cases(folder_of(name), pack(name), vocabulary())


def packs() -> list[str]:
    """Give the names of the shipped packs: laws, and overlays that comment on what a law decides."""
    return shipped()


def laws() -> list[str]:
    """Give the names of the shipped packs that decide."""
    return [name for name in shipped() if name not in overlays()]


@cache
def overlays() -> tuple[str, ...]:
    """Give the names of the shipped packs that comment and never decide."""
    return tuple(name for name in shipped() if is_overlay(name))
