"""Gives the packs, their provisions and their worked cases. Read once, kept for the life of the process.

An establishment's own rules stand outside the program: `FOLDER/house-<code>/`, where FOLDER was made known or
is `rules` in the folder that LOCUTORIO_HOME names. They are read again when another proof stands with them.
"""

from __future__ import annotations

import os
import re
from collections.abc import Collection
from functools import cache
from pathlib import Path

from locutorio.decisions.cases import CaseBook, read_cases
from locutorio.facts.vocabulary import vocabulary
from locutorio.facts.words import Word, refuse_unknown
from locutorio.kernel.faults import Fault, suggestion
from locutorio.rules import packs as shipped_packs
from locutorio.rules.packs import is_overlay, proved_hash, read_pack, shipped
from locutorio.rules.provision import Pack
from locutorio.rules.rulebook import Shelf

HOME = "LOCUTORIO_HOME"
RULES = "rules"
HOUSE = "house-"
_HOUSE_NAME = re.compile(rf"{HOUSE}[a-z0-9-]{{1,30}}")
_NO_FOLDER = "the rules of an establishment stand outside the program, and no folder of them was named"
_NAME_FOLDER = f"set {HOME}, or write `locutorio --home FOLDER ...`"
_ADOPT = "`locutorio import rules FILE.yaml` adopts the rules of an establishment"
_known: list[Path] = []


def known(folder: Path) -> None:
    """Make known a folder of packs that stand outside the program. The last one made known counts.

    Args:
        folder: where `house-<code>/pack.yaml` stand; it need not exist yet.
    """
    _known[:] = [folder]


def house_folder() -> Path | None:
    """Give the folder of the packs outside the program, or None where none was named."""
    if _known:
        return _known[0]
    home = os.environ.get(HOME)
    return Path(home) / RULES if home else None


def houses() -> list[str]:
    """Give the names of the packs outside the program."""
    folder = house_folder()
    found = folder.glob(f"{HOUSE}*/pack.yaml") if folder else ()
    return sorted(path.parent.name for path in found if _HOUSE_NAME.fullmatch(path.parent.name))


def folder_of(name: str) -> Path:
    """Give the folder of a pack, shipped or outside the program.

    Raises:
        Fault: there is none of that name.
    """
    if not name.startswith(HOUSE):
        return shipped_packs.folder_of(name)
    folder = house_folder()
    if folder is None or name not in houses():
        raise Fault(
            f'there are no rules "{name}" {f"in {folder}" if folder else "here"}',
            why="" if folder else _NO_FOLDER,
            remedy=(suggestion(name, houses()) if houses() else _ADOPT) if folder else _NAME_FOLDER,
        )
    return folder / name


def refuse_unknown_law(words: Collection[Word]) -> None:
    """Refuse a law that is not here, among the words of a case.

    Raises:
        Fault: at the first such word.
    """
    try:
        refuse_unknown(words, "law", laws())
    except Fault as fault:
        outside = any(word.what == "law" and word.text.startswith(HOUSE) for word in words)
        if outside and house_folder() is None:
            raise Fault(fault.what, where=fault.where, why=_NO_FOLDER, remedy=_NAME_FOLDER) from None
        raise


def pack(name: str) -> Pack:
    """Give a pack.

    Raises:
        Fault: there is none of that name.
    """
    return _pack(*_edition(name))


def shelf(name: str) -> Shelf:
    """Give the rulebooks of a pack, by day. Only an active pack decides: one whose proof is stored.

    Raises:
        Fault: the pack or the vocabulary was changed after its safety was proved.
    """
    return _shelf(name, *_edition(name))


def cases(name: str) -> CaseBook:
    """Give the cases of a pack."""
    return _cases(*_edition(name))


def packs() -> list[str]:
    """Give the names of the packs: laws, and overlays that comment on what a law decides."""
    return [*shipped(), *houses()]


def laws() -> list[str]:
    """Give the names of the packs that decide."""
    return [name for name in packs() if name not in overlays()]


@cache
def overlays() -> tuple[str, ...]:
    """Give the names of the shipped packs that comment and never decide."""
    return tuple(name for name in shipped() if is_overlay(name))


def _edition(name: str) -> tuple[Path, str | None]:
    """Give a pack's folder and what tells one edition of it from another: nothing does, of a shipped one."""
    folder = folder_of(name)
    return folder, proved_hash(folder) if name.startswith(HOUSE) else None


@cache
def _pack(folder: Path, edition: str | None) -> Pack:  # noqa: ARG001 - the key under which it is kept
    return read_pack(folder)


@cache
def _cases(folder: Path, edition: str | None) -> CaseBook:
    return read_cases(folder, _pack(folder, edition), vocabulary())


@cache
def _shelf(name: str, folder: Path, edition: str | None) -> Shelf:
    law = _pack(folder, edition)
    if proved_hash(folder) != law.hash:
        raise Fault(
            f"the pack {name} is not active",
            why="its text, or the vocabulary, was changed after its safety was last proved",
            remedy=f"run `locutorio check {name}`, which proves it again and stores the proof",
        )
    return Shelf(law)
