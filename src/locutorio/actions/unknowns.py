"""Finds, in rows whose answer is open, the facts that are missing and could settle it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import reduce
from operator import or_

import polars as pl

from locutorio.rules.effects import sums_of_effect
from locutorio.rules.generate import facts_read
from locutorio.rules.provision import Ceiling, Floor, Provision, Require
from locutorio.rules.tree import facts_of
from locutorio.survey.survey import Survey

WORD = 64
INSTRUMENT, KIND = "instrument.", "instruments."
OPEN = "open"


def bits(words: Iterable[int]) -> Iterator[int]:
    """Give the numbers of the bits that are set, word after word."""
    for at, word in enumerate(words):
        left = word
        while left:
            low = left & -left
            yield at * WORD + low.bit_length() - 1
            left ^= low


def masked(name: str, among: Iterable[int]) -> pl.Expr:
    """Say where a mask, in columns NAME_0, NAME_1, ..., has one of these bits."""
    words: dict[int, int] = {}
    for bit in among:
        words[bit // WORD] = words.get(bit // WORD, 0) | 1 << bit % WORD
    parts = [
        pl.col(f"{name}_{at}") & pl.lit(word, dtype=pl.UInt64) != 0 for at, word in sorted(words.items())
    ]
    return reduce(or_, parts, pl.lit(False))


class Unknowns:
    """What may be missing for the answers of one survey.

    ``paths`` names each: a fact, ``NAME:instrument.fact`` of a paper, or ``instruments.KIND`` for papers of a
    kind that nobody knows of.
    """

    def __init__(self, survey: Survey) -> None:
        self._flags: list[tuple[str | None, pl.Expr]] = []
        paths = []
        for (path, column), readers in _readers(survey).items():
            missing = pl.lit(True) if column is None else pl.col(column).is_null()
            self._flags.append((column, missing & masked("maybe", readers)))
            paths.append(path)
        for at, kind in enumerate(survey.kinds):
            self._flags.append((None, pl.col("unknown_kinds") & pl.lit(1 << at, dtype=pl.UInt64) != 0))
            paths.append(f"{KIND}{kind}")
        self.paths = tuple(paths)

    def of(self, rows: pl.DataFrame, answers: pl.DataFrame) -> pl.DataFrame:
        """Give masks over ``paths``, unknown_0, unknown_1, ..., for the rows whose answer is open.

        A column without a hole in these rows is not looked at. Where nothing may be missing there is one row.
        """
        holes = {one.name for one in rows if one.null_count()}
        words: list[list[pl.Expr]] = [[] for _ in range(0, len(self._flags), WORD)]
        for at, (column, flag) in enumerate(self._flags):
            if column is None or column in holes:
                bit = pl.lit(1 << at % WORD, dtype=pl.UInt64)
                words[at // WORD].append(flag.cast(pl.UInt64) * bit)
        spoken = answers.select(pl.col("^maybe_[0-9]+$"), "unknown_kinds")
        given = rows.select(column for column, _ in self._flags if column in holes)
        both = pl.concat([given, spoken], how="horizontal").filter(answers.get_column("outcome") == OPEN)
        nothing = pl.lit(0, dtype=pl.UInt64)
        packed = [reduce(or_, flags, nothing).alias(f"unknown_{at}") for at, flags in enumerate(words)]
        return both.select(packed)


def _readers(survey: Survey) -> dict[tuple[str, str | None], set[int]]:
    """Give, for each fact that may be missing and its column (None: it has none), which bits read it."""
    table, book = survey.sitting.table, survey.sitting.book
    starts = {path: start for path, start, _ in book.derived}
    readers: dict[tuple[str, str | None], set[int]] = {}
    for at, bit in enumerate(survey.provisions):
        for fact in _weighed(bit.provision):
            if not fact.startswith(INSTRUMENT):
                path = fact if fact in table.stated else starts.get(fact, fact)
                if path in table.stated or path not in table.facts:
                    column = path if path in table.stated else None
                    readers.setdefault((path, column), set()).add(at)
            elif bit.paper is not None:
                own = next(slot.own for slot in table.slots if slot.name == bit.paper)
                column = own[fact].name if fact in own else None
                readers.setdefault((f"{bit.paper}:{fact}", column), set()).add(at)
    return readers


def _weighed(provision: Provision) -> Iterator[str]:
    """Give the facts on which it rests whether a provision speaks, and what its keys and limits come to."""
    yield from facts_read(provision)
    for effect in provision.effects:
        if isinstance(effect, Ceiling | Floor):
            yield from facts_of(sums_of_effect(effect))
        elif isinstance(effect, Require):
            yield effect.key
