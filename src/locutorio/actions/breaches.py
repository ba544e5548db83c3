"""Counts where the law sets a minimum and something stands below it or in its way."""

from __future__ import annotations

from collections.abc import Mapping
from functools import reduce
from operator import or_

import polars as pl

from locutorio.actions.unknowns import masked
from locutorio.rules.provision import Ceiling, Floor, Prohibit, Provision
from locutorio.rules.tree import Constant, Sum
from locutorio.survey.survey import Survey


class Breaches:
    """The floors of one survey, each with where it is breached, as decisions.beside finds it.

    What a paper that does not bind would stop is not seen here.
    """

    def __init__(self, survey: Survey) -> None:
        self._survey = survey
        by_name: dict[str, list[pl.Expr]] = {}
        for at, (said, effect) in enumerate(survey.counts):
            if isinstance(effect, Floor):
                name = survey.provisions[said].provision.name
                by_name.setdefault(name, []).append(self._breached(at, said, effect))
        self._flags = {name: reduce(or_, flags).fill_null(value=False) for name, flags in by_name.items()}

    def counted(self, answers: pl.DataFrame) -> Mapping[str, int]:
        """Give in how many rows the floor of each provision is breached; none that is not."""
        if not self._flags:
            return {}
        found = answers.select(flag.sum().alias(name) for name, flag in self._flags.items()).row(
            0, named=True
        )
        return {name: rows for name, rows in found.items() if rows}

    def _breached(self, at: int, said: int, floor: Floor) -> pl.Expr:
        survey = self._survey
        owed = pl.col(f"used_{at}") < pl.col(f"limit_{at}")
        barring = [bit for bit, one in enumerate(survey.provisions) if _prohibits(one.provision)]
        overridden = survey.provisions[said].provision.overrides
        removed = [bit for bit in barring if survey.provisions[bit].provision.name in overridden]
        against = masked("standing", barring) | masked("fired", removed)
        lower = pl.lit(value=False)
        for other, (bit, effect) in enumerate(survey.counts):
            if isinstance(effect, Ceiling):
                stands = masked("standing", [bit])
                against |= stands & (
                    pl.col(f"used_{other}") + _asked(effect.asked) > pl.col(f"limit_{other}")
                )
                if effect.of == floor.of:
                    lower |= stands & (pl.col(f"limit_{other}") < pl.col(f"limit_{at}"))
        return masked("standing", [said]) & ((owed & against) | lower)


def _prohibits(provision: Provision) -> bool:
    """Say whether a provision may stand against a floor; a residual one may not."""
    return not provision.residual and any(isinstance(effect, Prohibit) for effect in provision.effects)


def _asked(asked: Sum) -> int:
    """Give what is asked now, where it is written in the law; else the least that can be asked."""
    written = [term.value for _, term in asked.terms if isinstance(term, Constant)]
    return written[0] if len(written) == len(asked.terms) == 1 and isinstance(written[0], int) else 1
