"""The laws that promises are tried on: generated ones, and the shipped packs with their cases."""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache, cached_property, partial

from locutorio.decisions.decide import Judge
from locutorio.rules.provision import Pack
from locutorio.rules.rulebook import Rulebook, Shelf
from tests.properties import promises
from tests.properties.drawing import Drawer, shipped
from tests.properties.law import Writer, read, reordered
from tests.properties.solver import Solved

SHIPPED = ("us-federal", "england-wales", "arcadia")
PAPERS = {"us-federal": 0.08, "england-wales": 0.2, "arcadia": 0.3}


@dataclass(frozen=True)
class Law:
    """One rulebook with everything needed to try it; ``again`` gives the same law in another order."""

    judge: Judge
    drawer: Drawer
    wild: Drawer
    again: Callable[[random.Random], tuple[Judge, Mapping[str, str]]]

    @property
    def book(self) -> Rulebook:
        return self.judge.book

    @cached_property
    def solved(self) -> Solved:
        return Solved(self.book)


def generated(rng: random.Random) -> Law:
    """Write a small pack and read it through the real reader."""
    files = Writer(rng).pack()
    pack = read(files)
    day = rng.choice(Shelf(pack).days())
    book = Shelf(pack).on(day)

    def again(rng: random.Random) -> tuple[Judge, Mapping[str, str]]:
        return _renamed(read(reordered(files, rng)), book, rng)

    return Law(Judge(book), Drawer(book), Drawer(book, wild=0.1), again)


@cache
def of_pack(name: str) -> tuple[Law, ...]:
    """Give a shipped pack, one law for each stretch of days without a change."""
    checked = shipped(name)
    laws = []
    for day in checked.shelf.days():
        book = checked.shelf.on(day)
        drawer = Drawer(book, checked.cases, papers=PAPERS[name])
        wild = Drawer(book, checked.cases, papers=PAPERS[name], wild=0.1)
        laws.append(Law(Judge(book), drawer, wild, partial(_again, book)))
    return tuple(laws)


def _again(book: Rulebook, rng: random.Random) -> tuple[Judge, Mapping[str, str]]:
    return _renamed(book.pack, book, rng)


def _renamed(pack: Pack, book: Rulebook, rng: random.Random) -> tuple[Judge, Mapping[str, str]]:
    renamed, names = promises.renamed_law(pack, rng)
    return Judge(Rulebook(renamed, book.day, book.words)), names
