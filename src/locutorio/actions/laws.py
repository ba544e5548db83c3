"""Gives a law to compare with another, a shipped pack or the folder of a draft, and says what differs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from functools import cache
from pathlib import Path

from locutorio.actions.check import pack_folder
from locutorio.facts.vocabulary import vocabulary
from locutorio.kernel.faults import Faults
from locutorio.notices.reports.values import Amended, Law
from locutorio.rules.checks import faults
from locutorio.rules.packs import proved_hash, read_pack
from locutorio.rules.provision import Pack, Provision
from locutorio.rules.rulebook import Rulebook, Shelf

# What can differ between two readings of one provision, in the order in which it is told.
_PARTS: Mapping[str, Callable[[Rulebook, int, Provision], object]] = {
    "numbers": lambda book, at, _: book.numbers[at],
    "when": lambda _, __, provision: provision.when,
    "effects": lambda _, __, provision: provision.effects,
    "overrides": lambda _, __, provision: provision.overrides,
    "rank": lambda _, __, provision: provision.rank,
    "status": lambda _, __, provision: provision.status,
    "side": lambda _, __, provision: (provision.side, provision.residual),
    "forms": lambda _, __, provision: (provision.about, provision.of, provision.form),
    "says": lambda _, __, provision: provision.says,
    "citation": lambda _, __, provision: provision.citation,
}


@cache
def draft(name: str) -> Shelf:
    """Give the rulebooks of a pack by name or folder, proved or not.

    Raises:
        Fault, Faults: it cannot be read, or is not valid.
    """
    pack = read_pack(pack_folder(name))
    found = list(faults(pack, vocabulary()))
    if found:
        raise Faults(found)
    return Shelf(pack)


def law_of(name: str, pack: Pack, provisions: Iterable[Provision]) -> Law:
    """Say which law this is, by its pack or folder; whether its safety was proved as it stands; and when
    these provisions were read.
    """
    read = Counter(one.read_on for one in provisions)
    return Law(
        pack=Path(name).name,
        title=pack.title,
        hash=pack.hash,
        reviewed_by=pack.reviewed_by,
        proved=proved_hash(pack_folder(name)) == pack.hash,
        read_on=max(read, key=lambda day: (read[day], day)),
        oldest_read_on=min(read),
    )


def amended(old: Rulebook, new: Rulebook) -> tuple[Amended, ...]:
    """Give every provision that differs between two laws in force on their day, by name."""
    before, after = ({one.name: at for at, one in enumerate(book.provisions)} for book in (old, new))
    found = []
    for name in sorted({*before, *after}):
        if name not in after:
            found.append(Amended(old.provisions[before[name]], ("removed",)))
        elif name not in before:
            found.append(Amended(new.provisions[after[name]], ("added",)))
        else:
            provision, was = new.provisions[after[name]], old.provisions[before[name]]
            what = tuple(
                part
                for part, of in _PARTS.items()
                if of(new, after[name], provision) != of(old, before[name], was)
            )
            if what:
                found.append(Amended(provision, what))
    return tuple(found)
