"""Cedar, through cedarpy."""

from __future__ import annotations

from collections.abc import Iterable

import cedarpy

from benchmarks.engines.engine import titled
from benchmarks.law import Part, Rule, rules_by_question, rules_of
from benchmarks.printers.cedar import policies
from locutorio.rules.rulebook import Rulebook

NOBODY = cedarpy.Entities.from_json_str("[]")


def _parsed(rules: Iterable[Rule]) -> cedarpy.PolicySet:
    return cedarpy.PolicySet.from_str(policies(rules))


def _spoken(policy_set: cedarpy.PolicySet, part: Part) -> frozenset[str]:
    request = {
        "principal": 'Person::"p"',
        "action": 'Action::"contact"',
        "resource": 'Establishment::"e"',
        "context": part.known,
    }
    found = cedarpy.is_authorized(request, policy_set, NOBODY)
    return frozenset(found.diagnostics.id_annotations_by_reason.values())


class Cedar:
    """One set of policies, parsed once."""

    title = titled("Cedar", "cedarpy")
    knows_unknown = True
    note = "a missing attribute is an error that skips the policy; inside any-of each line asks `has` first"

    def __init__(self, book: Rulebook) -> None:
        self.policies = _parsed(rules_of(book))

    def speaks(self, part: Part) -> frozenset[str]:
        """Name the provisions that speak for certain."""
        return _spoken(self.policies, part)


class CedarByQuestion:
    """A set for each question and form, cut beforehand as our compiler cuts."""

    title = f"{Cedar.title}, cut by question"
    knows_unknown = True
    note = "given only the provisions that our compiler leaves for the question and the form"

    def __init__(self, book: Rulebook) -> None:
        self.policies = {key: _parsed(rules) for key, rules in rules_by_question(book).items()}

    def speaks(self, part: Part) -> frozenset[str]:
        """Name the provisions that speak for certain."""
        return _spoken(self.policies[part.about, part.form], part)
