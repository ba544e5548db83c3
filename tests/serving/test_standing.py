"""What happened to a notice on its way, and what it comes to."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from locutorio.notices.serving import FACTS, REACHED, RETURNED, WAITING, Served, standing

DAY = date(2026, 11, 2)


def on(day: int, fact: str) -> Served:
    return Served(fact, "post", DAY + timedelta(days=day), "letter 7")


@pytest.mark.parametrize(
    ("facts", "comes_to"),
    [
        ([], "waiting"),
        ([on(0, "sent")], "sent"),
        ([on(0, "sent"), on(2, "delivered")], "delivered"),
        ([on(0, "delivered"), on(0, "acknowledged")], "acknowledged"),
        ([on(0, "sent"), on(3, "returned")], "returned"),
        ([on(0, "sent"), on(3, "returned"), on(4, "sent")], "sent"),
        ([on(0, "sent"), on(3, "returned"), on(4, "sent"), on(6, "delivered")], "delivered"),
        ([on(6, "delivered"), on(0, "sent"), on(3, "returned")], "delivered"),
        ([on(2, "delivered"), on(3, "returned")], "returned"),
        ([on(2, "acknowledged")], "acknowledged"),
    ],
)
def test_what_facts_come_to(facts: list[Served], comes_to: str) -> None:
    """Sent is not delivered; what came back has not reached anybody until it goes out again."""
    assert standing(facts) == comes_to


@given(st.lists(st.builds(on, st.integers(0, 9), st.sampled_from(FACTS)), max_size=6))
def test_nothing_follows_from_another_fact(facts: list[Served]) -> None:
    """It comes to a fact that was recorded, or to nothing; who was reached had nothing come back later."""
    found = standing(facts)
    assert found == WAITING if not facts else found in {one.fact for one in facts}
    if found in REACHED:
        reached = max(one.on for one in facts if one.fact in REACHED)
        assert all(one.on <= reached for one in facts if one.fact == RETURNED)
