"""The two databases under test. Each test has its own, a copy of one whose tables were made once a process.

The PostgreSQL server is started once a process, on loopback, with a directory of its own, and stopped by its
number when the process ends. ``LOCUTORIO_TEST_DATABASES=sqlite`` leaves PostgreSQL out.
"""

from __future__ import annotations

import atexit
import os
import pwd
import secrets
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from itertools import count
from pathlib import Path

import psycopg

from locutorio.store import databases
from locutorio.store.databases import database
from locutorio.store.keyring import VARIABLE as KEYRING
from locutorio.store.start import migrate, use
from tests.beside import BESIDE, routed

KINDS = ("sqlite", "postgresql")
WANTED = tuple(os.environ.get("LOCUTORIO_TEST_DATABASES", ",".join(KINDS)).split(","))
# Who makes the servers, who owns the tables, as whom the program works, and who takes backups.
MAKER, OWNER, PROGRAM, BACKUP = "maker", "locutorio_owner", "locutorio", "locutorio_backup"
TEMPLATE = "tables"
STARTS_MAX, WAIT_SECONDS, PAUSE_SECONDS = 5, 120.0, 0.5
FAST = {"fsync": "off", "full_page_writes": "off"}
# As docs/how-to/erase.md has it set, from the first day: what is recycled once holds old bytes for long.
FORGETFUL = {"wal_recycle": "off"}
_number = count()


class Lacking(LookupError):
    """This machine has not what a test needs: it is skipped, and says so."""


@dataclass(frozen=True)
class Store:
    """One empty database with every table. ``where`` is what ``start`` and ``--database`` take.

    ``owner`` is its address as the role that owns its tables, ``unbound`` as one that no policy binds,
    ``copied_as`` as the one that takes backups.
    """

    kind: str
    where: str
    isolation: str = "read committed"
    owner: str = ""
    unbound: str = ""
    copied_as: str = ""

    def use(self) -> None:
        """Let this process work on it; what another one left open in this thread is closed."""
        beside = {}
        for variable in (databases.OWNER, databases.BACKUP_ROLE):
            os.environ.pop(variable, None)
        if self.owner:
            os.environ[databases.OWNER] = self.owner
            routed()
            beside[BESIDE] = {**database(self.unbound), databases.OTHER_ROLE: True}
        use(database(self.where, isolation=self.isolation), **beside)


class Server:
    """One PostgreSQL server on loopback, with a directory of its own, run by a user that is not root.

    Args:
        settings: what is set otherwise than the server does by itself.
        home: where its directory is made.

    Raises:
        Lacking: PostgreSQL is not on this machine.
    """

    def __init__(self, settings: Mapping[str, str], home: Path | None = None) -> None:
        self.programs = binaries()
        self.settings = settings
        self.password = secrets.token_hex(16)
        self.home = Path(tempfile.mkdtemp(prefix="locutorio-postgresql-", dir=home))
        self.data = self.home / "data"
        self.user = _unprivileged()
        self.give(self.home)
        self.process: subprocess.Popen[bytes] | None = None
        self.port = 0
        secret = self.home / "password"
        secret.write_text(self.password)
        secret.chmod(0o644)
        self.run("initdb", "-D", str(self.data), "-U", MAKER, "-A", "scram-sha-256", f"--pwfile={secret}")
        secret.unlink()

    def start(self) -> None:
        """Start it, on the port it had or on a free one, and wait until it answers."""
        for _ in range(STARTS_MAX):
            port = self.port or free_port()
            options = {
                "listen_addresses": "127.0.0.1",
                "port": str(port),
                "unix_socket_directories": "",
                "max_connections": "300",
                "shared_buffers": "32MB",
                **self.settings,
            }
            said = [part for name, value in options.items() for part in ("-c", f"{name}={value}")]
            with (self.home / "log").open("ab") as log:
                self.process = self.popen("postgres", "-D", str(self.data), *said, stdout=log, stderr=log)
            if self._answers(port):
                if not self.port:
                    self.port = port
                    self._name_roles()
                return
            time.sleep(
                PAUSE_SECONDS if self.port else 0
            )  # for a moment somebody else may have the port it had
        raise RuntimeError((self.home / "log").read_text("utf-8", errors="replace")[-2000:])

    def stop(self, how: signal.Signals = signal.SIGINT) -> None:
        """End it: SIGINT ends every session and closes the files, SIGQUIT ends at once, as a failure does."""
        if self.process is not None and self.process.poll() is None:
            self.process.send_signal(how)
            self.process.wait(WAIT_SECONDS)

    def remove(self) -> None:
        """End it and take its directory away."""
        self.stop()
        shutil.rmtree(self.home, ignore_errors=True)

    def _name_roles(self) -> None:
        for role in (OWNER, PROGRAM, BACKUP):
            self.say(f"CREATE ROLE {role} LOGIN PASSWORD '{self.password}'")
        self.say(f"ALTER ROLE {BACKUP} BYPASSRLS")
        self.say(f"GRANT pg_read_all_data TO {BACKUP}")

    def address(self, name: str, role: str = MAKER) -> str:
        """Give the address of one of its databases, as who made the server or in another role."""
        return f"postgresql://{role}:{self.password}@127.0.0.1:{self.port}/{name}"

    def make(self, name: str, more: str = "", *, like: str = "", isolation: str = "read committed") -> Store:
        """Make a database that the owner owns, with another for its keys, and give it to the program."""
        for keys in ("", "_keys"):
            copied = f" TEMPLATE {like}{keys}" if like else ""
            self.say(f"CREATE DATABASE {name}{keys} OWNER {OWNER}{copied} {'' if keys else more}")
        return self.store(name, isolation)

    def drop(self, name: str) -> None:
        """Take away a database and that of its keys."""
        for keys in ("", "_keys"):
            self.say(f"DROP DATABASE {name}{keys} WITH (FORCE)")

    def store(self, name: str, isolation: str = "read committed") -> Store:
        """Give one of its databases as the program knows it."""
        where, *others = (self.address(name, role) for role in (PROGRAM, OWNER, MAKER, BACKUP))
        return Store("postgresql", where, isolation, *others)

    def say(self, statement: str) -> None:
        """Run one statement outside a transaction, as who made the server."""
        with psycopg.connect(self.address("postgres"), autocommit=True) as session:
            session.execute(statement.encode())

    def _answers(self, port: int) -> bool:
        assert self.process is not None
        until = time.monotonic() + WAIT_SECONDS
        address = f"postgresql://{MAKER}:{self.password}@127.0.0.1:{port}/postgres"
        while self.process.poll() is None and time.monotonic() < until:
            try:
                psycopg.connect(address, connect_timeout=2).close()
            except psycopg.OperationalError:
                time.sleep(0.02)
            else:
                return True
        return False

    def give(self, path: Path) -> None:
        """Let a file or folder belong to whom the server runs as."""
        if self.user:
            shutil.chown(path, self.user.pw_uid, self.user.pw_gid)

    def run(self, program: str, *arguments: str) -> None:
        """Run one of PostgreSQL's programs to its end, as whom the server runs as."""
        process = self.popen(program, *arguments, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
        said, _ = process.communicate()
        if process.returncode:
            raise RuntimeError(f"{program}: {said.decode(errors='replace')}")

    def popen(self, program: str, *arguments: str, **streams: object) -> subprocess.Popen[bytes]:
        """Start one of PostgreSQL's programs, as whom the server runs as."""
        return subprocess.Popen(  # type: ignore[call-overload, no-any-return]
            [*_ending_with_parent(), str(self.programs / program), *arguments],
            cwd=self.home,
            user=self.user.pw_uid if self.user else None,
            group=self.user.pw_gid if self.user else None,
            extra_groups=[] if self.user else None,
            **streams,
        )


@cache
def binaries() -> Path:
    """Give the directory of PostgreSQL's programs.

    Raises:
        Lacking: there is none on this machine.
    """
    debian = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: int(path.parent.name))
    found = shutil.which("initdb")
    for place in (*reversed(debian), *([Path(found).resolve().parent] if found else [])):
        if (place / "initdb").exists() and (place / "postgres").exists():
            return place
    raise Lacking("needs PostgreSQL")


@cache
def server() -> Server:
    """Give the server of this process. It is not made to last: a power cut would take all of it."""
    made = Server({**FAST, **FORGETFUL})
    atexit.register(made.remove)
    made.start()
    return made


@contextmanager
def fresh(kind: str, isolation: str = "read committed") -> Iterator[Store]:
    """Give a database of its own with every table, used by this process until the end.

    Raises:
        Lacking: PostgreSQL is not on this machine.
    """
    template = _template(kind)
    name = f"copy_{next(_number)}"
    if kind == "sqlite":
        path = Path(template.where).with_name(name)
        shutil.copyfile(template.where, path)
        shutil.copyfile(f"{template.where}-keys", f"{path}-keys")
        store = Store(kind, str(path))
    else:
        os.environ[KEYRING] = tempfile.mkdtemp(prefix="locutorio-keyring-", dir=server().home.parent)
        store = server().make(name, like=TEMPLATE, isolation=isolation)
    store.use()
    try:
        yield store
    finally:
        use({})
        if kind == "sqlite":
            path.unlink()
            Path(f"{path}-keys").unlink()
            shutil.rmtree(f"{path}-keyring", ignore_errors=True)
        else:
            server().drop(name)
            shutil.rmtree(os.environ.pop(KEYRING), ignore_errors=True)


@contextmanager
def bare(kind: str, home: Path) -> Iterator[Store]:
    """Give a database with nothing in it: a file that is not there yet, or an empty one of the server."""
    if kind == "sqlite":
        yield Store(kind, str(home / "new.db"))
        return
    name = f"bare_{next(_number)}"
    try:
        yield server().make(name)
    finally:
        use({})
        server().drop(name)


@cache
def _template(kind: str) -> Store:
    if kind == "sqlite":
        home = Path(tempfile.mkdtemp(prefix="locutorio-sqlite-"))
        atexit.register(shutil.rmtree, home, ignore_errors=True)
        template = Store(kind, str(home / TEMPLATE))
    else:
        template = server().make(TEMPLATE)
    template.use()
    migrate()
    use({})
    return template


def _unprivileged() -> pwd.struct_passwd | None:
    """Give whom the server runs as: PostgreSQL refuses root."""
    if os.getuid():
        return None
    names = {entry.pw_name: entry for entry in pwd.getpwall()}
    return names.get("postgres") or names["nobody"]


def free_port() -> int:
    """Give a port of this machine that nobody listens at."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return int(taken.getsockname()[1])


def _ending_with_parent() -> list[str]:
    """Give what makes a server end also where the process that started it is killed."""
    return ["setpriv", "--pdeathsig", "QUIT", "--"] if shutil.which("setpriv") else []
