"""No reader of any notice, page or file learns what they may not know."""

from __future__ import annotations

import pytest

from locutorio.store.transaction import perform
from tests.privacy.campaign import opened, read_all
from tests.privacy.planting import plain, plan_of
from tests.privacy.reading import INSIDE, OUTSIDE, SEES_PEOPLE, Reading, found
from tests.privacy.sown import LEAKS, PLAN, Leak, sown
from tests.privacy.table import DOCUMENT, KINDS, known_by, written
from tests.store.planting import MARK, plant

SEEDS = 2


@pytest.mark.parametrize("seed", range(SEEDS))
def test_nobody_outside_learns_what_is_not_theirs(seed: int) -> None:
    """
    Families, counsel, people in custody and whoever is not signed in open every address there is, in both
    languages, with whatever it can name: pages, PDF, proofs with what they seal, the API, calendars.
    """
    tally = read_all(plan_of(seed), readers=OUTSIDE)
    assert tally["read"] > 1_000
    assert tally["of name"] > 50


def test_no_role_of_staff_learns_more_than_its_work_needs() -> None:
    """Each role opens every address, says why where it is asked, and finds what the table gives it."""
    tally = read_all(PLAN, readers=INSIDE)
    assert {"of order", "of measure", "of told", "of note", "of supervision"} <= tally.keys()


def test_of_people_one_has_nothing_to_do_with_nothing_is_read() -> None:
    """
    Every text in every table about a person and a contact whom no reader knows: nobody outside reads one, nor
    staff who see no people. Tables that are added later are planted by themselves.
    """
    with opened(PLAN) as world:
        perform(world.sent().command("enter_fact", {}), plant)
        strange = plain(MARK)
        for reader in (*OUTSIDE, *(one for one in INSIDE if one.role not in SEES_PEOPLE)):
            told = [
                (at, text)
                for at, text in Reading(world.oak, reader, broken=True).everything()
                if strange in text
            ]
            assert [(reader.name, at) for at, _ in told] == []


@pytest.mark.parametrize("leak", LEAKS, ids=[one.says for one in LEAKS])
def test_a_sown_leak_is_found(leak: Leak) -> None:
    """Each mistake that somebody could make is read by the one who must not."""
    with sown(leak), opened(PLAN) as world:
        reader = next(one for one in OUTSIDE if one.name == leak.found_by)
        assert found(world.oak, reader, world.planted, until_one=True).leaks


def test_the_table_is_in_the_document() -> None:
    """docs/reference/privacy.md says who may know what, as the property goes by it."""
    said = DOCUMENT.read_text("utf-8")
    assert said == written(said), "write it anew: python -m tests.privacy.table"


def test_the_table_hides_what_the_vocabulary_hides() -> None:
    """Supervision is not the person's to know, a victim nobody's; each kind has staff whose work it is."""
    assert known_by("contact.supervision") == ("the contact",)
    assert known_by("victim.replied_on") == ()
    assert all(one.roles for one in KINDS.values())
