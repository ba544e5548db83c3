"""Kills those who write, or their server, in mid-work: `python -m tests.store.kills WHAT SEED KILLS`.

Writers report each change that was acknowledged to them over a pipe, and each of them puts what waits into
the log. Whoever was killed, or lost its server, sends its last change again under the same identifier. At the
end each change that was acknowledged is in the database with the answer that was given, none is there in part
and none twice, and the log is whole.

The controls make the two mistakes that this must find: a change and its entry in two transactions, and a
server that says a change is kept before it is on its disk.
"""

from __future__ import annotations

import json
import os
import random
import select
import signal
import subprocess
import sys
import time
import traceback
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from typing import Any
from unittest.mock import patch

from django.db import InterfaceError, OperationalError, close_old_connections
from django.db.transaction import atomic

from locutorio.actions.plain import as_plain
from locutorio.kernel.faults import Fault
from locutorio.store.keyring import VARIABLE as KEYRING
from locutorio.store.log.answered import answered_before
from locutorio.store.log.sequencer import sequence
from locutorio.store.log.writers import numbered
from locutorio.store.log.writing import written
from locutorio.store.start import migrate, use
from locutorio.store.statements import write
from locutorio.store.transaction import Command, Transaction
from tests.databases import Server, Store, fresh
from tests.log.whole import all_whole
from tests.store.jobs import Counting, Job, Visiting
from tests.store.plain import Answer, Work

KINDS = ("sqlite", "postgresql")
ROOT = Path(__file__).parents[2]
WRITERS = 3
SECONDS_BETWEEN = 0.2
SERVER_SECONDS_BETWEEN = 0.4
ANSWER_SECONDS, WAIT_SECONDS, FAIR_SECONDS = 20.0, 120.0, 1.5
PAUSE_SECONDS = 0.05
CARELESS_SECONDS = 0.05
LEAST_EACH, UNFAIR = 3, 4
MISSING = object()


@dataclass
class Writer:
    """A process that makes one change after another; it reports those that were acknowledged."""

    number: int
    store: Store
    job: Job
    acknowledged: dict[str, object] = field(default_factory=dict)
    rounds: int = 0
    pid: int = 0
    _pipe: int = -1
    _said: bytes = b""

    def start(self) -> None:
        """Start it: it begins with the round that it did not end."""
        reading, writing = os.pipe()
        self.pid = os.fork()
        if self.pid:
            os.close(writing)
            os.set_blocking(reading, False)
            self._pipe, self._said = reading, b""
            return

        def report(*said: object) -> None:
            os.write(writing, json.dumps(said).encode() + b"\n")

        def do(name: str, act: Callable[[], Any]) -> Any:
            answer = answered(act)
            report(name, as_plain(answer))
            return answer

        try:
            self.store.use()
            for turn in count(self.rounds):
                self.job.round(self.number, f"{self.number} {turn}", do)
                answered(sequence)
                report("", turn + 1)
        except Exception:  # noqa: BLE001 - it is told, and the one who waits for changes fails
            traceback.print_exc()
        finally:
            os._exit(1)

    def hear(self) -> None:
        """Take in what it has reported so far."""
        while True:
            try:
                said = os.read(self._pipe, 65_536)
            except BlockingIOError:
                return
            if not said:
                return
            *lines, self._said = (self._said + said).split(b"\n")
            for line in lines:
                name, answer = json.loads(line)
                if name:
                    self.acknowledged[name] = answer
                else:
                    self.rounds = answer

    def kill(self) -> None:
        """End it at whatever it is doing."""
        os.kill(self.pid, signal.SIGKILL)
        os.waitpid(self.pid, 0)
        self.hear()
        os.close(self._pipe)
        self.pid = 0


def answered(act: Callable[[], Any]) -> Any:
    """Make one change, as a client that keeps sending it until it is answered.

    Where its connection was lost while it read, it takes another, as the pages do between requests.
    """
    until = time.monotonic() + ANSWER_SECONDS
    while True:
        try:
            return act()
        except (Fault, InterfaceError, OperationalError):
            if time.monotonic() > until:
                raise
            time.sleep(PAUSE_SECONDS)
            close_old_connections()


def careless(command: Command, work: Work) -> Answer:
    """Carry out a change, and only a while later keep its entry: the mistake of a control."""
    done = answered_before(command)
    if done is not None:
        return done
    tx = Transaction(command)
    with atomic():
        answer = work(tx)
    time.sleep(CARELESS_SECONDS)
    with numbered(command.establishment) as number:
        write(written(tx, answer, number), of=command.establishment)
    return answer


@contextmanager
def writing(store: Store, job: Job) -> Iterator[list[Writer]]:
    """Give writers at work in an empty database; they are ended with the block."""
    store.use()
    job.begin()
    use({})
    writers = [Writer(number, store, job) for number in range(WRITERS)]
    try:
        for writer in writers:
            writer.start()
        yield writers
    finally:
        for writer in writers:
            if writer.pid:
                writer.kill()


def watch(writers: list[Writer], seconds: float, least: int = 0) -> None:
    """Hear writers for a time, and until each has reported so many changes more."""
    until, late = time.monotonic() + seconds, time.monotonic() + WAIT_SECONDS
    wanted = {writer.number: len(writer.acknowledged) + least for writer in writers}
    while True:
        waiting = any(len(writer.acknowledged) < wanted[writer.number] for writer in writers)
        left = until - time.monotonic()
        if left <= 0 and not waiting:
            return
        assert time.monotonic() < late, "the writers do not go on"
        select.select([writer._pipe for writer in writers], [], [], max(left, 0.01))
        for writer in writers:
            writer.hear()


def compare(store: Store, writers: list[Writer]) -> int:
    """See that all that was acknowledged is there as it was said, and nothing in part; give how much."""
    job = writers[0].job
    store.use()
    there = job.held()
    use({})
    said = {
        job.identifier(name): answer for writer in writers for name, answer in writer.acknowledged.items()
    }
    lost = {name: answer for name, answer in said.items() if there.get(name, MISSING) != answer}
    assert not lost, f"acknowledged and not kept: {len(lost)}, such as {next(iter(lost.items()))}"
    unsaid = len(there) - len(said)
    assert unsaid <= len(writers) + job.before, f"{unsaid} changes that nobody was told of"
    store.use()
    all_whole()
    assert job.held() == there, "what is told from the log is not what was told before"
    use({})
    return len(said)


def writers_killed(kind: str, job: Job, rng: random.Random, kills: int) -> int:
    """Kill one writer after another while the others go on, and start it again."""
    with fresh(kind) as store:
        with writing(store, job) as writers:
            for _ in range(kills):
                watch(writers, rng.uniform(0, SECONDS_BETWEEN))
                chosen = rng.choice(writers)
                chosen.kill()
                chosen.start()
            watch(writers, 0, LEAST_EACH)
        return compare(store, writers)


def in_line(seconds: float) -> int:
    """Let writers of one file work for a time: none is kept waiting while others go on and on."""
    with fresh("sqlite") as store:
        with writing(store, Counting()) as writers:
            watch(writers, seconds, LEAST_EACH)
            made = [len(writer.acknowledged) for writer in writers]
        assert max(made) < UNFAIR * min(made), f"some were kept waiting: {made}"
        return compare(store, writers)


def servers_killed(settings: Mapping[str, str], job: Job, rng: random.Random, kills: int) -> int:
    """Kill the server while writers work, and start it again where it does not do so itself.

    Killed are its first process and all others, or one of them, or it is asked to end at once.
    """
    server = Server(settings)
    try:
        server.start()
        store = server.make("oak")
        os.environ[KEYRING] = str(server.home / "keyring")
        store.use()
        migrate()
        with writing(store, job) as writers:
            for _ in range(kills):
                watch(writers, rng.uniform(0.05, SERVER_SECONDS_BETWEEN), LEAST_EACH)
                rng.choice((_all_at_once, _one_of_its_own, _at_once))(server, rng)
            watch(writers, 0, LEAST_EACH)
        return compare(store, writers)
    finally:
        server.remove()


def _all_at_once(server: Server, rng: random.Random) -> None:
    kill_all(server, rng)
    server.start()


def kill_all(server: Server, rng: random.Random) -> None:
    """Kill every process of a server, in any order."""
    assert server.process is not None
    own = _own(server.process.pid)
    for pid in rng.sample([server.process.pid, *own], len(own) + 1):
        _kill(pid)
    server.process.wait()
    while any(Path(f"/proc/{pid}").exists() for pid in own):
        time.sleep(0.01)


def _one_of_its_own(server: Server, rng: random.Random) -> None:
    """The server ends all its sessions and begins anew by itself."""
    assert server.process is not None
    _kill(rng.choice(_own(server.process.pid)))


def _at_once(server: Server, rng: random.Random) -> None:
    server.stop(signal.SIGQUIT)
    server.start()


def _kill(pid: int) -> None:
    try:
        os.kill(pid, signal.SIGKILL)
    except ProcessLookupError:
        return


def _own(parent: int) -> list[int]:
    """Give the processes that a process has started."""
    found = []
    for path in Path("/proc").glob("[0-9]*/stat"):
        try:
            said = path.read_text()
        except OSError:
            continue
        if int(said.rpartition(")")[2].split()[1]) == parent:
            found.append(int(path.parent.name))
    return found


def run(what: str, seed: int, kills: int) -> int:
    """Run some kills in a process of their own; give how many changes were acknowledged and found."""
    done = subprocess.run(
        [sys.executable, "-m", "tests.store.kills", what, str(seed), str(kills)],
        capture_output=True,
        text=True,
        cwd=ROOT,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-4000:]
    return int(json.loads(done.stdout)["acknowledged"])


def main(what: str, seed: str, kills: str) -> None:
    """Run some kills and print how many changes were acknowledged and found."""
    rng, number = random.Random(f"{what} {seed}"), int(kills)
    if what in KINDS:
        found = writers_killed(what, Visiting(), rng, number)
    elif what == "server":
        found = servers_killed({}, Visiting(), rng, number)
    elif what == "no kill":
        found = in_line(FAIR_SECONDS)
    elif what == "careless writer":
        found = writers_killed("sqlite", Counting(careless), rng, number)
    else:
        with patch("locutorio.store.apps.lacking", return_value=None):  # it would refuse to be used
            found = servers_killed({"synchronous_commit": "off"}, Counting(), rng, number)
    print(json.dumps({"acknowledged": found}))


if __name__ == "__main__":
    main(*sys.argv[1:])
