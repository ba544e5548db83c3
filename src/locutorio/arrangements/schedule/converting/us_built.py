"""A schedule's file while it grows out of a published one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from locutorio.arrangements.schedule.converting.trees import Tree, grown
from locutorio.arrangements.schedule.converting.us_words import (
    Entries,
)
from locutorio.kernel.texts import Node

HOLIDAY = "holiday"


@dataclass(slots=True)
class Built:
    """A schedule's file while it grows: what is left open, what is noted, and whether places are counted."""

    tree: dict[str, Tree]
    not_stated: list[Tree]
    notes: list[Tree]
    counted: bool = False
    codes: dict[str, int] = field(default_factory=dict)

    def add(self, key: str, block: Mapping[str, Tree], near: Node) -> None:
        """Add a block to a list of the file."""
        listed = self.tree.setdefault(key, [])
        assert isinstance(listed, list), "only lists grow"
        listed.append(grown(block, near))

    def code(self, wanted: str) -> str:
        """Give a code that nothing else here has."""
        self.codes[wanted] = self.codes.get(wanted, 0) + 1
        return wanted if self.codes[wanted] == 1 else f"{wanted[:50]}_{self.codes[wanted]}"

    def sessions(self) -> list[Entries]:
        """Give the sessions laid out so far."""
        listed = self.tree["sessions"]
        assert isinstance(listed, list), "sessions are laid out first"
        return [one.entries() for one in listed if isinstance(one, Node)]


def add_calendar(built: Built, name: str, calendar: Mapping[str, Tree]) -> None:
    """Add a calendar to the file."""
    calendars = built.tree.setdefault("calendars", {})
    assert isinstance(calendars, dict), "calendars are a block"
    calendars[name] = calendar


def add_pause(built: Built, node: Node, scope: Mapping[str, Tree]) -> None:
    """Add a pause of entry, which an event ends."""
    pause = node.entries()
    add_calendar(built, HOLIDAY, {"holidays": "US"})
    built.add("pauses", {**scope, "begins": pause["from"], "event": pause["until"]}, node)


def listed(node: Node) -> list[Node]:
    """Give the rows of a list of blocks; one block stands for a list of one."""
    return [node] if isinstance(node.value, dict) else list(node.items())
