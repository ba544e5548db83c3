"""Draws new keys for the log, which sign beside the old ones until those are retired. Two people do it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from uuid import UUID

from locutorio.actions.two_people import Arguments, FourEyes, Line, Shown
from locutorio.kernel.faults import Fault
from locutorio.record.succession import FIELD
from locutorio.store.log.succeeding import Succeeding, policy_of, replaced_keys
from locutorio.store.transaction import Answer, Sent, Transaction


def _shown(establishment: UUID, _: Arguments) -> Shown:
    if replaced_keys(establishment):
        raise Fault(
            "the keys that were replaced last sign still",
            remedy="retire them first, once the witnesses know the new ones",
        )
    return Shown(tuple(Line("key_now", key.id.hex()) for key in policy_of(establishment).log))


@contextmanager
def _around(sent: Sent, _arguments: Arguments) -> Iterator[Succeeding]:
    """Destroy the new keys where the transaction fails."""
    ready = Succeeding(sent.establishment)
    try:
        yield ready
    except BaseException:
        ready.take_back()
        raise


def _run(tx: Transaction, _: Arguments, ready: Succeeding) -> Answer:
    change = ready.keys()
    tx.header[FIELD] = change.hash
    return {"change": change.written().decode()}


FOUR_EYES = FourEyes(
    act="rotate_keys",
    takes=frozenset(),
    shown=_shown,
    run=_run,
    hold=lambda _tx, _arguments, ready: ready.take_back(),
    around=_around,
)
