"""Asks other witnesses to sign the log, or another number of them. Two people do it.

Those before are asked once more, over the entry that says so: whoever believes them can then know who comes
after them.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from uuid import UUID

from locutorio.actions.two_people import Arguments, FourEyes, Line, Shown
from locutorio.kernel.faults import Fault
from locutorio.record.succession import FIELD
from locutorio.store.log import checkpoints
from locutorio.store.log.asking import Asked, Witnesses
from locutorio.store.log.sequencer import sequence
from locutorio.store.log.succeeding import Succeeding, witnesses_of
from locutorio.store.transaction import Answer, Sent, Transaction


def _asked(arguments: Arguments) -> Witnesses:
    return Witnesses.parse(arguments.get("witnesses", "").replace("\r\n", "\n"))


def _shown(establishment: UUID, arguments: Arguments) -> Shown:
    before, after = witnesses_of(establishment), _asked(arguments)
    return Shown(
        (
            *(Line("witness_now", _said(one)) for one in before.asked),
            Line("quorum_now", str(before.quorum)),
            *(Line("witness", _said(one)) for one in after.asked),
            Line("quorum", str(after.quorum)),
        )
    )


def _said(one: Asked) -> str:
    return f"{one.name}, {one.address}, {' '.join(key.id.hex() for key in one.keys)}"


@contextmanager
def _around(sent: Sent, _arguments: Arguments) -> Iterator[Succeeding]:
    """Take back what was written where the transaction fails; else ask those before once more."""
    ready, before = Succeeding(sent.establishment), witnesses_of(sent.establishment)
    try:
        yield ready
    except BaseException:
        ready.take_back()
        raise
    with suppress(Fault):  # who does not answer is told by the next self-check
        sequence(sent.establishment)
        checkpoints.sign(sent.establishment, sent.at, besides=before.asked)


def _run(tx: Transaction, arguments: Arguments, ready: Succeeding) -> Answer:
    change = ready.witnesses("".join(f"{line}\n" for line in arguments["witnesses"].splitlines()))
    tx.header[FIELD] = change.hash
    return {"change": change.written().decode()}


FOUR_EYES = FourEyes(
    act="change_witnesses",
    takes=frozenset({"witnesses"}),
    shown=_shown,
    run=_run,
    hold=lambda _tx, _arguments, ready: ready.take_back(),
    around=_around,
)
