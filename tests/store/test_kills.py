"""A change that was acknowledged outlives whoever made it, and the server that kept it.

A few kills of each sort; `make soak` runs a thousand of writers and a hundred of the server.
"""

import pytest

from tests.databases import Lacking, binaries
from tests.store.kills import run

SEED = 11


@pytest.fixture
def postgresql() -> None:
    try:
        binaries()
    except Lacking as lacking:
        pytest.skip(str(lacking))


def test_writers_of_a_file_are_killed() -> None:
    """Killed in the middle of whatever they do, they lose nothing that was acknowledged."""
    assert run("sqlite", SEED, 12)


@pytest.mark.usefixtures("postgresql")
def test_clients_of_a_server_are_killed() -> None:
    """The same with PostgreSQL."""
    assert run("postgresql", SEED, 12)


@pytest.mark.usefixtures("postgresql")
def test_the_server_is_killed() -> None:
    """Its clients go on by themselves when it is back, and what it acknowledged is there."""
    assert run("server", SEED, 3)


def test_writers_of_a_file_stand_in_line() -> None:
    """Processes that write without a pause take turns, where SQLite itself would let one go on and on."""
    assert run("no kill", SEED, 0)


def test_a_change_in_two_parts_is_found() -> None:
    """A control: were the entry kept after the change, kills would show it."""
    with pytest.raises(AssertionError, match=r"there in part|there twice"):
        run("careless writer", SEED, 25)


@pytest.mark.usefixtures("postgresql")
def test_a_server_that_speaks_too_soon_is_found() -> None:
    """A control: were changes acknowledged before they are on disk, kills would show it."""
    with pytest.raises(AssertionError, match="acknowledged and not kept"):
        run("hasty server", SEED, 6)
