"""Addresses of every kind of page, in one language, and in which windows pages are seen."""

import os
from itertools import product

from locutorio.actions import shelf
from locutorio.decisions.decision import Outcome
from locutorio.web.open.entries import entries

LANGUAGES = ("en", "es")
# Both widths and both languages, the longer in the narrower; WALKS=all crosses them, at twice the time.
CROSSED = os.environ.get("WALKS") == "all"
SEEN = [*product(("telephone", "desk"), LANGUAGES)] if CROSSED else [("telephone", "es"), ("desk", "en")]
CASE, OVERRIDING = "case-", "provision-overriding"
FIXED = {
    "ask": "",
    "left": "interview",
    "cases": "cases",
    "cases-narrowed": "cases?outcome=refuse",
    "cases-none": "cases?word=zzzzzz",
    "deadlines": "deadlines",
    "deadline": "deadlines/us-federal/bp9",
    "release": "release",
    "law": "law",
    "law-narrowed": "law?word=28+CFR+540.44&status=verified",
    "provision": "law/us-federal/540.44.e.child_escort",
    "not-found": "case/us-federal/no-such-case",
}
KINDS = (*FIXED, OVERRIDING, *(f"{CASE}{outcome.value}" for outcome in Outcome))


def address_of(kind: str) -> str:
    """Give the address, without its language, of one page of a kind."""
    if kind in FIXED:
        return FIXED[kind]
    if kind == OVERRIDING:
        name = next(one.name for one in shelf.pack("arcadia").provisions.values() if one.overrides)
        return f"law/arcadia/{name}"
    outcome = kind.removeprefix(CASE)
    return next(f"case/{one.shelf}/{one.name}" for one in entries().values() if one.expected == outcome)
