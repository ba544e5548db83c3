"""Which SQLite the store uses: the machine's own, or the current one that the extra ``sqlite`` brings.

The machine's own may be too old to keep its log beside the file (WAL), by which changes are several times
quicker. Django and whatever else of the store opens a file use the same one.
"""

from __future__ import annotations

import importlib
import os
import sqlite3
import sys
from types import ModuleType

from locutorio.kernel.faults import Fault

VARIABLE = "LOCUTORIO_SQLITE"
SYSTEM, CURRENT = "system", "current"
_BACKEND = "django.db.backends.sqlite3.base"


def _chosen() -> ModuleType:
    """Give the library that the environment names, and have Django use it.

    Raises:
        Fault: it names none, or one that is not installed.
    """
    named = os.environ.get(VARIABLE) or SYSTEM
    if named == SYSTEM:
        return sqlite3
    if named != CURRENT:
        raise Fault(f"{VARIABLE} is {named}", remedy=f"set it to {SYSTEM} or {CURRENT}, or unset it")
    try:
        current = importlib.import_module("pysqlite3")
    except ImportError as error:
        raise Fault(
            f"{VARIABLE} is {CURRENT}, and no current SQLite is installed",
            remedy='install the extra "sqlite" of this program, or unset it',
        ) from error
    _have_django_use(current)
    return current


def _have_django_use(library: ModuleType) -> None:
    """Import Django's part for SQLite while its name leads to a library: it takes what it finds under it."""
    names = {"sqlite3": library, "sqlite3.dbapi2": library.dbapi2}
    before = {name: sys.modules[name] for name in names}
    sys.modules.update(names)
    try:
        backend = importlib.import_module(_BACKEND)
    finally:
        sys.modules.update(before)
    assert backend.Database is library.dbapi2, "Django was imported before"


library = _chosen()
