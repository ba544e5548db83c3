"""Secrets that stand in no database: files of a directory that only the user of this program can read."""

from __future__ import annotations

import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from locutorio.kernel.faults import Fault

try:
    import fcntl
except ImportError:  # on Windows, where one process writes
    fcntl = None  # type: ignore[assignment]

VARIABLE = "LOCUTORIO_KEYRING"
SECRET_LENGTH = 32
_OTHERS = 0o077
_OWN = 0o600


def folder() -> Path:
    """Give the directory of the database that is used, and make it where there is none.

    Raises:
        Fault: it is not named and cannot be beside the database, others can read it, or it cannot be made.
    """
    from django.db import connection

    named = os.environ.get(VARIABLE)
    if named:
        return made(Path(named))
    if connection.vendor == "sqlite":
        return made(Path(f"{connection.settings_dict['NAME']}-keyring"))
    raise Fault(
        "no directory for the keys is named",
        why="keys do not stand in the database that they protect",
        remedy=f"set {VARIABLE} to a directory that only the user of this program can read",
    )


def made(path: Path) -> Path:
    """Give a directory that only its owner can read, made where there is none.

    Raises:
        Fault: others can read it, or it cannot be made.
    """
    try:
        path.mkdir(mode=0o700, parents=True, exist_ok=True)
        _private(path)
    except OSError as error:
        raise _unusable(path, error) from error
    return path


def secret(path: Path, *, make: bool) -> bytes:
    """Give 32 random bytes that are kept in a file; the same ones each time.

    Args:
        path: the file.
        make: whether they are drawn where there is no file.

    Raises:
        Fault: there is no file and none is to be made, others can read it, or it holds something else.
    """
    try:
        if make and not path.exists():
            _new(path, secrets.token_bytes(SECRET_LENGTH))
        _private(path)
        data = path.read_bytes()
    except FileNotFoundError as error:
        raise Fault(
            f"the key {path.name} is missing",
            why="a new one would be another's: nothing that it signed or sealed before could be shown",
            remedy=f"put it back into {path.parent} from where keys are kept apart",
        ) from error
    except OSError as error:
        raise _unusable(path, error) from error
    if len(data) != SECRET_LENGTH:
        raise Fault(f"{path} holds no key", remedy="put it back from where keys are kept apart")
    return data


def kept(path: Path, data: bytes, *, mode: int = _OWN) -> None:
    """Write a file whole or not at all, for its owner alone or as ``mode`` says. It is on disk then.

    Raises:
        Fault: it cannot be written.
    """
    beside = path.with_name(f"{path.name}.new")
    try:
        _written(beside, data, mode)
        beside.replace(path)
        _directory_kept(path.parent)
    except OSError as error:
        raise _unusable(path, error) from error


@contextmanager
def locked(path: Path) -> Iterator[None]:
    """Let threads and processes go one by one."""
    try:
        file = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    except OSError as error:
        raise _unusable(path, error) from error
    try:
        if fcntl is not None:
            fcntl.flock(file, fcntl.LOCK_EX)
        yield
    finally:
        os.close(file)


def _new(path: Path, data: bytes) -> None:
    """Write a file that was not there; where another is quicker, theirs is it."""
    beside = path.with_name(f"{path.name}.{secrets.token_hex(8)}")
    _written(beside, data)
    try:
        os.link(beside, path)
    except FileExistsError:
        pass
    finally:
        beside.unlink()
    _directory_kept(path.parent)


def _written(path: Path, data: bytes, mode: int = _OWN) -> None:
    file = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_CLOEXEC, mode)
    with os.fdopen(file, "wb") as opened:
        opened.write(data)
        opened.flush()
        os.fsync(file)


def _directory_kept(path: Path) -> None:
    if os.name != "posix":
        return
    directory = os.open(path, os.O_RDONLY)
    try:
        os.fsync(directory)
    finally:
        os.close(directory)


def _private(path: Path) -> None:
    if os.name == "posix" and path.stat().st_mode & _OTHERS:
        raise Fault(
            f"others on this machine can read {path}",
            why="whoever reads a key can do what its owner can",
            remedy=f"run chmod {'700' if path.is_dir() else '600'} {path}, and see who could read it so far",
        )


def _unusable(path: Path, error: OSError) -> Fault:
    return Fault(
        f"{path} cannot be used",
        why=error.strerror or str(error),
        remedy="see who owns it, and that there is room",
    )
