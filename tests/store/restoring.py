"""Destroys the disk of a PostgreSQL server in mid-work: `python -m tests.store.restoring WHAT SEED`.

Every acknowledged change stands in a vault as well: `pg_receivewal --synchronous`, which the server waits
for. From the last base backup and the vault a second server is made. The log that was restored is verified
against a witness, which signed it while it was worked with: it holds, it is the one that the witness has
seen, and each change that was acknowledged is in it. Each is there with the answer that was given, none is
there in part, and none twice.

The controls make the mistakes that this must find: a vault that the server does not wait for, and a base
backup that is put back without the vault.
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
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

import psycopg

from locutorio.store.keyring import VARIABLE as KEYRING
from locutorio.store.start import migrate, use
from tests.databases import Server, Store
from tests.store.jobs import Counting
from tests.store.kills import compare, kill_all, watch, writing
from tests.store.witnessed import Witnessed

ROOT = Path(__file__).parents[2]
VAULT = "vault"
SECONDS, UNHEARD_SECONDS, LEAST_EACH = 1.0, 0.5, 5
WAIT_SECONDS = 120.0


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
def vaulted(*, waited_for: bool) -> Iterator[tuple[Server, Vault, Store]]:
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


def restore(server: Server, vault: Vault, *, all_of_it: bool = True) -> None:
    """Make the server again from its base backup and its vault, or the backup alone, at the same address."""
    vault.close()
    (server.home / "base").rename(server.data)
    (server.data / "recovery.signal").touch()
    server.give(server.data / "recovery.signal")
    kept = vault.folder
    server.settings = {
        "restore_command": f"cp {kept}/%f %p || cp {kept}/%f.partial %p",
        "hot_standby": "off",  # it answers when all of it is back, and not before
        "synchronous_standby_names": "",
        **({} if all_of_it else {"recovery_target": "immediate", "recovery_target_action": "promote"}),
    }
    server.start()


def copy(server: Server) -> None:
    """Make the base backup of a server at work."""
    server.run(
        "pg_basebackup",
        *(f"--pgdata={server.home / 'base'}", "--wal-method=none", "--checkpoint=fast"),
        f"--dbname={server.address('postgres')}",
    )


def disk_destroyed(rng: random.Random, *, all_of_it: bool = True) -> dict[str, float]:
    """Destroy the disk while writers work, restore it, prove it by the log; give what was counted."""
    with vaulted(waited_for=True) as (server, vault, store), ExitStack() as later:
        job = Witnessed(server.home / "witness", later)
        with writing(store, job) as writers:
            watch(writers, SECONDS, LEAST_EACH)
            copy(server)
            store.use()
            copied = job.size()
            use({})
            watch(writers, rng.uniform(SECONDS, 2 * SECONDS), LEAST_EACH)
            while job.seen() <= copied:
                watch(writers, 0, 1)
            destroy(server, rng)
            for writer in writers:
                writer.hear()
            said = [name for writer in writers for name in writer.acknowledged]
            seen = job.seen()
            began = time.monotonic()
            restore(server, vault, all_of_it=all_of_it)
            seconds = time.monotonic() - began
            store.use()
            found = job.verified()
            job.logged(said)
            use({})
            proved = time.monotonic() - began
            assert found.size >= found.witnessed >= seen
            watch(writers, 0, LEAST_EACH)
        return {
            "before": len(said),
            "acknowledged": compare(store, writers),
            "witnessed": seen,
            "entries": found.size,
            "seconds": seconds,
            "proved": proved,
        }


def unheard(rng: random.Random) -> None:
    """Destroy the disk of a server that does not wait for its vault: the mistake of a control."""
    with vaulted(waited_for=False) as (server, vault, store):
        with writing(store, Counting()) as writers:
            watch(writers, SECONDS, LEAST_EACH)
            copy(server)
            watch(writers, rng.uniform(SECONDS, 2 * SECONDS), LEAST_EACH)
            vault.hear_nothing()
            watch(writers, UNHEARD_SECONDS, LEAST_EACH)
            destroy(server, rng)
            restore(server, vault)
            watch(writers, 0, LEAST_EACH)
        compare(store, writers)


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
    if what == "hasty vault":
        unheard(rng)
    else:
        print(json.dumps(disk_destroyed(rng, all_of_it=what == "vault")))


if __name__ == "__main__":
    main(*sys.argv[1:])
