"""Writes files whole or not at all."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from locutorio.kernel.faults import Fault


@contextmanager
def whole(out: Path) -> Iterator[Path]:
    """Give the file to write beside another; it takes the place of the other at the end, or is gone."""
    beside = out.with_name(f".{out.name}.part")
    try:
        try:
            yield beside
            beside.replace(out)
        finally:
            beside.unlink(missing_ok=True)
    finally:  # an interrupt can come twice: once in Polars, once more on the way out
        beside.unlink(missing_ok=True)


def reason(error: Exception) -> str:
    """Give why a file could not be read or written, in a few words."""
    return error.strerror if isinstance(error, OSError) and error.strerror else str(error).partition("\n")[0]


def unwritten(path: Path, error: Exception) -> Fault:
    """Say that a file could not be written, and why."""
    return Fault(
        f"{path} cannot be written ({reason(error)})",
        why="nothing half-written is left behind",
        remedy="check that the folder exists, that you may write there, and that the disk has room",
    )


def written(path: Path, text: str) -> Path:
    """Write one file, whole or not at all, and give its path.

    Raises:
        Fault: it cannot be written.
    """
    try:
        with whole(path) as beside:
            beside.write_text(text, encoding="utf-8", newline="")
    except OSError as error:
        raise unwritten(path, error) from error
    return path
