"""An establishment in the database is decided by its own rules, on what it knows by itself."""

from __future__ import annotations

from datetime import date

import pytest

from locutorio.actions.deciding import decide_party
from locutorio.store.knowledge import PartyMember
from tests.databases import Store
from tests.establishment import FOUNDED, founded


@pytest.mark.usefixtures("at_home")
@pytest.mark.parametrize(
    ("party", "expected"),
    [
        (["alder"], "permit"),
        (["willow"], "refuse"),
        (["willow", "alder"], "permit"),
        (["laurel"], "pending"),
    ],
    ids=["on the list", "a child alone", "a child with an adult", "off the list"],
)
def test_the_lists_of_the_establishment_are_enough(store: Store, party: list[str], expected: str) -> None:
    """Nothing more has to be entered: its lists, dates of birth and bookings answer what its rules ask."""
    oak = founded(law="house-oak")
    members = [PartyMember(oak.contacts[name]) for name in party]

    found = decide_party(
        oak.id, oak.people["rowan"], members, date(2026, 11, 20), known_at=FOUNDED, asked_on=date(2026, 11, 2)
    )

    assert found.outcome.value == expected
