"""What an error of a database means for a change that met it, and how long to wait before the next try."""

from __future__ import annotations

import random
import time
from enum import Enum

from django.db import Error, InterfaceError, OperationalError

from locutorio.kernel.faults import Fault
from locutorio.store import sqlite

TRIES_MAX = 40
PAUSE_SECONDS, PAUSE_SECONDS_MAX = 0.002, 0.25


class Trouble(Enum):
    """What an error of a database means for a change that met it."""

    BUSY = "others were in its way: it was not made, and can be tried again"
    LOST = "the connection was lost: nobody knows whether it was made"
    UNWRITABLE = "the database cannot write: it was not made"
    DEFECT = "the program asked for what the database does not have or allow"


_SQLITE = {
    "SQLITE_BUSY": Trouble.BUSY,
    "SQLITE_LOCKED": Trouble.BUSY,
    "SQLITE_FULL": Trouble.UNWRITABLE,
    "SQLITE_READONLY": Trouble.UNWRITABLE,
    "SQLITE_IOERR": Trouble.UNWRITABLE,
    "SQLITE_CANTOPEN": Trouble.UNWRITABLE,
    "SQLITE_CORRUPT": Trouble.UNWRITABLE,
    "SQLITE_NOTADB": Trouble.UNWRITABLE,
}
# The first characters of an SQLSTATE.
_POSTGRESQL = {
    "40001": Trouble.BUSY,  # serialisation failure
    "40P01": Trouble.BUSY,  # deadlock
    "55P03": Trouble.BUSY,  # lock not available
    "08": Trouble.LOST,
    "57P": Trouble.LOST,  # shut down, crashed, starting
    "25P03": Trouble.LOST,  # the transaction stood idle for too long
    "53300": Trouble.LOST,  # too many connections
    "53": Trouble.UNWRITABLE,
    "58": Trouble.UNWRITABLE,
    "25006": Trouble.UNWRITABLE,  # read only
    "XX00": Trouble.UNWRITABLE,
}


def trouble_of(error: Error) -> Trouble:
    """Tell what kind of trouble an error of a database is."""
    cause = error.__cause__
    if isinstance(cause, sqlite.library.Error):
        name = getattr(cause, "sqlite_errorname", "")
        return next((trouble for start, trouble in _SQLITE.items() if name.startswith(start)), Trouble.DEFECT)
    state = getattr(cause, "sqlstate", None)
    if state is None:
        return Trouble.LOST if isinstance(error, OperationalError | InterfaceError) else Trouble.DEFECT
    return next(
        (trouble for start, trouble in _POSTGRESQL.items() if state.startswith(start)), Trouble.DEFECT
    )


def told(trouble: Trouble, error: Error) -> Fault:
    """Give what is raised for a trouble that trying again does not end."""
    why = " ".join(str(error).split())
    if trouble is Trouble.UNWRITABLE:
        return Fault(
            "the change was not made",
            why=f"the database cannot write: {why}",
            remedy="nothing was changed, and what is stored can be read: tell whoever runs the program, then "
            "send it again",
        )
    return Fault(
        "the database does not answer",
        why=why,
        remedy="send the same again later: it is carried out once, also if it was carried out already",
    )


def pause(turn: int) -> None:
    """Wait for a moment, which is longer at each turn."""
    most = min(PAUSE_SECONDS_MAX, PAUSE_SECONDS * 2 ** min(turn, 10))
    time.sleep(random.uniform(0, most))  # noqa: S311 - it only spreads those who try again
