"""Who signs the log of an establishment, and who outside signs that it only grew."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from locutorio.actions.authority import About, reading
from locutorio.store.actor import Actor
from locutorio.store.log.succeeding import changes_of, is_linked, policy_of, replaced_keys, witnesses_of


@dataclass(frozen=True, slots=True)
class WitnessShown:
    """A witness: its name, where it is asked, the short names of its keys."""

    name: str
    address: str
    keys: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class KeysShown:
    """The keys by their short names, those that were replaced and sign still, and the witnesses.

    ``retire`` tells whether the replaced ones can go; ``changes`` how often keys or witnesses were changed.
    """

    keys: tuple[str, ...]
    replaced: tuple[str, ...]
    retire: bool
    witnesses: tuple[WitnessShown, ...]
    quorum: int
    changes: int


def keys_shown(by: Actor, at: UUID) -> KeysShown:
    """Give all of it.

    Raises:
        Refused: it is not theirs to read.
        Fault: a key or the file of the witnesses cannot be read.
    """
    with reading(by, "read_keys", About(at)):
        known, old = witnesses_of(at), replaced_keys(at)
        return KeysShown(
            tuple(key.id.hex() for key in policy_of(at).log),
            tuple(key.id.hex() for key in old),
            bool(old) and is_linked(at),
            tuple(
                WitnessShown(one.name, one.address, tuple(key.id.hex() for key in one.keys))
                for one in known.asked
            ),
            known.quorum,
            len(changes_of(at)),
        )
