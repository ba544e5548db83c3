"""Whoever is held can see who was told what about them, and why; nobody gives anything out unnoted."""

from __future__ import annotations

from datetime import timedelta

import pytest

from locutorio.actions.authority import Refused
from locutorio.actions.disclose import Disclosing, disclose, disclosures_shown
from locutorio.kernel.faults import Fault
from locutorio.store.actor import PROGRAM, Actor
from locutorio.store.log.sequencer import sequence
from tests import establishment
from tests.establishment import FOUNDED

GIVEN = ("the visiting list", "the county court", "order 7 of 2026")


@pytest.mark.usefixtures("store")
def test_what_is_given_out_is_seen_by_the_person() -> None:
    """The latest first, before and after it is put into the log; and not by anybody else who is held."""
    oak = establishment.founded()
    rowan, linden = oak.people["rowan"], oak.people["linden"]
    what, to, ground = GIVEN
    disclose(Disclosing(rowan, to, what, ground), oak.sent("first"))
    disclose(
        Disclosing(rowan, "the consulate", what, "the person's own yes"),
        oak.sent("second", FOUNDED + timedelta(1)),
    )
    held = Actor(None, frozenset({"person"}), (), rowan, establishment=oak.id)
    for _ in range(2):
        seen = disclosures_shown(held, oak.id, rowan)
        assert [one.to for one in seen] == ["the consulate", to]
        assert (seen[1].kind, seen[1].what, seen[1].why) == ("given", what, ground)
        sequence(oak.id)
    with pytest.raises(Refused):
        disclosures_shown(held, oak.id, linden)
    assert disclosures_shown(PROGRAM, oak.id, linden) == []


@pytest.mark.usefixtures("store")
@pytest.mark.parametrize("missing", range(3))
def test_nothing_is_noted_in_part(missing: int) -> None:
    """To whom, what and on which ground are all said, or nothing is noted."""
    oak = establishment.founded()
    what, to, ground = ("" if place == missing else said for place, said in enumerate(GIVEN))
    with pytest.raises(Fault, match="is not said"):
        disclose(Disclosing(oak.people["rowan"], to, what, ground), oak.sent("one"))
    assert disclosures_shown(PROGRAM, oak.id, oak.people["rowan"]) == []
