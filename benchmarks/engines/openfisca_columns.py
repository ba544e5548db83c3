"""OpenFisca over whole columns: one array for each fact, one for each provision."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import polars as pl
from openfisca_core.entities import build_entity
from openfisca_core.model_api import YEAR, Variable
from openfisca_core.simulation_builder import SimulationBuilder
from openfisca_core.simulations import Simulation
from openfisca_core.taxbenefitsystems import TaxBenefitSystem

from benchmarks.engines.engine import titled
from benchmarks.law import Rule
from benchmarks.printers.openfisca import module, paths_of, variable
from locutorio.facts.vocabulary import Vocabulary

PERIOD = "2026"


class OpenFiscaColumns:
    """The provisions as variables; words are given as whole numbers, which is what arrays compare fastest."""

    title = titled("OpenFisca", "openfisca-core")

    def __init__(self, rules: Sequence[Rule], words: Vocabulary) -> None:
        case = build_entity(key="case", plural="cases", label="A case", is_person=True)
        self.system = TaxBenefitSystem([case])
        self.codes = _codes(words)
        self.names = [rule.name for rule in rules]
        self.paths = sorted(paths_of(rules))
        space = {"Variable": Variable, "YEAR": YEAR, "CASE": case}
        exec(compile(module(rules, words, self.codes), "<openfisca>", "exec"), space)
        for made in list(space.values()):
            if isinstance(made, type) and issubclass(made, Variable) and made is not Variable:
                self.system.add_variable(made)

    def arrays(self, rows: pl.DataFrame) -> Mapping[str, np.ndarray]:
        """Give the columns as this engine takes them."""
        found = {}
        for path in self.paths:
            column = rows.get_column(path)
            if column.dtype == pl.Enum:
                column = column.cast(pl.String).replace_strict(self.codes, return_dtype=pl.Int32)
            elif column.dtype == pl.Date:
                column = column.to_physical() + 719_163
            found[path] = column.to_numpy()
        return found

    def prepared(self, arrays: Mapping[str, np.ndarray], rows: int) -> Simulation:
        """Give a simulation that holds the columns and has worked out nothing yet."""
        simulation = SimulationBuilder().build_default_simulation(self.system, count=rows)
        for path, array in arrays.items():
            simulation.set_input(variable(path), PERIOD, array)
        return simulation

    def speaks(self, simulation: Simulation) -> list[np.ndarray]:
        """Say of each provision in which rows it speaks."""
        return [simulation.calculate(f"speaks_{number}", PERIOD) for number in range(len(self.names))]


def _codes(words: Vocabulary) -> Mapping[str, int]:
    """Give each word of the vocabulary a number, the same wherever it stands."""
    known = {word: None for kind in words.facts.values() for word in kind.values}
    known |= dict.fromkeys(words.offices)
    return {word: at for at, word in enumerate(known)}
