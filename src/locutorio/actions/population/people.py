"""What is drawn for each person in custody. Shares that a source publishes are named `published`; all other
numbers are fits: plain guesses of ours, chosen so that every common rule meets somebody.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from math import exp, factorial

import polars as pl

from locutorio.actions.population.draws import PARTS, Draws
from locutorio.actions.population.published import CITIZEN, Listed, Published
from locutorio.facts.vocabulary import vocabulary

# First and last day of a sentence in each band; for life, of what has been served.
DAYS = {
    "under_1y": (30, 365),
    "1_3y": (365, 1095),
    "3_5y": (1095, 1825),
    "5_10y": (1825, 3650),
    "10_15y": (3650, 5475),
    "15_20y": (5475, 7300),
    "over_20y": (7300, 12775),
    "life": (7300, 12775),
}
SERVED_PCT = 85  # nobody is drawn later than this share of the sentence
YOUNGEST, OLDEST = 18, 90
VISITS = {1: 60, 2: 24, 3: 9, 4: 7}  # visits in the month of those who had one
WEEK, MONTH = 7 * 24 * 60, 30 * 24 * 60  # minutes
NO_CALL_PCT = 10  # of people in the month
CALLS = {2: 20, 6: 25, 12: 25, 20: 18, 30: 9, 45: 3}
UNITS = {"general": 99.4, "control_unit": 0.15, "communications_management": 0.2, "adx": 0.25}
HOUSING = {"none": 93, "administrative_detention": 5, "disciplinary_segregation": 2}
HOSPITAL = {"none": 98.5, "establishment": 1, "community": 0.5}
CONSUL_NOTICE = {"nothing_said": 60, "asked": 32, "objected": 8}
ADMISSION_PCT, FELONY_PCT, TREATY_PCT = 2, 97, 25
RIGHTS_TOLD_PCT, CONSUL_OPPOSED_PCT, CONSULATE_TOLD_PCT, PROGRAMME_PCT = 90, 3, 85, 40
LIMITS = {"visits": 20, "numbers": 30}


def words_of(path: str) -> Sequence[str]:
    """Give the words a choice of the vocabulary may take, in its order."""
    return list(vocabulary().facts[path].values)


def day_before(on: date, days: pl.Expr) -> pl.Expr:
    """Give the day so many days before another."""
    return (pl.lit((on - date(1970, 1, 1)).days, dtype=pl.Int32) - days.cast(pl.Int32)).cast(pl.Date)


class People:
    """Draws the people of a population, by number from 0."""

    def __init__(self, published: Published, seed: int, on: date) -> None:
        self.published = published
        self.on = on
        self.draws = Draws(seed, "number")

    def frame(self, first: int, count: int) -> pl.DataFrame:
        """Give one row for each of ``count`` people: ``person`` (from 1), facts by path, and what contacts
        are drawn from: ``age``, ``sentence``, ``citizenship``, ``foreign``, ``never_visited``, ``listed``,
        ``numbers``.
        """
        numbers = pl.int_range(first, first + count, dtype=pl.UInt64, eager=True)
        people = pl.DataFrame({"number": numbers})
        for stage in (self._who, self._where, self._used):
            people = people.with_columns(**stage())
        return people.drop("number")

    def _who(self) -> Mapping[str, pl.Expr]:
        draws, published = self.draws, self.published
        visited = draws.part("visited")
        never = round(published.never_visited_pct * PARTS / 100)
        spread = sum((draws.below(f"age {each}", 21) for each in range(3)), pl.lit(-30, dtype=pl.Int32))
        age = round(published.age_mean) + spread
        return {
            "person": (pl.col("number") + 1).cast(pl.UInt32),
            "sentence": draws.one_of("sentence", published.sentences, list(DAYS)),
            "citizenship": draws.one_of("citizenship", published.citizenship, list(published.citizenship)),
            "age": age.clip(YOUNGEST, OLDEST),
            "never_visited": visited < never,
            "visited": visited >= PARTS - round(published.visited_pct * PARTS / 100),
            "listed": self._listed("visits", published.visits_listed, visited),
            "numbers": self._listed("numbers", published.numbers_listed, draws.part("no numbers")),
        }

    def _listed(self, what: str, listed: Listed, draw: pl.Expr) -> pl.Expr:
        """Give how many are listed. The same draw says who was never visited, so that nobody listed means
        nobody came.
        """
        limit = LIMITS[what]
        shares = {1 + k: exp(-listed.mean) * listed.mean**k / factorial(k) for k in range(limit)}
        nobody = draw < round(listed.none_pct * PARTS / 100)
        return pl.when(nobody).then(0).otherwise(self.draws.number(f"{what} listed", shares))

    def _where(self) -> Mapping[str, pl.Expr]:
        draws, published = self.draws, self.published
        security = {word: share for word, share in published.security.items() if word != "unclassified"}
        known = draws.yes("classified", 100 * sum(security.values()) / sum(published.security.values()))
        low, most = (pl.col("sentence").replace_strict({b: d[at] for b, d in DAYS.items()}) for at in (0, 1))
        length = low + draws.below("length of the sentence", most - low)
        served = length * draws.below("share served", SERVED_PCT) // 100
        foreign = pl.col("citizenship").cast(pl.String) != CITIZEN
        level = draws.one_of("security", security, words_of("person.security_level"))
        return {
            "foreign": foreign,
            "person.status": pl.lit("sentenced", dtype=pl.Enum(words_of("person.status"))),
            "person.convicted_on": day_before(self.on, served),
            "person.security_level": pl.when(known).then(level),
            "person.foreign_citizen": foreign,
            "person.unit": self._word("person.unit", UNITS),
            "person.special_housing": self._word("person.special_housing", HOUSING),
            "person.hospital": self._word("person.hospital", HOSPITAL),
            "person.in_admission": draws.yes("admission", ADMISSION_PCT),
            "person.felony_conviction": draws.yes("felony", FELONY_PCT),
            "person.ebrr_participation": draws.yes("programme", PROGRAMME_PCT),
            "person.treaty_requires_notice": foreign & draws.yes("treaty", TREATY_PCT),
            "person.opposes_consul": foreign & draws.yes("opposed", CONSUL_OPPOSED_PCT),
            "person.told_consular_rights": draws.yes("told rights", RIGHTS_TOLD_PCT),
            "consulate.told": draws.yes("consulate told", CONSULATE_TOLD_PCT),
        }

    def _used(self) -> Mapping[str, pl.Expr]:
        draws, published = self.draws, self.published
        visits = pl.when(pl.col("visited")).then(draws.number("visits", VISITS)).otherwise(0)
        slot = draws.number("slot", published.slot_minutes)
        telephoned = draws.part("telephoned")
        this_week = telephoned < round(published.telephoned_pct * PARTS / 100)
        none = telephoned >= PARTS - NO_CALL_PCT * PARTS // 100
        calls = pl.when(none).then(0).otherwise(draws.number("calls", CALLS))
        since = (
            pl.when(this_week).then(draws.below("since", WEEK)).otherwise(WEEK + draws.below("since", MONTH))
        )
        minutes = calls * draws.number("minutes a call", _around(published.call_minutes))
        asked = self._word("person.consul_notice", CONSUL_NOTICE)
        return {
            "person.has_visiting_list": (pl.col("listed") > 0) | ~pl.col("person.in_admission"),
            "person.consul_notice": pl.when(pl.col("foreign"))
            .then(asked)
            .otherwise(pl.lit("nothing_said", dtype=pl.Enum(words_of("person.consul_notice")))),
            "usage.visits_month": visits,
            "usage.visits_of_all_kinds": visits + draws.yes("lawyer came", 5).cast(pl.Int32),
            "use.visit_minutes_month": visits * slot,
            "use.calls_month": calls,
            "use.call_minutes_month": minutes,
            "use.collect_calls_month": calls * draws.below("collect", 2) // 4,
            "use.minutes_since_call": since,
            "use.free_minutes_day": draws.below("free minutes today", 40),
            "use.free_minutes_month": draws.below("free minutes", 600),
            "use.calls_authorised": draws.below("calls authorised", 3),
            "use.calls_placed": draws.below("calls placed", 3),
        }

    def _word(self, path: str, shares: Mapping[str, float]) -> pl.Expr:
        return self.draws.one_of(path, shares, words_of(path))


def _around(mean: float) -> Mapping[int, float]:
    """Give whole minutes a call as the mean of a month: a third below, a third at, a third above the mean."""
    middle = max(round(mean), 2)
    return {middle - 2: 1, middle: 1, middle + 2: 1}
