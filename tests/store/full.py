"""Fills the disk in mid-work: `python -m tests.store.full KIND SEED EPISODES DIRECTORY`.

On a small disk, changes are made until there is no room left. Then each is refused with the reason, what is
stored can be read, and when there is room again the refused changes are made as if they had not been refused.
"""

from __future__ import annotations

import os
import random
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from locutorio.kernel.faults import Fault
from locutorio.store.keyring import VARIABLE as KEYRING
from locutorio.store.log.sequencer import sequence
from locutorio.store.start import migrate, use
from locutorio.store.transaction import perform
from tests.databases import FAST, Lacking, Server, Store
from tests.log.whole import all_whole
from tests.store.plain import change, founded, held, identifier

ROOT = Path(__file__).parents[2]
MEGABYTES = {"sqlite": 4, "postgresql": 48}
SEQUENCED_EACH = 5
CHANGES_MOST, REFUSALS, LEFT_BYTES_MOST = 3000, 8, 200_000
INSIDE = 'mount -t tmpfs -o size="$1"m,mode=755 small "$2" && shift 2 && exec "$@"'


@contextmanager
def database_on(kind: str, home: Path) -> Iterator[Store]:
    """Give a database whose tables stand in a directory; what a server needs besides stands elsewhere."""
    if kind == "sqlite":
        yield Store(kind, str(home / "oak.db"))
        return
    server = Server(FAST)
    try:
        server.start()
        tables = home / "tables"
        tables.mkdir()
        if server.user:
            shutil.chown(tables, server.user.pw_uid, server.user.pw_gid)
        server.say(f"CREATE TABLESPACE small LOCATION '{tables}'")
        os.environ[KEYRING] = str(server.home / "keyring")
        yield server.make("oak", "TABLESPACE small")
    finally:
        use({})
        server.remove()


def episode(number: int, home: Path, rng: random.Random, kept: dict[str, int]) -> None:
    """Fill the disk but for a little, work until it is full, go on being refused, make room, and go on."""
    ballast = home / "ballast"
    room = shutil.disk_usage(home).free - rng.randrange(LEFT_BYTES_MOST)
    with ballast.open("wb") as file:
        file.write(bytes(max(room, 0)))
    refused = []
    for turn in range(CHANGES_MOST):
        name = f"{number} {turn}"
        try:
            if turn % SEQUENCED_EACH == 0:
                sequence()
            kept[str(identifier(name))] = _made(name)
        except Fault as fault:
            refused.append(name)
            wrong = "cannot write" not in str(fault) or held() != kept
            if wrong:
                raise
        if len(refused) == REFUSALS:
            break
    assert len(refused) == REFUSALS, "the disk was never full"
    ballast.unlink()
    for name in refused:
        kept[str(identifier(name))] = _made(name)
    all_whole()
    assert held() == kept


def _made(name: str) -> int:
    return int(perform(*change(name, "long" * 500))["count"])


def run(kind: str, seed: int, episodes: int) -> None:
    """Fill a small disk so many times, in a process of its own with a disk of its own.

    Raises:
        Lacking: no small disk can be made here: that takes root, or what stands for it in a container.
    """
    with tempfile.TemporaryDirectory(prefix="locutorio-full-") as name:
        Path(name).chmod(0o755)
        small = ["unshare", "--mount", "sh", "-c", INSIDE, "sh", str(MEGABYTES[kind]), name]
        if (
            os.getuid()
            or not shutil.which("unshare")
            or subprocess.run([*small, "true"], check=False).returncode
        ):
            raise Lacking("needs a small disk")
        done = subprocess.run(
            [*small, sys.executable, "-m", "tests.store.full", kind, str(seed), str(episodes), name],
            capture_output=True,
            text=True,
            cwd=ROOT,
            check=False,
        )
        assert done.returncode == 0, done.stderr[-4000:]


def main(kind: str, seed: str, episodes: str, home: str) -> None:
    """Fill a disk so many times."""
    rng = random.Random(f"{kind} {seed}")
    with database_on(kind, Path(home)) as store:
        store.use()
        migrate()
        founded()
        kept: dict[str, int] = {}
        for number in range(int(episodes)):
            episode(number, Path(home), rng, kept)


if __name__ == "__main__":
    main(*sys.argv[1:])
