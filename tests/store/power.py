"""Cuts the power in mid-work: `python -m tests.store.power SETTINGS SEED CUTS`.

Changes are made by the shipped program on one file, and all that SQLite asks of its files is recorded. At any
moment the power may go. What was synced is then on disk; of the rest nothing, a beginning, all, or some,
down to sectors of 512 bytes; a file made or unlinked without its directory synced is there or is not.
Whatever was left is opened again: it is whole, and every change that was acknowledged is in it.
"""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import ExitStack, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from unittest.mock import patch
from uuid import UUID

from django.db import connection, connections
from django.db.models import F

from locutorio.actions.plain import as_plain
from locutorio.kernel.faults import Fault
from locutorio.store import sqlite
from locutorio.store.log.sequencer import sequence
from locutorio.store.models import Establishment
from locutorio.store.start import use
from locutorio.store.transaction import Sent, Transaction, perform
from tests.databases import Lacking, Store, fresh
from tests.log.whole import all_whole
from tests.store import recording
from tests.store.jobs import Job, Visiting
from tests.store.plain import AT, Answer
from tests.store.recording import Acknowledged, Act, Cut, DirectorySync, Made, Sync, Unlinked, Write

ROOT = Path(__file__).parents[2]
SHIPPED, CURRENT = "shipped", "shipped, on a current SQLite"
WAYS = ("nothing", "beginning", "all", "some", "torn")
SECTOR = 512
ROUNDS, ONE_IN = 8, 8


@dataclass
class File:
    """What is on disk of a file for certain, and what was done to it since."""

    certain: bytearray
    since: list[tuple[int, Write | Cut]] = field(default_factory=list)


class Disk:
    """What would be left of a directory if the power went now."""

    def __init__(self, base: dict[str, bytes]) -> None:
        self.files = [File(bytearray(data)) for data in base.values()]
        self.now = {path: number for number, path in enumerate(base)}
        self.certain = dict(self.now)
        self.since: list[tuple[int, str, int | None]] = []

    def take(self, turn: int, act: Act) -> None:
        """Let one thing be done."""
        if isinstance(act, Made):
            self.files.append(File(bytearray()))
            self.now[act.path] = len(self.files) - 1
            self.since.append((turn, act.path, len(self.files) - 1))
        elif isinstance(act, Unlinked):
            if self.now.pop(act.path, None) is not None:
                self.since.append((turn, act.path, None))
        elif isinstance(act, Write | Cut):
            self.files[self.now[act.path]].since.append((turn, act))
        elif isinstance(act, Sync):
            file = self.files[self.now[act.path]]
            for _, done in file.since:
                _apply(file.certain, done)
            file.since.clear()
        elif isinstance(act, DirectorySync):
            for _, path, number in self.since:
                _enter(self.certain, path, number)
            self.since.clear()

    def left(self, way: str, turn: int, rng: random.Random) -> dict[str, bytes]:
        """Give the files as they could be found after the power went.

        Args:
            way: what is left of that which was not synced, one of WAYS.
            turn: how much was done.
            rng: draws what is left.
        """
        last = rng.randrange(turn + 1)
        some = {"nothing": 0.0, "all": 1.0}.get(way, rng.choice((0.1, 0.5, 0.9)))

        def stays(at: int) -> bool:
            return at <= last if way == "beginning" else rng.random() < some

        entries = dict(self.certain)
        for at, path, number in self.since:
            if stays(at):
                _enter(entries, path, number)
        found = {}
        for path, number in entries.items():
            data = bytearray(self.files[number].certain)
            for at, act in self.files[number].since:
                for part in _sectors(act) if way == "torn" else (act,):
                    if stays(at):
                        _apply(data, part)
            found[path] = bytes(data)
        return found


def _apply(data: bytearray, act: Write | Cut) -> None:
    if isinstance(act, Write):
        data.extend(bytes(max(0, act.at - len(data))))
        data[act.at : act.at + len(act.data)] = act.data
    else:
        data.extend(bytes(max(0, act.size - len(data))))
        del data[act.size :]


def _enter(entries: dict[str, int], path: str, number: int | None) -> None:
    if number is None:
        entries.pop(path, None)
    else:
        entries[path] = number


def _sectors(act: Write | Cut) -> Iterator[Write | Cut]:
    if isinstance(act, Cut):
        yield act
        return
    at, end = act.at, act.at + len(act.data)
    while at < end:
        until = min(end, (at // SECTOR + 1) * SECTOR)
        yield Write(act.path, at, act.data[at - act.at : until - act.at])
        at = until


def worked(store: Store, job: Job, rng: random.Random) -> None:
    """Make changes; now and then one is refused half way, or the file is closed and opened again."""

    def do(name: str, act: Callable[[], Any]) -> Any:
        if rng.randrange(ONE_IN) == 0:
            connections.close_all()
        if rng.randrange(ONE_IN) == 0:
            _refused(job, name)
        if rng.randrange(ONE_IN) == 0:
            sequence()
        answer = act()
        recording.acts.append(Acknowledged(job.identifier(name), as_plain(answer)))
        return answer

    store.use()
    for turn in range(ROUNDS):
        job.round(turn, str(turn), do)
    connections.close_all()


def _refused(job: Job, name: str) -> None:
    """Begin a change of the establishment that is not made in the end."""

    def refusing(tx: Transaction) -> Answer:
        Establishment.objects.update(version=F("version") + 1, name=name * 10)
        raise Fault("no")

    sent = Sent(UUID(job.identifier(f"{name} refused")), UUID(int=0), AT)
    with suppress(Fault):
        perform(sent.command("refuse", {}), refusing)


def cut(job: Job, rng: random.Random, cuts: int) -> Counter[str]:
    """Cut the power so many times; give how often something acknowledged was lost, or the file was broken."""
    with fresh("sqlite") as store:
        job.begin()
        use({})
        path = Path(store.where)
        base = {str(file): file.read_bytes() for file in _files(path)}
        recording.acts.clear()
        worked(store, job, rng)
        acts = tuple(recording.acts)
        assert any(isinstance(act, Write) for act in acts), "nothing was recorded"
        disk, found = Disk(base), Counter({"cuts": cuts})
        said: dict[str, object] = {}
        moments = Counter(rng.randrange(len(acts)) for _ in range(cuts))
        for turn, act in enumerate(acts):
            disk.take(turn, act)
            if isinstance(act, Acknowledged):
                said[act.command] = act.answer
            for _ in range(moments[turn]):
                _leave(path, disk.left(rng.choice(WAYS), turn, rng))
                found[_state(store, job, said)] += 1
    return found


def _files(path: Path) -> list[Path]:
    return [one for one in path.parent.glob(f"{path.name}*") if one.is_file()]


def _leave(path: Path, files: dict[str, bytes]) -> None:
    for file in _files(path):
        file.unlink()
    for name, data in files.items():
        Path(name).write_bytes(data)


def _state(store: Store, job: Job, said: dict[str, object]) -> str:
    """Open what was left, as the program does, and tell whether it is whole, lost something or is broken."""
    store.use()
    try:
        with connection.cursor() as cursor:
            whole = cursor.execute("PRAGMA integrity_check").fetchone()[0]
        there = job.held()
        all_whole()
    except Exception:  # noqa: BLE001 - a broken file is found in any way
        return "broken"
    finally:
        use({})
    if whole != "ok":
        return "broken"
    return "whole" if said.items() <= there.items() else "lost"


def run(settings: str, seed: int, cuts: int) -> Counter[str]:
    """Cut the power so many times in a process of its own; give how often each came of it.

    Raises:
        Lacking: the SQLite of this Python cannot be reached.
    """
    library = {sqlite.VARIABLE: sqlite.CURRENT} if settings == CURRENT else {}
    home = "/dev/shm" if Path("/dev/shm").is_dir() else None
    with tempfile.TemporaryDirectory(prefix="locutorio-power-", dir=home) as directory:
        done = subprocess.run(
            [sys.executable, "-m", "tests.store.power", settings, str(seed), str(cuts)],
            capture_output=True,
            text=True,
            cwd=ROOT,
            env={**os.environ, **library, "TMPDIR": directory},
            check=False,
        )
    if done.stdout.startswith("needs"):
        raise Lacking(done.stdout.strip())
    assert done.returncode == 0, done.stderr[-4000:]
    return Counter(json.loads(done.stdout))


def main(settings: str, seed: str, cuts: str) -> None:
    """Cut the power and print how often each came of it."""
    rng = random.Random(f"{settings} {seed}")
    with ExitStack() as patched:
        if settings not in {SHIPPED, CURRENT}:
            journal, synchronous = settings.split("/")
            said = f"PRAGMA journal_mode={journal}; PRAGMA synchronous={synchronous}"
            patched.enter_context(patch("locutorio.store.databases._ROLLBACK", said))
            patched.enter_context(patch("locutorio.store.databases._WAL", said))
            patched.enter_context(patch("locutorio.store.apps.lacking", return_value=None))
        try:
            recording.begin()
        except Lacking as lacking:
            print(lacking)
        else:
            print(json.dumps(cut(Visiting(), rng, int(cuts))))


if __name__ == "__main__":
    main(*sys.argv[1:])
