"""The papers that some people are drawn to have, as forms of the federal pack, and what is left unknown."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import polars as pl

from locutorio.actions.population.draws import Draws
from locutorio.actions.population.people import day_before, words_of
from locutorio.facts.vocabulary import vocabulary

OF_PAPER = "instrument."
COMPLETE_PCT = 97


@dataclass(frozen=True, slots=True)
class Kind:
    """One form: in how many of a hundred rows of ``by`` (person or pair) there is such a paper, between how
    many days ago it began and how many days it runs (0: it names no last day), and what each states.
    """

    form: str
    by: str
    percent: float
    begun: int
    runs: int
    states: Mapping[str, str | int | bool]


_SANCTION: dict[str, str | int | bool] = {
    "decider": "hearing_officer",
    "severity": "high",
    "act_stage": "found",
    "act_place": "visit",
    "evidence": "greater_weight",
    "evidence_conflicts": False,
    "charge_hours": 48,
    "notice_waived": False,
    "mental_finding": "none",
    "report_hours": 12,
    "notice_to_person": True,
}
_VISITS_TAKEN: dict[str, str | int | bool] = {"housing_when_imposed": "none", "other_sanction": "none_fits"}
KINDS = (
    Kind("sanction_visits", "person", 1.5, 90, 90, _SANCTION | _VISITS_TAKEN),
    Kind("sanction_calls", "person", 2, 90, 90, _SANCTION | {"act_place": "call"}),
    Kind(
        "special_measure",
        "person",
        0.2,
        300,
        365,
        {
            "danger": "persons",
            "stage": "first",
            "long_approval": True,
            "decider": "attorney_general",
            "evidence": "substantial_risk",
            "notification": "attorney_general",
            "notice_to_person": True,
            "persons_rule": "immediate_family",
            "names_contact": False,
            "calls_rule": "limited",
            "calls_per_month": 2,
            "minutes_per_call": 15,
            "visits_rule": "limited",
            "visits_per_month": 2,
            "no_touching": True,
            "live_monitoring": True,
            "recording": True,
        },
    ),
    Kind(
        "listing_denied",
        "pair",
        0.6,
        400,
        0,
        {
            "decider": "warden",
            "ground": "particular_facts",
            "evidence": "some",
            "names_contact": True,
            "notice_to_person": True,
        },
    ),
    Kind(
        "number_denial",
        "pair",
        0.4,
        400,
        0,
        {
            "decider": "associate_warden",
            "ground": "threat",
            "names_contact": True,
            "notice_to_person": True,
            "notice_to_contact": True,
        },
    ),
    Kind(
        "court_order_no_contact",
        "pair",
        0.2,
        700,
        0,
        {
            "decider": "court",
            "names_contact": True,
            "covers_visits": True,
            "covers_calls": True,
            "covers_letters": True,
            "ended_without_motion": False,
        },
    ),
)
# Facts that a record often lacks; each is left unknown in so many of a hundred rows.
OFTEN_UNKNOWN = (
    "approval.warden",
    "contact.born_on",
    "contact.convicted",
    "contact.on_visiting_list",
    "contact.relation",
    "contact.supervision",
    "escort.present",
    "call.number_on_list",
    "person.special_housing",
    "use.call_minutes_month",
)


class Papers:
    """Draws papers and unknowns for rows numbered by ``person`` and by ``pair``."""

    def __init__(self, seed: int, on: date, unknown_pct: float) -> None:
        self.on = on
        self.unknown_pct = unknown_pct
        self.by = {"person": Draws(seed, "of_person"), "pair": Draws(seed, "pair")}

    def frame(self, rows: pl.DataFrame) -> pl.DataFrame:
        """Add a group of columns for each form, and leave some facts unknown."""
        numbered = rows.with_columns(of_person=pl.col("person").cast(pl.UInt64))
        columns = [column for kind in KINDS for column in self._columns(kind)]
        unknown = [
            pl.when(~self.by["pair"].yes(f"unknown {path}", self.unknown_pct)).then(pl.col(path)).alias(path)
            for path in OFTEN_UNKNOWN
        ]
        complete = self.by["person"].yes("complete", COMPLETE_PCT).alias("complete")
        return numbered.with_columns(*columns, *unknown, complete).drop("of_person")

    def _columns(self, kind: Kind) -> list[pl.Expr]:
        name, draws = f"paper.{kind.form}", self.by[kind.by]
        there = draws.yes(name, kind.percent)
        ago = draws.below(f"{name} began", kind.begun)
        dates = {"from": day_before(self.on, ago), "signed_on": day_before(self.on, ago + 3)}
        if kind.runs:
            dates["until"] = day_before(self.on, ago - kind.runs)
        stated = {fact: _constant(fact, value) for fact, value in kind.states.items()} | dates
        return [
            there.alias(name),
            *(pl.when(there).then(value).alias(f"{name}.{fact}") for fact, value in stated.items()),
        ]


def _constant(fact: str, value: str | int | bool) -> pl.Expr:
    path = f"{OF_PAPER}{fact}"
    if isinstance(value, str) and vocabulary().facts[path].type == "choice":
        return pl.lit(value, dtype=pl.Enum(words_of(path)))
    return pl.lit(value)
