"""Asks the public database of weaknesses (OSV) about every package that uv.lock names, by `uv audit`."""

from __future__ import annotations

import subprocess
from dataclasses import dataclass
from enum import Enum
from pathlib import Path


class Result(Enum):
    """What became of asking."""

    CLEAN = "no known weakness"
    FOUND = "weaknesses are known"
    NOT_LOOKED_UP = "not looked up: no network"


_BY_CODE = {0: Result.CLEAN, 1: Result.FOUND}
AWAY = ("error sending request", "dns error", "Connect", "timed out", "operation timed out")


@dataclass(frozen=True)
class Asked:
    """What became of it, and what uv said."""

    result: Result
    said: str


def ask(uv: str, root: Path, *, service: str | None = None) -> Asked:
    """Ask about the packages of every group and extra.

    Args:
        uv: the program.
        root: where uv.lock stands.
        service: the address of another database than the public one.

    Raises:
        RuntimeError: uv did not ask, for another reason than that nobody could be reached.
    """
    where = ["--service-url", service] if service else []
    done = subprocess.run(
        [uv, "audit", "--frozen", "--preview-features", "audit-command", *where],
        cwd=root,
        check=False,
        capture_output=True,
        text=True,
    )
    said = f"{done.stdout}{done.stderr}".strip()
    result = _BY_CODE.get(done.returncode)
    if result is None:
        if not any(sign in said for sign in AWAY):
            raise RuntimeError(said)
        result = Result.NOT_LOOKED_UP
    return Asked(result, said)
