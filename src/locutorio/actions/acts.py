"""The table of what may be done by whom: `acts.yaml`, read once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from locutorio.actions.roles import Role
from locutorio.kernel.texts import Node, read_bytes, read_documents

FILE = Path(__file__).with_name("acts.yaml")
OF = ("own", "content", "configuration", "accounts", "log", "keys", "proposals", "program")
RELATIONS = ("self", "own", "told", "listed", "here")
_FLAGS = ("reads", "protected", "step_up")


@dataclass(frozen=True, slots=True)
class Act:
    """One act: what it touches (``of``), and each role that may with its relation.

    ``approving``: the roles of which one approves what those who may propose; none where one alone may do it.
    """

    name: str
    of: str
    who: Mapping[str, str]
    reads: bool = False
    protected: bool = False
    step_up: bool = False
    approving: frozenset[str] = frozenset()

    @property
    def four_eyes(self) -> bool:
        """Tell whether two must do it together."""
        return bool(self.approving)


@cache
def acts() -> Mapping[str, Act]:
    """Give every act by its name.

    Raises:
        Fault: the table cannot be read.
    """
    (document,) = read_documents(read_bytes(FILE), FILE.name)
    return {name: _act(name, node) for name, node in document.entries().items()}


def roles_for(*names: str, here: bool | None = None) -> frozenset[str]:
    """Give the roles that may do each of some acts to something.

    Args:
        names: of the acts.
        here: only those who may as staff of the establishment, or only the others; None for all.

    Raises:
        ValueError: no act is named, one that the table does not hold, or no role may do all of them.
    """
    unknown = [name for name in names if name not in acts()]
    if unknown or not names:
        raise ValueError(f"no such act: {', '.join(unknown) or 'none is named'}")
    found = frozenset.intersection(*(_roles(acts()[name], here) for name in names))
    if not found:
        raise ValueError(f"no role may do all of {', '.join(names)}")
    return found


def protected_roles() -> frozenset[str]:
    """Give the roles of staff that read something protected, and so say why."""
    return frozenset(role for act in acts().values() if act.protected for role in _roles(act, here=True))


def _roles(act: Act, here: bool | None) -> frozenset[str]:
    return frozenset(role for role, how in act.who.items() if here in (None, how == "here"))


def _act(name: str, node: Node) -> Act:
    said = node.entries(required=("of",), optional=("who", "approved_by", *_FLAGS))
    who = said["who"].entries() if "who" in said else {}
    reads, protected, step_up = (flag in said and said[flag].yes() for flag in _FLAGS)
    return Act(
        name,
        said["of"].choice(OF),
        {_role(one.name): one.choice(RELATIONS) for one in who.values()},
        reads,
        protected,
        step_up,
        frozenset(map(_role, said["approved_by"].items() if "approved_by" in said else ())),
    )


def _role(node: Node) -> str:
    return node.choice([*Role])
