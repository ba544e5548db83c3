"""What somebody wants done, and what the work that does it can use."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from hashlib import sha256
from typing import Any
from uuid import UUID

from locutorio.store.actor import PROGRAM, Actor
from locutorio.store.identifiers import new_id

Answer = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Command:
    """What somebody wants done. ``id`` is the sender's own: the same one is carried out once.

    ``arguments`` are plain values (text, numbers, lists and maps of them), all that the work rests on.
    ``at`` is the moment the door took it; ``actor`` the account that asked, none for the program itself,
    ``factor`` what showed that it is they, ``purpose`` why.
    """

    id: UUID
    action: str
    establishment: UUID
    at: datetime
    arguments: Mapping[str, Any]
    actor: UUID | None = None
    person: UUID | None = None
    factor: str = ""
    purpose: str = ""

    @property
    def digest(self) -> str:
        """Tell one content from another."""
        said = json.dumps([self.action, str(self.actor), self.arguments], sort_keys=True, ensure_ascii=True)
        return sha256(said.encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Sent:
    """What a door says of a change: its sender's identifier, where, the moment it came, who acts."""

    id: UUID
    establishment: UUID
    at: datetime
    by: Actor = PROGRAM

    @property
    def actor(self) -> UUID | None:
        """The account that asked, None for the program itself."""
        return self.by.account

    def command(self, action: str, arguments: Mapping[str, Any], *, person: UUID | None = None) -> Command:
        """Give the command that an action makes of it."""
        by = self.by
        return Command(
            self.id,
            action,
            self.establishment,
            self.at,
            arguments,
            by.account,
            person,
            by.factor,
            by.purpose,
        )


@dataclass(slots=True)
class Transaction:
    """What the work of one command can use.

    ``noted`` is added to the content of its entry. ``about`` is the person or contact whom it is about: the
    command's person, or whom the work names. ``header`` are fields of the entry itself (``type``, ``law``,
    ``rule``, ``roll``, ``people``), which are never erased; ``kept_as`` is the class by which its content is.
    ``apart`` is what the entry says of each of several people, each part under the key of whom it is about;
    where it is given, what else the entry holds is the establishment's.
    """

    command: Command
    noted: dict[str, Any] = field(default_factory=dict)
    header: dict[str, str | int] = field(default_factory=dict)
    kept_as: str = "record"
    about: UUID | None = None
    apart: Mapping[UUID, Mapping[str, Any]] | None = None

    def __post_init__(self) -> None:
        """Begin with the person of the command."""
        self.about = self.about or self.command.person

    @property
    def at(self) -> datetime:
        """The moment of the command."""
        return self.command.at

    @property
    def establishment(self) -> UUID:
        """The establishment of the command."""
        return self.command.establishment

    def new_id(self) -> UUID:
        """Give a fresh identifier."""
        return new_id(self.command.at)
