"""Records what the SQLite of this Python asks of its files: every write, cut, sync, making and unlinking.

It stands between SQLite and its own access to files, in the shared library that the store uses, so
what is recorded is what the shipped program does with the shipped settings.
"""

from __future__ import annotations

import ctypes
import sqlite3
from collections.abc import Callable
from ctypes import CFUNCTYPE, POINTER, Structure, c_char_p, c_int, c_int64, c_void_p
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import Any

from locutorio.store import sqlite
from tests.databases import Lacking

LIBRARY = "libsqlite3.so.0"


@dataclass(frozen=True, slots=True)
class Write:
    """Bytes at a place of a file."""

    path: str
    at: int
    data: bytes


@dataclass(frozen=True, slots=True)
class Cut:
    """A file is made this long."""

    path: str
    size: int


@dataclass(frozen=True, slots=True)
class Sync:
    """What was done to a file so far is on disk."""

    path: str


@dataclass(frozen=True, slots=True)
class Made:
    """A file is made."""

    path: str


@dataclass(frozen=True, slots=True)
class Unlinked:
    """A file is taken out of its directory."""

    path: str


@dataclass(frozen=True, slots=True)
class DirectorySync:
    """Which files a directory has is on disk."""


@dataclass(frozen=True, slots=True)
class Acknowledged:
    """A change was said to be kept."""

    command: str
    answer: object


Act = Write | Cut | Sync | Made | Unlinked | DirectorySync | Acknowledged
acts: list[Act] = []
_kept: list[object] = []  # what C still points to
_paths: dict[int, str | None] = {}
_own: dict[int, _Methods] = {}

_OPEN = CFUNCTYPE(c_int, c_void_p, c_void_p, c_void_p, c_int, c_void_p)
_DELETE = CFUNCTYPE(c_int, c_void_p, c_char_p, c_int)
_WRITE = CFUNCTYPE(c_int, c_void_p, c_void_p, c_int, c_int64)
_TRUNCATE = CFUNCTYPE(c_int, c_void_p, c_int64)
_SYNC = CFUNCTYPE(c_int, c_void_p, c_int)
_DIRECTORY = CFUNCTYPE(c_int, c_char_p, c_void_p)
_SET_CALL = CFUNCTYPE(c_int, c_void_p, c_char_p, c_void_p)
_GET_CALL = CFUNCTYPE(c_void_p, c_void_p, c_char_p)


class _Methods(Structure):
    """sqlite3_io_methods."""

    _fields_ = (
        ("version", c_int),
        *((name, c_void_p) for name in ("close", "read", "write", "truncate", "sync")),
        *((f"other{number}", c_void_p) for number in range(13)),
    )


class _Vfs(Structure):
    """sqlite3_vfs."""

    _fields_ = (
        ("version", c_int),
        ("file_size", c_int),
        ("path_most", c_int),
        ("next", c_void_p),
        ("name", c_char_p),
        ("data", c_void_p),
        ("open", c_void_p),
        ("delete", c_void_p),
        *((f"other{number}", c_void_p) for number in range(11)),
        ("set_call", c_void_p),
        ("get_call", c_void_p),
        ("next_call", c_void_p),
    )


def begin() -> None:
    """Record what every connection that is opened from now on does to its files.

    Raises:
        Lacking: this Python has an SQLite of its own that cannot be reached.
    """
    own = sqlite.library is not sqlite3
    file = import_module(f"{sqlite.library.__name__}._sqlite3").__file__ if own else LIBRARY
    try:
        library = ctypes.CDLL(file)
    except OSError as error:
        raise Lacking(f"needs {file}") from error
    library.sqlite3_libversion.restype = c_char_p
    if library.sqlite3_libversion().decode() != sqlite.library.sqlite_version:
        raise Lacking(f"needs a Python that uses {file}")
    library.sqlite3_vfs_find.restype = POINTER(_Vfs)
    usual = library.sqlite3_vfs_find(None)
    ours = _Vfs.from_buffer_copy(usual.contents)
    ours.name = b"recording"
    ours.open = _pointer(_OPEN, _opening(usual))
    ours.delete = _pointer(_DELETE, _deleting(usual))
    directory = _DIRECTORY(_GET_CALL(ours.get_call)(None, b"openDirectory"))

    def synced(path: bytes, found: int) -> int:
        acts.append(DirectorySync())
        return int(directory(path, found))

    _SET_CALL(ours.set_call)(None, b"openDirectory", _pointer(_DIRECTORY, synced))
    _kept.append(ours)
    library.sqlite3_vfs_register(ctypes.byref(ours), 1)


def _opening(usual: Any) -> Callable[..., int]:
    really = _OPEN(usual.contents.open)

    def opened(_: int, name: int | None, file: int, flags: int, out: int | None) -> int:
        path = ctypes.string_at(name).decode() if name else None
        new = path is not None and not Path(path).exists()
        code = int(really(ctypes.addressof(usual.contents), name, file, flags, out))
        if code == 0:
            _paths[file] = path
            if new and path is not None:
                acts.append(Made(path))
            methods = c_void_p.from_address(file)
            assert methods.value is not None
            methods.value = ctypes.addressof(_recorded(methods.value))
        return code

    return opened


def _deleting(usual: Any) -> Callable[..., int]:
    really = _DELETE(usual.contents.delete)

    def deleted(_: int, name: bytes, sync: int) -> int:
        acts.append(Unlinked(name.decode()))
        return int(really(ctypes.addressof(usual.contents), name, sync))

    return deleted


def _recorded(methods: int) -> _Methods:
    """Give the functions of a file, with those that change it recorded."""
    if methods in _own:
        return _own[methods]
    usual = _Methods.from_address(methods)
    write, truncate, sync = _WRITE(usual.write), _TRUNCATE(usual.truncate), _SYNC(usual.sync)

    def written(file: int, data: int, size: int, at: int) -> int:
        if path := _paths[file]:
            acts.append(Write(path, at, ctypes.string_at(data, size)))
        return int(write(file, data, size, at))

    def cut(file: int, size: int) -> int:
        if path := _paths[file]:
            acts.append(Cut(path, size))
        return int(truncate(file, size))

    def synced(file: int, flags: int) -> int:
        if path := _paths[file]:
            acts.append(Sync(path))
        return int(sync(file, flags))

    ours = _Methods.from_buffer_copy(usual)
    ours.write, ours.truncate = _pointer(_WRITE, written), _pointer(_TRUNCATE, cut)
    ours.sync = _pointer(_SYNC, synced)
    _own[methods] = ours
    return ours


def _pointer(kind: Any, function: Callable[..., int]) -> int | None:
    called = kind(function)
    _kept.append(called)
    return ctypes.cast(called, c_void_p).value
