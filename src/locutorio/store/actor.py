"""Who acts: what a door knows of somebody, and every action and read is told."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID


@dataclass(frozen=True, slots=True)
class Actor:
    """Who acts in one establishment, and why.

    ``contacts`` are those whom family or counsel act for, ``person`` the one in custody who acts for
    themselves. ``factor`` is what last showed that it is really them, at ``authenticated_at``. ``purpose`` is
    why staff open what is protected; empty where they did not say. Without ``establishment`` they may do
    nothing.
    """

    account: UUID | None
    roles: frozenset[str]
    contacts: tuple[UUID, ...] = ()
    person: UUID | None = None
    factor: str = ""
    authenticated_at: datetime | None = None
    purpose: str = ""
    establishment: UUID | None = None


PROGRAM = Actor(None, frozenset())
"""The program itself: its timers, and whoever runs a command on the machine that holds the database."""
