"""A checkpoint as it is written on paper or read out: a log, its size, its root in 44 characters."""

from __future__ import annotations

from locutorio.record.checkpoint import Checkpoint
from locutorio.record.unproved import Unproved

_LINES, _GROUP = 3, 4


def on_paper(state: Checkpoint) -> str:
    """Give three lines; the 44 characters of the root in groups of four."""
    origin, size, root = state.text().split("\n")[:_LINES]
    groups = " ".join(root[at : at + _GROUP] for at in range(0, len(root), _GROUP))
    return f"{origin}\n{size}\n{groups}\n"


def from_paper(text: str) -> Checkpoint:
    """Read it back, however it is spaced. It carries no signature: who gave it is believed, or nobody.

    Raises:
        Unproved: if it is not three lines, or the size or the root is malformed.
    """
    lines = ["".join(line.split()) for line in text.strip().splitlines() if line.strip()]
    if len(lines) != _LINES:
        raise Unproved("this is no checkpoint on paper", "it is three lines: name, size and 44 characters")
    return Checkpoint.parse("\n".join(lines) + "\n")
