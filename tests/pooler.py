"""A pooler in front of the PostgreSQL server under test: many clients take few connections in turn."""

from __future__ import annotations

import shutil
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import psycopg

from tests.databases import PROGRAM, WAIT_SECONDS, Lacking, Server, Store, free_port

# Debian's place for it is on no ordinary user's path.
PLACES = ("/usr/sbin", "/usr/bin", "/usr/local/bin")
CONNECTIONS = 2
SETTINGS = """\
[databases]
* = host=127.0.0.1 port={server}
[pgbouncer]
listen_addr = 127.0.0.1
listen_port = {port}
unix_socket_dir =
auth_type = scram-sha-256
auth_file = {users}
pool_mode = transaction
default_pool_size = {connections}
max_client_conn = 200
"""


@contextmanager
def pooled(server: Server, store: Store, connections: int = CONNECTIONS) -> Iterator[Store]:
    """Give a database as it is reached through a pooler that has so many connections to it.

    Raises:
        Lacking: pgbouncer is not on this machine.
    """
    program = shutil.which("pgbouncer", path=":".join(PLACES))
    if program is None:
        raise Lacking("needs pgbouncer")
    port, name = free_port(), store.where.rpartition("/")[2]
    users, settings = server.home / f"users-{port}", server.home / f"pooler-{port}.ini"
    users.write_text(f'"{PROGRAM}" "{server.password}"\n')
    settings.write_text(SETTINGS.format(server=server.port, port=port, users=users, connections=connections))
    for path in (users, settings):
        path.chmod(0o600)
        server.give(path)
    address = f"postgresql://{PROGRAM}:{server.password}@127.0.0.1:{port}/{name}"
    with (server.home / f"pooler-{port}.log").open("ab") as log:
        process = server.popen(program, str(settings), stdout=log, stderr=log)
    try:
        _until_it_answers(process, address, Path(log.name))
        yield replace(store, where=f"{address}?pooled=1")
    finally:
        process.terminate()
        process.wait(WAIT_SECONDS)


def _until_it_answers(process: subprocess.Popen[bytes], address: str, log: Path) -> None:
    until = time.monotonic() + WAIT_SECONDS
    while process.poll() is None and time.monotonic() < until:
        try:
            psycopg.connect(address, connect_timeout=2).close()
        except psycopg.OperationalError:
            time.sleep(0.02)
        else:
            return
    raise RuntimeError(log.read_text("utf-8", errors="replace")[-2000:])
