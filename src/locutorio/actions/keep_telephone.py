"""Keeps a telephone of an establishment, which shows who it is by a secret; or ends one."""

from __future__ import annotations

import hashlib
import re
import secrets

from locutorio.actions.authority import About, authorize
from locutorio.kernel.faults import Fault
from locutorio.store import calls
from locutorio.store.transaction import Answer, Sent, Transaction, perform

WING_LENGTH_MAX = 60
_NAME = re.compile(r"[A-Za-z0-9_.-]{1,60}")
_SECRET_BYTES = 18


def keep_telephone(name: str, wing: str, realm: str, sent: Sent) -> str:
    """Keep a telephone, and give its secret, which is kept nowhere and cannot be had again.

    Args:
        name: its user in SIP.
        wing: where it hangs.
        realm: of the engine that it calls through; with another one the secret shows nothing.
        sent: of the change.

    Raises:
        Fault: it has no name that SIP can carry, one of that name is in use, or this was done already.
    """
    authorize(sent.by, "keep_telephone", About(sent.establishment), at=sent.at)
    if not _NAME.fullmatch(name):
        raise Fault(
            f'"{name}" is no name of a telephone',
            remedy="write at most 60 letters without accents, digits, dots or hyphens, such as north-1",
        )
    if len(wing) > WING_LENGTH_MAX:
        raise Fault("the name of the wing is too long", remedy=f"write at most {WING_LENGTH_MAX} letters")
    secret = secrets.token_urlsafe(_SECRET_BYTES)
    made: list[str] = []

    def work(tx: Transaction) -> Answer:
        calls.keep_telephone(tx, name, wing, _shown(name, realm, secret))
        made[:] = [secret]
        return {}

    perform(sent.command("keep_telephone", {"name": name, "wing": wing, "realm": realm}), work)
    if not made:
        raise Fault("this was done already", remedy="end it and keep it again: secrets are shown once")
    return secret


def stop_telephone(name: str, sent: Sent) -> None:
    """End a telephone: nobody calls from there any more.

    Raises:
        Fault: there is none of the name.
    """
    authorize(sent.by, "stop_telephone", About(sent.establishment), at=sent.at)

    def work(tx: Transaction) -> Answer:
        if not calls.stop_telephone(tx, name):
            raise Fault(f'there is no telephone "{name}"', remedy="look at how its name is written")
        return {}

    perform(sent.command("stop_telephone", {"name": name}), work)


def _shown(name: str, realm: str, secret: str) -> str:
    """Give what a secret is checked with, as RFC 3261 has it: no other digest is known to every telephone."""
    return hashlib.md5(f"{name}:{realm}:{secret}".encode(), usedforsecurity=False).hexdigest()
