"""A PIN that was right is compared slowly once, for all processes of the decision point."""

import os

from locutorio.actions.identify_caller import _Known


def test_processes_share_it() -> None:
    """What one process found right, those that came of the same one know; no other PIN, no changed one."""
    known = _Known()
    child = os.fork()
    if not child:
        known.add("kept", "704913")
        os._exit(0)
    os.waitpid(child, 0)
    assert known.holds("kept", "704913")
    assert not known.holds("kept", "704914")
    assert not known.holds("kept anew", "704913")


def test_another_draws_another_key() -> None:
    """Nothing of it is right for anybody else."""
    one, other = _Known(), _Known()
    one.add("kept", "704913")
    assert not other.holds("kept", "704913")
