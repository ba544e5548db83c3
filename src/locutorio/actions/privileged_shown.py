"""The registered numbers as whoever keeps or oversees them sees them."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from locutorio.actions.authority import About, reading
from locutorio.store import privileged
from locutorio.store.actor import Actor
from locutorio.store.privileged import PrivilegedRow
from locutorio.store.registering import SignedRegister, signed_last


@dataclass(frozen=True, slots=True)
class PrivilegedShown:
    """The registered numbers, and the register that was signed last; none where none was yet."""

    numbers: tuple[PrivilegedRow, ...]
    signed: SignedRegister | None


def privileged_shown(by: Actor, at: UUID) -> PrivilegedShown:
    """Give them.

    Raises:
        Refused: it is not theirs to read.
        Fault: what was signed last cannot be read.
    """
    with reading(by, "read_privileged", About(at)):
        return PrivilegedShown(tuple(privileged.entered(at)), signed_last(at))
