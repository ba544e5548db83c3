"""Tells each row's answer in columns a reader can use: its outcome, what made it, what is missing."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import polars as pl

from locutorio.actions.totals import words_of
from locutorio.actions.unknowns import bits
from locutorio.survey.survey import Survey
from locutorio.survey.table import CARRIED

NAMES = "~names"


class Decoder:
    """Turns the masks of one survey into lists of names, each combination once."""

    def __init__(self, survey: Survey) -> None:
        provisions = [bit.provision for bit in survey.provisions]
        self._names: dict[str, Callable[[int], str]] = {
            "decided_by": lambda bit: provisions[bit].name,
            "citations": lambda bit: provisions[bit].citation,
            "missing": lambda bit: survey.keys[bit][1].key,
            "conditions": lambda bit: survey.conditions[bit],
        }

    def told(self, answers: pl.DataFrame) -> pl.DataFrame:
        """Give person and contact, if the table has them, the outcome, and lists of names: decided_by,
        citations, missing, conditions.
        """
        given = [name for name in CARRIED if name in answers.columns]
        found = answers.select(
            *given,
            pl.col("outcome").cast(pl.String),
            *(self.column(answers, "deciders", name) for name in ("decided_by", "citations")),
            *(self.column(answers, name, name) for name in ("missing", "conditions")),
        )
        assert len(found) == len(answers)
        return found

    def column(self, answers: pl.DataFrame, mask: str, name: str) -> pl.Series:
        """Give the names that a mask holds, as a list for each row, without repetition."""
        words = words_of(mask, answers) or [mask]
        keys = answers.select(words)
        each = keys.unique()
        lists = [self._listed(name, row) for row in each.iter_rows()]
        decoded = each.with_columns(pl.Series(NAMES, lists, dtype=pl.List(pl.String)))
        return keys.join(decoded, on=words, how="left", maintain_order="left").get_column(NAMES).alias(name)

    def _listed(self, name: str, words: Sequence[int]) -> list[str]:
        named = self._names[name]
        return list(dict.fromkeys(named(bit) for bit in bits(words)))
