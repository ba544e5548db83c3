"""A server whose disk is lost is made again from a base backup and a vault, with all that it acknowledged.

Its log proves it, beside a witness that signed it while the server worked.

One disk; `make soak` destroys twenty.
"""

import pytest

from tests.databases import Lacking, binaries
from tests.store.restoring import run

SEED = 3


@pytest.fixture(autouse=True)
def _postgresql() -> None:
    try:
        binaries()
    except Lacking as lacking:
        pytest.skip(str(lacking))


def test_the_disk_of_a_server_is_destroyed() -> None:
    """Under load: what the server acknowledged stands in the log that the witness has seen; clients go on."""
    counted = run("vault", SEED)
    assert counted["acknowledged"] > counted["before"] > 0
    assert counted["entries"] >= counted["witnessed"] > 0


def test_a_base_backup_alone_is_found() -> None:
    """A control: put back without the vault, the server works, and the witness has seen more of its log."""
    unseen = r"(a checkpoint was signed over \d+ entries, and there|the first \d+ entries) are"
    with pytest.raises(AssertionError, match=unseen):
        run("base backup alone", SEED)


def test_a_vault_that_is_not_waited_for_is_found() -> None:
    """A control: were changes acknowledged before the vault has them, a destroyed disk would show it."""
    with pytest.raises(AssertionError, match="acknowledged and not kept"):
        run("hasty vault", SEED)
