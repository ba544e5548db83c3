"""Clients that act at the same moment: threads in several processes, each with a connection of its own."""

from __future__ import annotations

import json
import queue
import subprocess
import sys
import threading
import traceback
from collections.abc import Sequence
from dataclasses import asdict
from multiprocessing import Pipe
from multiprocessing.connection import Connection
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from tests.booking import acts
from tests.databases import Store

PROCESSES = 4
WAIT_SECONDS = 300.0
ROOT = Path(__file__).resolve().parents[2]


class Clients:
    """So many threads over a few processes, which begin each act together.

    Use it as a context: the processes end with it.
    """

    def __init__(self, store: Store, count: int, processes: int = PROCESSES) -> None:
        self.count = count
        self._processes: list[subprocess.Popen[bytes]] = []
        self._ends: list[Connection] = []
        for at in range(min(processes, count)):
            threads = len(range(at, count, min(processes, count)))
            mine, theirs = Pipe()
            said = [json.dumps(asdict(store)), str(threads), str(theirs.fileno())]
            self._processes.append(
                subprocess.Popen(
                    [sys.executable, "-m", "tests.booking.clients", *said],
                    pass_fds=[theirs.fileno()],
                    cwd=ROOT,
                )
            )
            theirs.close()
            self._ends.append(mine)

    def __enter__(self) -> Self:
        for end in self._ends:
            _received(end)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, raised: BaseException | None, trace: TracebackType | None
    ) -> None:
        for end in self._ends:
            end.close()
        for process in self._processes:
            process.wait(WAIT_SECONDS)

    def together(self, wanted: Sequence[tuple[str, Any]]) -> list[Any]:
        """Let each act of a list be done by another client, all beginning at the same moment.

        Args:
            wanted: names of functions in `acts`, with what each is given; at most as many as clients.

        Returns:
            what each gave, in the order of the list.

        Raises:
            AssertionError: one of them failed.
        """
        shares = [wanted[at :: len(self._ends)] for at in range(len(self._ends))]
        for end, share in zip(self._ends, shares, strict=True):
            end.send(share)
        for end in self._ends:
            _received(end)
        for end in self._ends:
            end.send("go")
        found: list[Any] = [None] * len(wanted)
        for at, end in enumerate(self._ends):
            found[at :: len(self._ends)] = _received(end)
        failed = [one for one in found if isinstance(one, Failed)]
        assert not failed, failed[0].told
        return found


class Failed:
    """What was raised instead of an answer."""

    def __init__(self, told: str) -> None:
        self.told = told


def _received(end: Connection) -> Any:
    assert end.poll(WAIT_SECONDS), "the clients do not answer: they wait for each other"
    return end.recv()


def serve(store: Store, threads: int, end: Connection) -> None:
    """Do what comes through the other end, each act in a thread, until it is closed."""
    from locutorio.store.start import start

    start(store.where, isolation=store.isolation)
    store.use()
    tasks: queue.SimpleQueue[Any] = queue.SimpleQueue()
    done: queue.SimpleQueue[tuple[int, Any]] = queue.SimpleQueue()
    for _ in range(threads):
        threading.Thread(target=_thread, args=(tasks, done), daemon=True).start()
    for _ in range(threads):
        done.get()
    end.send("ready")
    while True:
        try:
            share = end.recv()
        except EOFError:
            break
        gate = threading.Barrier(len(share) + 1)
        for at, (name, given) in enumerate(share):
            tasks.put((at, name, given, gate))
        end.send("ready")
        end.recv()
        gate.wait()
        found = dict(done.get() for _ in share)
        end.send([found[at] for at in range(len(share))])
    for _ in range(threads):
        tasks.put(None)


def _thread(tasks: queue.SimpleQueue[Any], done: queue.SimpleQueue[tuple[int, Any]]) -> None:
    from django.db import connection

    connection.ensure_connection()
    done.put((-1, None))
    while (task := tasks.get()) is not None:
        at, name, given, gate = task
        gate.wait()
        try:
            answer = getattr(acts, name)(given)
        except Exception:  # noqa: BLE001 - it is told where the test runs
            answer = Failed(traceback.format_exc())
        done.put((at, answer))
    connection.close()


if __name__ == "__main__":
    from tests.booking.clients import serve  # what is sent is then of a module that the other end knows

    serve(Store(**json.loads(sys.argv[1])), int(sys.argv[2]), Connection(int(sys.argv[3])))
