"""The actions and reads of the program, and how each begins: found in its code."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import locutorio

SOURCE = Path(locutorio.__file__).parent
ACTIONS, DOORS = SOURCE / "actions", (SOURCE / "web", SOURCE / "command")
ASKS = ("authorize", "reading")


@dataclass(frozen=True)
class Found:
    """A public function of the actions: its module below them, its name, what it takes, the act it asks for.

    ``act`` is None where its first statement asks for none.
    """

    module: str
    name: str
    takes: frozenset[str]
    act: str | None
    stored: bool


@cache
def functions() -> tuple[Found, ...]:
    """Give every public function of the actions."""
    return tuple(one for path in sorted(ACTIONS.rglob("*.py")) for one in _of(path))


def _of(path: Path) -> Iterator[Found]:
    tree = ast.parse(path.read_text("utf-8"))
    module = ".".join(path.relative_to(ACTIONS).with_suffix("").parts)
    stored = any(
        (isinstance(node, ast.ImportFrom) and (node.module or "").startswith("locutorio.store"))
        for node in ast.walk(tree)
    )
    for node in tree.body:
        if isinstance(node, ast.FunctionDef) and not node.name.startswith("_"):
            every = [*node.args.posonlyargs, *node.args.args, *node.args.kwonlyargs]
            takes = frozenset(ast.unparse(one.annotation) for one in every if one.annotation)
            yield Found(module, node.name, takes, _asked(node), stored)


def _asked(node: ast.FunctionDef) -> str | None:
    """Give the act for which a function asks before anything else but saying what it is about."""
    for statement in node.body[bool(ast.get_docstring(node)) :]:
        if isinstance(statement, ast.Assign) and _calls(statement.value) in {"About", "_about"}:
            continue
        if isinstance(statement, ast.Expr):
            return _act(statement.value)
        if isinstance(statement, ast.Assign | ast.AnnAssign) and _is_plain(statement.value):
            continue
        return _act(statement.items[0].context_expr) if isinstance(statement, ast.With) else None
    return None


def _is_plain(value: ast.expr | None) -> bool:
    """Tell whether a value is made of what a function was given, without calling anything."""
    return value is not None and not any(isinstance(node, ast.Call) for node in ast.walk(value))


def _calls(value: ast.expr) -> str:
    return value.func.id if isinstance(value, ast.Call) and isinstance(value.func, ast.Name) else ""


def _act(value: ast.expr) -> str | None:
    if not isinstance(value, ast.Call) or _calls(value) not in ASKS:
        return None
    named = value.args[1]
    return str(named.value) if isinstance(named, ast.Constant) else None


@cache
def used_by_doors() -> frozenset[tuple[str, str]]:
    """Give what a door uses of the actions: module and name."""
    return frozenset(used for door in DOORS for path in sorted(door.rglob("*.py")) for used in _used(path))


def _used(path: Path) -> Iterator[tuple[str, str]]:
    tree = ast.parse(path.read_text("utf-8"))
    modules: dict[str, str] = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("locutorio.actions"):
            module = (node.module or "").removeprefix("locutorio.actions").removeprefix(".")
            for alias in node.names:
                if (ACTIONS / module.replace(".", "/") / f"{alias.name}.py").exists():
                    modules[alias.asname or alias.name] = ".".join(filter(None, (module, alias.name)))
                else:
                    yield module, alias.name
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id in modules:
            yield modules[node.value.id], node.attr
