"""PostgreSQL's own programs, which copy a database and put it back; passwords reach them unseen."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from locutorio.kernel.faults import Fault
from locutorio.store.databases import Settings

_DEBIAN = Path("/usr/lib/postgresql")


def program(name: str) -> str:
    """Give where a program of PostgreSQL is, the newest where there are several.

    Raises:
        Fault: it is not on this machine.
    """
    debian = sorted(_DEBIAN.glob(f"*/bin/{name}"), key=lambda path: float(path.parent.parent.name))
    found = str(debian[-1]) if debian else shutil.which(name)
    if found is None:
        raise Fault(
            f"the program {name} is not on this machine",
            why="a PostgreSQL database is copied and put back by its own programs",
            remedy="install PostgreSQL's client programs, of the server's version or a later one",
        )
    return found


def reaching(settings: Settings) -> dict[str, str]:
    """Give the environment in which PostgreSQL's programs reach a database: no password on a command line."""
    options: Any = settings["OPTIONS"]
    said = {
        "PGDATABASE": settings["NAME"],
        "PGUSER": settings["USER"],
        "PGPASSWORD": settings["PASSWORD"],
        "PGHOST": settings["HOST"],
        "PGPORT": settings["PORT"],
        **{f"PG{name.upper()}": value for name, value in options.items() if name.startswith("ssl")},
    }
    kept = {name: value for name, value in os.environ.items() if not name.startswith("PG")}
    return {**kept, **{name: str(value) for name, value in said.items() if value != ""}}


@contextmanager
def dumping(settings: Settings) -> Iterator[Any]:
    """Give a stream of everything in a database, as of one moment, for as long as the block runs.

    Raises:
        Fault: it could not be copied whole.
    """
    said = [program("pg_dump"), "--format=custom", "--no-password"]
    with subprocess.Popen(  # noqa: S603 - PostgreSQL's own program
        said, env=reaching(settings), stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as running:
        assert running.stderr is not None
        yield running.stdout
        _ended(running, running.stderr.read(), "the database could not be copied")


@contextmanager
def filling(settings: Settings) -> Iterator[Any]:
    """Give a stream into an empty database: all of it is kept when the block ends, or nothing.

    All of it belongs to the role that fills. What the program's role may do is left out, with the note that
    says that its policies stand (`policies.put`): both are put anew by `migrate`, for the role there is here.

    Raises:
        Fault: it could not be put back whole; then nothing was.
    """
    anew = ("--no-owner", "--no-privileges", "--no-comments")
    said = [program("pg_restore"), "--single-transaction", "--no-password", *anew]
    with subprocess.Popen(  # noqa: S603 - PostgreSQL's own program
        [*said, f"--dbname={settings['NAME']}"],
        env=reaching(settings),
        stdin=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as running:
        assert running.stdin is not None
        assert running.stderr is not None
        try:
            yield running.stdin
            running.stdin.close()
        except BrokenPipeError:
            pass
        except BaseException:
            running.kill()
            raise
        _ended(running, running.stderr.read(), "the database could not be filled")


def _ended(running: subprocess.Popen[bytes], said: bytes, what: str) -> None:
    if running.wait():
        raise Fault(
            what,
            why=" ".join(said.decode(errors="replace").split()) or "the program ended without a word",
            remedy="see docs/how-to/back-up-and-restore.md for the role that it takes; nothing was kept",
        )
