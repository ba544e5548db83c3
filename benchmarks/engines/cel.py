"""Google's CEL, through cel-expr-python, with the conditions that the tests print for it."""

from __future__ import annotations

from cel_expr_python import cel

from benchmarks.engines.engine import titled
from benchmarks.law import FORM, Part, rules_of
from locutorio.rules.rulebook import Rulebook
from tests.oracles.cel import cel_condition

TYPES = {"yes_no": cel.Type.BOOL, "quantity": cel.Type.INT, "day": cel.Type.INT}


class Cel:
    """One expression for each provision, compiled once."""

    title = titled("CEL", "cel-expr-python")
    knows_unknown = True
    note = "a missing variable is an error that && and || absorb as our three values do"

    def __init__(self, book: Rulebook) -> None:
        variables = {path: TYPES.get(kind.type, cel.Type.STRING) for path, kind in book.words.facts.items()}
        self.env = cel.NewEnv(variables=variables | {FORM: cel.Type.STRING})
        self.compiled = [
            (rule.name, self.env.compile(cel_condition(rule.when, rule.numbers))) for rule in rules_of(book)
        ]

    def speaks(self, part: Part) -> frozenset[str]:
        """Name the provisions that speak for certain."""
        known = self.env.Activation(part.known)
        return frozenset([name for name, line in self.compiled if line.eval(known).value() is True])
