"""What is wrong with a form."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong, and the field where it is."""

    says: str
    at: str
