"""Generates condition lines and operands over a part of the vocabulary: every comparison, sum and nesting."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from locutorio.facts.vocabulary import vocabulary

FIRST_DAY = "2025-01-01"
COMPARISONS = ("==", "!=", "<", "<=", ">", ">=")
AMOUNTS: Mapping[str, Sequence[int]] = {
    "visits": range(5),
    "days": (0, 1, 7, 14, 30),
    "years": (14, 16, 18),
    "minutes": (0, 15, 60),
}
GENERAL: Mapping[str, Sequence[str]] = {
    "yes_no": ("arcadia.listed", "arcadia.adult_comes", "arcadia.closed_house", "contact.convicted"),
    "choice": ("contact.role", "person.special_housing", "contact.supervision"),
    "office": ("remedy.filed_with",),
    "visits": ("arcadia.visits_this_month", "usage.visits_month"),
    "days": ("counsel.mail_days", "person.balance_days"),
    "years": ("contact.age",),
    "minutes": ("use.visit_minutes_month",),
    "day": ("request.on", "request.asked_on", "arcadia.refused_on", "arcadia.answered_on"),
}
OF_PAPERS: Mapping[str, Sequence[str]] = {
    "yes_no": ("instrument.names_contact", "instrument.notice_to_person"),
    "choice": ("instrument.evidence",),
    "office": ("instrument.decider",),
    "visits": ("instrument.visits_left",),
    "days": ("instrument.visit_notice_days",),
    "day": ("instrument.from", "instrument.until", "instrument.signed_on"),
}
DAYS = tuple(date(2025, month, 10).isoformat() for month in (1, 6, 12))
DEPTH_MAX = 2


class Lines:
    """Writes the lines of one provision and collects the numbers they use."""

    def __init__(self, rng: random.Random, *, of_paper: bool) -> None:
        self.rng = rng
        self.numbers: dict[str, Any] = {}
        self.of_paper = of_paper

    def conditions(self, depth: int = 0) -> list[Any]:
        """Write a list of lines (all of) with nested groups."""
        found: list[Any] = []
        for _ in range(self.rng.choice([1, 1, 2, 3])):
            if depth < DEPTH_MAX and self.rng.random() < 0.25:
                found.append({self.rng.choice(["any", "all"]): self.conditions(depth + 1)})
            else:
                found.append(self.line())
        return found

    def plain_conditions(self) -> list[str]:
        """Write a list of lines that use no number: a contested question has none."""
        kinds = (self._yes_no, self._words, self._days_alone)
        return [self.rng.choice(kinds)() for _ in range(self.rng.choice([1, 2]))]

    def line(self) -> str:
        """Write one line of any kind."""
        kinds = (self._yes_no, self._words, self._offices, self._amounts, self._days, self._days_alone)
        return self.rng.choice(kinds)()

    def fact(self, kind: str) -> str:
        """Choose a fact of a type or unit."""
        own = OF_PAPERS.get(kind, ()) if self.of_paper else ()
        return self.rng.choice(own if own and self.rng.random() < 0.5 else GENERAL[kind])

    def number(self, unit: str) -> str:
        """Add a dated number; some change their value in the middle of the law's time."""
        name = f"n{len(self.numbers)}"
        days = [FIRST_DAY, *(["2025-09-01"] if self.rng.random() < 0.15 else [])]
        self.numbers[name] = {
            "unit": unit,
            "label": {"en": f"number {name}", "es": f"número {name}"},
            "rows": [
                {"from": day, "value": self.rng.choice(AMOUNTS[unit]), "citation": "Generated Act"}
                for day in days
            ],
        }
        return f"number.{name}"

    def amount(self, unit: str) -> str:
        """Write a sum of one to three quantities of one unit."""
        return self._sum([self._quantity(unit) for _ in range(self.rng.choice([1, 1, 2, 3]))])

    def day_sum(self) -> str:
        """Write a day, perhaps some days later or earlier."""
        parts = [self._day(), *(self._quantity("days") for _ in range(self.rng.choice([0, 1, 1, 2])))]
        return self._sum(parts)

    def _sum(self, parts: Sequence[str]) -> str:
        return parts[0] + "".join(f" {self.rng.choice('+-')} {part}" for part in parts[1:])

    def _quantity(self, unit: str) -> str:
        kind = self.rng.choice(["fact", "fact", "number", "numeral"])
        if kind == "fact":
            return self.fact(unit)
        return self.number(unit) if kind == "number" else self.rng.choice("01")

    def _day(self) -> str:
        return self.fact("day") if self.rng.random() < 0.8 else f'date("{self.rng.choice(DAYS)}")'

    def _yes_no(self) -> str:
        fact = self.fact("yes_no")
        other = self.fact("yes_no")
        return self.rng.choice(
            [
                *(fact, f"not {fact}", fact, f"not {fact}", f"{fact} == true", f"{fact} != true"),
                *(
                    f"{fact} == false",
                    f"{fact} in [true]",
                    f"{fact} not in [true, false]",
                    f"{fact} != {other}",
                ),
            ]
        )

    def _words(self) -> str:
        fact = self.fact("choice")
        return self._among(fact, list(vocabulary().facts[fact].values)[:4])

    def _offices(self) -> str:
        fact = self.fact("office")
        if self.rng.random() < 0.2:
            return f"{fact} {self.rng.choice(['==', '!='])} {self.fact('office')}"
        return self._among(fact, ["warden", "court", "establishment"])

    def _among(self, fact: str, known: Sequence[str]) -> str:
        if self.rng.random() < 0.5:
            return f'{fact} {self.rng.choice(["==", "!="])} "{self.rng.choice(known)}"'
        chosen = self.rng.sample(known, self.rng.choice([1, 2]))
        listed = ", ".join(f'"{word}"' for word in chosen)
        return f"{fact} {self.rng.choice(['in', 'not in'])} [{listed}]"

    def _amounts(self) -> str:
        unit = self.rng.choice(list(AMOUNTS))
        if self.rng.random() < 0.1:
            return f"{self.amount(unit)} {self.rng.choice(['in', 'not in'])} [0, 1]"
        left = self._days_between() if unit == "days" and self.rng.random() < 0.6 else self.amount(unit)
        return f"{left} {self.rng.choice(COMPARISONS)} {self.amount(unit)}"

    def _days_between(self) -> str:
        extra = [self._quantity("days")] if self.rng.random() < 0.4 else []
        return "".join(
            [f"{self._day()} - {self._day()}", *(f" {self.rng.choice('+-')} {part}" for part in extra)]
        )

    def _days(self) -> str:
        return f"{self.day_sum()} {self.rng.choice(COMPARISONS)} {self.day_sum()}"

    def _days_alone(self) -> str:
        if self.rng.random() < 0.3:
            listed = ", ".join(f'date("{day}")' for day in self.rng.sample(DAYS, 2))
            return f"{self.fact('day')} {self.rng.choice(['in', 'not in'])} [{listed}]"
        return f"{self.fact('day')} {self.rng.choice(COMPARISONS)} {self._day()}"
