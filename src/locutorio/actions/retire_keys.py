"""Destroys the keys of the log that were replaced. Two people do it, once old and new ones signed that."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from uuid import UUID

from locutorio.actions.two_people import Arguments, FourEyes, Line, Shown
from locutorio.kernel.faults import Fault
from locutorio.store.log.succeeding import is_linked, policy_of, replaced_keys, signer_of
from locutorio.store.transaction import Answer, Sent, Transaction


def _shown(establishment: UUID, _: Arguments) -> Shown:
    old = replaced_keys(establishment)
    if not old:
        raise Fault("no keys were replaced", remedy="propose new keys first")
    if not is_linked(establishment):
        raise Fault(
            "no checkpoint is signed yet by the old keys, the new ones and enough witnesses",
            why="without it, nobody who believes the old keys could ever know the new ones",
            remedy="wait until the log was signed and witnessed again, usually a minute",
        )
    kept = (Line("key", key.id.hex()) for key in policy_of(establishment).log)
    return Shown((*(Line("key_retired", key.id.hex()) for key in old), *kept))


@contextmanager
def _around(sent: Sent, _arguments: Arguments) -> Iterator[None]:
    """Destroy them once the entry is kept that says so."""
    yield
    if replaced_keys(sent.establishment):
        signer_of(sent.establishment).retire()


def _run(_tx: Transaction, _: Arguments, _ready: None) -> Answer:
    return {}


FOUR_EYES = FourEyes(
    act="retire_keys",
    takes=frozenset(),
    shown=_shown,
    run=_run,
    around=_around,
)
