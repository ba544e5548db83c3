"""Addresses of every kind of page, in one language."""

from locutorio.actions import shelf
from locutorio.web.open.entries import entries

LANGUAGES = ("en", "es")


def a_case_with(outcome: str) -> str:
    """Give the address, without language, of the first case that is expected to come out so."""
    return next(f"case/{one.shelf}/{one.name}" for one in entries().values() if one.expected == outcome)


def every_kind() -> dict[str, str]:
    """Give one address of each kind of page, without its language."""
    outcomes = sorted({one.expected for one in entries().values() if one.expected})
    judged = next(one for one in shelf.pack("arcadia").provisions.values() if one.overrides)
    return {
        "cases": "",
        "cases-narrowed": "?outcome=refuse",
        "cases-none": "?word=zzzzzz",
        **{f"case-{outcome}": a_case_with(outcome) for outcome in outcomes},
        "law": "law",
        "law-narrowed": "law?word=28+CFR+540.44&status=verified",
        "provision": "law/us-federal/540.44.e.child_escort",
        "provision-overriding": f"law/arcadia/{judged.name}",
        "not-found": "case/us-federal/no-such-case",
    }
