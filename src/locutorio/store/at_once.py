"""A command that holds nothing while it looks, and then writes everything at once, or nothing.

What it writes begins with `unless_held_since`, which fails where somebody held a row since it looked. So what
it saw is still so when it is written, and nobody waits while it thinks.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db import Error, IntegrityError

from locutorio.kernel.faults import Fault
from locutorio.store.commands import Answer, Command, Transaction
from locutorio.store.context import inside
from locutorio.store.log.answered import answered_before
from locutorio.store.log.writers import numbered
from locutorio.store.log.writing import begun, written
from locutorio.store.statements import Statement, write
from locutorio.store.together import write_together
from locutorio.store.trouble import pause
from locutorio.store.turns import one_by_one

TRIES_MAX = 3


@dataclass(frozen=True, slots=True)
class Planned:
    """What a command answers, and what it writes for it."""

    answer: Answer
    statements: Sequence[Statement]


def at_once(command: Command, plan: Callable[[Transaction], Planned | None]) -> Answer | None:
    """Carry out a command that is planned by reading only, with its entry in the record.

    Args:
        command: what is wanted; the same one is carried out once, as by `perform`.
        plan: reads, and says what is to be written; None where that is not to be said so simply. It may be
            run again.

    Returns:
        the answer; None where nothing was changed, and `perform` must do it.

    Raises:
        Fault: the identifier was used for something else.
    """
    with one_by_one():
        return _tried(command, plan, write)


def together(command: Command, plan: Callable[[Transaction], Planned | None]) -> Answer | None:
    """Carry out a command as `at_once` does, planned while others write, and written with what they write.

    It is for what comes often and hardly ever stands in another's way.
    """
    return _tried(command, plan, write_together)


def _tried(
    command: Command, plan: Callable[[Transaction], Planned | None], writing: Callable[..., None]
) -> Answer | None:
    for turn in range(TRIES_MAX):
        try:
            tx = Transaction(command)
            planned = plan(tx)
            if planned is None:
                return None
            with numbered(command.establishment) as number:
                entry = written(tx, planned.answer, number)
                writing([*begun(), *planned.statements, *entry], of=command.establishment)
        except IntegrityError:
            with inside(command.establishment):
                done = answered_before(command)
            if done is not None:
                return done
            pause(turn)
        except (Error, Fault):
            return None
        else:
            return planned.answer
    return None


def unless_changed_since(table: str, id_: UUID, version: int) -> Statement:
    """Give what keeps a row as it is until the end, and lets nothing be written where it was held since."""
    same = f"UPDATE {table} SET version = CASE WHEN version = %s THEN version END WHERE id = %s"  # noqa: S608
    return same, (version, id_)


def unless_held_since(table: str, id_: UUID, version: int) -> Statement:
    """Give what holds a row, and lets nothing be written where somebody held it since that version."""
    held = f"UPDATE {table} SET version = CASE WHEN version = %s THEN version + 1 END WHERE id = %s"  # noqa: S608
    return held, (version, id_)
