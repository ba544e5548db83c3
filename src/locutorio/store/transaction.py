"""One command, one transaction, one entry: all of it or none, once, however often it is sent."""

from __future__ import annotations

import json
import os
import random
import sqlite3
import threading
import time
from collections import deque
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, field
from datetime import datetime
from enum import Enum
from hashlib import sha256
from typing import Any
from uuid import UUID

from django.db import Error, IntegrityError, InterfaceError, OperationalError, connection

from locutorio.kernel.faults import Fault
from locutorio.store.actor import PROGRAM, Actor
from locutorio.store.context import changing
from locutorio.store.identifiers import new_id
from locutorio.store.models import Entry
from locutorio.store.statements import Statement, write

try:
    import fcntl
except ImportError:  # on Windows, where one process writes
    fcntl = None  # type: ignore[assignment]

TRIES_MAX, CLASHES_MAX = 40, 3
PAUSE_SECONDS, PAUSE_SECONDS_MAX = 0.002, 0.25
LOST_SECONDS_MAX = 5.0

Answer = Mapping[str, Any]
Work = Callable[["Transaction"], Answer]


class Clashed(Exception):
    """Others were quicker than the work of a command: it is undone, and run again."""


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


@dataclass(frozen=True, slots=True)
class Command:
    """What somebody wants done. ``id`` is the sender's own: the same one is carried out once.

    ``arguments`` are plain values (text, numbers, lists and maps of them), all that the work rests on.
    ``at`` is the moment the door took it; ``actor`` the account that asked, none for the program itself.
    """

    id: UUID
    action: str
    establishment: UUID
    at: datetime
    arguments: Mapping[str, Any]
    actor: UUID | None = None
    person: UUID | None = None

    @property
    def digest(self) -> str:
        """Tell one content from another."""
        said = json.dumps([self.action, str(self.actor), self.arguments], sort_keys=True, ensure_ascii=True)
        return sha256(said.encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Sent:
    """What a door says of a change: its sender's identifier, where, the moment it came, who acts."""

    id: UUID
    establishment: UUID
    at: datetime
    by: Actor = PROGRAM

    @property
    def actor(self) -> UUID | None:
        """The account that asked, None for the program itself."""
        return self.by.account

    def command(self, action: str, arguments: Mapping[str, Any], *, person: UUID | None = None) -> Command:
        """Give the command that an action makes of it."""
        return Command(self.id, action, self.establishment, self.at, arguments, self.actor, person)


@dataclass(slots=True)
class Transaction:
    """What the work of one command can use. ``noted`` is added to its entry."""

    command: Command
    noted: dict[str, Any] = field(default_factory=dict)

    @property
    def at(self) -> datetime:
        """The moment of the command."""
        return self.command.at

    @property
    def establishment(self) -> UUID:
        """The establishment of the command."""
        return self.command.establishment

    def new_id(self) -> UUID:
        """Give a fresh identifier."""
        return new_id(self.command.at)


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
                return _once(command, work)
            except Clashed:
                pass
            except IntegrityError:
                clashes += 1
                if clashes > CLASHES_MAX:
                    raise
            except Error as error:
                trouble = trouble_of(error)
                if trouble is Trouble.LOST:
                    connection.close()
                    lost_until = lost_until or time.monotonic() + LOST_SECONDS_MAX
                    if time.monotonic() < lost_until:
                        time.sleep(PAUSE_SECONDS_MAX)
                        continue
                if trouble is Trouble.DEFECT:
                    raise
                if trouble is not Trouble.BUSY:
                    raise _told(trouble, error) from error
            pause(turn)
    raise Fault(
        "the change could not be made now",
        why="too many others are changing the same thing",
        remedy="nothing was changed: send it again",
    )


def _once(command: Command, work: Work) -> Answer:
    with changing(command.establishment):
        done = answered_before(command)
        if done is not None:
            return done
        tx = Transaction(command)
        answer: Answer = json.loads(json.dumps(work(tx)))
        write([entry(tx, answer)], of=command.establishment)
        return answer


def entry(tx: Transaction, answer: Answer) -> Statement:
    """Give what writes the entry of a command in the record."""
    command = tx.command
    return (
        """INSERT INTO store_entry
            (id, establishment_id, command, action, actor, at, person, digest, body, answer)
            VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s)""",
        (
            tx.new_id(),
            command.establishment,
            command.id,
            command.action,
            command.actor,
            command.at,
            command.person,
            command.digest,
            json.dumps({"asked": command.arguments, **tx.noted}),
            json.dumps(answer),
        ),
    )


def answered_before(command: Command) -> Answer | None:
    """Give what a command answered, if it was carried out.

    Raises:
        Fault: its identifier was used for something else.
    """
    found = (
        Entry.objects.filter(establishment=command.establishment, command=command.id)
        .values_list("digest", "answer")
        .first()
    )
    if found is None:
        return None
    digest, answer = found
    if digest != command.digest:
        raise Fault(
            f"the identifier {command.id} was used for another change",
            why="each change has an identifier of its own, so that none is made twice",
            remedy="nothing was changed: send it with a new identifier",
        )
    return dict(answer)


def trouble_of(error: Error) -> Trouble:
    """Tell what kind of trouble an error of a database is."""
    cause = error.__cause__
    if isinstance(cause, sqlite3.Error):
        name = getattr(cause, "sqlite_errorname", "")
        return next((trouble for start, trouble in _SQLITE.items() if name.startswith(start)), Trouble.DEFECT)
    state = getattr(cause, "sqlstate", None)
    if state is None:
        return Trouble.LOST if isinstance(error, OperationalError | InterfaceError) else Trouble.DEFECT
    return next(
        (trouble for start, trouble in _POSTGRESQL.items() if state.startswith(start)), Trouble.DEFECT
    )


@contextmanager
def answering() -> Iterator[None]:
    """Raise what a database meets while it is read as a fault that a person can act on."""
    try:
        yield
    except Error as error:
        trouble = trouble_of(error)
        if trouble is Trouble.DEFECT:
            raise
        connection.close()
        raise _told(Trouble.LOST, error) from error


def _told(trouble: Trouble, error: Error) -> Fault:
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


class _Turns:
    """Lets the threads of this process go one by one, in the order in which they came."""

    def __init__(self) -> None:
        self._guard = threading.Lock()
        self._waiting: deque[threading.Event] = deque()
        self._taken = False

    def take(self) -> None:
        with self._guard:
            if not self._taken:
                self._taken = True
                return
            mine = threading.Event()
            self._waiting.append(mine)
        try:
            mine.wait()
        except BaseException:
            with self._guard:
                if not mine.is_set():
                    self._waiting.remove(mine)
            if mine.is_set():
                self.give()
            raise

    def give(self) -> None:
        with self._guard:
            if self._waiting:
                self._waiting.popleft().set()
            else:
                self._taken = False


_turns = _Turns()


@contextmanager
def one_by_one() -> Iterator[None]:
    """Let writers go one by one on SQLite, in the order in which they came: it would let some wait for ever.

    The threads of this process stand in line for a file beside the database, with the other processes.
    """
    if connection.vendor != "sqlite":
        yield
        return
    _turns.take()
    try:
        with ExitStack() as line:
            with suppress(OSError):  # where no file can be made, nor can a change: the database says so
                _join(line, f"{connection.settings_dict['NAME']}-queue")
            yield
    finally:
        _turns.give()


def _join(line: ExitStack, path: str) -> None:
    if fcntl is None:
        return
    file = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o666)
    line.callback(os.close, file)
    fcntl.flock(file, fcntl.LOCK_EX)
