"""What is seen to before an establishment's pages are served: files, clock, that no other server is there."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path

from django.db import connections

from locutorio.kernel.faults import Fault
from locutorio.store import policies
from locutorio.store.context import inside
from locutorio.store.models import Entry
from locutorio.store.people import establishment, establishments
from locutorio.store.start import behind

try:
    import fcntl
except ImportError:  # on Windows, where a file that is open is nobody else's
    fcntl = None  # type: ignore[assignment]

BEHIND_MAX = timedelta(minutes=5)
_OTHERS = 0o077


def see_to_files() -> None:
    """See that nobody else on this machine can read a database that is a file.

    Raises:
        Fault: somebody can.
    """
    for path in filter(Path.exists, _files()):
        if os.name == "posix" and path.stat().st_mode & _OTHERS:
            raise Fault(
                f"others on this machine can read {path}",
                why="it holds what is known of people, and no password stands before it",
                remedy=f"run chmod 600 {path}, and see who could read it so far",
            )


def see_to_tables() -> None:
    """See that the tables are there, and of this version.

    Raises:
        Fault: they are not.
    """
    fault = behind()
    if fault is not None:
        raise fault


def see_to_policies() -> None:
    """See that a PostgreSQL server shows one establishment's rows at a time.

    Raises:
        Fault: something of it is open.
    """
    fault = policies.lacking(connections["default"])
    if fault is not None:
        raise fault


def see_to_the_clock(now: datetime) -> None:
    """See that this machine's clock is not behind what was written last.

    Raises:
        Fault: it is, by more than BEHIND_MAX.
    """
    for id_ in establishments():
        with inside(id_):
            entries = Entry.objects.filter(establishment=id_)
            last = entries.order_by("-id").values_list("at", flat=True).first()
        if last is not None and last - now > BEHIND_MAX:
            raise Fault(
                f"this machine's clock says {now:%Y-%m-%d %H:%M} UTC, and in {establishment(id_).code} there"
                f" is something that was written at {last:%Y-%m-%d %H:%M} UTC",
                why="deadlines, ages and visits would be counted from a wrong day",
                remedy="set the clock right; if the later moment was the wrong one, keep the database as it"
                " is and ask for help, because what it says cannot be changed",
            )


@contextmanager
def alone() -> Iterator[None]:
    """Be the only one who serves a database that is a file, for as long as the block runs.

    Raises:
        Fault: another server is there.
    """
    path = next(_files(), None)
    if path is None or fcntl is None:
        yield
        return
    try:
        file = os.open(f"{path}-serving", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    except OSError as error:
        raise Fault(
            f"nothing can be written beside {path}",
            why=error.strerror or str(error),
            remedy="let the user of this program write in that folder",
        ) from error
    try:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise Fault(
                f"{path} is served already",
                why="two servers of one file would each keep their own count of sign-ins, holds and checks",
                remedy="end the other one first; several servers need a PostgreSQL database",
            ) from error
        yield
    finally:
        os.close(file)


def _files() -> Iterator[Path]:
    """Give the databases that are files, the main one first."""
    for alias in connections:
        if connections[alias].vendor == "sqlite":
            yield Path(connections[alias].settings_dict["NAME"])
