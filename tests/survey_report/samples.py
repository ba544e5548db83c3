"""Small reports to draw: numbers that are easy to find again, and identifiers that mean harm."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from locutorio.actions import answer, shelf
from locutorio.notices.compose import compose
from locutorio.notices.letter import Letter
from locutorio.notices.reports.values import (
    Amended,
    Decided,
    Example,
    Impact,
    Law,
    Moved,
    Scope,
    Surveyed,
)

EXAMPLES = Path(__file__).parents[2] / "examples"
ON = date(2026, 12, 5)
READ = date(2025, 1, 27)
PACK = shelf.pack("us-federal")
LIST, FLOOR, CHILD = (
    PACK.provisions[name]
    for name in ("540.51.b.list_required", "540.43.hours_floor", "540.44.e.child_escort")
)
HOSTILE = ("=cmd|' /C calc'!A0", "<script>alert(1)</script>", '"><img src=x onerror=alert(1)>', "@SUM(A1)")
SCOPE = Scope(
    file="people.parquet",
    rows=1_234_567,
    about="visit",
    on=ON,
    assumed=(("contact.visa", "not_needed"), ("escort.present", False)),
    unread=("use.calls_month",),
)


def law(*, proved: bool = True, name: str = "us-federal") -> Law:
    """Give a law as a report names it."""
    return Law(name, PACK.title, PACK.hash, PACK.reviewed_by, proved, READ, READ)


def surveyed(*, empty: bool = False) -> Surveyed:
    """Give a survey with something in every part, or with nothing but refusals."""
    if empty:
        return Surveyed(SCOPE, law(), {"refuse": SCOPE.rows}, (), (), (), (), (), {})
    return Surveyed(
        scope=SCOPE,
        law=law(),
        outcomes={"permit": 700_001, "refuse": 300_002, "refer": 1_003, "pending": 200_004, "open": 33_557},
        decided=(Decided(LIST, "pending", 150_005), Decided(FLOOR, "permit", 650_006)),
        missing=(("contact.on_visiting_list", "unit_staff", 140_007), ("approval.warden", "warden", 1_008)),
        conditions=(("visual_supervision", 690_009), ("escorted", 50_010)),
        breached=((FLOOR, 4_011),),
        unknown=(("contact.convicted", 20_012), ("instruments.sanction", 13_013)),
        kinds={name: kind.label for name, kind in PACK.kinds.items()},
    )


def letter(name: str, lang: str) -> Letter:
    """Give the letter of an example."""
    return compose(answer.answer(answer.read_file(EXAMPLES / f"{name}.yaml")), lang)


def impact(lang: str, person: str = "7", contact: str = "3") -> Impact:
    """Give an impact of a draft, with one example of a row."""
    return Impact(
        scope=SCOPE,
        old=law(),
        new=law(proved=False, name="draft"),
        amended=(Amended(CHILD, ("numbers", "says")), Amended(LIST, ("removed",))),
        matrix={
            ("permit", "permit"): 1_000_001,
            ("permit", "pending"): 30_002,
            ("pending", "permit"): 4_003,
            ("refuse", "refuse"): 200_561,
        },
        reasons_only=5_004,
        moved=(
            Moved(CHILD, False, "permit", "pending", 30_002),
            Moved(LIST, True, "pending", "permit", 4_003),
        ),
        examples=(
            Example(
                12_345,
                person,
                contact,
                "permit",
                "pending",
                letter("spouse-supervised-release-approved", lang),
                letter("spouse-half-way-house-before-release", lang),
            ),
        ),
    )
