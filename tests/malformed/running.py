"""Runs one malformed input as the command does, and keeps what came of it."""

from __future__ import annotations

import time
from contextlib import chdir
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from typer.testing import CliRunner

from locutorio.command.main import app
from tests.malformed.arguments import Arguments
from tests.malformed.inputs import GOOD, Malformed

ANSWERS = ("ermitted", "depends on", "is active", "proved: ", "Why\n")


@dataclass(frozen=True, slots=True)
class Outcome:
    """What one command did: its code, both outputs, seconds, what escaped, which files are new or gone."""

    code: int
    out: str
    error: str
    seconds: float
    escaped: BaseException | None
    touched: frozenset[str]

    @property
    def told(self) -> str:
        """What was wrong: on standard error, or, of a check that failed, in its report."""
        return self.out if self.code == 4 else self.error


def invoke(arguments: list[str], folder: Path, given: str | bytes | None = None) -> Outcome:
    """Run one command in a folder."""
    before = _files(folder)
    with chdir(folder):
        began = time.perf_counter()
        result = CliRunner().invoke(app, arguments, input=given)
        seconds = time.perf_counter() - began
    escaped = None if isinstance(result.exception, SystemExit) else result.exception
    return Outcome(result.exit_code, result.stdout, result.stderr, seconds, escaped, before ^ _files(folder))


def _files(folder: Path) -> frozenset[str]:
    return frozenset(path.as_posix() for path in folder.rglob("*"))


@cache
def outcome(one: Malformed | Arguments) -> Outcome:
    """Give what comes of one malformed input, run once."""
    with TemporaryDirectory() as name:
        folder = Path(name)
        if isinstance(one, Malformed):
            return invoke(one.lay_out(folder), folder)
        (folder / "folder").mkdir()
        (folder / "file").touch()
        (folder / "case.yaml").write_text(GOOD, "utf-8")
        return invoke(list(one.given), folder)
