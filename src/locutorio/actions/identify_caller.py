"""Finds out who is at a telephone, by their number and PIN. Tries are counted by device and by account."""

from __future__ import annotations

import hmac
import mmap
import secrets
from datetime import datetime
from uuid import UUID

from locutorio.actions.sign_in import is_held_back, too_many
from locutorio.store import accounts, failures
from locutorio.store.callers import Caller
from locutorio.store.failures import Door

WRONG_PIN, TOO_MANY_TRIES = "wrong-pin", "too-many-tries"
_PLACES, _DIGEST_LENGTH = 65_536, 32


class _Known:
    """PINs that were right, by what is kept of them, so that the slow comparison is made once.

    What is held is a digest under a key that is drawn here; a PIN that is changed is kept otherwise, and is
    not found. Processes that come of this one by a fork share it. Of two that fall on one place, or are
    written at once, the one that is not there any more is compared slowly again.
    """

    def __init__(self) -> None:
        self._key = secrets.token_bytes(_DIGEST_LENGTH)
        self._digests = mmap.mmap(-1, _PLACES * _DIGEST_LENGTH)

    def holds(self, kept: str, pin: str) -> bool:
        digest, place = self._digest(kept, pin)
        return hmac.compare_digest(self._digests[place : place + _DIGEST_LENGTH], digest)

    def add(self, kept: str, pin: str) -> None:
        digest, place = self._digest(kept, pin)
        self._digests[place : place + _DIGEST_LENGTH] = digest

    def _digest(self, kept: str, pin: str) -> tuple[bytes, int]:
        digest = hmac.digest(self._key, f"{kept}\0{pin}".encode(), "sha256")
        return digest, int.from_bytes(digest[:4], "big") % _PLACES * _DIGEST_LENGTH


_known = _Known()


def identify_caller(
    at: UUID, telephone: UUID, number: str, caller: Caller | None, pin: str, moment: datetime
) -> str:
    """Say in one word why somebody is not known by the number and PIN they dialled; nothing where they are.

    A number that nobody has is answered as a wrong PIN is, and takes as long.

    Args:
        at: the establishment.
        telephone: where they dial.
        number: as dialled.
        caller: whom the number is of, None where it is nobody's.
        pin: as dialled.
        moment: now.
    """
    name, address = f"number {number} at {telephone}", f"telephone {telephone}"
    door = Door("pin", "telephone", telephone, at)
    account, kept = (caller.account, caller.pin) if caller else (None, "")
    if kept and _known.holds(kept, pin):
        if is_held_back(name, address, moment):
            failures.count(account, door, moment, held_back=True)
            return TOO_MANY_TRIES
        return ""
    if too_many(name, address, moment):
        failures.count(account, door, moment, held_back=True)
        return TOO_MANY_TRIES
    if not accounts.fits(pin, kept) or caller is None:
        failures.count(account, door, moment)
        return WRONG_PIN
    accounts.succeeded(name, address, moment)
    _known.add(kept, pin)
    return ""
