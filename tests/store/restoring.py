"""Destroys the disk of a PostgreSQL server in mid-work: `python -m tests.store.restoring WHAT SEED`.

Every acknowledged change stands in a vault as well: `pg_receivewal --synchronous`, which the server waits
for. From the last base backup and the vault a second server is made. Each change that was acknowledged is
there with the answer that was given, none is there in part, and none twice.

The control makes the mistake that this must find: a vault that the server does not wait for.
"""

from __future__ import annotations

import json
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psycopg

from locutorio.store.keyring import VARIABLE as KEYRING
from locutorio.store.start import migrate, use
from tests.databases import Server, Store
from tests.store.jobs import Counting, Job, Visiting
from tests.store.kills import compare, kill_all, watch, writing

ROOT = Path(__file__).parents[2]
VAULT = "vault"
SECONDS, UNHEARD_SECONDS, LEAST_EACH = 1.0, 0.5, 5
WAIT_SECONDS = 30.0


@dataclass
class Vault:
    """Where a server's log is kept as it is written, by a process of its own; the server waits for it."""

    server: Server
    folder: Path
    process: subprocess.Popen[bytes] | None = None

    @property
    def address(self) -> str:
        """The server, under the name by which it waits for this vault."""
        return f"{self.server.address('postgres')}?application_name={VAULT}"

    def open(self, *, waited_for: bool) -> None:
        """Begin to keep, and let the server wait from now on."""
        self.server.run("pg_receivewal", "--create-slot", f"--slot={VAULT}", f"--dbname={self.address}")
        self.folder.mkdir()
        self.server.give(self.folder)
        self.process = self.server.popen(
            "pg_receivewal",
            *("--synchronous", "--no-loop", f"--slot={VAULT}"),
            *(f"--directory={self.folder}", f"--dbname={self.address}"),
            stderr=subprocess.DEVNULL,
        )
        if waited_for:
            self.server.say(f"ALTER SYSTEM SET synchronous_standby_names = '{VAULT}'")
            self.server.say("SELECT pg_reload_conf()")
            _until_told(self.server, "SELECT sync_state = 'sync' FROM pg_stat_replication")
        else:
            _until_told(self.server, "SELECT state = 'streaming' FROM pg_stat_replication")

    def hear_nothing(self) -> None:
        """Fall behind, as a slow line or disk does."""
        assert self.process is not None
        self.process.send_signal(signal.SIGSTOP)

    def close(self) -> None:
        """End it; what it said it has is on its own disk."""
        if self.process is not None and self.process.poll() is None:
            self.process.kill()
            self.process.wait(WAIT_SECONDS)


def _until_told(server: Server, question: str) -> None:
    until = time.monotonic() + WAIT_SECONDS
    with psycopg.connect(server.address("postgres"), autocommit=True) as session:
        while session.execute(question.encode()).fetchone() != (True,):
            assert time.monotonic() < until, question
            time.sleep(0.02)


@contextmanager
def vaulted(job: Job, *, waited_for: bool) -> Iterator[tuple[Server, Vault, Store]]:
    """Give a server whose log is kept in a vault as well, with a base backup beside it."""
    server = Server({})
    vault = Vault(server, server.home / VAULT)
    try:
        server.start()
        store = server.make("oak")
        os.environ[KEYRING] = str(server.home / "keyring")
        store.use()
        migrate()
        use({})
        vault.open(waited_for=waited_for)
        yield server, vault, store
    finally:
        vault.close()
        server.remove()


def destroy(server: Server, rng: random.Random) -> None:
    """Take away the disk of a server at work, and the server."""
    shutil.rmtree(server.data, ignore_errors=True)
    kill_all(server, rng)
    until = time.monotonic() + WAIT_SECONDS
    while server.data.exists():
        assert time.monotonic() < until, "somebody still writes there"
        shutil.rmtree(server.data, ignore_errors=True)


def restore(server: Server, vault: Vault) -> None:
    """Make the server again from its base backup and its vault, at the same address."""
    vault.close()
    (server.home / "base").rename(server.data)
    (server.data / "recovery.signal").touch()
    server.give(server.data / "recovery.signal")
    kept = vault.folder
    server.settings = {
        "restore_command": f"cp {kept}/%f %p || cp {kept}/%f.partial %p",
        "hot_standby": "off",  # it answers when all of it is back, and not before
        "synchronous_standby_names": "",
    }
    server.start()


def disk_destroyed(job: Job, rng: random.Random, *, waited_for: bool = True) -> dict[str, float]:
    """Destroy the disk while writers work, restore it, and let them go on; give what was counted."""
    with vaulted(job, waited_for=waited_for) as (server, vault, store):
        with writing(store, job) as writers:
            watch(writers, SECONDS, LEAST_EACH)
            server.run(
                "pg_basebackup",
                *(f"--pgdata={server.home / 'base'}", "--wal-method=none", "--checkpoint=fast"),
                f"--dbname={server.address('postgres')}",
            )
            watch(writers, rng.uniform(SECONDS, 2 * SECONDS), LEAST_EACH)
            if not waited_for:
                vault.hear_nothing()
                watch(writers, UNHEARD_SECONDS, LEAST_EACH)
            destroy(server, rng)
            said = sum(len(writer.acknowledged) for writer in writers)
            began = time.monotonic()
            restore(server, vault)
            seconds = time.monotonic() - began
            watch(writers, 0, LEAST_EACH)
        return {"before": said, "acknowledged": compare(store, writers), "seconds": seconds}


def run(what: str, seed: int) -> dict[str, float]:
    """Destroy and restore in a process of its own; give what was counted."""
    done = subprocess.run(
        [sys.executable, "-m", "tests.store.restoring", what, str(seed)],
        capture_output=True,
        text=True,
        cwd=ROOT,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-4000:]
    counted: dict[str, float] = json.loads(done.stdout)
    return counted


def main(what: str, seed: str) -> None:
    """Destroy and restore, and print what was counted."""
    rng = random.Random(f"{what} {seed}")
    if what == "vault":
        print(json.dumps(disk_destroyed(Visiting(), rng)))
    else:
        print(json.dumps(disk_destroyed(Counting(), rng, waited_for=False)))


if __name__ == "__main__":
    main(*sys.argv[1:])
