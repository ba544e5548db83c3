"""Seeds of one-time codes and of recovery codes: sealed under a key of the keyring, which is in no database.

Whoever has a copy of the databases, or of a session in them, has no second factor of anybody.
"""

from __future__ import annotations

import os

from allauth.mfa.adapter import DefaultMFAAdapter

from locutorio.kernel.faults import Fault
from locutorio.record.sealing import NONCE_LENGTH, opened, seal
from locutorio.record.unproved import Unproved
from locutorio.store.keyring import folder, secret

KEY, ABOUT = "factors", "the seed of a second factor"


class Seeds(DefaultMFAAdapter):  # type: ignore[misc] # allauth has no types
    """What django-allauth asks before it keeps a seed and after it finds one."""

    def encrypt(self, text: str) -> str:
        """Seal a seed with AES-256-GCM; give it in hexadecimal digits. The first time, the key is drawn.

        Raises:
            Fault: the keyring cannot be used.
        """
        key = secret(folder() / KEY, make=True)
        return seal(key, os.urandom(NONCE_LENGTH), text.encode(), ABOUT).hex()

    def decrypt(self, encrypted_text: str) -> str:
        """Give a seed back.

        Raises:
            Fault: the keyring cannot be used, lacks the key, or holds another than the one that sealed it.
        """
        key = secret(folder() / KEY, make=False)
        try:
            return opened(key, bytes.fromhex(encrypted_text), ABOUT).decode()
        except (Unproved, ValueError) as error:
            raise Fault(
                f"the key {KEY} of this keyring does not open a second factor of this database",
                why="it is another database's keyring, or the key was lost and drawn anew",
                remedy="put back the key from where keys are kept apart; where nobody has it, accounts begin"
                " anew with a reset",
            ) from error
