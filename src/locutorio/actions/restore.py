"""Puts a backup back, if its log verifies and is the one that a witness has seen. Otherwise nothing stays."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any
from uuid import UUID, uuid5

from locutorio.kernel.faults import Fault
from locutorio.store.actor import PROGRAM
from locutorio.store.backups.restoring import put_back, take_away
from locutorio.store.backups.taking import Kept, new_installation

if TYPE_CHECKING:
    from locutorio.actions.confirm_restore import Ask


@dataclass(frozen=True, slots=True)
class Restored:
    """An establishment that was put back: its code, how many entries its log has, how many were witnessed."""

    code: str
    size: int
    witnessed: int


def restore(
    backup: Path,
    place_of_keys: Path,
    where: str,
    at: datetime,
    *,
    witnesses: Sequence[str | bytes],
    ask: Ask = lambda _: None,
) -> list[Restored]:
    """Put a backup back where nothing is yet.

    Args:
        backup: the folder of one backup.
        place_of_keys: the folder in which what opens it lies.
        where: the database that is made or filled; on a server as the program knows it, while the
            environment names the owner of its tables, who fills it.
        at: the moment.
        witnesses: what each witness is asked at, or the checkpoint that it gave: one at least.
        ask: asks two people who confirm it, by the accounts of each establishment that is put back.

    Raises:
        NotByTwo: two people there could confirm it, and did not. Then nothing is kept either.
        Fault: no witness is named, something is there already, the backup is damaged, or its log does not
            verify. Then nothing is kept.
    """
    if not witnesses:
        raise Fault(
            "no witness is named",
            why="an old or altered copy looks whole by itself; only what stood outside shows that it is not",
            remedy="name with --witness the address of a witness, or a file with a checkpoint that it signed",
        )
    kept = new_installation(where)
    put_back(backup, place_of_keys, kept)
    try:
        found = _verified(where, backup.name, at, witnesses, ask)
    except BaseException:
        _let_go(kept)
        raise
    return found


def _verified(
    where: str, backup: str, at: datetime, witnesses: Sequence[str | bytes], ask: Ask
) -> list[Restored]:
    from locutorio.store.start import migrate, start

    start(where)
    migrate()
    from locutorio.actions.confirm_restore import confirmed
    from locutorio.actions.verify_log import verify_log
    from locutorio.store.people import establishment, establishments

    done = []
    here = [*establishments()]
    for id_ in here:
        code = establishment(id_).code
        found = verify_log(PROGRAM, id_, at, witnesses=witnesses)
        if found.faults:
            raise Fault(
                f"the log of {code} does not hold: {found.faults[0]}",
                why=f"of {len(found.faults)} faults; a copy that cannot be proved must not be used",
                remedy="nothing was put back: restore a later backup, or on PostgreSQL from the vault",
            )
        done.append(Restored(code, found.size, found.witnessed))
    if not done:
        raise Fault(
            "the backup holds no establishment",
            why="then there is no log in it that could be verified",
            remedy="nothing was put back: restore another backup",
        )
    used: dict[UUID, str] = {}
    by = [confirmed(id_, one.code, ask, used) for id_, one in zip(here, done, strict=True)]
    for id_, one, who in zip(here, done, by, strict=True):
        _note(id_, {"backup": backup, "size": one.size, "witnessed": one.witnessed, **who}, at)
    return done


def _note(establishment: UUID, said: Mapping[str, Any], at: datetime) -> None:
    """Say in the record that it was put back: from which backup, up to which entry, and who confirmed it."""
    from locutorio.store.log.reading import HERE
    from locutorio.store.transaction import Answer, Sent, Transaction, perform

    def work(tx: Transaction) -> Answer:
        tx.kept_as = HERE
        return {**said}

    sent = Sent(uuid5(establishment, f"restore {at.isoformat()}"), establishment, at)
    perform(sent.command("restore", {}), work)


def _let_go(kept: Kept) -> None:
    """Close what was opened, and take away what was put back."""
    from locutorio.store.start import use

    use({})
    take_away(kept)
