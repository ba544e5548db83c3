"""The invented example, the published case where it is at hand, and both with something changed."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml

from locutorio.actions import history
from locutorio.chronicle.expecting import Checked
from locutorio.chronicle.values import Chronicle

ROOT = Path(__file__).parents[2]
EXAMPLE = ROOT / "examples" / "history" / "seven-years.yaml"
PUBLISHED = ROOT.parent / "shared" / "data" / "case" / "acceptance_case.yaml"
Tree = dict[str, Any]


class _Written(yaml.SafeDumper):
    """Writes everything out, also what stands in two places."""

    def ignore_aliases(self, data: Any) -> bool:
        return True


def example() -> Chronicle:
    """Read the example."""
    return history.read(EXAMPLE.read_bytes(), EXAMPLE.name)


def published() -> Path:
    """Give the published case, or skip."""
    if not PUBLISHED.exists():
        pytest.skip(f"needs {PUBLISHED.name}, which is not part of the project")
    return PUBLISHED


def tree(path: Path = EXAMPLE) -> Tree:
    """Give a file as plain values, every scalar a text; tokens in its comments become a block."""
    loaded = yaml.load(path.read_text("utf-8"), Loader=yaml.CBaseLoader)
    if "tokens" not in loaded:
        people = history.read(path.read_bytes(), path.name).people.known.values()
        loaded["tokens"] = {
            f"{one.name}.." if one.many else ", ".join(one.group): one.words for one in people
        }
    return dict(loaded)


def chronicle_of(made: Tree) -> Chronicle:
    """Read a changed file."""
    text = yaml.dump(made, Dumper=_Written, allow_unicode=True, sort_keys=False)
    return history.read(text.encode(), "changed.yaml")


def changed(change: Callable[[Tree], None], path: Path = EXAMPLE) -> Chronicle:
    """Read a file after a change."""
    made = tree(path)
    change(made)
    return chronicle_of(made)


def event(made: Tree, name: str) -> Tree:
    """Give one event of a file."""
    return next(one for one in made["events"] if one["id"] == name)


def unmet(chronicle: Chronicle) -> list[Checked]:
    """Give the lines of the check that are not met."""
    return [checked for _, checked in history.check(chronicle, "en") if not checked.met]
