"""What the form of each kind of petition asks for: a name with a dot is a fact of the vocabulary."""

from __future__ import annotations

from collections.abc import Mapping

OTHER, RETALIATION, ISOLATION, LANGUAGE, HEALTH = "other", "retaliation", "isolation", "language", "health"

BLANKS: Mapping[str, tuple[str, ...]] = {
    OTHER: (),
    RETALIATION: (
        "filing_what",
        "filing_on",
        "filing_proof",
        "act_what",
        "act_on",
        "act_by",
        "act_proof",
    ),
    ISOLATION: (
        "person.special_housing",
        "housing.since",
        "person.minutes_alone_a_day",
        "person.told_end_of_isolation",
        "housing.heard_on",
        "housing.reviewed_on",
        "person.isolation_reviewed_outside",
        "spoke_on",
    ),
    LANGUAGE: ("remedy.reads_and_writes", "spoken", "refused_what", "refused_on", "refused_by"),
    HEALTH: ("need", "need_since", "asked_of", "asked_on", "answered_on"),
}
"""The blanks of each kind, in the order in which they are asked."""

DAYS = frozenset({"filing_on", "act_on", "spoke_on", "refused_on", "need_since", "asked_on", "answered_on"})
"""Blanks of our own that hold a day; the others hold words."""

PAIRS: Mapping[str, tuple[str, str]] = {
    RETALIATION: ("filing_on", "act_on"),
    HEALTH: ("asked_on", "answered_on"),
}
"""Two days that a form sets side by side."""


def is_fact(blank: str) -> bool:
    """Tell whether a blank is a fact of the vocabulary."""
    return "." in blank
