"""Mistakes of kinds that are made, each a few words of the shipped code written otherwise.

A mistake is put into the functions that are loaded, wherever they are used, and taken out again.
"""

from __future__ import annotations

import importlib
import inspect
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import FunctionType, ModuleType
from typing import Any

import yaml

from tests.life.living import Lived, live, live_again

SEEDS_MAX, STEPS = 16, 90


@dataclass(frozen=True)
class Bug:
    """A mistake: in which module, what stands there, what is written instead. ``seed`` finds it soon."""

    name: str
    module: str
    right: str
    wrong: str
    seed: int = 0

    @property
    def where(self) -> ModuleType:
        return importlib.import_module(f"locutorio.{self.module}")


@contextmanager
def made(bug: Bug) -> Iterator[None]:
    """Make a mistake for a while.

    Raises:
        AssertionError: what should be written otherwise is not there, or not once.
    """
    source = inspect.getsource(bug.where)
    assert source.count(bug.right) == 1, f"{bug.name}: {source.count(bug.right)} places in {bug.module}"
    written: dict[str, Any] = {"__name__": bug.where.__name__}
    exec(compile(source.replace(bug.right, bug.wrong), f"{bug.where.__file__} ({bug.name})", "exec"), written)
    before = []
    for function, other in _pairs(vars(bug.where), written, bug.where.__name__):
        if function.__code__.co_code != other.__code__.co_code or function.__code__ != other.__code__:
            before.append((function, function.__code__))
            function.__code__ = other.__code__
    assert before, f"{bug.name} changes no function"
    _forget(bug.where)
    try:
        yield
    finally:
        for function, code in before:
            function.__code__ = code
        _forget(bug.where)


def _forget(module: ModuleType) -> None:
    """Let nothing that a function of a module gave before be given again."""
    for thing in vars(module).values():
        if hasattr(thing, "cache_clear"):
            thing.cache_clear()


def _pairs(
    loaded: dict[str, Any] | Any, written: dict[str, Any] | Any, module: str
) -> Iterator[tuple[FunctionType, FunctionType]]:
    """Give each function as it is loaded and as it would be, those of classes and under decorators too."""
    for name, thing in loaded.items():
        other = written.get(name)
        if inspect.isclass(thing) and inspect.isclass(other) and thing.__module__ == module:
            yield from _pairs(vars(thing), vars(other), module)
            continue
        one, two = _bare(thing), _bare(other)
        if one is not None and two is not None and one.__module__ == module:
            yield one, two


def _bare(thing: object) -> FunctionType | None:
    if isinstance(thing, property):
        thing = thing.fget
    if callable(thing):
        thing = inspect.unwrap(thing)
    return thing if isinstance(thing, FunctionType) else None


def found(bug: Bug, most: int = SEEDS_MAX, steps: int = STEPS) -> Lived | None:
    """Live with a mistake, first the life that finds it soon, until one goes wrong that does not without it.

    Returns:
        the life that went wrong; None where none of so many did.
    """
    seeds = [bug.seed, *(seed for seed in range(most) if seed != bug.seed)][:most]
    for seed in seeds:
        with made(bug):
            lived = live(seed, steps)
        if lived.broken and not live_again(seed, lived.steps).broken:
            return lived
    return None


BUGS = tuple(Bug(**one) for one in yaml.safe_load(Path(__file__).with_suffix(".yaml").read_text("utf-8")))
