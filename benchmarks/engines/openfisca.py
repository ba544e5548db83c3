"""OpenFisca, through openfisca-core."""

from __future__ import annotations

import numpy as np
from openfisca_core.entities import build_entity
from openfisca_core.model_api import YEAR, Variable
from openfisca_core.simulation_builder import SimulationBuilder
from openfisca_core.taxbenefitsystems import TaxBenefitSystem

from benchmarks.engines.engine import titled
from benchmarks.law import Part, rules_of
from benchmarks.printers.openfisca import module, variable
from locutorio.rules.rulebook import Rulebook

PERIOD = "2026"


class OpenFisca:
    """One variable for each fact and each provision."""

    title = titled("OpenFisca", "openfisca-core")
    knows_unknown = False
    note = "what is not known gets a default (no, 0, empty), so only cases where that turns nothing count"

    def __init__(self, book: Rulebook) -> None:
        rules = rules_of(book)
        case = build_entity(key="case", plural="cases", label="A case", is_person=True)
        self.system = TaxBenefitSystem([case])
        space = {"Variable": Variable, "YEAR": YEAR, "CASE": case}
        exec(compile(module(rules, book.words), "<openfisca>", "exec"), space)
        for made in list(space.values()):
            if isinstance(made, type) and issubclass(made, Variable) and made is not Variable:
                self.system.add_variable(made)
        self.names = [rule.name for rule in rules]

    def speaks(self, part: Part) -> frozenset[str]:
        """Name the provisions that speak."""
        simulation = SimulationBuilder().build_default_simulation(self.system, count=1)
        for path, value in part.known.items():
            name = variable(path)
            if name in self.system.variables:
                simulation.set_input(name, PERIOD, np.array([value]))
        return frozenset(
            [
                name
                for number, name in enumerate(self.names)
                if simulation.calculate(f"speaks_{number}", PERIOD)[0]
            ]
        )
