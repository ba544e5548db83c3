"""Identifiers can be made anywhere, and sort by the moment they were made at."""

from datetime import UTC, datetime, timedelta
from uuid import RFC_4122

from locutorio.store.identifiers import new_id

AT = datetime(2026, 11, 2, 14, 0, tzinfo=UTC)


def test_a_later_one_sorts_after_an_earlier_one() -> None:
    """By the millisecond, through many years."""
    steps = (1, 2, 1000, 86_400_000, 30 * 365 * 86_400_000)
    made = [new_id(AT), *(new_id(AT + timedelta(milliseconds=step)) for step in steps)]
    assert made == sorted(made)
    assert [str(one) for one in made] == sorted(str(one) for one in made)


def test_each_is_a_version_7_and_another_one() -> None:
    """Many of one moment are all different."""
    made = {new_id(AT) for _ in range(10_000)}
    assert len(made) == 10_000
    assert {(one.version, one.variant) for one in made} == {(7, RFC_4122)}
