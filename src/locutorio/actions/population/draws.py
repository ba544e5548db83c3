"""Draws that are the same everywhere: a value depends on the seed, the name of the draw and the row alone.

There is no generator with a state, so rows can be made in any order and in batches of any size. The mixing
is SplitMix64's, in whole numbers that wrap at 64 bits.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from hashlib import sha256

import polars as pl

PARTS = 1_000_000
_STEP, _FIRST, _SECOND = 0x9E3779B97F4A7C15, 0xBF58476D1CE4E5B9, 0x94D049BB133111EB


class Draws:
    """Columns of draws over the rows that a column numbers (UInt64, from 0)."""

    def __init__(self, seed: int, row: str) -> None:
        self._seed = seed
        self._row = pl.col(row)

    def part(self, name: str) -> pl.Expr:
        """Give a whole number from 0 to 999,999, each as likely as the others."""
        salt = int.from_bytes(sha256(f"{self._seed}/{name}".encode()).digest()[:8], "big")
        mixed = self._row * _whole(_STEP) + _whole(salt)
        for shift, factor in ((30, _FIRST), (27, _SECOND)):
            mixed = (mixed ^ (mixed // (1 << shift))) * _whole(factor)
        return (mixed ^ (mixed // (1 << 31))) % PARTS

    def below(self, name: str, most: pl.Expr | int) -> pl.Expr:
        """Give a whole number from 0 up to, not including, ``most`` (at least 1; at most a million)."""
        return (self.part(name) * most // PARTS).cast(pl.Int32)

    def yes(self, name: str, percent: pl.Expr | float) -> pl.Expr:
        """Give yes in so many cases of a hundred."""
        return self.part(name) < percent * (PARTS // 100)

    def one_of(self, name: str, shares: Mapping[str, float], words: Sequence[str]) -> pl.Expr:
        """Give one word for each row, by shares of any total; ``words`` is the whole choice, in its order."""
        values = pl.Series(list(shares), dtype=pl.Enum(words))
        return self._picked(name, list(shares.values()), values)

    def number(self, name: str, shares: Mapping[int, float]) -> pl.Expr:
        """Give one whole number for each row, by shares of any total."""
        return self._picked(name, list(shares.values()), pl.Series(list(shares), dtype=pl.Int32))

    def _picked(self, name: str, weights: Sequence[float], values: pl.Series) -> pl.Expr:
        return pl.lit(values).gather(steps(weights).search_sorted(self.part(name), side="right"))


def steps(weights: Sequence[float]) -> pl.Expr:
    """Give where each share but the last ends, in millionths of the whole."""
    whole, reached, ends = sum(weights), 0.0, []
    for weight in weights[:-1]:
        reached += weight
        ends.append(round(reached / whole * PARTS))
    return pl.lit(pl.Series(ends, dtype=pl.UInt64))


def _whole(number: int) -> pl.Expr:
    return pl.lit(number, dtype=pl.UInt64)
