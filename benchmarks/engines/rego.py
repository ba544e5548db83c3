"""OPA's language Rego, through regopy (Microsoft's rego-cpp; OPA itself is a Go program)."""

from __future__ import annotations

from regopy import Input, Interpreter

from benchmarks.engines.engine import titled
from benchmarks.law import Part, rules_of
from benchmarks.printers.rego import module
from locutorio.rules.rulebook import Rulebook

ENTRY = "law/speaks"


class Rego:
    """One set of names, compiled once into a bundle."""

    title = titled("OPA/Rego", "regopy")
    knows_unknown = True
    note = "what is undefined makes a rule silent; `not` is printed as a comparison"

    def __init__(self, book: Rulebook) -> None:
        source = Interpreter()
        source.add_module("law", module(rules_of(book)))
        self.bundle = source.build(None, [ENTRY])
        self.interpreter = Interpreter()

    def speaks(self, part: Part) -> frozenset[str]:
        """Name the provisions that speak for certain."""
        self.interpreter.set_input(Input(dict(part.known)))
        found = self.interpreter.query_bundle_entrypoint(self.bundle, ENTRY)
        return frozenset(found.results[0].expressions[0])
