"""Notes that a person is released, by two people. What is booked from that day on is withdrawn."""

from __future__ import annotations

from locutorio.actions.authority import About, authorize
from locutorio.actions.replay import Touched
from locutorio.actions.transfer_person import Leaving, leave, leaving_by_two
from locutorio.notices.withdrawn import LEFT
from locutorio.store.transaction import Sent


def release_person(what: Leaving, sent: Sent) -> Touched:
    """Note a release; everyone whose visit is withdrawn is told that the person is not held here any more.

    Raises:
        NotByTwo: somebody asks alone: they propose it, and another approves it.
        Fault: there is no such person here.
    """
    authorize(sent.by, "release_person", About(sent.establishment, "person", what.person), at=sent.at)
    return leave(what, sent, "release_person", LEFT)


FOUR_EYES = leaving_by_two("release_person", LEFT)
