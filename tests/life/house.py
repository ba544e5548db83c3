"""The small establishment of a life: two sets of its own rules, five people held, those who visit them."""

from __future__ import annotations

import atexit
import random
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from pathlib import Path
from types import SimpleNamespace
from unittest.mock import patch
from uuid import UUID, uuid5

from locutorio.actions import house_rules, shelf
from locutorio.actions.list_contact import Guardian, Listing, list_contact, name_guardian
from locutorio.actions.open_establishment import NewEstablishment, open_establishment
from locutorio.actions.register_contact import NewContact, register_contact
from locutorio.actions.register_person import NewPerson, register_person
from locutorio.store import identifiers, slots
from locutorio.store.transaction import Sent
from tests.house.forms import changed, later, rules_of
from tests.life.timetable import WINTER, ZONE

SPACE = UUID("5f4fcf0e-8a0f-4c2c-9d8e-3d2f2f6a7a01")


@dataclass(frozen=True)
class Rules:
    """What one set of rules says: visits a week by their first day, the age of an adult, longest papers."""

    visits_a_week: tuple[tuple[date, int], ...]
    adult_age: int
    sanction_days: int = 30
    suspension_days: int = 90

    def limit(self, on: date) -> int:
        """Give how many visits a week may have."""
        return [number for since, number in self.visits_a_week if since <= on][-1]


RULES = {
    "house-oak": Rules(((date(2026, 1, 15), 2), (date(2026, 7, 1), 3)), 16),
    "house-elm": Rules(((date(2026, 1, 15), 1),), 18, sanction_days=20),
}
PEOPLE = (("rowan", "en"), ("linden", "es"), ("hazel", "en"), ("aspen", "es"))
CONTACTS = (
    ("alder", date(1980, 3, 9), "en"),
    ("willow", date(2016, 5, 21), "en"),
    ("laurel", date(1991, 1, 30), "es"),
    ("myrtle", date(2009, 8, 2), "es"),
    ("holly", date(1985, 12, 24), "en"),
    ("sorrel", date(1975, 6, 11), "pt"),
    ("clover", date(2026, 1, 2), "es"),
)
LISTS = (
    ("rowan", "alder", "social", "sibling"),
    ("rowan", "willow", "social", "child"),
    ("rowan", "holly", "social", "friend"),
    ("rowan", "sorrel", "attorney", ""),
    ("linden", "laurel", "social", "spouse"),
    ("linden", "myrtle", "social", "child"),
    ("linden", "clover", "social", "child"),
    ("linden", "alder", "social", "friend"),
    ("hazel", "holly", "social", "sibling"),
    ("hazel", "alder", "social", "friend"),
    ("aspen", "laurel", "social", "sibling"),
    ("aspen", "holly", "social", "friend"),
    ("aspen", "sorrel", "attorney", ""),
)


@dataclass(frozen=True)
class House:
    """Identifiers by name."""

    id: UUID
    people: dict[str, UUID]
    contacts: dict[str, UUID]


@cache
def _home() -> Path:
    """Adopt both sets of rules, once a process."""
    home = Path(tempfile.mkdtemp(prefix="locutorio-life-"))
    atexit.register(shutil.rmtree, home, ignore_errors=True)
    oak = later(changed(visits_a_week=2, adult_age=16), "2026-07-01", visits_a_week=3)
    elm = {**changed(visits_a_week=1, sanction_days=20), "house": "elm"}
    for form in (oak, elm):
        house_rules.adopt(rules_of(form), home)
    return home


@contextmanager
def repeatable(seed: int) -> Iterator[None]:
    """Let every identifier and every choice of a place follow from a seed, under the rules of this house.

    What this process remembers of an establishment of the same seed, in another database, is put aside.
    """
    rng = random.Random(f"identifiers {seed}")
    drawn = SimpleNamespace(randbits=rng.getrandbits)
    state = random.getstate()
    random.seed(seed)
    try:
        with ExitStack() as stack:
            stack.enter_context(patch.object(identifiers, "secrets", drawn))
            stack.enter_context(patch.object(shelf, "_known", [_home()]))
            stack.enter_context(patch.object(slots, "_houses", {}))
            yield
    finally:
        random.setstate(state)


def opened(seed: int, at: datetime) -> House:
    """Open it, by the same actions as anybody does."""
    id_ = uuid5(SPACE, str(seed))
    turns = iter(range(1000))

    def sent() -> Sent:
        return Sent(uuid5(id_, f"opening {next(turns)}"), id_, at)

    open_establishment(NewEstablishment("oak", "Oak County Jail", ZONE, "house-oak", WINTER.text()), sent())
    people = {
        name: register_person(
            NewPerson(
                f"{1001 + number}", "Ash", name.title(), date(1990, 1, 1), language=language, held_since=at
            ),
            sent(),
        ).id
        for number, (name, language) in enumerate(PEOPLE)
    }
    contacts = {
        name: register_contact(NewContact("Fir", name.title(), born_on, f"C{number}", language), sent()).id
        for number, (name, born_on, language) in enumerate(CONTACTS)
    }
    for person, contact, role, relation in LISTS:
        list_contact(Listing(people[person], contacts[contact], role=role, relation=relation), sent())
    name_guardian(Guardian(contacts["alder"], contacts["willow"]), sent())
    name_guardian(Guardian(contacts["laurel"], contacts["myrtle"]), sent())
    return House(id_, people, contacts)
