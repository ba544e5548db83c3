"""What a test looks at or writes itself, beside the program, as a role that no policy of PostgreSQL binds.

What a test itself asks Django for goes this way, and what the program asks for the program's way: so the
program is seen to work as its own role, and nothing else has to be said in a test.
"""

from __future__ import annotations

import sys
from functools import cache
from pathlib import Path
from typing import Any

from django.db import connections, router

from locutorio.store.context import current

BESIDE = "beside"
_ROOT = Path(__file__).parents[1]
_BETWEEN = {__file__, str(Path(__file__).with_name("saying.py"))}
_PROGRAM, _TESTS = str(_ROOT / "src" / "locutorio"), (str(_ROOT / "tests"), str(_ROOT / "benchmarks"))


class Router:
    """Sends what a test asks for itself, outside the program's contexts, to the connection beside."""

    def db_for_read(self, model: type, **hints: object) -> str | None:
        """Give the connection; none where the program's own is right."""
        return BESIDE if _beside() and asked_by_test() else None

    db_for_write = db_for_read

    def allow_relation(self, one: object, other: object, **hints: object) -> bool:
        """Let rows be of each other: both connections are to the same database."""
        return True


def asked_by_test() -> bool:
    """Tell whether what runs now was called by a test, and not by the program on its behalf."""
    frame: Any = sys._getframe(1)
    while frame is not None:
        file = frame.f_code.co_filename
        if file.startswith(_PROGRAM):
            return False
        if file.startswith(_TESTS) and file not in _BETWEEN:
            return True
        frame = frame.f_back
    return False


def beside() -> Any:
    """Give the connection on which a test looks for itself; within the program's work it is the program's."""
    return connections[BESIDE if _beside() else "default"]


def _beside() -> bool:
    return BESIDE in connections.settings and current() is None


@cache
def routed() -> None:
    """Send what tests ask for beside the program, from now on."""
    router.routers.append(Router())
