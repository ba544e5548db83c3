"""A witness that answers on a free port of this machine, in a process of its own."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from locutorio.record.proof import Policy


@dataclass(frozen=True)
class Served:
    """What it printed: the lines of its keys with its address."""

    lines: tuple[str, ...]

    @property
    def address(self) -> str:
        return self.lines[0].split()[2]


@contextmanager
def witness(directory: Path, name: str, policy: Policy, port: int = 0) -> Iterator[Served]:
    """Run `locutorio witness` for a log until the end of the block."""
    file = directory.with_name(f"{directory.name}.policy")
    file.write_text(policy.text())
    said = [sys.executable, "-m", "locutorio.command.main", "witness", "--directory", str(directory)]
    with subprocess.Popen(
        [*said, "--name", name, "--log", str(file), "--port", str(port)],
        stdout=subprocess.PIPE,
        text=True,
        env=os.environ,
    ) as process:
        try:
            assert process.stdout is not None
            yield Served(tuple(process.stdout.readline().strip() for _ in range(2)))
        finally:
            process.kill()
