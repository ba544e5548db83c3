"""One of each thing a letter tells, for tests of its words."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from locutorio.decisions.decision import (
    ClockSeen,
    Decision,
    FactSeen,
    Finding,
    InstrumentSeen,
    LineSeen,
    NumberSeen,
    Outcome,
    Truth,
)
from locutorio.notices.compose import compose
from locutorio.notices.text import as_text

ASKED, ON, READ = date(2026, 11, 21), date(2026, 12, 5), date(2025, 1, 27)


def text(en: str, es: str = "") -> dict[str, str]:
    return {"en": en, "es": es or f"({en})"}


ADULT_AGE = NumberSeen(
    name="adult_age",
    value=16,
    unit="years",
    label=text("age from which no adult is needed", "edad desde la que no hace falta un adulto"),
    citation="28 CFR 540.44(e)",
    since=READ,
)
CHILD = Finding(
    provision="540.44.e.child_alone",
    instrument=None,
    citation="28 CFR 540.44(e)",
    rank=4,
    status="verified",
    reading=None,
    says=text("A child under 16 may visit only with a responsible adult."),
    effects=("prohibit",),
    truth=Truth.YES,
    source="E28",
    read_on=READ,
    lines=(
        LineSeen(
            text="contact.age < number.adult_age",
            truth=Truth.YES,
            facts=(FactSeen(path="contact.age", value=15, source="birth certificate"),),
            numbers=(ADULT_AGE,),
        ),
    ),
)
FORM = replace(
    CHILD,
    provision="542.14.a.bp9",
    citation="28 CFR 542.14(a)",
    says=text("The request is made within 20 days."),
    lines=(),
)
WINDOW = ClockSeen(
    name="bp9",
    start=ASKED,
    days=20,
    count="calendar",
    last_day=date(2026, 12, 11),
    acted_on=None,
    asked_about=ON,
    outcome=Outcome.OPEN,
    finding=FORM,
)


def decision(outcome: Outcome = Outcome.REFUSE, **parts: Any) -> Decision:
    known: dict[str, Any] = {
        "kind": "contact",
        "outcome": outcome,
        "firm": True,
        "on": ON,
        "asked_on": ASKED,
        "known_at": None,
        "about": "visit",
        "reasons": (CHILD,),
        "pack": "us-federal",
        "pack_title": text("United States, federal"),
    }
    return Decision(**{**known, **parts})


def told(parts: Decision, lang: str = "en") -> str:
    return " ".join(as_text(parts, lang).split())


def section(parts: Decision, name: str) -> str:
    letter = compose(parts, "en")
    return repr(next((one for one in letter.sections if one.name == name), None))


PAPER = InstrumentSeen(
    name="s1",
    form="sanction",
    kind="sanction",
    title=text("Sanction"),
    citation="28 CFR 541.3",
    standing=Outcome.DEFECTIVE,
    begins_on=date(2026, 11, 1),
    ends_on=date(2027, 1, 1),
    because=(FORM,),
    cures=(text("the right officer signs it"),),
)
