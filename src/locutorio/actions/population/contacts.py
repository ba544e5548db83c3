"""What is drawn for each contact of a person. Nothing is published of this: every number is a fit."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import polars as pl

from locutorio.actions.population.draws import Draws
from locutorio.actions.population.people import day_before, words_of

ROLES = {
    "social": 93.5,
    "attorney": 3.2,
    "attorney_staff": 0.6,
    "clergy": 1.2,
    "consul": 0.4,
    "media": 0.3,
    "business": 0.3,
    "community": 0.3,
    "adviser": 0.2,
}
RELATIONS = {
    "mother": 11,
    "father": 7,
    "step_parent": 2,
    "foster_parent": 0.5,
    "sibling": 18,
    "spouse": 9,
    "child": 18,
    "grandparent": 4,
    "uncle_aunt": 5,
    "in_law": 3,
    "cousin": 4,
    "niece_nephew": 3,
    "grandchild": 1.5,
    "partner": 5,
    "friend": 8,
    "none": 1,
}
# Years older than the person, at least and at most; children and grandchildren are drawn as a share of what
# the person's own age allows.
OLDER = {"mother": (17, 41), "father": (18, 50), "step_parent": (10, 45), "foster_parent": (15, 45)}
OLDER |= {"grandparent": (38, 70), "uncle_aunt": (5, 45), "niece_nephew": (-35, -5)}
APART = (-12, 13)
CONVICTED_PCT, SUPERVISED_PCT = 12, 35
SUPERVISION = {
    "probation": 45,
    "parole": 10,
    "supervised_release": 30,
    "halfway_house": 6,
    "home_confinement": 4,
    "in_custody": 5,
}
ABROAD = {"held": 45, "none": 35, "refused": 10, "not_needed": 10}
CAPACITY = {"appointed": 55, "retained": 32, "prospective": 6, "witness_interview": 4, "other": 3}
PAPERS_ASKED = {"none": 84, "background": 12, "release_form": 4}
PAID = {"own_funds": 84, "collect": 6, "free_minutes": 9, "government": 1}
FOUND = {"nothing": 98.5, "three_way": 0.5, "forwarded": 0.5, "third_party_billed": 0.2, "other_code": 0.3}
PARTY = {1: 45, 2: 28, 3: 15, 4: 7, 5: 3, 6: 2}
PRIVILEGED = ("attorney", "attorney_staff")
CHILD_BELOW = 16


class Contacts:
    """Draws the contacts of a population, by number from 0; ``per_person`` stand together."""

    def __init__(self, seed: int, on: date, per_person: int) -> None:
        self.on = on
        self.per_person = per_person
        self.draws = Draws(seed, "pair")

    def frame(self, people: pl.DataFrame, first: int) -> pl.DataFrame:
        """Give one row for each contact of these people, the first of whom has the number ``first``."""
        rows = len(people) * self.per_person
        pair = pl.int_range(rows, dtype=pl.UInt64, eager=True)
        frame = people.select(pl.all().gather(pair // self.per_person)).with_columns(
            pair=pair + first * self.per_person,
            contact=(pair % self.per_person + 1).cast(pl.UInt32),
        )
        for stage in (self._who, self._lists, self._how):
            frame = frame.with_columns(**stage())
        return frame

    def _who(self) -> Mapping[str, pl.Expr]:
        role = self._word("contact.role", ROLES)
        other = pl.lit("none", dtype=pl.Enum(words_of("contact.relation")))
        drawn = (
            pl.when(pl.col("foreign") | (role != "consul"))
            .then(role)
            .otherwise(pl.lit("social", dtype=pl.Enum(words_of("contact.role"))))
        )
        relation = self._word("contact.relation", RELATIONS)
        return {
            "contact.role": drawn,
            "contact.relation": pl.when(drawn == "social").then(relation).otherwise(other),
        }

    def _lists(self) -> Mapping[str, pl.Expr]:
        social, convicted = pl.col("contact.role") == "social", self.draws.yes("convicted", CONVICTED_PCT)
        supervised = social & convicted & self.draws.yes("supervised", SUPERVISED_PCT)
        free = pl.lit("none", dtype=pl.Enum(words_of("contact.supervision")))
        return {
            "contact.born_on": day_before(self.on, self._age_in_days()),
            "contact.convicted": social & convicted,
            "contact.supervision": pl.when(supervised)
            .then(self._word("contact.supervision", SUPERVISION))
            .otherwise(free),
            "contact.on_visiting_list": pl.col("contact") <= pl.col("listed"),
            "call.number_on_list": pl.col("contact") <= pl.col("numbers"),
            "contact.lives_abroad": social
            & self.draws.yes("abroad", pl.when(pl.col("foreign")).then(25).otherwise(1)),
        }

    def _age_in_days(self) -> pl.Expr:
        """Give the age of a contact in days: of family, by the age of the person."""
        draws, relation = self.draws, pl.col("contact.relation").cast(pl.String)
        low, high = (
            relation.replace_strict({word: each[at] for word, each in OLDER.items()}, default=APART[at])
            for at in (0, 1)
        )
        room = pl.when(relation == "grandchild").then(pl.col("age") - 34).otherwise(pl.col("age") - 16)
        young = draws.below("child", room.clip(1, 50))
        years = pl.col("age") + low + draws.below("years apart", high - low)
        adult = pl.when(relation.is_in([*OLDER, "sibling", "cousin"])).then(years).otherwise(years.clip(18))
        older = pl.when(pl.col("contact.role") == "social").then(adult).otherwise(years.clip(25))
        chosen = pl.when(relation.is_in(["child", "grandchild"])).then(young).otherwise(older.clip(0, 95))
        return chosen * 365 + chosen // 4 + draws.below("days", 365)

    def _how(self) -> Mapping[str, pl.Expr]:
        draws, role = self.draws, pl.col("contact.role").cast(pl.String)
        lawyer, attorney = role.is_in(PRIVILEGED), role == "attorney"
        supervised = pl.col("contact.supervision") != "none"
        child = pl.col("contact.born_on") > day_before(self.on, pl.lit(CHILD_BELOW * 365 + CHILD_BELOW // 4))
        escorted = child & draws.yes("escort", 80)
        visa = self._word("contact.visa", ABROAD)
        asked_unmonitored = attorney & draws.yes("unmonitored", 60)
        return {
            "approval.warden": draws.yes(
                "warden", pl.when(pl.col("contact.convicted")).then(65).otherwise(4)
            ),
            "approval.supervising_officer": supervised & draws.yes("officer", 60),
            "approval.unit_staff": draws.yes("unit staff", 10),
            "approval.other_warden": draws.yes("other warden", 20),
            "contact.supervised_by_state": supervised & draws.yes("state", 45),
            "contact.supervising_statement_on_file": draws.yes("statement", 90),
            "contact.visa": pl.when(pl.col("contact.lives_abroad"))
            .then(visa)
            .otherwise(pl.lit("not_needed", dtype=pl.Enum(words_of("contact.visa")))),
            "escort.present": escorted,
            "escort.approved": draws.yes("escort approved", 95),
            "approval.child_alone": child & draws.yes("alone", 4),
            "contact.same_case": (role == "social") & draws.yes("same case", 0.4),
            "contact.papers_asked": self._word("contact.papers_asked", PAPERS_ASKED),
            "contact.papers_returned": draws.yes("papers", 88),
            "contact.attorney_capacity": pl.when(lawyer).then(
                self._word("contact.attorney_capacity", CAPACITY)
            ),
            "contact.attorney_confirmed": draws.yes("confirmed", 97),
            "contact.credentials_checked": draws.yes("credentials", 97),
            "contact.consular_work": role == "consul",
            "contact.number_on_attorney_register": lawyer & draws.yes("register", 70),
            "call.asked_unmonitored": asked_unmonitored,
            "call.placed_by_staff": asked_unmonitored & draws.yes("by staff", 80),
            "call.paid": self._word("call.paid", PAID),
            "call.found": self._word("call.found", FOUND),
            "request.party_size": draws.number("party", PARTY),
            "counsel.mail_days": draws.below("mail", 9) + 2,
            "counsel.court_deadline_on": day_before(self.on, -draws.below("deadline", 90)),
        }

    def _word(self, path: str, shares: Mapping[str, float]) -> pl.Expr:
        return self.draws.one_of(path, shares, words_of(path))
