"""The lives find mistakes: each of a list, put into the shipped code, breaks a promise, and that is seen."""

from __future__ import annotations

import pytest

from tests.life.bugs import BUGS, Bug, found


@pytest.mark.parametrize("bug", BUGS, ids=lambda bug: bug.name)
def test_each_mistake_is_found(bug: Bug) -> None:
    """Within a few lives, the mistake shows; the same life without it does not go wrong."""
    lived = found(bug)

    assert lived is not None, f"no life found that {bug.name}"


def test_there_are_enough_kinds_of_mistakes() -> None:
    """More than twenty, each of another kind."""
    assert len({bug.name for bug in BUGS}) == len(BUGS) >= 20
