"""The decision point: processes that share one port, and one that watches over the calls under way.

Whoever begins them holds no database and no thread; it starts again what ends, and they end with it.
"""

from __future__ import annotations

import gc
import os
import signal
import socket
import sys
import time
import traceback
from collections.abc import Callable
from contextlib import suppress
from typing import NoReturn
from uuid import UUID

from locutorio.actions.clock import now, today
from locutorio.kernel.faults import Fault, Faults
from locutorio.telephony.plane import LOOPBACK, Plane

WAITING_CONNECTIONS = 256
AGAIN_SECONDS = 0.3
LOOK_SECONDS = 0.1
LOOKED_FOR_GARBAGE = (50_000, 20, 50)
"""How often garbage is looked for: what is known of callers is much, and hardly any of it is that."""
CALL = "call"
_ANSWERS, _WATCHES = "answers", "watches"


def main(plane: Plane) -> None:
    """Run the decision point of a plane until told to end.

    Raises:
        Fault: the database cannot be opened, the establishment is none of it, or the port is in use.
    """
    with _listening(plane) as listening:
        at = _prepared(plane)
        number = plane.points or os.cpu_count() or 1
        does: dict[str, Callable[[], None]] = {
            f"{_ANSWERS}-{one}": lambda one=one: _answer(plane, at, listening, one)  # type: ignore[misc]
            for one in range(number)
        }
        _Processes({**does, _WATCHES: lambda: _watch(plane, at)}).run()


class _Processes:
    """Processes of this one, each started again when it ends."""

    def __init__(self, does: dict[str, Callable[[], None]]) -> None:
        self._does = does
        self._running: dict[int, str] = {}
        self._ended = False

    def run(self) -> None:
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, self._end)
        for name in self._does:
            self._start(name)
        while not self._ended:
            self._look()
            time.sleep(LOOK_SECONDS)
        for pid in self._running:
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGTERM)

    def _end(self, *_: object) -> None:
        self._ended = True

    def _look(self) -> None:
        pid, _ = os.waitpid(-1, os.WNOHANG)
        name = self._running.pop(pid, None)
        if name is not None:
            time.sleep(AGAIN_SECONDS)
            self._start(name)

    def _start(self, name: str) -> None:
        pid = os.fork()
        if pid:
            self._running[pid] = name
            return
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, signal.SIG_DFL)
        _become(self._does[name])


def _become(does: Callable[[], None]) -> NoReturn:
    """Do one thing and end, whatever becomes of it."""
    code = 1
    try:
        does()
        code = 0
    except (Fault, Faults) as fault:
        sys.stderr.write(f"{fault}\n")
    except BaseException:  # noqa: BLE001 - it is told, and the process is started again
        traceback.print_exc()
    finally:
        sys.stderr.flush()
        os._exit(code)


def _listening(plane: Plane) -> socket.socket:
    made = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    made.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        made.bind((LOOPBACK, plane.point))
    except OSError as error:
        made.close()
        raise Fault(f"port {plane.point} cannot be used", why=str(error)) from error
    made.setblocking(False)
    return made


def _prepared(plane: Plane) -> UUID:
    """Make ready what others of the plane read, and the law that the processes share; leave nothing open."""
    from locutorio.store.start import let_go, start

    start()
    from locutorio.actions.issue_grant import grants_key
    from locutorio.actions.write_register import write_register
    from locutorio.store.actor import PROGRAM
    from locutorio.store.calls import telephones
    from locutorio.store.keyring import kept
    from locutorio.store.people import establishment_of
    from locutorio.store.transaction import answering
    from locutorio.telephony import point_server, putting_together  # noqa: F401 - read once, before the fork
    from locutorio.telephony.config import renew_telephones

    with answering():
        found = establishment_of(plane.establishment)
        if found is None:
            raise Fault(
                f'there is no establishment "{plane.establishment}" in this database',
                remedy="name it with `locutorio telephony config --establishment`",
            )
        _read(found.law)
        kept(plane.grants_key, f"{grants_key(found.id)}\n".encode())
        plane.grants_key.chmod(0o644)
        renew_telephones(plane, {one.name: one.ha1 for one in telephones(found.id)})
        with suppress(Fault):  # the watch says what is wrong, and tries again
            write_register(PROGRAM, found.id, plane.register, now())
    let_go()
    return found.id


def _read(law: str) -> None:
    """Read all that a decision on a call takes, by making one, so that no caller waits for that."""
    from locutorio.actions import answer
    from locutorio.actions.template import template
    from locutorio.facts.vocabulary import LANGUAGES
    from locutorio.notices.document import as_document

    with suppress(Fault):  # of a law that says nothing of calls there is none to make
        made = answer.answer(answer.read(template(law, CALL, LANGUAGES[0], today()).encode(), CALL))
        for language in LANGUAGES:
            as_document(made, language)


def _answer(plane: Plane, at: UUID, listening: socket.socket, number: int) -> None:
    from locutorio.telephony.point_server import Server
    from locutorio.telephony.putting_together import decision_point

    gc.freeze()
    gc.set_threshold(*LOOKED_FOR_GARBAGE)
    with Server(listening, decision_point(plane, at, number), plane.secret) as server:
        listening.listen(WAITING_CONNECTIONS)
        server.serve_forever(poll_interval=LOOK_SECONDS)


def _watch(plane: Plane, at: UUID) -> None:
    from locutorio.store.keyring import locked
    from locutorio.telephony.putting_together import watch

    with locked(plane.run / "watch.lock"):
        watching, began = watch(plane, at), os.getppid()
        while os.getppid() == began:
            watching.turn()
