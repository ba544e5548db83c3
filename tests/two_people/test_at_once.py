"""Many approve, refuse and take back one proposal at one moment: one of them does, once."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial

import pytest
from django.db import connections

from locutorio.actions.refuse_proposal import refuse_proposal
from locutorio.actions.two_people import NotByTwo
from locutorio.actions.withdraw_proposal import withdraw_proposal
from locutorio.store import proposals
from locutorio.store.models import Entry, Paper
from tests.databases import Store
from tests.replay.booked import founded
from tests.two_people.officers import SOON, lifting, officers, order

GOVERNORS, ROUNDS = 6, 4


def together(acts: Sequence[Callable[[], None]]) -> list[str]:
    """Do several things at one moment, each on a connection of its own; give what became of each."""
    gate = threading.Barrier(len(acts))

    def one(act: Callable[[], None]) -> str:
        gate.wait()
        try:
            act()
        except NotByTwo as fault:
            return fault.name
        finally:
            connections.close_all()
        return "done"

    with ThreadPoolExecutor(len(acts)) as pool:
        return [*pool.map(one, acts)]


@pytest.mark.parametrize("mixed", [False, True], ids=["approve", "mixed"])
def test_one_of_many_at_once_decides(store: Store, mixed: bool) -> None:
    """
    Several people approve at one moment, or some refuse and the first takes it back: one succeeds, the others
    are told what became of it, the order ends only if it was approved, and one entry says so.
    """
    oak = founded()
    staff = officers(oak)
    for number in range(GOVERNORS - 2):
        staff.add(f"approves {number}", "governor", f"staff {number + 100}")
    approving = [name for name, role in staff.roles.items() if role == "governor"]
    for turn in range(ROUNDS):
        paper = order(oak, "rowan", ("alder", "holly", "willow", "myrtle")[turn])
        row = staff.proposed(lifting(paper), step=str(turn))
        acts = [partial(staff.approve, row, who) for who in approving]
        if mixed:
            acts[::2] = [
                partial(refuse_proposal, row.id, "no", staff.sent(who, f"refuses {row.id}", SOON))
                for who in approving[::2]
            ]
            taken_back = staff.sent("sorrel", f"takes back {row.id}", SOON)
            acts.append(partial(withdraw_proposal, row.id, taken_back))
        found = together(acts)

        standing = proposals.proposal(oak.id, row.id).standing
        assert found.count("done") == 1, found
        assert {*found} - {"done"} == {standing}, found
        assert (Paper.objects.get(id=paper).ended_on is not None) == (standing == "approved")
        settled = Entry.objects.filter(
            action__in=["approve_proposal", "refuse_proposal", "withdraw_proposal"]
        )
        assert settled.count() == turn + 1
