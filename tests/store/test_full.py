"""A full disk refuses clearly, loses nothing and keeps nobody from reading."""

import pytest

from tests.databases import WANTED, Lacking, binaries
from tests.store.full import run


@pytest.mark.parametrize("kind", WANTED)
def test_a_full_disk_refuses_and_goes_on_when_there_is_room(kind: str) -> None:
    """Every change that finds no room is refused with the reason; all that was said to be kept can be read
    meanwhile; and when there is room, the same changes are made.
    """
    try:
        if kind == "postgresql":
            binaries()
        run(kind, 3, 3)
    except Lacking as lacking:
        pytest.skip(str(lacking))
