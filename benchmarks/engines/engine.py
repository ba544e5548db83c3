"""What the comparison asks of every engine."""

from __future__ import annotations

from importlib.metadata import version
from typing import Protocol

from benchmarks.law import Part


class Engine(Protocol):
    """An engine with the law compiled into it.

    ``title`` names it with its version; ``knows_unknown`` is false where it cannot leave a fact open;
    ``note`` says what a reader must know of how it was asked.
    """

    title: str
    knows_unknown: bool
    note: str

    def speaks(self, part: Part) -> frozenset[str]:
        """Name the provisions that speak for certain, from facts as Python values to names."""
        ...


def titled(name: str, package: str) -> str:
    """Give a name with the version of its package."""
    return f"{name} ({package} {version(package)})"
