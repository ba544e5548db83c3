"""Packs what is so of a row into whole numbers, and answers into words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import reduce

import polars as pl

from locutorio.rules.kleene import Node, Pair, Truth

WORD, BYTE = 64, 8
_WIDTHS = {16: pl.UInt16, 32: pl.UInt32, 64: pl.UInt64}


class Packer:
    """Packs two-valued nodes of one batch; a yes or no that all rows share is one number."""

    def __init__(self, found: Mapping[Node, Pair], nodes: Sequence[Node], rows: int) -> None:
        self._found = found
        self._rows = rows
        distinct = {node for node in nodes if not isinstance(found[node][0], bool)}
        columns = pl.DataFrame([found[node][0].alias(str(node)) for node in sorted(distinct)])  # type: ignore[union-attr]
        self._bytes = columns.select(pl.all().cast(pl.UInt8)) if distinct else columns

    def words(self, name: str, nodes: Sequence[Node]) -> Iterator[pl.Series]:
        """Give columns NAME_0, NAME_1, ...: bit i of word w is node 64 * w + i."""
        for at, start in enumerate(range(0, max(len(nodes), 1), WORD)):
            yield self.word(f"{name}_{at}", nodes[start : start + WORD])

    def word(self, name: str, nodes: Sequence[Node]) -> pl.Series:
        """Give at most 64 two-valued nodes as one column of whole numbers."""
        shared = sum(1 << at for at, node in enumerate(nodes) if self._found[node][0] is True)
        found = self._packed(nodes, WORD)
        if found is None:
            return pl.repeat(shared, self._rows, dtype=pl.UInt64, eager=True).alias(name)
        return (found | shared if shared else found).alias(name)

    def _packed(self, nodes: Sequence[Node], width: int) -> pl.Series | None:
        """Pack what differs between rows into numbers so many bits wide; None where nothing does."""
        half = width // 2
        if width > BYTE:
            low, high = self._packed(nodes[:half], half), self._packed(nodes[half:], half)
            low, high = (None if one is None else one.cast(_WIDTHS[width]) for one in (low, high))
            high = None if high is None else high * (1 << half)
            return low if high is None else high if low is None else low | high
        bits = [
            self._bytes.get_column(str(node)) * (1 << at)
            for at, node in enumerate(nodes)
            if not isinstance(self._found[node][0], bool)
        ]
        return reduce(lambda left, right: left | right, bits) if bits else None


def answer(
    name: str, states: Mapping[str, Node], found: Mapping[Node, Pair], among: pl.Enum, rows: int
) -> pl.Series:
    """Give which of some answers is so, null where none is; at most one is."""
    truths: dict[str, Truth] = {one: found[node][0] for one, node in states.items()}
    for one, truth in truths.items():
        if truth is True:
            return pl.repeat(one, rows, dtype=among, eager=True).alias(name)
    said: pl.Expr = pl.lit(None, dtype=among)
    asked = [truth.alias(one) for one, truth in truths.items() if not isinstance(truth, bool)]
    for truth in asked:
        said = pl.when(truth.name).then(pl.lit(truth.name, dtype=among)).otherwise(said)
    frame = pl.DataFrame(asked) if asked else pl.DataFrame({"": pl.repeat(False, rows, eager=True)})
    found_words = frame.select(said.alias(name)).get_column(name)
    return found_words if len(found_words) == rows else found_words.new_from_index(0, rows)
