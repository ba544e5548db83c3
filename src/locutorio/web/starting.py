"""What is seen to before anything is served: a setting that is not safe is told, and nothing begins."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager

from locutorio.actions.clock import now
from locutorio.kernel.faults import Fault
from locutorio.store.databases import configured

SECRET = "LOCUTORIO_SECRET"  # noqa: S105 # pragma: allowlist secret - the name of a variable
SECRET_LENGTH_MIN = 40


@contextmanager
def safely() -> Iterator[None]:
    """Serve for as long as the block runs, if it is safe.

    Raises:
        Fault: a setting is not safe, with the reason.
    """
    _see_to_settings()
    if not configured():
        yield
        return
    from locutorio.store.safety import alone, see_to_files, see_to_policies, see_to_tables, see_to_the_clock

    see_to_files()
    see_to_tables()
    see_to_policies()
    see_to_the_clock(now())
    with alone():
        yield


def _see_to_settings() -> None:
    from django.conf import settings

    if settings.DEBUG:
        raise Fault(
            "DEBUG is on",
            why="a fault would show everybody the program's variables, people's names among them",
            remedy="leave it off: it is off in locutorio.web.settings",
        )
    if sys.flags.optimize:
        raise Fault(
            "Python runs without its assertions",
            why="some of what may never happen is refused by them",
            remedy="leave out -O, and PYTHONOPTIMIZE",
        )
    secret = os.environ.get(SECRET, "")
    if settings.SESSION_COOKIE_SECURE and configured() and not secret:
        raise Fault(
            f"{SECRET} is not set, and others reach these pages",
            why="each start would draw another, and sign everybody out",
            remedy=f"set {SECRET} to a random text of {SECRET_LENGTH_MIN} characters or more, kept secret: "
            'python3 -c "import secrets; print(secrets.token_urlsafe(48))" prints one',
        )
    if secret and len(secret) < SECRET_LENGTH_MIN:
        raise Fault(
            f"{SECRET} has {len(secret)} characters",
            why="whoever guesses it can sign in as anybody",
            remedy=f"set it to a random text of {SECRET_LENGTH_MIN} characters or more",
        )
