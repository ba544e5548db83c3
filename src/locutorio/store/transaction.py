"""One command, one transaction, one entry: all of it or none, once, however often it is sent."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from django.db import Error, IntegrityError, connections

from locutorio.kernel.faults import Fault
from locutorio.store.commands import Answer, Command, Sent, Transaction
from locutorio.store.context import changing
from locutorio.store.log.answered import answered_before
from locutorio.store.log.writers import Numbered, numbered
from locutorio.store.log.writing import begun, written
from locutorio.store.statements import write
from locutorio.store.trouble import PAUSE_SECONDS_MAX, TRIES_MAX, Trouble, pause, told, trouble_of
from locutorio.store.turns import one_by_one

CLASHES_MAX = 3
LOST_SECONDS_MAX = 5.0

__all__ = ["Answer", "Clashed", "Command", "Sent", "Transaction", "Work", "answering", "perform"]

Work = Callable[[Transaction], Answer]


class Clashed(Exception):
    """Others were quicker than the work of a command: it is undone, and run again."""


def perform(command: Command, work: Work) -> Answer:
    """Carry out a command once, in one transaction, with its entry in the record.

    When it returns, the change is on disk. The work may be run again where others were in its way, or where
    the connection was lost and nobody knows what became of it, so it does nothing outside the database.

    Returns:
        the answer of the work: the first one, where the command was carried out before.

    Raises:
        Fault: the identifier was used for something else; the database cannot write or does not answer; or
            the work refuses.
    """
    lost_until: float | None = None
    clashes = 0
    with one_by_one():
        for turn in range(TRIES_MAX):
            try:
                with numbered(command.establishment) as number:
                    return _once(command, work, number)
            except Clashed:
                pass
            except IntegrityError:
                clashes += 1
                if clashes > CLASHES_MAX:
                    raise
            except Error as error:
                trouble = trouble_of(error)
                if trouble is Trouble.LOST:
                    connections.close_all()
                    lost_until = lost_until or time.monotonic() + LOST_SECONDS_MAX
                    if time.monotonic() < lost_until:
                        time.sleep(PAUSE_SECONDS_MAX)
                        continue
                if trouble is Trouble.DEFECT:
                    raise
                if trouble is not Trouble.BUSY:
                    raise told(trouble, error) from error
            pause(turn)
    raise Fault(
        "the change could not be made now",
        why="too many others are changing the same thing",
        remedy="nothing was changed: send it again",
    )


def _once(command: Command, work: Work, number: Numbered) -> Answer:
    with changing(command.establishment):
        done = answered_before(command)
        if done is not None:
            return done
        tx = Transaction(command)
        if first := begun():
            write(first, of=command.establishment)
        answer: Answer = json.loads(json.dumps(work(tx)))
        write(written(tx, answer, number), of=command.establishment)
        return answer


@contextmanager
def answering() -> Iterator[None]:
    """Raise what a database meets while it is read as a fault that a person can act on."""
    try:
        yield
    except Error as error:
        trouble = trouble_of(error)
        if trouble is Trouble.DEFECT:
            raise
        connections.close_all()
        raise told(Trouble.LOST, error) from error
